/* rule_parts.h — the statements of a rule, read one by one; for rule*.c alone: what says which rows
 * in rule_rows.c and rule_query.c, what says something of them in rule_values.c.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    a fault is a problem at its token; the statement then leaves the rule as it was.
 * Limits:   rule.h.
 * Promise:  each reads its statement to the end. */
#ifndef QQ_RULES_RULE_PARTS_H
#define QQ_RULES_RULE_PARTS_H

#include "common/model/reading.h"
#include "common/rules/compile.h"

struct rule_loading {
    struct rule *rule;
    const struct catalog *catalog;
    struct compile_scope scope;
};

bool rule_has_room(struct reading *r, size_t count, size_t most);
/* Compiles once to check it and to learn its type, and steps over it. */
struct compiled rule_check_expr(struct rule_loading *l, struct reading *r, struct rule_expr *out);

bool rule_read_date(struct reading *r, int32_t *out);
/* Field of the dataset or column of the query; -1: none. */
int rule_field_named(const struct rule_source *s, struct str id);
/* Once each; identity numbers are not keys. field -1: the whole dataset. */
void rule_add_key(struct rule_loading *l, const struct decl_node *node, const struct dataset *d,
                  int field);
void rule_add_read(struct rule_loading *l, const struct decl_node *node, const struct dataset *d);
/* A name that is new in the rule and none of the emitter's. */
bool rule_read_alias(struct rule_loading *l, struct reading *r, struct str *out);

void rule_read_query(struct rule_loading *l, struct reading *r);
void rule_read_subject(struct rule_loading *l, struct reading *r);
void rule_read_source(struct rule_loading *l, struct reading *r);
void rule_read_evidence(struct rule_loading *l, struct reading *r);
void rule_read_needs(struct rule_loading *l, struct reading *r);
void rule_read_wakes(struct rule_loading *l, struct reading *r);
void rule_read_asks(struct rule_loading *l, struct reading *r);

void rule_read_param(struct rule_loading *l, struct reading *r);
void rule_read_when(struct rule_loading *l, struct reading *r);
void rule_read_unless(struct rule_loading *l, struct reading *r);
void rule_read_let(struct rule_loading *l, struct reading *r);
void rule_read_level(struct rule_loading *l, struct reading *r);
/* A statement that is one expression of one type. */
void rule_read_whole(struct rule_loading *l, struct reading *r, struct rule_expr *out,
                     enum rule_type type);

#endif
