#include "common/base/fsm.h"

#include "common/base/buf.h"
#include "common/base/check.h"

bool fsm_allows(const struct fsm *m, size_t from, size_t to)
{
    ASSERT(from < m->count);
    ASSERT(to < m->count);
    return (m->states[from].next & TO(to)) != 0;
}

bool fsm_find(const struct fsm *m, struct str name, size_t *out_state)
{
    for (size_t i = 0; i < m->count; i++)
        if (str_equal(name, str_of(m->states[i].name))) {
            *out_state = i;
            return true;
        }
    return false;
}

struct str fsm_to_check(const struct fsm *m, struct arena *a, const char *column)
{
    struct buf out;
    buf_init(&out, a);
    buf_format(&out, "%s IN (", column);
    for (size_t i = 0; i < m->count; i++)
        buf_format(&out, "%s'%s'", i ? "," : "", m->states[i].name);
    buf_put_char(&out, ')');
    return buf_str(&out);
}

struct str fsm_to_dot(const struct fsm *m, struct arena *a, const char *title)
{
    struct buf out;
    buf_init(&out, a);
    buf_format(&out, "digraph %s {\n", title);
    for (size_t i = 0; i < m->count; i++) {
        if (m->states[i].is_final)
            buf_format(&out, "  %s [shape=doublecircle]\n", m->states[i].name);
        for (size_t j = 0; j < m->count; j++)
            if (fsm_allows(m, i, j))
                buf_format(&out, "  %s -> %s\n", m->states[i].name, m->states[j].name);
    }
    buf_put_z(&out, "}\n");
    return buf_str(&out);
}
