/* Companies that rows name without a code. */
#include "central/store/company_store.h"
#include "tests/unit/central/hub_fixture.h"

#define FIRM(code, name) "uscc=" code ";name=" name ";state=存续"
#define DEAL(no, supplier) "contract_no=" no ";name=合同;supplier=" supplier

static void a_name_without_a_code_is_proposed_the_code_of_that_name(void **state)
{
    struct hub_fixture f;
    struct company_proposal *p;
    size_t count;
    (void)state;
    hub_fixture_open(&f);
    hub_fixture_merge(&f, "d01", "company", false,
                      ROWS(FIRM("91110000600037341L", "甲建设有限公司"),
                           FIRM("91350100M000100Y43", "乙商贸有限公司"),
                           FIRM("91231282MA18WX1K1H", "乙商贸有限责任公司")));
    hub_fixture_merge(&f, "d02", "contract", false,
                      ROWS(DEAL("C1", "甲建设(有限责任公司)"),
                           DEAL("C2", "甲建设有限公司清河分公司"), DEAL("C3", "乙商贸有限公司"),
                           DEAL("C4", "丙有限公司"),
                           DEAL("C5", "甲建设有限公司") ";supplier_uscc=91110000600037341L"));
    assert_int_equal(company_store_proposals(f.store, f.a, &p, &count), OK);
    assert_int_equal(count, 3);
    static const struct {
        const char *name, *uscc;
        int64_t codes;
        bool is_branch;
    } expected[] = {{"乙商贸有限公司", "91231282MA18WX1K1H", 2, false},
                    {"甲建设(有限责任公司)", "91110000600037341L", 1, false},
                    {"甲建设有限公司清河分公司", "91110000600037341L", 1, true}};
    for (size_t i = 0; i < count; i++) {
        assert_true(str_equal(p[i].dataset, STR("contract")));
        assert_true(str_equal(p[i].field, STR("supplier_uscc")));
        if (!str_equal(p[i].name, str_of(expected[i].name)) ||
            !str_equal(p[i].uscc, str_of(expected[i].uscc)) || p[i].codes != expected[i].codes ||
            p[i].is_branch != expected[i].is_branch || p[i].rows != 1)
            fail_msg("%zu: " STR_FMT " " STR_FMT, i, STR_ARG(p[i].name), STR_ARG(p[i].uscc));
    }
    hub_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_without_a_code_is_proposed_the_code_of_that_name)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
