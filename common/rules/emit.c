#include "common/rules/emit.h"

#include "common/base/buf.h"
#include "common/rules/compile.h"

struct emitter {
    struct buf out;
    struct arena *arena;
    const struct rule *rule;
    struct compile_scope scope;
};

static void emitter_init(struct emitter *e, struct arena *a, const struct rule *r,
                         const struct catalog *c, enum ddl_dialect dialect)
{
    /* The declaration was compiled when it was loaded: no problem can come up again. */
    *e = (struct emitter){
        .arena = a, .rule = r, .scope = {a, r, c, dialect, false, false, false, NULL, NULL}};
    buf_init(&e->out, a);
}

static struct str sql_of(struct emitter *e, struct rule_expr expr)
{
    return compile_expr(&e->scope, expr).sql;
}

/* How the dialect writes a parameter's number. */
static char mark_of(const struct emitter *e)
{
    return e->scope.dialect == DDL_SQLITE ? '?' : '$';
}

static struct str person_of(struct emitter *e, const struct rule_source *s)
{
    return str_format(e->arena, STR_FMT "." STR_FMT, STR_ARG(s->alias),
                      STR_ARG(s->dataset->fields[s->person_field].id));
}

static void put_from(struct emitter *e, const char *subjects)
{
    const struct rule *r = e->rule;
    buf_put_z(&e->out, "FROM ");
    if (subjects)
        buf_format(&e->out, "%s AS s CROSS JOIN ", subjects);
    for (size_t i = 0; i < r->source_count; i++)
        buf_format(&e->out, "%s" STR_FMT " AS " STR_FMT, i ? " CROSS JOIN " : "",
                   STR_ARG(r->sources[i].dataset->id), STR_ARG(r->sources[i].alias));
    buf_put_z(&e->out, "\nWHERE ");
}

/* Only the first row of the person by the given field, ties by rid. */
static void put_first_by(struct emitter *e, const struct rule_source *s)
{
    struct str field = s->dataset->fields[s->first_by].id;
    struct str person = s->dataset->fields[s->person_field].id;
    struct str alias = s->alias;
    buf_format(&e->out,
               "\n  AND NOT EXISTS (SELECT 1 FROM " STR_FMT " AS earlier WHERE earlier." STR_FMT
               "_person = " STR_FMT "." STR_FMT "_person AND earlier." STR_FMT
               "_tier <= %d AND (earlier." STR_FMT ", earlier.rid) < (" STR_FMT "." STR_FMT
               ", " STR_FMT ".rid))",
               STR_ARG(s->dataset->id), STR_ARG(person), STR_ARG(alias), STR_ARG(person),
               STR_ARG(person), RULE_TIER_MAX, STR_ARG(field), STR_ARG(alias), STR_ARG(field),
               STR_ARG(alias));
}

#define NO_SOURCE SIZE_MAX

/* `shown` is the source whose evidence is wanted: all its rows are shown, not only the first one
 * that decides (every authority that reports a death, not just the earliest). */
static void put_conditions(struct emitter *e, const char *subjects, size_t shown)
{
    const struct rule *r = e->rule;
    struct str first = person_of(e, &r->sources[0]);
    if (subjects)
        buf_format(&e->out, STR_FMT "_person = s.subject AND ", STR_ARG(first));
    buf_format(&e->out, STR_FMT "_person IS NOT NULL AND " STR_FMT "_tier <= %d", STR_ARG(first),
               STR_ARG(first), RULE_TIER_MAX);
    for (size_t i = 1; i < r->source_count; i++) {
        struct str person = person_of(e, &r->sources[i]);
        buf_format(&e->out,
                   "\n  AND " STR_FMT "_person = " STR_FMT "_person AND " STR_FMT "_tier <= %d",
                   STR_ARG(person), STR_ARG(first), STR_ARG(person), RULE_TIER_MAX);
    }
    /* today stands in every statement, whether a rule asks for it or not */
    buf_format(&e->out, "\n  AND %c1 > 0", mark_of(e));
    for (size_t i = 0; i < r->source_count; i++)
        if (r->sources[i].first_by >= 0 && i != shown)
            put_first_by(e, &r->sources[i]);
    for (size_t i = 0; i < r->condition_count; i++)
        buf_format(&e->out, "\n  AND (" STR_FMT ")", STR_ARG(sql_of(e, r->conditions[i])));
}

