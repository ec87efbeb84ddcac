#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/config/options.h"
#include "common/os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct settings {
    const char *site;
    const char *data;
    const char *note;
    int64_t page_port;
    bool is_json;
};

static const struct option table[] = {
    {"site", OPTION_TEXT, offsetof(struct settings, site), NULL, 0, 0, "Which site this is."},
    {"data", OPTION_PATH, offsetof(struct settings, data), "data", 0, 0, "Folder of the database."},
    {"note", OPTION_TEXT, offsetof(struct settings, note), "", 0, 0, "Free text."},
    {"page_port", OPTION_INT, offsetof(struct settings, page_port), "8600", 1, 65535,
     "Port of the page."},
    {"json", OPTION_FLAG, offsetof(struct settings, is_json), "false", 0, 0, "Print JSON."},
};
static const struct options options = {"prog", "  prog run", table, COUNT_OF(table)};

struct fixture {
    struct arena *arena;
    char folder[64];
    char file[96];
    struct settings s;
    struct options_words words;
};

static int set_up(void **state)
{
    static struct fixture f;
    f.arena = arena_new(1 << 20);
    strcpy(f.folder, "options_test_XXXXXX");
    if (!mkdtemp(f.folder))
        return 1;
    strcpy(f.file, f.folder);
    strcat(f.file, "/p.ini");
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    unlink(f->file);
    rmdir(f->folder);
    arena_free(f->arena);
    return 0;
}

/* Arguments ended by NULL. */
static enum err given(struct fixture *f, const char *const *arguments)
{
    int count = 0;
    while (arguments[count])
        count++;
    return options_read(&options, count, arguments, f->arena, &f->s, &f->words);
}

static void write_file(struct fixture *f, struct str text)
{
    assert_int_equal(file_replace(f->file, text, 0600), OK);
}

#define ARGUMENTS(...) ((const char *const[]){"prog", __VA_ARGS__, NULL})

static void the_later_source_wins(void **state)
{
    struct fixture *f = *state;
    write_file(f,
               STR("\xEF\xBB\xBF# a comment\r\n\r\n site = s-01 \r\npage_port=9000\nnote = a # b = "
                   "c\n"));
    assert_int_equal(given(f, ARGUMENTS("run", "--config", f->file)), OK);
    assert_string_equal(f->s.site, "s-01");
    assert_string_equal(f->s.note, "a # b = c");
    assert_int_equal(f->s.page_port, 9000);
    assert_false(f->s.is_json);
    assert_int_equal(f->words.count, 1);
    assert_true(str_equal(f->words.at[0], STR("run")));
    setenv("QINGQU_PAGE_PORT", "9001", 1);
    assert_int_equal(given(f, ARGUMENTS("--config", f->file)), OK);
    assert_int_equal(f->s.page_port, 9001);
    assert_int_equal(given(f, ARGUMENTS("--config", f->file, "--page-port=9002", "--json")), OK);
    assert_int_equal(f->s.page_port, 9002);
    assert_true(f->s.is_json);
    unsetenv("QINGQU_PAGE_PORT");
    setenv("QINGQU_CONFIG", f->file, 1);
    assert_int_equal(given(f, ARGUMENTS("--set", "page_port=9003", "--set=site=s-02")), OK);
    assert_int_equal(f->s.page_port, 9003);
    assert_string_equal(f->s.site, "s-02");
    unsetenv("QINGQU_CONFIG");
}

