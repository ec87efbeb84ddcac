/* What the console says of the quality of the data, and what stands behind it. */
#include "tests/unit/central/console/console_fixture.h"

#include "central/store/quality_store.h"

static void put(struct console_fixture *f, const char *site, const char *import_id,
                const char *dataset, int64_t at_ms, const char *const *facts)
{
    struct message_answer_field fields[8];
    size_t n = 0;
    struct message_file_end end = {.import_id = str_of(import_id),
                                   .dataset = str_of(dataset),
                                   .rows = 100,
                                   .rejected = 10,
                                   .accepted = 90,
                                   .imported_ms = at_ms};
    for (; facts[n]; n++) {
        struct str value = str_of(facts[n]);
        fields[n].id = str_cut(&value, '=');
        fields[n].text = value;
    }
    struct message_quality m = {str_of(import_id), str_of(dataset), fields, n};
    assert_int_equal(record_store_file_end(f->hub.store, str_of(site), &end, true), OK);
    assert_int_equal(quality_store_put(f->hub.store, str_of(site), &m, at_ms), OK);
    assert_int_equal(quality_store_put(f->hub.store, str_of(site), &m, at_ms), OK); /* again */
}

static void facts_of_all_files_are_added_up_but_what_is_missing_is_of_the_newest(void **state)
{
    struct console_fixture *f = *state;
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    put(f, "t01", "i1", "unit", 1000, ROWS("missing=5", "totals=1", "totals_wrong=1"));
    put(f, "t01", "i2", "unit", 2000, ROWS("missing=2", "totals=1", "deleted=3", "unexplained=1"));
    put(f, "t01", "i3", "death", 1000, ROWS("dated=90", "old=80"));
    struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/quality", NULL, NULL, "");
    const struct json *unit = console_fixture_named(json_get(r.json, "items"), "dataset", "unit");
    static const struct {
        const char *key;
        int64_t n;
    } expected[] = {{"files", 2},  {"rows", 200},  {"rejected", 20},   {"missing", 2},
                    {"totals", 2}, {"deleted", 3}, {"unexplained", 1}, {"totals_wrong", 1},
                    {"old", 0},    {"unequal", 0}};
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        if (json_get_int(unit, expected[i].key) != expected[i].n)
            fail_msg("%s is %d", expected[i].key, (int)json_get_int(unit, expected[i].key));
    const struct json *death = console_fixture_named(json_get(r.json, "items"), "dataset", "death");
    assert_int_equal(json_get_int(death, "old"), 80);
    json_free(r.json);
    struct message_quality bad = {STR("i4"), STR("unit"),
                                  &(struct message_answer_field){STR("missing"), STR("many")}, 1};
    assert_int_equal(quality_store_put(f->hub.store, STR("t01"), &bad, 1), ERR_MALFORMED);
}

/* Nobody is accused, and no number is shown whole. */
static void numbers_and_names_that_contradict_each_other_are_listed(void **state)
{
    struct console_fixture *f = *state;
    assert_int_equal(console_fixture_log_in(f, "zhao", PASSWORD), 200);
    hub_fixture_merge(
        &f->hub, "d01", "death", false,
        ROWS("citizen_id=11010519491231002X;name=王芳;died_on=2024-01-10;source=公安",
             "citizen_id=440524188001010014;name=李明;died_on=2024-01-10;source=公安"));
    hub_fixture_merge(
        &f->hub, "d02", "death", false,
        ROWS("citizen_id=11010519491231002X;name=欧阳铁柱;died_on=2024-01-10;source=公安",
             "citizen_id=110105194912310038;name=王芳;died_on=2024-01-10;source=公安",
             "citizen_id=440524188001010014;name=李 明;died_on=2024-01-10;source=公安"));
    struct console_reply r = console_fixture_ask(f, "GET", "/api/v1/quality", NULL, NULL, "");
    const struct json *number = json_get(r.json, "same_number");
    assert_int_equal(json_get_int(number, "total"), 1);
    const struct json *pair = json_at(json_get(number, "items"), 0);
    assert_true(str_equal(json_get_str(pair, "name"), STR("王芳")));
    assert_true(str_equal(json_get_str(pair, "other_name"), STR("欧阳铁柱")));
    assert_true(str_equal(json_get_str(pair, "number"), STR("1101**********002X")));
    const struct json *birth = json_get(r.json, "same_birth");
    assert_int_equal(json_get_int(birth, "total"), 1);
    assert_true(str_equal(json_get_str(json_at(json_get(birth, "items"), 0), "other_number"),
                          STR("1101**********0038")));
    assert_false(str_contains(r.body, STR("19491231")));
    json_free(r.json);
}

#define CASE(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, console_fixture_set_up, console_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(facts_of_all_files_are_added_up_but_what_is_missing_is_of_the_newest),
        CASE(numbers_and_names_that_contradict_each_other_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
