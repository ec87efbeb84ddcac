#include "common/transport/topic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_topic_gives_its_site_back(void **state)
{
    (void)state;
    struct topic t = topic_make(STR("qs"), TOPIC_UP, STR("s-01"));
    assert_string_equal(t.text, "qq/1/qs/up/s-01");
    assert_string_equal(topic_make(STR("qs"), TOPIC_DOWN, STR("+")).text, "qq/1/qs/down/+");
    assert_string_equal(topic_make(STR("qs"), TOPIC_STATE, STR("a")).text, "qq/1/qs/state/a");
    struct str site = topic_site(str_of(t.text), STR("qs"), TOPIC_UP);
    assert_true(str_equal(site, STR("s-01")));
}

static void a_foreign_topic_has_none(void **state)
{
    (void)state;
    static const char *const foreign[] = {
        "",
        "qq/1/qs/up",
        "qq/1/qs/up/",
        "qq/1/qs/down/a",
        "qq/2/qs/up/a",
        "qq/1/qt/up/a",
        "qq/1/qs/up/a/b",
        "x/qq/1/qs/up/a",
        "qq/1/qs/up/+",
        "qq/1/qs/up/a b",
    };
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        assert_int_equal(topic_site(str_of(foreign[i]), STR("qs"), TOPIC_UP).len, 0);
}

static void names_are_narrow(void **state)
{
    (void)state;
    assert_true(topic_is_name(STR("Site_1.b-2")));
    assert_false(topic_is_name(STR_NONE));
    assert_false(topic_is_name(STR("a/b")));
    assert_false(topic_is_name(STR("#")));
    char long_name[TOPIC_NAME_BYTES_MAX + 1];
    for (size_t i = 0; i < sizeof long_name; i++)
        long_name[i] = 'a';
    assert_true(topic_is_name(str_make(long_name, TOPIC_NAME_BYTES_MAX)));
    assert_false(topic_is_name(str_make(long_name, TOPIC_NAME_BYTES_MAX + 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_topic_gives_its_site_back),
        cmocka_unit_test(a_foreign_topic_has_none),
        cmocka_unit_test(names_are_narrow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
