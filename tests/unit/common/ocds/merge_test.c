/* The merging rules of OCDS 1.1, each by a small case, and the standard's own sample process. */
#include "common/ocds/merge.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/ocds/package.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define R(n, date, rest)                                                                           \
    "{\"ocid\":\"o\",\"id\":\"" n "\",\"date\":\"2026-01-" date                                    \
    "T00:00:00Z\",\"tag\":[\"tender\"],"                                                           \
    "" rest "}"

struct desk {
    struct arena *a;
    struct catalog *catalog;
    struct ocds ocds;
};

static int make(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    struct problem_list problems;
    d->a = arena_new((size_t)64 << 20);
    d->catalog = fixture_catalog(d->a);
    problem_list_init(&problems, d->a, 10);
    assert_non_null(d->catalog->ocds_file);
    if (!ocds_load(d->a, d->catalog, d->catalog->ocds_file, &d->catalog->ocds_file->nodes[0],
                   &problems, &d->ocds))
        fail_msg(STR_FMT, STR_ARG(problem_format(d->a, &problems.items.at[0])));
    *state = d;
    return 0;
}

static int drop(void **state)
{
    struct desk *d = *state;
    catalog_free(d->catalog);
    arena_free(d->a);
    free(d);
    return 0;
}

static struct json *parse(struct str text)
{
    struct json *root;
    assert_int_equal(json_parse(text, &root), OK);
    return root;
}

/* Releases as a JSON list → the text of what is known without the first four keys. */
static void compiles_to(struct desk *d, const char *releases, const char *expected)
{
    struct json *list = parse(str_of(releases));
    struct json *wanted = parse(str_of(expected));
    const struct json *each[10];
    for (size_t i = 0; i < json_count(list); i++)
        each[i] = json_at(list, i);
    struct json *is = ocds_merge_compiled(&d->ocds, each, json_count(list), d->a);
    static const char *const own[] = {"tag", "id", "date", "ocid"};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        json_remove(is, own[i]);
    if (!json_same(is, wanted))
        fail_msg(STR_FMT, STR_ARG(json_write(is, d->a)));
    json_free(is);
    json_free(wanted);
    json_free(list);
}

static void a_later_value_replaces_an_earlier_whatever_the_order_of_the_file(void **state)
{
    compiles_to(*state,
                "[" R("2", "02", "\"tender\":{\"title\":\"b\"}") "," R(
                    "1", "01", "\"tender\":{\"title\":\"a\",\"status\":\"active\"}") "]",
                "{\"tender\":{\"title\":\"b\",\"status\":\"active\"}}");
}

static void null_removes(void **state)
{
    compiles_to(*state,
                "[" R("1", "01", "\"tender\":{\"title\":\"a\",\"value\":{\"amount\":1}}") "," R(
                    "2", "02", "\"tender\":{\"title\":null,\"value\":{\"amount\":null}}") "]",
                "{}");
}

static void things_of_a_list_are_merged_by_their_id(void **state)
{
    compiles_to(
        *state,
        "[" R("1", "01",
              "\"awards\":[{\"id\":\"1\",\"status\":\"pending\",\"title\":\"a\"},{\"id\":2}"
              "]") "," R("2", "02",
                         "\"awards\":[{\"id\":1,\"status\":\"active\"},{\"id\":\"3\"}]") "]",
        "{\"awards\":[{\"id\":1,\"status\":\"active\",\"title\":\"a\"},{\"id\":2},{\"id\":"
        "\"3\"}]}");
}

static void things_without_an_id_are_added(void **state)
{
    compiles_to(*state,
                "[" R("1", "01", "\"awards\":[{\"title\":\"a\"}]") "," R(
                    "2", "02", "\"awards\":[{\"title\":\"b\"}]") "]",
                "{\"awards\":[{\"title\":\"a\"},{\"title\":\"b\"}]}");
}

static void lists_of_words_and_whole_lists_are_replaced(void **state)
{
    compiles_to(
        *state,
        "[" R("1", "01",
              "\"tender\":{\"submissionMethod\":[\"a\",\"b\"],\"items\":[{\"id\":\"1\","
              "\"additionalClassifications\":[{\"id\":\"x\"},{\"id\":\"y\"}]}]}") "," R("2", "02",
                                                                                        "\"tender\""
                                                                                        ":{"
                                                                                        "\"submissi"
                                                                                        "onMethod\""
                                                                                        ":[\"c\"],"
                                                                                        "\"items\":"
                                                                                        "[{\"id\":"
                                                                                        "\"1\","
                                                                                        "\"addition"
                                                                                        "alClassifi"
                                                                                        "cations\":"
                                                                                        "[{\"id\":"
                                                                                        "\"z\"}]}]"
                                                                                        "}") "]",
        "{\"tender\":{\"submissionMethod\":[\"c\"],\"items\":[{\"id\":\"1\","
        "\"additionalClassifications\":[{\"id\":\"z\"}]}]}}");
}

