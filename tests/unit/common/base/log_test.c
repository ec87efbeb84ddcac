#include "common/base/log.h"

#include "common/base/embed.h"
#include "common/base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static char last[LOG_LINE_BYTES_MAX];
static size_t last_len;
static enum log_level last_level;

static void keep(enum log_level level, struct str line)
{
    last_level = level;
    last_len = line.len;
    memcpy(last, line.ptr, line.len);
}

static bool said(const char *line)
{
    return str_equal(str_make(last, last_len), str_of(line));
}

static void an_event_is_one_line(void **state)
{
    (void)state;
    log_setup("hub", LOG_INFO, keep);
    LOG(INFO, "batch.merged", KV_STR("site", STR("U07")), KV_I64("rows", -3));
    assert_true(said("hub INFO batch.merged site=\"U07\" rows=-3\n"));
    LOG(ERROR, "x.failed", KV_STR("note", STR("one\r\ntwo")));
    assert_true(said("hub ERROR x.failed note=\"one  two\"\n"));
    assert_int_equal(last_level, LOG_ERROR);
}

static void levels_below_the_chosen_one_are_silent(void **state)
{
    (void)state;
    log_setup("hub", LOG_WARN, keep);
    last_len = 0;
    LOG(INFO, "x.done", KV_I64("n", 1));
    LOG(DEBUG, "x.seen", KV_I64("n", 1));
    assert_int_equal(last_len, 0);
    LOG(WARN, "x.slow", KV_I64("n", 1));
    assert_int_equal(last_level, LOG_WARN);
}

static void a_long_line_is_cut_and_still_ends(void **state)
{
    (void)state;
    static char text[2 * LOG_LINE_BYTES_MAX];
    memset(text, 'a', sizeof text);
    log_setup("hub", LOG_INFO, keep);
    LOG(INFO, "x.done", KV_STR("text", str_make(text, sizeof text)));
    assert_int_equal(last_len, LOG_LINE_BYTES_MAX);
    assert_int_equal(last[last_len - 1], '\n');
    assert_int_equal(last[last_len - 2], 'a');
}

static void a_failure_is_told_with_its_note(void **state)
{
    (void)state;
    log_setup("hub", LOG_INFO, keep);
    enum err e = (fail)(ERR_MISSING, "no such file"); /* not cmocka's macro of that name */
    LOG_FAILURE(WARN, "file.refused", e);
    assert_true(str_starts(str_make(last, last_len), STR("hub WARN file.refused err=\"")));
    assert_true(str_contains(str_make(last, last_len), STR("no such file")));
}

static void files_of_a_program_are_found_by_path(void **state)
{
    (void)state;
    static const struct embed_file table[] = {
        {"index.html", "<p>", 3}, {"a/b.css", "", 0}, {NULL, NULL, 0}};
    assert_ptr_equal(embed_find(table, STR("a/b.css")), &table[1]);
    assert_null(embed_find(table, STR("a/b")));
    assert_null(embed_find(table, STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_one_line),
        cmocka_unit_test(levels_below_the_chosen_one_are_silent),
        cmocka_unit_test(a_long_line_is_cut_and_still_ends),
        cmocka_unit_test(a_failure_is_told_with_its_note),
        cmocka_unit_test(files_of_a_program_are_found_by_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
