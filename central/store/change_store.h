/* change_store.h — what changed since the analysis last looked, and whom of a rule that concerns.
 *
 * Owns:     the temporary tables dirty_person, dirty_key and dirty_subject of its connection, and
 * the indexes by which rules find things.
 * Threads:  the loop thread of the analysis role.
 * Fails:    ERR_STOPPED a query of a rule over its budget; errors of db.h.
 * Limits:   CHANGE_ROWS_MAX new rows of a dataset, beyond which rules that follow its things look
 * at everything.
 * Promise:  the merge writes no mark for things: they are read off the rows that came behind the
 * last one looked at, and the versions that these replaced. The same changes are found again until
 * change_store_done. */
#ifndef QQ_STORE_CHANGE_STORE_H
#define QQ_STORE_CHANGE_STORE_H

#include "central/store/store.h"
#include "common/rules/emit.h"

#define CHANGE_ROWS_MAX 20000

struct change_dataset {
    const struct dataset *dataset;
    int64_t from, to; /* rids: looked at up to, there are up to */
};

struct changes {
    const struct rule *const *rules;
    size_t rule_count;
    struct change_dataset *datasets; /* in which rules follow things */
    size_t dataset_count;
    size_t persons; /* with new rows, or due */
    int32_t today;
    bool is_new_day;   /* since the last look */
    bool holds_person; /* dirty_subject holds the changed persons, and nobody else */
};

/* Once per connection: the tables and, for what the rules follow, the indexes. */
MUST_USE enum err change_store_prepare(struct store *s, const struct rule *const *rules,
                                       size_t count);
/* Since the last look, and what falls due until `today`. */
MUST_USE enum err change_store_take(struct store *s, struct arena *a,
                                    const struct rule *const *rules, size_t count, int32_t today,
                                    struct changes *out_changes);
bool changes_are_none(const struct changes *c);
/* Whether the rule has to look at everything. */
bool changes_concern_all(const struct changes *c, const struct rule *r);
/* Whether so much of the dataset is new that reading all of it is cheaper. */
bool changes_are_many(const struct changes *c, const struct dataset *d);
/* Fills dirty_subject: with the persons or things that changed … */
MUST_USE enum err change_store_changed(struct store *s, struct changes *c, bool is_of_persons);
/* … and with those that the rule reaches from them. */
MUST_USE enum err change_store_subjects(struct store *s, struct arena *a, struct changes *c,
                                        const struct rule *r, size_t *out_count);
/* Fills it with one alone; `key` of a thing. */
MUST_USE enum err change_store_one(struct store *s, int64_t subject, struct str key);
/* dirty_subject holds these and nobody else: numbers of persons, keys of things. */
MUST_USE enum err change_store_only(struct store *s, const struct rule *r,
                                    const struct str *subjects, size_t count);
/* All of it was looked at. */
MUST_USE enum err change_store_done(struct store *s, const struct changes *c);
/* Persons and rows that wait to be looked at. */
MUST_USE enum err change_store_waiting(struct store *s, const struct rule *const *rules,
                                       size_t count, int64_t *out_count);

#endif
