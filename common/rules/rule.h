/* rule.h — a declared suspicion (LANGUAGE.md): whom it is about, rows and how they join,
 * conditions, levels, what excuses it, evidence, words.
 *
 * Owns:     nothing; rules live in the arena given to rule_load and keep views of their
 * declaration. Threads:  any, read only after loading. Fails:    faults of a declaration are
 * problems with file, line and column, all at once; rule_load then returns NULL. Limits:
 * RULE_SOURCES_MAX sources, RULE_LETS_MAX values, RULE_EVIDENCE_FIELDS_MAX columns shown a source.
 * Promise:  a rule is data: adding one needs no C. The same declaration gives the statement over
 * everything and over the dirty subjects alone (emit.h), so that both find the same. */
#ifndef QQ_RULES_RULE_H
#define QQ_RULES_RULE_H

#include "common/base/sha256.h"
#include "common/model/catalog.h"

#define RULE_SOURCES_MAX 12
#define RULE_LETS_MAX 16
#define RULE_CONDITIONS_MAX 16
#define RULE_LEVELS_MAX 8
#define RULE_WAKES_MAX 4
#define RULE_EVIDENCE_FIELDS_MAX 16
#define RULE_READS_MAX 16
#define RULE_KEYS_MAX 32
#define RULE_LINKS_MAX 12
#define RULE_COLUMNS_MAX 32
#define RULE_CASES_MAX 16
#define RULE_TIER_MAX 2 /* a person is flagged at T1 and T2 only (analysis.md 1) */

enum rule_status { RULE_DRAFT, RULE_OBSERVE, RULE_LIVE, RULE_RETIRED };
enum rule_type { RULE_INT, RULE_MONEY, RULE_AREA, RULE_DATE, RULE_MONTH, RULE_TEXT, RULE_BOOL };

/* An expression as it stands in the file; compiled when SQL is emitted. */
struct rule_expr {
    const struct decl_node *node;
    size_t at; /* first token; node NULL: none */
};

struct rule_column { /* of a query */
    struct str id;
    enum rule_type type;
    bool is_person; /* its number is that of a person */
    const struct vocab *vocab;
};

struct rule_query {                 /* query NAME (columns) { … }: rows that SQL says */
    struct str alias, sql, touches; /* as written, with {…}; touches empty: none */
    struct rule_column columns[RULE_COLUMNS_MAX];
    size_t column_count;
};

struct rule_source { /* from DATASET as ALIAS on FIELD [= OTHER.FIELD] [first by FIELD] */
    struct str alias;
    const struct dataset *dataset;  /* NULL: a query's rows */
    const struct rule_query *query; /* NULL: a dataset's rows */
    int on;                         /* field of the dataset, column of the query */
    int of_source, of_field; /* joined to this field of that source; of_source -1: of the subject */
    bool is_shown_only;      /* rows that a query names by number, for the evidence alone */
    int first_by;            /* -1: every row */
    struct str role;         /* of its evidence */
    const struct field *shown[RULE_EVIDENCE_FIELDS_MAX];
    size_t shown_count;
};

struct rule_subject { /* what findings are about; kind empty: persons */
    struct str kind, zh, en;
    struct rule_expr called; /* none: by its key alone */
};

/* Rows of a dataset whose value of `field`, before and after a change, names who is to be looked at
 * again, as a subject or through a join. Identity numbers are not among them: their persons are
 * always known. field -1: any change means looking at everything. */
struct rule_key {
    const struct dataset *dataset;
    int field;
};

struct rule_link { /* a source, and the dataset.field that is looked up with its `field` */
    size_t source;
    int field;
};

struct rule_case {   /* another value for a code, from a day on */
    struct str code; /* empty: any */
    int32_t from;    /* 0: always */
    int64_t value;
};

struct rule_param {
    struct str id, zh, en;
    enum rule_type type;
    int64_t value;                          /* money in fen */
    struct rule_case cases[RULE_CASES_MAX]; /* the first that fits counts */
    size_t case_count;
    bool has_codes, has_days;
};

struct rule_let {
    struct str id;
    struct rule_expr expr;
    enum rule_type type;
    const struct vocab *vocab; /* of a text that is a code */
};

