/* postgres_functions.h — the functions that rules may call, in PostgreSQL's words and asked the
 * same of both databases.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    the test.
 * Limits:   none.
 * Promise:  each function of the table in common/db is asked at least once. */
#ifndef QQ_TESTS_GOLDEN_RULES_POSTGRES_FUNCTIONS_H
#define QQ_TESTS_GOLDEN_RULES_POSTGRES_FUNCTIONS_H

#include "common/base/str.h"

#define POSTGRES_NOTHING "∅" /* NULL, in psql's output and in ours */

struct bench;
struct buf;
struct db;

/* What SQLite gives, as psql prints it. */
void postgres_expect(struct buf *expected, struct db *db, struct str sql, const int64_t *parameters,
                     size_t count);

/* FOLDER/setup, to be run once before any script; FOLDER/functions.sql and what SQLite gives,
 * FOLDER/functions.expected. */
void postgres_write_functions(struct bench *b, const char *folder);

#endif
