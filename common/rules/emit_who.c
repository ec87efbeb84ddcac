#include "common/rules/emit_parts.h"

static bool is_of(const struct rule_wake *w, enum emit_kind kind)
{
    return rule_field_has_person(&w->source, w->source.on) == (kind == EMIT_PERSONS);
}

struct str emit_wake(struct arena *a, const struct rule *r, const struct catalog *c,
                     enum emit_kind kind, enum ddl_dialect dialect)
{
    struct emitter e;
    emit_begin(&e, a, r, c, dialect);
    for (size_t i = 0; i < r->wake_count; i++) {
        const struct rule_source *s = &r->wakes[i].source;
        if (!is_of(&r->wakes[i], kind))
            continue;
        struct str key = emit_key(&e, s, s->on);
        e.scope.only = s;
        struct str due = emit_sql(&e, r->wakes[i].expr);
        char mark = emit_mark(&e);
        buf_format(&e.out,
                   "%sSELECT " STR_FMT " FROM " STR_FMT " AS " STR_FMT " WHERE " STR_FMT
                   " IS NOT NULL AND " STR_FMT " > %c1 AND " STR_FMT " <= %c2",
                   e.out.len ? "\nUNION " : "", STR_ARG(key), STR_ARG(s->dataset->id),
                   STR_ARG(s->alias), STR_ARG(key), STR_ARG(due), mark, STR_ARG(due), mark);
    }
    return buf_str(&e.out);
}

/* The source and those it is joined to, down to one that is joined by the subject: its own key is
 * the subject's. */
static size_t chain_of(const struct rule *r, size_t source, size_t *out_chain)
{
    size_t n = 0;
    for (int at = (int)source; at >= 0; at = r->sources[at].of_source)
        out_chain[n++] = (size_t)at;
    return n;
}

static void put_link(struct emitter *e, const struct rule_link *link)
{
    const struct rule *r = e->rule;
    size_t chain[RULE_SOURCES_MAX];
    size_t count = chain_of(r, link->source, chain);
    const struct rule_source *root = &r->sources[chain[count - 1]];
    const struct rule_source *s = &r->sources[link->source];
    bool is_person = rule_field_has_person(s, link->field);
    buf_format(&e->out, "%sSELECT " STR_FMT " FROM %s AS changed", e->out.len ? "\nUNION " : "",
               STR_ARG(emit_key(e, root, root->on)), is_person ? "dirty_person" : "dirty_key");
    for (size_t i = 0; i < count; i++)
        buf_format(&e->out, " CROSS JOIN " STR_FMT " AS " STR_FMT,
                   STR_ARG(r->sources[chain[i]].dataset->id), STR_ARG(r->sources[chain[i]].alias));
    buf_format(&e->out, "\nWHERE " STR_FMT " = changed.%s", STR_ARG(emit_key(e, s, link->field)),
               is_person ? "person" : "key");
    for (size_t i = 0; i + 1 < count; i++)
        emit_join(e, chain[i]);
}

struct str emit_touches(struct arena *a, const struct rule *r, const struct catalog *c,
                        enum ddl_dialect dialect)
{
    struct emitter e;
    emit_begin(&e, a, r, c, dialect);
    if (r->query) /* it says so itself */
        return r->query->touches.len ? emit_query(&e, r->query->touches, NULL) : STR_NONE;
    for (size_t i = 0; i < r->link_count; i++)
        put_link(&e, &r->links[i]);
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
        if (s->dataset && !s->is_shown_only)
            buf_format(&out, "%s" STR_FMT "(" STR_FMT "%s)", out.len ? ", " : "",
                       STR_ARG(s->dataset->id), STR_ARG(s->dataset->fields[s->on].id),
                       rule_field_has_person(s, s->on) ? "_person" : "");
    }
    for (size_t i = 0; r->query && i < r->key_count; i++)
        if (r->keys[i].field >= 0)
            buf_format(&out, "%s" STR_FMT "(" STR_FMT ")", out.len ? ", " : "",
                       STR_ARG(r->keys[i].dataset->id),
                       STR_ARG(r->keys[i].dataset->fields[r->keys[i].field].id));
    return buf_str(&out);
}
