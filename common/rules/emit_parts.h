/* emit_parts.h — what the statements of a rule have in common; for emit*.c alone: findings and
 * evidence in emit.c, who is looked at in emit_who.c.
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    never: a loaded rule compiles.
 * Limits:   none.
 * Promise:  one place says how rows of the sources are found. */
#ifndef QQ_RULES_EMIT_PARTS_H
#define QQ_RULES_EMIT_PARTS_H

#include "common/base/buf.h"
#include "common/rules/compile.h"
#include "common/rules/emit.h"

struct emitter {
    struct buf out;
    struct arena *arena;
    const struct rule *rule;
    struct compile_scope scope;
};

void emit_begin(struct emitter *e, struct arena *a, const struct rule *r, const struct catalog *c,
                enum ddl_dialect dialect);
struct str emit_sql(struct emitter *e, struct rule_expr expr);
char emit_mark(const struct emitter *e); /* how the dialect writes a parameter's number */
/* "alias.field", of a person "alias.field_person" */
struct str emit_key(struct emitter *e, const struct rule_source *s, int field);
/* A query with its braces filled in; `subjects` is a table of subjects, NULL: all. */
struct str emit_query(struct emitter *e, struct str sql, const char *subjects);
/* " AND … = … AND tier" of a source that is joined; nothing of the first. */
void emit_join(struct emitter *e, size_t source);

#endif
