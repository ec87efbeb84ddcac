#include "central/store/key_form.h"

#include "tests/unit/central/hub_fixture.h"

static const char ROW[] = "batch_no=P202601;programme=jumin;citizen_id=11010519491231002X;"
                          "month=202601;name=王芳;amount=100;township=t01";

/* A hub that an earlier program filled: more rows than a page, with keys of another form. */
static void keys_of_another_form_are_known_again(void **state)
{
    (void)state;
    struct hub_fixture f;
    hub_fixture_open(&f);
    for (int i = 0; i <= KEY_FORM_PAGE; i++) {
        struct str row = str_format(f.a,
                                    "batch_no=P%d;programme=jumin;citizen_id=11010519491231002X;"
                                    "month=202601;name=王芳;amount=100;township=t01",
                                    i);
        hub_fixture_merge(&f, "t01", "benefit_pay", false, ROWS(str_copy_z(f.a, row)));
    }
    hub_fixture_merge(&f, "t01", "benefit_pay", false, ROWS(ROW));
    struct str before = hub_fixture_text(
        &f, "SELECT hex(key_hash) FROM rec_benefit_pay WHERE batch_no = 'P202601'");
    assert_int_equal(
        db_exec(f.db, STR("UPDATE rec_benefit_pay SET key_hash = randomblob(32); DELETE FROM "
                          "note WHERE key = 'key_form'")),
        OK);
    assert_int_equal(key_form_update(f.store), OK);
    assert_true(str_equal(
        before, hub_fixture_text(
                    &f, "SELECT hex(key_hash) FROM rec_benefit_pay WHERE batch_no = 'P202601'")));
    hub_fixture_merge(&f, "t01", "benefit_pay", false, ROWS(ROW)); /* the same row once more */
    assert_int_equal(hub_fixture_number(&f, "SELECT count(*) FROM rec_benefit_pay"),
                     KEY_FORM_PAGE + 2);
    hub_fixture_close(&f);
}

static void it_is_done_once(void **state)
{
    (void)state;
    struct hub_fixture f;
    hub_fixture_open(&f);
    hub_fixture_merge(&f, "t01", "benefit_pay", false, ROWS(ROW));
    assert_int_equal(db_exec(f.db, STR("UPDATE rec_benefit_pay SET key_hash = x'00'")), OK);
    assert_int_equal(key_form_update(f.store), OK);
    assert_int_equal(hub_fixture_number(&f, "SELECT length(key_hash) FROM rec_benefit_pay"), 1);
    hub_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_another_form_are_known_again),
        cmocka_unit_test(it_is_done_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
