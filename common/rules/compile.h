/* compile.h — expressions of a rule to SQL text, with their types checked; for the loader and the
 * emitter.
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    faults are problems at their token; the result's sql is then empty.
 * Limits:   COMPILE_DEPTH_MAX nested.
 * Promise:  only columns of declared datasets, declared values and parameters, and a fixed list of
 * functions can appear: no text of a rule reaches the database unparsed. */
#ifndef QQ_RULES_COMPILE_H
#define QQ_RULES_COMPILE_H

#include "common/model/ddl.h"
#include "common/rules/rule.h"

#define COMPILE_DEPTH_MAX 32

struct compiled {
    struct str sql;
    enum rule_type type;
    const struct vocab *vocab; /* of a code */
    size_t end;                /* token behind the expression */
};

struct compile_scope {
    struct arena *arena;
    const struct rule *rule;
    const struct catalog *catalog; /* for `exists`; */
    enum ddl_dialect dialect;
    bool lets_are_columns; /* levels: values by their name; elsewhere sources' columns */
    bool is_grouped;       /* let, amount: columns stand inside count, sum, min, max or any */
    bool is_of_hits; /* columns are those of emit's inner statement, "alias.column"; aggregates
                        are over the rows for which no `unless` spoke */
    const struct rule_source *only; /* wakes: the one source whose columns may stand; else NULL */
    struct problem_list *problems;
};

/* Type of a column of a dataset in expressions. */
enum rule_type rule_type_of(const struct field *f);
/* A parameter as a number, or by its cases: `code` and `day` are SQL, empty when not given. */
struct str compile_param(struct arena *a, const struct rule_param *p, struct str code,
                         struct str day);
/* "alias.field", of an identity number "alias.field_person"; as emit's inner statement names it
 * when `is_of_hits`. */
struct str compile_key(struct arena *a, const struct rule_source *s, int field, bool is_of_hits);

struct compiled compile_expr(const struct compile_scope *scope, struct rule_expr expr);

#endif
