#include "common/base/arena.h"
#include "common/json/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void what_is_built_reads_back(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct json *root = json_new_object();
    json_set_str(root, "name", STR("清渠\n\"x\""));
    json_set_int(root, "n", -7);
    json_set_bool(root, "yes", true);
    json_set_raw(root, "raw", STR("[1,{\"a\":2}]"));
    json_set_raw(root, "not", STR("[1,"));
    json_add_str(json_set_array(root, "list"), STR("a"));
    struct str text = json_write(root, a);
    json_free(root);

    struct json *again = NULL;
    assert_int_equal(json_parse(text, &again), OK);
    assert_true(str_equal(json_get_str(again, "name"), STR("清渠\n\"x\"")));
    assert_int_equal(json_get_int(again, "n"), -7);
    assert_true(json_get_bool(again, "yes"));
    assert_int_equal(json_count(json_get(again, "raw")), 2);
    assert_int_equal(json_get_int(json_at(json_get(again, "raw"), 1), "a"), 2);
    assert_true(str_equal(json_get_str(again, "not"), STR("[1,")));
    assert_true(str_equal(json_key_at(again, 0), STR("name")));
    assert_true(str_equal(json_text(json_at(json_get(again, "list"), 0)), STR("a")));
    assert_null(json_get(again, "absent"));
    assert_int_equal(json_get_int(again, "absent"), 0);
    json_free(again);
    arena_free(a);
}

static void broken_text_is_refused_with_its_place(void **state)
{
    (void)state;
    struct json *root = NULL;
    assert_int_equal(json_parse(STR("{\"a\":}"), &root), ERR_MALFORMED);
    assert_non_null(root = root ? root : json_new_object());
    json_free(root);
    root = NULL;
    assert_int_equal(json_parse(STR(""), &root), ERR_MALFORMED);
    assert_int_equal(json_parse(STR("{\"a\":1,\"a\":2}"), &root), ERR_MALFORMED);
    struct arena *a = arena_new(1 << 20);
    struct str deep = str_format(a, "%0*d", 200, 0);
    for (size_t i = 0; i < deep.len; i++)
        ((char *)(uintptr_t)deep.ptr)[i] = '[';
    assert_int_equal(json_parse(deep, &root), ERR_MALFORMED);
    assert_null(root);
    arena_free(a);
}

static void a_text_that_is_not_utf8_is_written_empty(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct json *root = json_new_object();
    json_set_str(root, "x", STR("\xff\xfe"));
    assert_true(str_equal(json_write(root, a), STR("{\"x\":\"\"}")));
    json_free(root);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_built_reads_back),
        cmocka_unit_test(broken_text_is_refused_with_its_place),
        cmocka_unit_test(a_text_that_is_not_utf8_is_written_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
