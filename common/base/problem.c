#include "common/base/problem.h"

#include "common/base/utf8.h"

void problem_list_init(struct problem_list *l, struct arena *a, size_t kept_max)
{
    *l = (struct problem_list){.arena = a, .kept_max = kept_max};
}

static struct str cut_value(struct str value)
{
    struct str rest = value;
    for (size_t n = 0; rest.len && n < PROBLEM_VALUE_CHARS_MAX; n++)
        utf8_next(&rest);
    return str_slice(value, 0, value.len - rest.len);
}

void problem_add(struct problem_list *l, struct problem p)
{
    if (p.severity == PROBLEM_ERROR)
        l->errors++;
    else
        l->warnings++;
    if (l->items.count >= l->kept_max)
        return;
    p.code = str_copy(l->arena, p.code);
    p.file = str_copy(l->arena, p.file);
    p.header = str_copy(l->arena, p.header);
    p.value = str_copy(l->arena, cut_value(p.value));
    p.zh = str_copy(l->arena, p.zh);
    p.en = str_copy(l->arena, p.en);
    VEC_PUSH(&l->items, l->arena, p);
}

struct str problem_format(struct arena *a, const struct problem *p)
{
    return str_format(a, STR_FMT ":%u:%u: %s: " STR_FMT "%s" STR_FMT, STR_ARG(p->file), p->line,
                      p->column, p->severity == PROBLEM_ERROR ? "error" : "warning", STR_ARG(p->en),
                      p->zh.len ? " / " : "", STR_ARG(p->zh));
}
