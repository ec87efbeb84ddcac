/* bench.h — a database in memory with the hub's tables, rows whose persons are known, and the rules
 * run over them.
 *
 * Owns:     database, catalog and rules, until bench_close.
 * Threads:  one.
 * Fails:    the test.
 * Limits:   none.
 * Promise:  the tables of common/model/ddl.h, the statements of common/rules/emit.h under the
 * guard, nothing of the hub's own. */
#ifndef QQ_TESTS_GOLDEN_RULES_BENCH_H
#define QQ_TESTS_GOLDEN_RULES_BENCH_H

#include "common/finding/finding.h"
#include "common/rules/emit.h"

struct db;

struct bench {
    struct arena *arena; /* lives as long as the bench */
    struct catalog *catalog;
    const struct rule **rules;
    size_t rule_count;
    struct db *db;
    int64_t rows; /* inserted so far, gone ones included */
};

struct bench_row {
    const struct dataset *dataset;
    const struct value *values;
    const int64_t *persons, *tiers; /* by field; person 0: none */
    int64_t key;                    /* rows of one key are versions of one record */
    int64_t rid;                    /* 0: the database gives one */
    int64_t recorded_ms;            /* when it came to the hub */
    const char *op;
    struct str site;
};

struct bench_hit {
    struct finding_hit hit;
    const struct value *values; /* of the rule's lets */
    struct str site, key, called;
};

struct bench *bench_open(void);
void bench_close(struct bench *b);
const struct rule *bench_rule(const struct bench *b, const char *id);
/* The row becomes the current one of its key; the one before is closed. */
void bench_put(struct bench *b, const struct bench_row *row);
void bench_clear(struct bench *b); /* all rows */
/* The rows of the rule's golden folder; a row's line in its file is its rid. */
void bench_read(struct bench *b, const struct rule *r, struct bench_row **out_rows,
                size_t *out_count);
/* Those rows alone stand in the database. */
void bench_load(struct bench *b, const struct rule *r);
/* The table ("dirty_subject" or "hit_subject") holds these: numbers of persons, keys of things. */
void bench_set_subjects(struct bench *b, const struct rule *r, const char *table,
                        const struct str *subjects, size_t count);
/* What changed, one by one; forgotten by bench_forget_changes. */
void bench_changed_person(struct bench *b, int64_t person);
void bench_changed_key(struct bench *b, struct str key);
void bench_forget_changes(struct bench *b);
/* What falls due after `from` and not after `to` has changed. */
void bench_wake(struct bench *b, const struct rule *r, int32_t from, int32_t to);
/* dirty_subject becomes the rule's subjects that what changed names or reaches. */
void bench_fill_dirty(struct bench *b, const struct rule *r);
bool bench_is_dirty(struct bench *b, int64_t subject);
size_t bench_evaluate(struct bench *b, struct arena *a, const struct rule *r, enum emit_scope scope,
                      int32_t today, struct bench_hit **out_hits);

#endif
