/* Walks tests/golden/indicators: what each flag must and must not say of the processes of its
 * folder, in whatever form and order the file gives them. */
#include "central/indicators/indicators.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/log.h"
#include "common/base/vec.h"
#include "common/json/json.h"
#include "common/ocds/indicator_page.h"
#include "common/os/file.h"
#include "tests/support/bless.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define FOLDER "tests/golden/indicators"
#define SCRATCH "indicators_test.jsonl"

struct desk {
    struct arena *arena;
    struct catalog *catalog;
};

static int make(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    log_setup("indicators_test", LOG_ERROR, NULL);
    d->arena = arena_new((size_t)256 << 20);
    d->catalog = fixture_catalog(d->arena);
    *state = d;
    return 0;
}

static int drop(void **state)
{
    struct desk *d = *state;
    catalog_free(d->catalog);
    arena_free(d->arena);
    free(d);
    unlink(SCRATCH);
    return 0;
}

static void add(void *context, struct str text)
{
    buf_put(context, text);
}

/* The output for these bytes; `settings` relative to the source tree, empty: none. */
static struct str output(struct desk *d, struct str given, struct str settings)
{
    struct buf out;
    buf_init(&out, d->arena);
    struct str path =
        settings.len ? str_format(d->arena, SOURCE_DIR "/" STR_FMT, STR_ARG(settings)) : STR_NONE;
    assert_int_equal(file_replace(SCRATCH, given, 0600), OK);
    if (indicators_run(d->catalog, SCRATCH, str_copy_z(d->arena, path), add, &out) != OK)
        fail_msg("%s", err_note());
    return buf_str(&out);
}

/* Of the output what it says of one flag. */
static struct json *of_flag(struct str text, struct str code)
{
    struct json *root, *kept = json_new_object();
    void *at_group = NULL, *at_id = NULL;
    const char *group, *id;
    const struct json *ids, *flags;
    assert_int_equal(json_parse(text, &root), OK);
    while (json_next(root, &at_group, &group, &ids))
        for (at_id = NULL; json_next(ids, &at_id, &id, &flags);) {
            const struct json *value = NULL;
            for (size_t i = 0; i < json_count(flags); i++)
                if (str_equal(json_key_at(flags, i), code))
                    value = json_get(flags, code.ptr);
            if (!value)
                continue;
            struct json *into = json_child(kept, group);
            into = into ? into : json_set_object(kept, group);
            json_set_value(json_set_object(into, id), code.ptr, json_clone(value));
        }
    json_free(root);
    return kept;
}

/* `what` is R003, or another name: all flags, and the text to the letter. */
static void compare(struct desk *d, struct str what, struct str expected, struct str found,
                    const char *form)
{
    if (!str_starts(what, STR("R"))) {
        if (!str_equal(expected, found))
            fail_msg(STR_FMT " %s:\n" STR_FMT, STR_ARG(what), form, STR_ARG(found));
        return;
    }
    struct json *wanted;
    struct json *kept = of_flag(found, what);
    assert_int_equal(json_parse(expected, &wanted), OK);
    if (!json_same(wanted, kept))
        fail_msg(STR_FMT " %s:\n" STR_FMT, STR_ARG(what), form,
                 STR_ARG(json_write_lines(kept, d->arena)));
    json_free(wanted);
    json_free(kept);
}

static struct str backwards(struct arena *a, struct str given)
{
    VEC(struct str) lines = {0};
    struct buf out;
    buf_init(&out, a);
    while (given.len)
        VEC_PUSH(&lines, a, str_cut(&given, '\n'));
    for (size_t i = lines.count; i--;)
        buf_format(&out, STR_FMT "\r\n\n", STR_ARG(lines.at[i]));
    return buf_str(&out);
}

/* All releases in one package, over many lines. */
static struct str packed(struct arena *a, struct str given)
{
    struct json *root = json_new_object();
    json_set_str(root, "version", STR("1.1"));
    struct json *releases = json_set_array(root, "releases");
    while (given.len) {
        struct json *release;
        assert_int_equal(json_parse(str_cut(&given, '\n'), &release), OK);
        json_add_value(releases, release);
    }
    struct str out = json_write_lines(root, a);
    json_free(root);
    return out;
}

/* A record a line, with its release twice: a process that is said twice counts once. */
static struct str doubled(struct arena *a, struct str given)
{
    struct buf out;
    buf_init(&out, a);
    while (given.len) {
        struct str line = str_cut(&given, '\n');
        buf_format(&out, "{\"releases\":[" STR_FMT "," STR_FMT "]}\n", STR_ARG(line),
                   STR_ARG(line));
    }
    return buf_str(&out);
}