struct rule_unless { /* a check in the person's favour: rows for which it holds are left out */
    struct str id, zh, en;
    struct rule_expr expr;
};

struct rule_level {
    int level;
    struct rule_expr expr; /* none: the rest */
};

/* A date of a row: on that day its person is looked at again without new data. Every date that a
 * rule compares with today needs one, or evaluating the dirty subjects would miss the day. */
struct rule_wake {
    struct rule_source source;
    struct rule_expr expr;
};

struct rule_need {
    const struct dataset *dataset;
    int64_t rows, fresh_days; /* fresh_days 0: any age will do */
};

/* When a rule puts itself into trial (analysis.md 3). */
#define RULE_SHARE_DEFAULT 5       /* % of its population that may be flagged */
#define RULE_SHARE_POPULATION 1000 /* by default a smaller one says nothing about the share */
#define RULE_FLOOR_DECISIONS 20

struct rule {
    struct str id, zh, en, group, basis, sees;
    int64_t version;
    int64_t share, floor; /* %: flagged at most of the population; confirmed at least of the
                             decisions, 0: no floor */
    int64_t share_from;   /* population from which the share counts */
    enum rule_status status;
    int32_t valid_from, valid_to; /* 0: no bound */
    struct rule_subject subject;
    const struct rule_query *query;   /* NULL: none */
    const struct dataset *population; /* of how many subjects the hits are */
    int population_field;
    struct rule_key keys[RULE_KEYS_MAX];
    size_t key_count;
    struct rule_link links[RULE_LINKS_MAX]; /* of joins that are not by the subject */
    size_t link_count;
    bool is_daily; /* everything is looked at again each day */
    bool is_edge;  /* sites run it, too, over their own rows */
    struct rule_source sources[RULE_SOURCES_MAX];
    size_t source_count;
    struct rule_param params[RULE_LETS_MAX];
    size_t param_count;
    struct rule_expr conditions[RULE_CONDITIONS_MAX];
    size_t condition_count;
    struct rule_unless unless[RULE_CONDITIONS_MAX];
    size_t unless_count;
    struct rule_let lets[RULE_LETS_MAX];
    size_t let_count;
    struct rule_expr episode, amount; /* amount none: 0 */
    struct rule_level levels[RULE_LEVELS_MAX];
    size_t level_count;
    struct rule_need needs[RULE_SOURCES_MAX];
    size_t need_count;
    const struct dataset *reads[RULE_READS_MAX]; /* all it looks into, `exists` too */
    size_t read_count;
    struct rule_wake wakes[RULE_WAKES_MAX];
    size_t wake_count;
    struct str say_zh, say_en, check_zh, check_en;
    const struct document_type *asks; /* NULL: no prompt */
    size_t asks_source;               /* the site of this source's row is asked */
    const struct decl_file *file;
    struct hash hash; /* of the declaration's tokens */
};

const struct rule *rule_load(struct arena *a, const struct decl_file *file,
                             const struct decl_node *node, const struct catalog *catalog,
                             struct problem_list *problems);
/* All rules of the catalog, in the order of their ids. False when an error was added. */
bool rule_load_all(struct arena *a, const struct catalog *catalog, struct problem_list *problems,
                   const struct rule ***out_rules, size_t *out_count);
/* Those of them that are marked `edge`. */
bool rule_load_edge(struct arena *a, const struct catalog *catalog, struct problem_list *problems,
                    const struct rule ***out_rules, size_t *out_count);
/* A kind is one word for one thing, in all of them: people filter findings by it. */
void rule_check_kinds(const struct rule *const *rules, size_t count, struct problem_list *problems);
const char *rule_status_name(enum rule_status status);
int rule_source_named(const struct rule *r, struct str alias); /* -1: none */
bool rule_is_of_persons(const struct rule *r);
/* Whether the field of the source names a person: joined and looked up by his number. */
bool rule_field_has_person(const struct rule_source *s, int field);
int rule_column(const struct rule_query *q, struct str id); /* -1: no such column */
/* Whether the rule is to be evaluated on the day: live or in trial, and valid. */
bool rule_is_in_force(const struct rule *r, int32_t day);

#endif
