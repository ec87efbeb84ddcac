#include "central/identity/company.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void one_firm_is_written_in_many_ways(void **state)
{
    static const struct {
        const char *written, *expected, *head;
    } cases[] = {
        {"清河县甲建设有限责任公司", "清河县甲建设有限公司", ""},
        {"清河县甲建设有限公司", "清河县甲建设有限公司", ""},
        {"甲建设（清河）有限公司", "甲建设清河有限公司", ""},
        {"甲建设(清河) 有限公司", "甲建设清河有限公司", ""},
        {"甲建設【清河】有限公司", "甲建设清河有限公司", ""},
        {"甲建设股份有限公司", "甲建设股份有限公司", ""}, /* another legal form: another firm */
        {"甲建设有限责任公司清河分公司", "甲建设有限公司清河分公司", "甲建设有限公司"},
        {"甲商贸有限公司第二门市部", "甲商贸有限公司第二门市部", "甲商贸有限公司"},
        {"清河分公司", "清河分公司", ""}, /* of whom, it does not say */
        {"城关镇人民政府", "城关镇人民政府", ""},
        {"", "", ""},
    };
    struct arena *a = arena_new((size_t)1 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str is = company_normalise(a, str_of(cases[i].written));
        struct str head = company_head(is);
        if (!str_equal(is, str_of(cases[i].expected)) || !str_equal(head, str_of(cases[i].head)) ||
            !str_equal(company_normalise(a, is), is))
            fail_msg("%s: " STR_FMT ", " STR_FMT, cases[i].written, STR_ARG(is), STR_ARG(head));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_firm_is_written_in_many_ways)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
