#include "common/rules/emit_parts.h"

void emit_begin(struct emitter *e, struct arena *a, const struct rule *r, const struct catalog *c,
                enum ddl_dialect dialect)
{
    /* The declaration was compiled when it was loaded: no problem can come up again. */
    *e = (struct emitter){
        .arena = a, .rule = r, .scope = {a, r, c, dialect, false, false, false, NULL, NULL}};
    buf_init(&e->out, a);
}

struct str emit_sql(struct emitter *e, struct rule_expr expr)
{
    return compile_expr(&e->scope, expr).sql;
}

char emit_mark(const struct emitter *e)
{
    return e->scope.dialect == DDL_SQLITE ? '?' : '$';
}

struct str emit_key(struct emitter *e, const struct rule_source *s, int field)
{
    return compile_key(e->arena, s, field, false);
}

static bool has_tier(const struct rule_source *s, int field)
{
    return s->dataset && rule_field_has_person(s, field);
}

static void put_tier_condition(struct emitter *e, const struct rule_source *s, int field)
{
    if (has_tier(s, field))
        buf_format(&e->out, " AND " STR_FMT "." STR_FMT "_tier <= %d", STR_ARG(s->alias),
                   STR_ARG(s->dataset->fields[field].id), RULE_TIER_MAX);
}

/* {mine EXPR}, {changed EXPR}, {today}, {a parameter}, {a parameter EXPR of a code} */
static void put_brace(struct emitter *e, struct buf *out, struct str inside, const char *subjects)
{
    struct str expr = str_trim(str_skip(inside, str_find(inside, ' ')));
    bool is_mine = str_starts(inside, STR("mine "));
    if (is_mine && !subjects) {
        buf_put_z(out, "1 = 1");
    } else if (is_mine) {
        buf_format(out, STR_FMT " IN (SELECT %s FROM %s)", STR_ARG(expr),
                   rule_is_of_persons(e->rule) ? "subject" : "key", subjects);
    } else if (str_starts(inside, STR("changed "))) {
        bool is_person = str_ends(expr, STR("_person"));
        buf_format(out, STR_FMT " IN (SELECT %s FROM %s)", STR_ARG(expr),
                   is_person ? "person" : "key", is_person ? "dirty_person" : "dirty_key");
    } else if (str_equal(inside, STR("today"))) {
        buf_format(out, "%c1", emit_mark(e));
    } else {
        struct str name = str_slice(inside, 0, str_find(inside, ' '));
        for (size_t i = 0; i < e->rule->param_count; i++)
            if (str_equal(e->rule->params[i].id, name))
                buf_put(out, compile_param(e->arena, &e->rule->params[i],
                                           name.len < inside.len ? expr : STR_NONE, STR_NONE));
    }
}

struct str emit_query(struct emitter *e, struct str sql, const char *subjects)
{
    struct str rest = sql;
    struct buf out;
    buf_init(&out, e->arena);
    while (rest.len) {
        size_t open = str_find(rest, '{');
        buf_put(&out, str_slice(rest, 0, open));
        rest = str_skip(rest, open);
        if (rest.len == 0)
            break;
        size_t close = str_find(rest, '}');
        put_brace(e, &out, str_slice(rest, 1, close), subjects);
        rest = str_skip(rest, close + 1);
    }
    return str_trim(buf_str(&out));
}

/* The query once in front of the statement, with the declared columns, so that their number is
 * checked too. */
static void put_query(struct emitter *e, const char *subjects)
{
    const struct rule_query *q = e->rule->query;
    if (!q)
        return;
    buf_put_z(&e->out, "WITH said(");
    for (size_t i = 0; i < q->column_count; i++)
        buf_format(&e->out, "%s" STR_FMT, i ? ", " : "", STR_ARG(q->columns[i].id));
    buf_format(&e->out, ") AS (\n" STR_FMT "\n)\n", STR_ARG(emit_query(e, q->sql, subjects)));
}