static void what_is_of_the_release_alone_is_left_out(void **state)
{
    struct desk *d = *state;
    struct json *list = parse(
        STR("[" R("1", "01", "\"language\":\"zh\"") "," R("2", "02", "\"language\":\"en\"") "]"));
    const struct json *each[] = {json_at(list, 1), json_at(list, 0)};
    struct json *is = ocds_merge_compiled(&d->ocds, each, 2, d->a);
    assert_true(str_equal(json_get_str(is, "id"), STR("o-2026-01-02T00:00:00Z")));
    assert_true(str_equal(json_get_str(is, "date"), STR("2026-01-02T00:00:00Z")));
    assert_true(str_equal(json_text(json_at(json_get(is, "tag"), 0)), STR("compiled")));
    json_free(is);
    json_free(list);
}

static void the_history_of_a_value_has_each_version_once(void **state)
{
    struct desk *d = *state;
    struct json *list = parse(STR("[" R("1", "01", "\"tender\":{\"title\":\"a\"}") "," R(
        "2", "02", "\"tender\":{\"title\":\"a\"}") "," R("3", "03",
                                                         "\"tender\":{\"title\":\"b\"}") "]"));
    const struct json *each[] = {json_at(list, 0), json_at(list, 1), json_at(list, 2)};
    struct json *is = ocds_merge_versioned(&d->ocds, each, 3, d->a);
    const struct json *title = json_get(json_get(is, "tender"), "title");
    assert_int_equal(json_count(title), 2);
    assert_true(str_equal(json_get_str(json_at(title, 1), "releaseID"), STR("3")));
    assert_true(str_equal(json_get_str(json_at(title, 1), "value"), STR("b")));
    json_free(is);
    json_free(list);
}

static struct json *sample(struct desk *d, const char *name)
{
    return parse(
        fixture_read(d->a, str_copy_z(d->a, str_format(d->a, "tests/data/ocds/%s", name))));
}

/* Six releases published one by one are what the publisher compiled of them. */
static void the_sample_process_compiles_to_what_its_publisher_says(void **state)
{
    struct desk *d = *state;
    static const char *const names[] = {"01-planning", "02-tender",   "03-tenderAmendment",
                                        "04-award",    "05-contract", "06-implementation"};
    struct package packages[COUNT_OF(names)];
    const struct json *releases[COUNT_OF(names)];
    struct problem_list problems;
    problem_list_init(&problems, d->a, 10);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct str path =
            str_format(d->a, "tests/data/ocds/1.1-ocds-213czf-000-00001-%s.json", names[i]);
        assert_int_equal(
            package_read(d->a, fixture_read(d->a, str_copy_z(d->a, path)), &problems, &packages[i]),
            OK);
        assert_int_equal(packages[i].releases.count, 1);
        releases[COUNT_OF(names) - 1 - i] = packages[i].releases.at[0].release; /* any order */
    }
    struct json *record = sample(d, "1.1-record-ocds-213czf-000-00001.json");
    struct json *is = ocds_merge_compiled(&d->ocds, releases, COUNT_OF(names), d->a);
    const struct json *wanted =
        json_get(json_at(json_get(record, "records"), 0), "compiledRelease");
    void *at = NULL;
    const char *key;
    const struct json *value;
    while (json_next(wanted, &at, &key, &value))
        if (!json_get(is, key) || !json_same(value, json_get(is, key)))
            fail_msg(
                "%s:\n" STR_FMT "\nis not\n" STR_FMT, key,
                STR_ARG(json_get(is, key) ? json_write(json_get(is, key), d->a) : STR("nothing")),
                STR_ARG(json_write(value, d->a)));
    assert_int_equal(json_count(is), json_count(wanted));
    json_free(is);
    json_free(record);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        package_free(&packages[i]);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_later_value_replaces_an_earlier_whatever_the_order_of_the_file),
        CASE(null_removes),
        CASE(things_of_a_list_are_merged_by_their_id),
        CASE(things_without_an_id_are_added),
        CASE(lists_of_words_and_whole_lists_are_replaced),
        CASE(what_is_of_the_release_alone_is_left_out),
        CASE(the_history_of_a_value_has_each_version_once),
        CASE(the_sample_process_compiles_to_what_its_publisher_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
