/* store.h — the hub's database: opened, migrated, with a table and a view for every dataset of the
 * catalog.
 *
 * Owns:     its texts of SQL per dataset; the database belongs to the caller.
 * Threads:  the loop thread of the role that opened it.
 * Fails:    errors of db.h; store_open ERR_INVALID when the database is newer than the program.
 * Limits:   as the catalog.
 * Promise:  all SQL of the hub stands in this folder. */
#ifndef QQ_STORE_STORE_H
#define QQ_STORE_STORE_H

#include "common/base/map.h"
#include "common/db/db.h"
#include "common/model/catalog.h"

#define STORE_RULE_STEPS_MAX INT64_C(2000000000) /* of the machine, for a statement of a rule */

struct store_dataset { /* SQL made once from the declaration */
    const struct dataset *dataset;
    struct str select_current, close_current, insert;
};

struct store {
    struct db *db;
    const struct catalog *catalog;
    struct arena *arena;
    struct store_dataset *datasets; /* in the catalog's order */
    struct arena *people;           /* NULL, or what person_store remembers */
    struct map person_of;           /* number and name as written → its person */
    int64_t people_generation;      /* of the decisions that it knows */
};

MUST_USE enum err store_open(struct db *db, const struct catalog *catalog,
                             struct store **out_store);
void store_close(struct store *s);
const struct store_dataset *store_dataset_named(const struct store *s,
                                                struct str id); /* NULL: unknown */

/* A small number kept under a name; `otherwise` when it was never set. */
MUST_USE enum err store_note_get(struct store *s, struct str key, int64_t otherwise,
                                 int64_t *out_value);
MUST_USE enum err store_note_set(struct store *s, struct str key, int64_t value);

#endif