static void paths_are_relative_to_the_file_that_names_them(void **state)
{
    struct fixture *f = *state;
    write_file(f, STR("site = s\n"));
    assert_int_equal(given(f, ARGUMENTS("--config", f->file)), OK);
    struct str expected = str_format(f->arena, "%s/data", f->folder);
    assert_true(str_equal(str_of(f->s.data), expected));
    write_file(f, STR("site = s\ndata = sub/d\n"));
    assert_int_equal(given(f, ARGUMENTS("--config", f->file)), OK);
    expected = str_format(f->arena, "%s/sub/d", f->folder);
    assert_true(str_equal(str_of(f->s.data), expected));
    write_file(f, STR("site = s\ndata = /d\n"));
    assert_int_equal(given(f, ARGUMENTS("--config", f->file)), OK);
    assert_string_equal(f->s.data, "/d");
    assert_int_equal(given(f, ARGUMENTS("--config", f->file, "--data", "here")), OK);
    assert_string_equal(f->s.data, "here");
    assert_int_equal(given(f, ARGUMENTS("--site", "s")), OK);
    assert_string_equal(f->s.data, "data");
}

static void words_and_settings_may_stand_in_any_order(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(given(f, ARGUMENTS("import", "--site", "s", "a.csv", "--", "--odd")), OK);
    assert_int_equal(f->words.count, 3);
    assert_true(str_equal(f->words.at[1], STR("a.csv")));
    assert_true(str_equal(f->words.at[2], STR("--odd")));
}

static void help_and_version_need_nothing_else(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(given(f, ARGUMENTS("--help")), OK);
    assert_true(f->words.is_help);
    assert_int_equal(given(f, ARGUMENTS("run", "--version", "--nonsense")), OK);
    assert_true(f->words.is_version);
    struct buf out;
    buf_init(&out, f->arena);
    options_write_help(&options, &out);
    assert_true(str_contains(buf_str(&out), STR("--page_port")));
    assert_true(str_contains(buf_str(&out), STR("(1 to 65535)")));
    assert_true(str_contains(buf_str(&out), STR("[must be given]")));
}

static void the_sample_is_a_file_that_can_be_read(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    buf_init(&out, f->arena);
    options_write_sample(&options, &out);
    write_file(f, buf_str(&out));
    assert_int_equal(given(f, ARGUMENTS("--config", f->file, "--site", "s")), OK);
    assert_int_equal(f->s.page_port, 8600);
}

static void a_mistake_says_where_and_what_is_near(void **state)
{
    static const struct {
        struct str file;
        const char *argument;
        const char *says;
    } cases[] = {
        {STR_INIT("site = s\npage_prot = 1\n"), NULL,
         "/p.ini:2: there is no setting page_prot: page_port"},
        {STR_INIT("site = s\n[section]\n"), NULL, "/p.ini:2: not `key = value`"},
        {STR_INIT("site = s\nsite = t\n"), NULL, "/p.ini:2: site stands here a second time"},
        {STR_INIT("site = s\npage_port = 0\n"), NULL, "page_port must be a whole number from 1"},
        {STR_INIT("site = s\npage_port = 80x\n"), NULL, "page_port must be a whole number from 1"},
        {STR_INIT("site = s\njson = perhaps\n"), NULL, "json must be true or false"},
        {STR_INIT("page_port = 1\n"), NULL, "the setting site is missing"},
        {STR_INIT("site = s\n"), "--sit=x", "there is no setting sit: site"},
        {STR_INIT("site = s\n"), "--whatever-this-is", "--help lists them"},
        {STR_INIT("site = s\n"), "--data", "--data wants a value"},
        {STR_INIT("site = s\n"), "--set", "--set wants a value"},
        {STR_INIT("site = s\n"), "--set=data", "--set wants key=value"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        write_file(f, cases[i].file);
        assert_int_equal(given(f, ARGUMENTS("--config", f->file, cases[i].argument)), ERR_USAGE);
        if (!strstr(err_note(), cases[i].says))
            fail_msg("case %zu says: %s", i, err_note());
    }
    assert_int_equal(given(f, ARGUMENTS("--config", "/no/such/file")), ERR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_later_source_wins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paths_are_relative_to_the_file_that_names_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(words_and_settings_may_stand_in_any_order, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(help_and_version_need_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_sample_is_a_file_that_can_be_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mistake_says_where_and_what_is_near, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