static void put_from(struct emitter *e, const char *subjects, size_t shown)
{
    const struct rule *r = e->rule;
    buf_put_z(&e->out, "FROM ");
    if (subjects)
        buf_format(&e->out, "%s AS s CROSS JOIN ", subjects);
    for (size_t i = 0; i < r->source_count; i++) {
        if (r->sources[i].is_shown_only && i != shown)
            continue;
        if (i)
            buf_put_z(&e->out, " CROSS JOIN ");
        struct str rows = r->sources[i].query ? STR("said") : r->sources[i].dataset->id;
        buf_format(&e->out, STR_FMT " AS " STR_FMT, STR_ARG(rows), STR_ARG(r->sources[i].alias));
    }
    buf_put_z(&e->out, "\nWHERE ");
}

/* Only the first row of the subject by the given field, ties by rid. */
static void put_first_by(struct emitter *e, const struct rule_source *s)
{
    struct rule_source earlier = *s;
    earlier.alias = STR("earlier");
    struct str field = s->dataset->fields[s->first_by].id;
    buf_format(&e->out,
               "\n  AND NOT EXISTS (SELECT 1 FROM " STR_FMT " AS earlier WHERE " STR_FMT
               " = " STR_FMT,
               STR_ARG(s->dataset->id), STR_ARG(emit_key(e, &earlier, s->on)),
               STR_ARG(emit_key(e, s, s->on)));
    put_tier_condition(e, &earlier, s->on);
    buf_format(&e->out,
               " AND (earlier." STR_FMT ", earlier.rid) < (" STR_FMT "." STR_FMT ", " STR_FMT
               ".rid))",
               STR_ARG(field), STR_ARG(s->alias), STR_ARG(field), STR_ARG(s->alias));
}

void emit_join(struct emitter *e, size_t source)
{
    const struct rule *r = e->rule;
    const struct rule_source *s = &r->sources[source];
    if (s->is_shown_only) {
        buf_format(&e->out, "\n  AND " STR_FMT ".rid = " STR_FMT, STR_ARG(s->alias),
                   STR_ARG(emit_key(e, &r->sources[s->of_source], s->of_field)));
        return;
    }
    const struct rule_source *other = &r->sources[s->of_source < 0 ? 0 : s->of_source];
    int field = s->of_source < 0 ? other->on : s->of_field;
    buf_format(&e->out, "\n  AND " STR_FMT " = " STR_FMT, STR_ARG(emit_key(e, s, s->on)),
               STR_ARG(emit_key(e, other, field)));
    put_tier_condition(e, s, s->on);
    if (s->of_source >= 0)
        put_tier_condition(e, other, field);
}

#define NO_SOURCE SIZE_MAX

/* `shown` is the source whose evidence is wanted: all its rows are shown, not only the first one
 * that decides (every authority that reports a death, not just the earliest). */
static void put_conditions(struct emitter *e, const char *subjects, size_t shown)
{
    const struct rule *r = e->rule;
    const struct rule_source *first = &r->sources[0];
    struct str key = emit_key(e, first, first->on);
    if (subjects)
        buf_format(&e->out, STR_FMT " = s.%s AND ", STR_ARG(key),
                   rule_is_of_persons(r) ? "subject" : "key");
    buf_format(&e->out, STR_FMT " IS NOT NULL", STR_ARG(key));
    put_tier_condition(e, first, first->on);
    for (size_t i = 1; i < r->source_count; i++)
        if (!r->sources[i].is_shown_only || i == shown)
            emit_join(e, i);
    /* today stands in every statement, whether a rule asks for it or not */
    buf_format(&e->out, "\n  AND %c1 > 0", emit_mark(e));
    for (size_t i = 0; i < r->source_count; i++)
        if (r->sources[i].first_by >= 0 && i != shown)
            put_first_by(e, &r->sources[i]);
    for (size_t i = 0; i < r->condition_count; i++)
        buf_format(&e->out, "\n  AND (" STR_FMT ")", STR_ARG(emit_sql(e, r->conditions[i])));
}

static void put_where(struct emitter *e, const char *subjects, size_t shown)
{
    put_conditions(e, subjects, shown);
    for (size_t i = 0; i < e->rule->unless_count; i++)
        buf_format(&e->out, "\n  AND NOT coalesce((" STR_FMT "), %s)",
                   STR_ARG(emit_sql(e, e->rule->unless[i].expr)),
                   e->scope.dialect == DDL_SQLITE ? "0" : "FALSE");
}