static void walk(struct desk *d, struct str what)
{
    struct arena *a = d->arena;
    struct file_info *files;
    size_t count;
    struct str folder = str_format(a, FOLDER "/" STR_FMT, STR_ARG(what));
    const char *whole = str_copy_z(a, str_format(a, SOURCE_DIR "/" STR_FMT, STR_ARG(folder)));
    struct str given =
        fixture_read(a, str_copy_z(a, str_format(a, STR_FMT "/given.jsonl", STR_ARG(folder))));
    struct str expected =
        fixture_read(a, str_copy_z(a, str_format(a, STR_FMT "/expected.json", STR_ARG(folder))));
    compare(d, what, expected, output(d, given, STR_NONE), "as given");
    compare(d, what, expected, output(d, backwards(a, given), STR_NONE), "backwards");
    compare(d, what, expected, output(d, packed(a, given), STR_NONE), "packed");
    compare(d, what, expected, output(d, doubled(a, given), STR_NONE), "doubled");
    assert_int_equal(file_list(whole, a, &files, &count), OK);
    for (size_t i = 0; i < count; i++) {
        struct str settings = files[i].name;
        if (!str_ends(settings, STR(".settings")))
            continue;
        struct str name = str_slice(settings, 0, settings.len - 9);
        struct str other =
            str_format(a, STR_FMT "/" STR_FMT ".json", STR_ARG(folder), STR_ARG(name));
        compare(d, what, fixture_read(a, str_copy_z(a, other)),
                output(d, given,
                       str_format(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(settings))),
                str_copy_z(a, name));
    }
}

static void each_flag_says_what_its_folder_says(void **state)
{
    struct desk *d = *state;
    struct file_info *folders;
    size_t count, walked = 0;
    const char *only = getenv("FLAG");
    assert_int_equal(file_list(SOURCE_DIR "/" FOLDER, d->arena, &folders, &count), OK);
    for (size_t i = 0; i < count; i++) {
        if (!folders[i].is_folder || (only && !str_equal(folders[i].name, str_of(only))))
            continue;
        walk(d, str_make(str_copy_z(d->arena, folders[i].name), folders[i].name.len));
        walked++;
    }
    assert_true(walked > 0);
}

static char told[4096];

static void keep_line(enum log_level level, struct str line)
{
    (void)level;
    size_t len = strlen(told);
    if (str_contains(line, STR("uncomputable")) && len + line.len < sizeof told) {
        memcpy(told + len, line.ptr, line.len);
        told[len + line.len] = 0;
    }
}

/* "Nobody" and "cannot be said" are two answers: nine processes are too few for fences from thirty
 * on, while a threshold of one's own needs no others. */
static void what_cannot_be_computed_is_said(void **state)
{
    struct desk *d = *state;
    struct str given = fixture_read(d->arena, FOLDER "/gap/given.jsonl");
    log_setup("indicators_test", LOG_INFO, keep_line);
    told[0] = 0;
    output(d, given, STR_NONE);
    assert_null(strstr(told, "R024"));
    assert_null(strstr(told, "R038"));
    output(d, given, STR(FOLDER "/gap/china.settings"));
    for (size_t i = 0; i < 5; i++)
        assert_non_null(strstr(told, (const char *[]){"R024", "R025", "R038", "R048", "R058"}[i]));
    assert_null(strstr(told, "R036"));
    told[0] = 0;
    output(d, given, STR(FOLDER "/R024/near.settings"));
    assert_null(strstr(told, "R024"));
}

static size_t lines_told;

static void count_line(enum log_level level, struct str line)
{
    lines_told += level == LOG_WARN && str_contains(line, STR("ocds.refused"));
}

/* A file that is none of ours must not fill the log. */
static void not_every_faulty_line_is_told(void **state)
{
    struct desk *d = *state;
    struct buf given;
    buf_init(&given, d->arena);
    buf_put_z(&given, "{\"ocid\":\"a\",\"tag\":[]}\n");
    for (int i = 0; i < 1000; i++)
        buf_put_z(&given, "broken\n");
    log_setup("indicators_test", LOG_INFO, count_line);
    output(d, buf_str(&given), STR_NONE);
    assert_int_equal(lines_told, 50);
}

static bool is_declared_rule(const struct catalog *c, struct str id)
{
    for (size_t i = 0; i < c->rule_file_count; i++)
        for (size_t k = 0; k < c->rule_files[i].count; k++)
            if (c->rule_files[i].nodes[k].token_count > 1 &&
                str_equal(c->rule_files[i].nodes[k].tokens[1].text, id))
                return true;
    return false;
}

