#include "tests/support/declare.h"

#include "common/base/arena.h"
#include "common/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct str declare_list(struct arena *a, const struct problem_list *problems)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < problems->items.count; i++) {
        const struct problem *p = &problems->items.at[i];
        buf_format(&out, STR_FMT ":%u:%u ", STR_ARG(p->code), p->line, p->column);
    }
    return buf_str(&out);
}

static struct catalog *build(struct arena *a, const char *text, struct problem_list *problems)
{
    struct catalog_file file = {STR("test.decl"), str_of(text)};
    problem_list_init(problems, a, 100);
    return catalog_build(&file, 1, problems);
}

struct catalog *declare(const char *text)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct problem_list problems;
    struct catalog *c = build(a, text, &problems);
    if (!c)
        fail_msg(STR_FMT, STR_ARG(declare_list(a, &problems)));
    arena_free(a);
    return c;
}

struct str declare_faults(struct arena *a, const char *text)
{
    struct problem_list problems;
    struct catalog *c = build(a, text, &problems);
    assert_null(c);
    for (size_t i = 0; i < problems.items.count; i++)
        assert_true(problems.items.at[i].zh.len && problems.items.at[i].en.len);
    return declare_list(a, &problems);
}