/* The worst of the persons that are joined; 1 when there are none. */
static void put_tier(struct emitter *e)
{
    const struct rule *r = e->rule;
    struct buf tiers;
    size_t count = 0;
    buf_init(&tiers, e->arena);
    for (size_t i = 0; i < r->source_count; i++) {
        const struct rule_source *s = &r->sources[i];
        if (s->query && rule_column(s->query, STR("tier")) >= 0)
            buf_format(&tiers, "%s" STR_FMT ".tier", count++ ? ", " : "", STR_ARG(s->alias));
        if (s->is_shown_only || !has_tier(s, s->on))
            continue;
        buf_format(&tiers, "%s" STR_FMT "." STR_FMT "_tier", count++ ? ", " : "", STR_ARG(s->alias),
                   STR_ARG(s->dataset->fields[s->on].id));
    }
    const char *greatest = e->scope.dialect == DDL_SQLITE ? "max" : "greatest";
    if (count == 0)
        buf_put_char(&e->out, '1');
    else if (count == 1)
        buf_put(&e->out, buf_str(&tiers));
    else
        buf_format(&e->out, "%s(" STR_FMT ")", greatest, STR_ARG(buf_str(&tiers)));
}

static void put_level(struct emitter *e)
{
    const struct rule *r = e->rule;
    e->scope.lets_are_columns = true;
    buf_put_z(&e->out, "CASE");
    for (size_t i = 0; i < r->level_count; i++) {
        if (r->levels[i].expr.node)
            buf_format(&e->out, " WHEN " STR_FMT " THEN %d",
                       STR_ARG(emit_sql(e, r->levels[i].expr)), r->levels[i].level);
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
        buf_format(&e->out, " WHEN " STR_FMT " THEN %zu", STR_ARG(emit_sql(e, r->unless[i].expr)),
                   i + 1);
    buf_put_z(&e->out, " END");
}

static void put_column(struct emitter *e, struct str alias, struct str id, const char *tail)
{
    buf_format(&e->out, STR_FMT "." STR_FMT "%s AS \"" STR_FMT "." STR_FMT "%s\", ", STR_ARG(alias),
               STR_ARG(id), tail, STR_ARG(alias), STR_ARG(id), tail);
}

static void put_columns(struct emitter *e, const struct rule_source *s)
{
    for (size_t i = 0; s->query && i < s->query->column_count; i++)
        put_column(e, s->alias, s->query->columns[i].id, "");
    if (!s->dataset || s->is_shown_only)
        return;
    put_column(e, s->alias, STR("rid"), "");
    for (size_t f = 0; f < s->dataset->field_count; f++) {
        put_column(e, s->alias, s->dataset->fields[f].id, "");
        if (dataset_field_has_person(&s->dataset->fields[f]))
            put_column(e, s->alias, s->dataset->fields[f].id, "_person");
    }
}

static void put_site(struct emitter *e)
{
    const struct rule *r = e->rule;
    const struct rule_source *s = &r->sources[r->asks_source];
    if (s->query && rule_column(s->query, STR("site")) < 0)
        buf_put_z(&e->out, "''");
    else
        buf_format(&e->out, "coalesce(" STR_FMT ".site, '')", STR_ARG(s->alias));
}

/* Every row for which the conditions hold, excused or not, with all columns of its sources: the one
 * walk over the data that findings and the excused come from. */
static void put_hits(struct emitter *e, const char *subjects)
{
    const struct rule *r = e->rule;
    buf_format(&e->out, "SELECT " STR_FMT " AS subject, ",
               STR_ARG(emit_key(e, &r->sources[0], r->sources[0].on)));
    put_tier(e);
    buf_put_z(&e->out, " AS tier, ");
    put_site(e);
    buf_put_z(&e->out, " AS site, ");
    for (size_t i = 0; i < r->source_count; i++)
        put_columns(e, &r->sources[i]);
    put_clause(e);
    buf_put_z(&e->out, " AS clause\n");
    put_from(e, subjects, NO_SOURCE);
    put_conditions(e, subjects, NO_SOURCE);
}

/* Per subject and episode. */
static void put_groups(struct emitter *e, const char *subjects)
{
    const struct rule *r = e->rule;
    e->scope.is_of_hits = true;
    buf_format(&e->out,
               "SELECT hit.subject AS subject, " STR_FMT
               " AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, ",
               STR_ARG(emit_sql(e, r->episode)));
    if (r->subject.called.node)
        buf_format(&e->out, "min(" STR_FMT ") AS called, ",
                   STR_ARG(emit_sql(e, r->subject.called)));
    else
        buf_put_z(&e->out, "CAST(NULL AS TEXT) AS called, ");
    e->scope.is_grouped = true;
    if (r->amount.node)
        buf_format(&e->out, "coalesce(" STR_FMT ", 0)", STR_ARG(emit_sql(e, r->amount)));
    else
        buf_put_char(&e->out, '0');
    buf_put_z(&e->out,
              " AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER "
              "(WHERE clause IS NULL) AS kept, min(clause) AS clause");
    for (size_t i = 0; i < r->let_count; i++)
        buf_format(&e->out, ", " STR_FMT " AS " STR_FMT, STR_ARG(emit_sql(e, r->lets[i].expr)),
                   STR_ARG(r->lets[i].id));
    e->scope.is_grouped = e->scope.is_of_hits = false;
    buf_put_z(&e->out, "\nFROM (");
    put_hits(e, subjects);
    buf_put_z(&e->out, ") AS hit\nGROUP BY 1, 2");
}

struct str emit_findings(struct arena *a, const struct rule *r, const struct catalog *c,
                         enum emit_scope scope, enum ddl_dialect dialect)
{
    struct emitter e;
    bool is_of_persons = rule_is_of_persons(r);
    emit_begin(&e, a, r, c, dialect);
    put_query(&e, scope == EMIT_DIRTY ? "dirty_subject" : NULL);
    buf_format(&e.out, "SELECT * FROM (\nSELECT %s AS subject, g.episode, g.tier, ",
               is_of_persons ? "g.subject" : "qq_thing(g.subject)");
    put_level(&e);
    buf_format(&e.out, " AS level, g.amount, g.site, g.kept, g.clause, %s AS key, g.called",
               is_of_persons ? "CAST(NULL AS TEXT)" : "g.subject");
    for (size_t i = 0; i < r->let_count; i++)
        buf_format(&e.out, ", g." STR_FMT, STR_ARG(r->lets[i].id));
    buf_put_z(&e.out, "\nFROM (");
    put_groups(&e, scope == EMIT_DIRTY ? "dirty_subject" : NULL);
    /* by bytes, as finding_reconcile compares */
    buf_format(&e.out,
               ") AS g) AS f\nWHERE (f.kept > 0 AND f.level IS NOT NULL) OR "
               "f.clause IS NOT NULL\nORDER BY f.subject, f.episode%s",
               dialect == DDL_SQLITE ? "" : " COLLATE \"C\"");
    return buf_str(&e.out);
}

struct str emit_evidence(struct arena *a, const struct rule *r, const struct catalog *c,
                         enum ddl_dialect dialect)
{
    struct emitter e;
    bool is_first = true;
    emit_begin(&e, a, r, c, dialect);
    put_query(&e, "hit_subject");
    for (size_t i = 0; i < r->source_count; i++) {
        struct str alias = r->sources[i].alias;
        /* a source that shows nothing is only a condition */
        if (r->sources[i].shown_count == 0)
            continue;
        buf_format(&e.out,
                   "%sSELECT DISTINCT s.subject AS subject, " STR_FMT
                   " AS episode, %zu AS source, " STR_FMT ".rid AS rid, " STR_FMT
                   ".version AS version, " STR_FMT ".row_hash AS row_hash\n",
                   is_first ? "" : "\nUNION ALL\n", STR_ARG(emit_sql(&e, r->episode)), i,
                   STR_ARG(alias), STR_ARG(alias), STR_ARG(alias));
        put_from(&e, "hit_subject", i);
        put_where(&e, "hit_subject", i);
        is_first = false;
    }
    buf_put_z(&e.out, "\nORDER BY 1, 2, 3, 4");
    return buf_str(&e.out);
}