static void put_where(struct emitter *e, const char *subjects, size_t shown)
{
    put_conditions(e, subjects, shown);
    for (size_t i = 0; i < e->rule->unless_count; i++)
        buf_format(&e->out, "\n  AND NOT coalesce((" STR_FMT "), %s)",
                   STR_ARG(sql_of(e, e->rule->unless[i].expr)),
                   e->scope.dialect == DDL_SQLITE ? "0" : "FALSE");
}

static void put_tier(struct emitter *e)
{
    const struct rule *r = e->rule;
    const char *greatest = e->scope.dialect == DDL_SQLITE ? "max" : "greatest";
    if (r->source_count > 1)
        buf_format(&e->out, "%s(", greatest);
    for (size_t i = 0; i < r->source_count; i++)
        buf_format(&e->out, "%s" STR_FMT "_tier", i ? ", " : "",
                   STR_ARG(person_of(e, &r->sources[i])));
    if (r->source_count > 1)
        buf_put_char(&e->out, ')');
}

static void put_level(struct emitter *e)
{
    const struct rule *r = e->rule;
    e->scope.lets_are_columns = true;
    buf_put_z(&e->out, "CASE");
    for (size_t i = 0; i < r->level_count; i++) {
        if (r->levels[i].expr.node)
            buf_format(&e->out, " WHEN " STR_FMT " THEN %d", STR_ARG(sql_of(e, r->levels[i].expr)),
                       r->levels[i].level);
        else
            buf_format(&e->out, " WHEN 1 = 1 THEN %d", r->levels[i].level);
    }
    buf_put_z(&e->out, " END");
    e->scope.lets_are_columns = false;
}

/* The number of the first `unless` that speaks for the row, NULL when none does. */
static void put_clause(struct emitter *e)
{
    const struct rule *r = e->rule;
    if (r->unless_count == 0) {
        buf_put_z(&e->out, "CAST(NULL AS INTEGER)");
        return;
    }
    buf_put_z(&e->out, "CASE");
    for (size_t i = 0; i < r->unless_count; i++)
        buf_format(&e->out, " WHEN " STR_FMT " THEN %zu", STR_ARG(sql_of(e, r->unless[i].expr)),
                   i + 1);
    buf_put_z(&e->out, " END");
}

/* Every row for which the conditions hold, excused or not, with all columns of its sources: the one
 * walk over the data that findings and the excused come from. */
static void put_hits(struct emitter *e, const char *subjects)
{
    const struct rule *r = e->rule;
    buf_format(&e->out, "SELECT " STR_FMT "_person AS subject, ",
               STR_ARG(person_of(e, &r->sources[0])));
    put_tier(e);
    buf_format(&e->out, " AS tier, " STR_FMT ".site AS site, ",
               STR_ARG(r->sources[r->asks_source].alias));
    for (size_t i = 0; i < r->source_count; i++) {
        struct str alias = r->sources[i].alias;
        const struct dataset *d = r->sources[i].dataset;
        buf_format(&e->out, STR_FMT ".rid AS \"" STR_FMT ".rid\", ", STR_ARG(alias),
                   STR_ARG(alias));
        for (size_t f = 0; f < d->field_count; f++)
            buf_format(&e->out, STR_FMT "." STR_FMT " AS \"" STR_FMT "." STR_FMT "\", ",
                       STR_ARG(alias), STR_ARG(d->fields[f].id), STR_ARG(alias),
                       STR_ARG(d->fields[f].id));
    }
    put_clause(e);
    buf_put_z(&e->out, " AS clause\n");
    put_from(e, subjects);
    put_conditions(e, subjects, NO_SOURCE);
}

