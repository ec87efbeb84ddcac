/* linkage.h — two records compared field by field, as a declaration says, into points for and
 * against their being one (Fellegi and Sunter, A Theory for Record Linkage, 1969; the points stand
 * for its log ratios and are declared, not learned).
 *
 * Owns:     nothing; a linkage lives in the arena it was loaded into.
 * Threads:  any.
 * Fails:    faults of a declaration are problems with file, line and column.
 * Limits:   LINKAGE_FIELDS_MAX fields, LINKAGE_BLOCKS_MAX blocks.
 * Promise:  the order of the two records does not matter; what is missing says nothing, neither for
 * nor against. Only records that share a block are ever compared.
 *
 *     linkage residents "居民" en "Residents" {
 *         version 1
 *         compare surname name agree 4 near 2 differ -3
 *         compare born    date agree 6 near 3 differ -4
 *         swap given_name, surname          # one may stand where the other belongs
 *         block surname, born
 *         link 12                            # the same without a person's word
 *         review 7                           # a person is asked
 *     } */
#ifndef QQ_IDENTITY_LINKAGE_H
#define QQ_IDENTITY_LINKAGE_H

#include "common/decl/decl.h"

#define LINKAGE_FIELDS_MAX 24
#define LINKAGE_BLOCKS_MAX 12
#define LINKAGE_BLOCK_FIELDS_MAX 4

enum linkage_way {
    LINKAGE_TEXT,   /* near: a quarter of its characters may differ */
    LINKAGE_NAME,   /* near: that, or the same sound */
    LINKAGE_DIGITS, /* near: one digit wrong, missing, too many, or two neighbours exchanged */
    LINKAGE_DATE,   /* YYYYMMDD; near: as digits, or day and month exchanged */
};

enum linkage_level { LINKAGE_MISSING, LINKAGE_DIFFER, LINKAGE_NEAR, LINKAGE_AGREE };

struct linkage_field {
    struct str id;
    enum linkage_way way;
    int points[LINKAGE_AGREE + 1]; /* by level; 0 for MISSING */
};

struct linkage_block {
    size_t fields[LINKAGE_BLOCK_FIELDS_MAX];
    size_t count;
};

struct linkage {
    struct str id, zh, en;
    int64_t version;
    struct linkage_field fields[LINKAGE_FIELDS_MAX];
    size_t field_count;
    struct linkage_block blocks[LINKAGE_BLOCKS_MAX];
    size_t block_count;
    size_t swap[2]; /* equal: no fields may be exchanged */
    int64_t link, review;
};

enum linkage_verdict { LINKAGE_APART, LINKAGE_REVIEW, LINKAGE_LINK };

struct linkage_score {
    int64_t points;
    enum linkage_verdict verdict;
    enum linkage_level levels[LINKAGE_FIELDS_MAX];
    bool is_swapped;
};

/* False: something is wrong with the declaration. */
bool linkage_load(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                  struct problem_list *problems, struct linkage *out);
/* -1: no such field. */
int linkage_field(const struct linkage *l, struct str id);

/* Values in the order of the fields; empty: missing. */
struct linkage_score linkage_compare(const struct linkage *l, const struct str *a,
                                     const struct str *b);
/* What records of one block share; empty: a field is missing, the record is not in this block. */
struct str linkage_block_key(const struct linkage *l, size_t block, const struct str *values,
                             struct arena *a);
/* "surname agree +4; born near +3; …", without a value. */
struct str linkage_explain(const struct linkage *l, const struct linkage_score *s, struct arena *a);

#endif