static void each_flag_has_its_page_and_its_rule(void **state)
{
    struct desk *d = *state;
    struct problem_list problems;
    struct indicators all;
    problem_list_init(&problems, d->arena, 10);
    assert_true(indicator_load_all(d->arena, d->catalog, &problems, &all));
    assert_int_equal(all.count, 12);
    for (size_t i = 0; i < all.count; i++) {
        if (!is_declared_rule(d->catalog, all.at[i].maps))
            fail_msg(STR_FMT " names no rule", STR_ARG(all.at[i].id));
        bless_compare(
            d->arena,
            str_format(d->arena, FOLDER "/" STR_FMT "/reference.md", STR_ARG(all.at[i].id)),
            indicator_page(d->arena, &all, &all.at[i]));
    }
}

/* The sample process of the standard, in all forms in which it is published: it was planned,
 * tendered and awarded without one of these flags. */
static void the_sample_of_the_standard_is_read_in_every_form(void **state)
{
    struct desk *d = *state;
    struct file_info *files;
    size_t count, read = 0;
    assert_int_equal(file_list(SOURCE_DIR "/tests/data/ocds", d->arena, &files, &count), OK);
    for (size_t i = 0; i < count; i++) {
        if (!str_ends(files[i].name, STR(".json")))
            continue;
        struct str path = str_format(d->arena, "tests/data/ocds/" STR_FMT, STR_ARG(files[i].name));
        struct str out = output(d, fixture_read(d->arena, str_copy_z(d->arena, path)), STR_NONE);
        assert_true(str_equal(out, STR("{}\n")));
        read++;
    }
    assert_int_equal(read, 9);
}

static void what_is_wrong_is_passed_over_or_refused(void **state)
{
    struct desk *d = *state;
    struct buf out;
    struct str line = STR("{\"ocid\":\"a\",\"tender\":{\"procurementMethod\":\"open\","
                          "\"numberOfTenderers\":1}}\n");
    struct str mixed = str_format(d->arena, STR_FMT "broken\n{}\n[1]\n\n{\"a\":{}", STR_ARG(line));
    assert_true(str_contains(output(d, mixed, STR_NONE), STR("\"a\": {\"R018\": 1.0}")));
    struct str late = str_format(d->arena, "\xEF\xBB\xBF\nbroken\n" STR_FMT, STR_ARG(line));
    assert_true(str_contains(output(d, late, STR_NONE), STR("\"a\": {\"R018\": 1.0}")));
    static const struct str faulty[] = {STR_INIT(""), STR_INIT("\n\n"), STR_INIT("{}"),
                                        STR_INIT("broken"), STR_INIT("[[[[")};
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        buf_init(&out, d->arena);
        assert_int_equal(file_replace(SCRATCH, faulty[i], 0600), OK);
        assert_int_equal(indicators_run(d->catalog, SCRATCH, "", add, &out), ERR_MALFORMED);
        assert_int_equal(out.len, 0);
    }
    unlink(SCRATCH);
    assert_int_equal(indicators_run(d->catalog, SCRATCH, "", add, &out), ERR_MISSING);
}

static void a_setting_that_nobody_declared_is_refused(void **state)
{
    struct desk *d = *state;
    struct buf out;
    static const struct str faulty[] = {
        STR_INIT("settings R003 { treshold 5 }"),     STR_INIT("settings R999 { threshold 5 }"),
        STR_INIT("settings R003 { threshold many }"), STR_INIT("settings R003 { days 5 }"),
        STR_INIT("settings R018 { methods }"),        STR_INIT("setting { }"),
        STR_INIT("settings { currency CNY 5 }"),      STR_INIT("settings { peers method }"),
        STR_INIT("settings R030 { compare }")};
    buf_init(&out, d->arena);
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        assert_int_equal(file_replace(SCRATCH, faulty[i], 0600), OK);
        if (indicators_run(d->catalog, SCRATCH, SCRATCH, add, &out) != ERR_INVALID)
            fail_msg(STR_FMT " is taken", STR_ARG(faulty[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_flag_says_what_its_folder_says, make, drop),
        cmocka_unit_test_setup_teardown(what_cannot_be_computed_is_said, make, drop),
        cmocka_unit_test_setup_teardown(not_every_faulty_line_is_told, make, drop),
        cmocka_unit_test_setup_teardown(each_flag_has_its_page_and_its_rule, make, drop),
        cmocka_unit_test_setup_teardown(the_sample_of_the_standard_is_read_in_every_form, make,
                                        drop),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_passed_over_or_refused, make, drop),
        cmocka_unit_test_setup_teardown(a_setting_that_nobody_declared_is_refused, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
