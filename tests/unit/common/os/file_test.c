#include "common/base/arena.h"
#include "common/os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char folder[64];
    struct arena *arena;
};

static int set_up(void **state)
{
    static struct place p;
    strcpy(p.folder, "file_test_XXXXXX");
    p.arena = arena_new(1 << 20);
    *state = &p;
    return mkdtemp(p.folder) ? 0 : 1;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    struct str *paths;
    size_t count;
    if (file_list_tree(p->folder, STR_NONE, p->arena, &paths, &count) != OK)
        return 1;
    for (size_t i = 0; i < count; i++)
        if (file_remove(str_copy_z(
                p->arena, str_format(p->arena, "%s/" STR_FMT, p->folder, STR_ARG(paths[i])))) != OK)
            return 1;
    struct file_info *items;
    if (file_list(p->folder, p->arena, &items, &count) == OK)
        for (size_t i = 0; i < count; i++)
            rmdir(str_copy_z(
                p->arena, str_format(p->arena, "%s/" STR_FMT, p->folder, STR_ARG(items[i].name))));
    rmdir(p->folder);
    arena_free(p->arena);
    return 0;
}

static const char *in(struct place *p, const char *name)
{
    return str_copy_z(p->arena, str_format(p->arena, "%s/%s", p->folder, name));
}

static void what_is_written_is_read(void **state)
{
    struct place *p = *state;
    struct str bytes;
    struct stat st;
    assert_int_equal(file_replace(in(p, "a"), STR("old"), 0600), OK);
    assert_int_equal(file_replace(in(p, "a"), STR("newer\0x"), 0640), OK);
    assert_int_equal(file_read(in(p, "a"), 7, p->arena, &bytes), OK);
    assert_true(str_equal(bytes, STR("newer\0x")));
    assert_int_equal(stat(in(p, "a"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    struct file_info *items;
    size_t count;
    assert_int_equal(file_list(p->folder, p->arena, &items, &count), OK);
    assert_int_equal(count, 1); /* nothing temporary stays */
}

static void every_failure_has_its_code(void **state)
{
    struct place *p = *state;
    struct str bytes = STR("untouched");
    assert_int_equal(file_read(in(p, "none"), 10, p->arena, &bytes), ERR_MISSING);
    assert_int_equal(file_replace(in(p, "a"), STR("12345678"), 0600), OK);
    assert_int_equal(file_read(in(p, "a"), 7, p->arena, &bytes), ERR_TOO_LARGE);
    assert_int_equal(file_read(p->folder, 7, p->arena, &bytes), ERR_INVALID);
    assert_int_equal(file_replace(in(p, "none/a"), STR("x"), 0600), ERR_MISSING);
    assert_int_equal(file_make_folder(in(p, "a"), 0700), ERR_EXISTS);
    assert_int_equal(file_move(in(p, "none"), in(p, "b")), ERR_MISSING);
    assert_int_equal(file_remove(in(p, "none")), ERR_MISSING);
    assert_true(str_equal(bytes, STR("untouched")));
}

static void lists_are_in_byte_order_and_trees_are_relative(void **state)
{
    struct place *p = *state;
    struct file_info *items;
    struct str *paths;
    size_t count;
    assert_int_equal(file_make_folder(in(p, "m"), 0700), OK);
    assert_int_equal(file_make_folder(in(p, "m"), 0700), OK);
    assert_int_equal(file_replace(in(p, "z.decl"), STR(""), 0600), OK);
    assert_int_equal(file_replace(in(p, "m/b.decl"), STR("1"), 0600), OK);
    assert_int_equal(file_replace(in(p, "B.decl"), STR(""), 0600), OK);
    assert_int_equal(file_replace(in(p, "m/b.txt"), STR(""), 0600), OK);
    assert_int_equal(file_list(p->folder, p->arena, &items, &count), OK);
    assert_int_equal(count, 3);
    assert_true(str_equal(items[0].name, STR("B.decl")));
    assert_true(items[1].is_folder);
    assert_int_equal(file_list_tree(p->folder, STR(".decl"), p->arena, &paths, &count), OK);
    assert_int_equal(count, 3);
    assert_true(str_equal(paths[1], STR("m/b.decl")));
    struct file_info info;
    assert_int_equal(file_stat(in(p, "m/b.decl"), &info), OK);
    assert_int_equal(info.size_bytes, 1);
    assert_true(str_equal(info.name, STR("b.decl")));
}

static void a_file_is_hashed_whole_and_moved(void **state)
{
    struct place *p = *state;
    size_t len = 200000;
    char *bytes = arena_take(p->arena, len);
    struct str text = str_make(memset(bytes, 'x', len), len);
    struct hash of_text = sha256_of(text);
    struct hash h;
    int64_t size;
    int64_t total;
    assert_int_equal(file_replace(in(p, "a"), text, 0600), OK);
    assert_int_equal(file_move(in(p, "a"), in(p, "b")), OK);
    assert_int_equal(file_hash(in(p, "b"), &h, &size), OK);
    assert_int_equal(size, len);
    assert_true(hash_equal(&h, &of_text));
    assert_int_equal(file_hash(in(p, "a"), &h, &size), ERR_MISSING);
    assert_int_equal(file_free_bytes(p->folder, &size, &total), OK);
    assert_true(size > 0 && size <= total);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_failure_has_its_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_are_in_byte_order_and_trees_are_relative, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_is_hashed_whole_and_moved, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
