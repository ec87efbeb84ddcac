#include "edge-agent/intake/drop.h"

#include "common/base/arena.h"
#include "common/os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SETTLE_MS 2000

struct folder {
    char path[32];
    struct crank_clock clock;
    struct drop *drop;
};

static int make(void **state)
{
    struct folder *f = calloc(1, sizeof *f);
    strcpy(f->path, "/tmp/qingqu-XXXXXX");
    assert_non_null(mkdtemp(f->path));
    crank_clock_init(&f->clock, 1000000);
    assert_int_equal(drop_open(f->path, SETTLE_MS, &f->clock.clock, &f->drop), OK);
    *state = f;
    return 0;
}

static int unmake(void **state)
{
    struct folder *f = *state;
    struct arena *a = arena_new(1 << 20);
    struct file_info *items;
    size_t count;
    drop_close(f->drop);
    assert_int_equal(file_list(f->path, a, &items, &count), OK);
    for (size_t i = 0; i < count; i++)
        remove(str_copy_z(a, str_format(a, "%s/" STR_FMT, f->path, STR_ARG(items[i].name))));
    rmdir(f->path);
    arena_free(a);
    free(f);
    return 0;
}

static void put(struct folder *f, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Names offered now, joined by spaces. */
static const char *offered(struct folder *f)
{
    static char names[1000];
    struct drop_file file;
    size_t len = 0;
    names[0] = '\0';
    while (drop_next(f->drop, &file) == OK)
        len += (size_t)snprintf(names + len, sizeof names - len, STR_FMT " ", STR_ARG(file.name));
    return names;
}

static void waits_until_a_file_stands_still(void **state)
{
    struct folder *f = *state;
    put(f, "a.csv", "1");
    assert_string_equal(offered(f), "");
    assert_int_equal(drop_waiting(f->drop), 1);
    f->clock.now_ms += SETTLE_MS - 1;
    assert_string_equal(offered(f), "");
    assert_int_equal(drop_sleep_ms(f->drop), 1);
    put(f, "a.csv", "12"); /* still being written */
    assert_string_equal(offered(f), "");
    f->clock.now_ms += SETTLE_MS - 1;
    assert_string_equal(offered(f), "");
    f->clock.now_ms += 1;
    assert_string_equal(offered(f), "a.csv ");
    assert_int_equal(drop_waiting(f->drop), 0);
}

static void offers_a_file_once_while_it_stays_the_same(void **state)
{
    struct folder *f = *state;
    put(f, "a.csv", "1");
    assert_string_equal(offered(f), "");
    f->clock.now_ms += SETTLE_MS;
    assert_string_equal(offered(f), "a.csv ");
    f->clock.now_ms += 60000;
    assert_string_equal(offered(f), "");
    put(f, "a.csv", "another");
    assert_string_equal(offered(f), "");
    f->clock.now_ms += SETTLE_MS;
    assert_string_equal(offered(f), "a.csv ");
}

static void offers_again_what_could_not_be_read(void **state)
{
    struct folder *f = *state;
    struct drop_file file;
    put(f, "a.csv", "1");
    assert_string_equal(offered(f), "");
    f->clock.now_ms += SETTLE_MS;
    assert_int_equal(drop_next(f->drop, &file), OK);
    drop_again(f->drop, &file);
    assert_string_equal(offered(f), "");
    f->clock.now_ms += 10000;
    assert_string_equal(offered(f), "a.csv ");
}

static void sees_through_a_rename(void **state)
{
    struct folder *f = *state;
    char from[200], to[200];
    put(f, "a.csv.part", "whole");
    f->clock.now_ms += 60000;
    assert_string_equal(offered(f), "");
    snprintf(from, sizeof from, "%s/a.csv.part", f->path);
    snprintf(to, sizeof to, "%s/a.csv", f->path);
    assert_int_equal(rename(from, to), 0);
    assert_string_equal(offered(f), "");
    f->clock.now_ms += SETTLE_MS;
    assert_string_equal(offered(f), "a.csv ");
}

static void notices_that_a_file_was_replaced(void **state)
{
    struct folder *f = *state;
    struct drop_file file;
    put(f, "a.csv", "1");
    assert_string_equal(offered(f), "");
    f->clock.now_ms += SETTLE_MS;
    assert_int_equal(drop_next(f->drop, &file), OK);
    assert_true(drop_is_same(&file));
    put(f, "a.csv", "12");
    assert_false(drop_is_same(&file));
}

/* A network drive that goes away must neither stop the agent nor keep it busy. */
static void waits_for_a_folder_that_is_gone(void **state)
{
    struct folder *f = *state;
    struct drop_file file;
    assert_string_equal(offered(f), "");
    assert_int_equal(rmdir(f->path), 0);
    f->clock.now_ms += 60000;
    assert_int_equal(drop_next(f->drop, &file), ERR_IO);
    assert_true(drop_sleep_ms(f->drop) >= 1000);
    assert_int_equal(drop_next(f->drop, &file), ERR_IO); /* not "nothing to read" */
    assert_int_equal(mkdir(f->path, 0700), 0);
    put(f, "a.csv", "1");
    f->clock.now_ms += 60000;
    assert_string_equal(offered(f), "");
    f->clock.now_ms += SETTLE_MS;
    assert_string_equal(offered(f), "a.csv ");
    put(f, "b.csv", "1"); /* watched again: no need to wait for the next look by time */
    assert_string_equal(offered(f), "");
    f->clock.now_ms += SETTLE_MS;
    assert_string_equal(offered(f), "b.csv ");
}

static void leaves_unfinished_names_alone(void **state)
{
    (void)state;
    static const char *const left[] = {"",       ".hidden",      "~$a.xlsx", "a.csv.tmp", "a.PART",
                                       "a.csv~", "a.crdownload", "x.lock",   "a.filepart"};
    static const char *const taken[] = {"a.csv", "惠民资金 2026.CSV", "report.xlsx", "tmp.csv"};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        assert_true(drop_is_unfinished_name(str_of(left[i])));
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        assert_false(drop_is_unfinished_name(str_of(taken[i])));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, make, unmake)
    const struct CMUnitTest tests[] = {
        CASE(waits_until_a_file_stands_still),
        CASE(offers_a_file_once_while_it_stays_the_same),
        CASE(offers_again_what_could_not_be_read),
        CASE(sees_through_a_rename),
        CASE(notices_that_a_file_was_replaced),
        CASE(waits_for_a_folder_that_is_gone),
        cmocka_unit_test(leaves_unfinished_names_alone),
    };
    return cmocka_run_group_tests_name("drop", tests, NULL, NULL);
}