struct str emit_findings(struct arena *a, const struct rule *r, const struct catalog *c,
                         enum emit_scope scope, enum ddl_dialect dialect)
{
    struct emitter e;
    emitter_init(&e, a, r, c, dialect);
    buf_put_z(&e.out, "SELECT * FROM (\nSELECT g.subject, g.episode, g.tier, ");
    put_level(&e);
    buf_put_z(&e.out, " AS level, g.amount, g.site, g.kept, g.clause");
    for (size_t i = 0; i < r->let_count; i++)
        buf_format(&e.out, ", g." STR_FMT, STR_ARG(r->lets[i].id));
    e.scope.is_of_hits = true;
    buf_format(&e.out,
               "\nFROM (SELECT hit.subject AS subject, " STR_FMT
               " AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, ",
               STR_ARG(sql_of(&e, r->episode)));
    e.scope.is_grouped = true;
    if (r->amount.node)
        buf_format(&e.out, "coalesce(" STR_FMT ", 0)", STR_ARG(sql_of(&e, r->amount)));
    else
        buf_put_char(&e.out, '0');
    buf_put_z(&e.out,
              " AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER "
              "(WHERE clause IS NULL) AS kept, min(clause) AS clause");
    for (size_t i = 0; i < r->let_count; i++)
        buf_format(&e.out, ", " STR_FMT " AS " STR_FMT, STR_ARG(sql_of(&e, r->lets[i].expr)),
                   STR_ARG(r->lets[i].id));
    e.scope.is_grouped = e.scope.is_of_hits = false;
    buf_put_z(&e.out, "\nFROM (");
    put_hits(&e, scope == EMIT_DIRTY ? "dirty_subject" : NULL);
    /* by bytes, as finding_reconcile compares */
    buf_format(&e.out,
               ") AS hit\nGROUP BY 1, 2) AS g) AS f\nWHERE (f.kept > 0 AND f.level IS NOT NULL) OR "
               "f.clause IS NOT NULL\nORDER BY f.subject, f.episode%s",
               dialect == DDL_SQLITE ? "" : " COLLATE \"C\"");
    return buf_str(&e.out);
}

struct str emit_evidence(struct arena *a, const struct rule *r, const struct catalog *c,
                         enum ddl_dialect dialect)
{
    struct emitter e;
    emitter_init(&e, a, r, c, dialect);
    for (size_t i = 0; i < r->source_count; i++) {
        struct str alias = r->sources[i].alias;
        /* a source that shows nothing is only a condition */
        if (r->sources[i].shown_count == 0)
            continue;
        buf_format(&e.out,
                   "%sSELECT DISTINCT " STR_FMT "_person AS subject, " STR_FMT
                   " AS episode, %zu AS source, " STR_FMT ".rid AS rid, " STR_FMT
                   ".version AS version, " STR_FMT ".row_hash AS row_hash\n",
                   e.out.len ? "\nUNION ALL\n" : "", STR_ARG(person_of(&e, &r->sources[0])),
                   STR_ARG(sql_of(&e, r->episode)), i, STR_ARG(alias), STR_ARG(alias),
                   STR_ARG(alias));
        put_from(&e, "hit_subject");
        put_where(&e, "hit_subject", i);
    }
    buf_put_z(&e.out, "\nORDER BY 1, 2, 3, 4");
    return buf_str(&e.out);
}

struct str emit_wake(struct arena *a, const struct rule *r, const struct catalog *c,
                     enum ddl_dialect dialect)
{
    struct emitter e;
    emitter_init(&e, a, r, c, dialect);
    for (size_t i = 0; i < r->wake_count; i++) {
        const struct rule_source *s = &r->wakes[i].source;
        struct str person = person_of(&e, s);
        e.scope.only = s;
        struct str due = sql_of(&e, r->wakes[i].expr);
        buf_format(&e.out,
                   "%sSELECT " STR_FMT "_person FROM " STR_FMT " AS " STR_FMT " WHERE " STR_FMT
                   "_person IS NOT NULL AND " STR_FMT " > %c1 AND " STR_FMT " <= %c2",
                   i ? "\nUNION " : "", STR_ARG(person), STR_ARG(s->dataset->id), STR_ARG(s->alias),
                   STR_ARG(person), STR_ARG(due), mark_of(&e), STR_ARG(due), mark_of(&e));
    }
    return buf_str(&e.out);
}

struct str emit_need(struct arena *a, const struct rule *r, size_t index)
{
    return str_format(a, "SELECT count(*) FROM (SELECT 1 FROM " STR_FMT " LIMIT %lld) AS found",
                      STR_ARG(r->needs[index].dataset->id), (long long)r->needs[index].rows);
}

struct str emit_indexes(struct arena *a, const struct rule *r)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < r->source_count; i++) {
        const struct rule_source *s = &r->sources[i];
        buf_format(&out, "%s" STR_FMT "(" STR_FMT "_person)", i ? ", " : "",
                   STR_ARG(s->dataset->id), STR_ARG(s->dataset->fields[s->person_field].id));
    }
    return buf_str(&out);
}
