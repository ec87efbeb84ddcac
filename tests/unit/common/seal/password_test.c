#include "common/seal/password.h"

#include "common/base/arena.h"
#include "common/base/hex.h"
#include "common/seal/key_file.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void a_password_is_known_again_and_no_other(void **state)
{
    (void)state;
    struct arena *a = arena_new(1u << 20);
    struct seeded_random random;
    seeded_random_init(&random, 1);
    struct str text = password_hash(&random.random, a, STR("清渠 secret"));
    assert_true(str_starts(text, STR("pbkdf2-sha256$600000$")));
    assert_false(str_contains(text, STR("secret")));
    assert_true(password_verify(text, STR("清渠 secret")));
    assert_false(password_verify(text, STR("清渠 secreT")));
    struct str other = password_hash(&random.random, a, STR("清渠 secret"));
    assert_false(str_equal(text, other)); /* another salt */
    arena_free(a);
}

/* RFC 7914, section 11. */
static void the_derivation_is_the_standard_one(void **state)
{
    (void)state;
    struct arena *a = arena_new(1u << 16);
    uint8_t key[PASSWORD_KEY_BYTES];
    password_derive(STR("passwd"), STR("salt"), 1, key);
    assert_true(str_equal(hex_encode(a, str_make(key, sizeof key)),
                          STR("55ac046e56e3089fec1691c22544b605"
                              "f94185216dde0465e68b9d57c20dacbc")));
    password_derive(STR("Password"), STR("NaCl"), 80000, key);
    assert_true(str_equal(hex_encode(a, str_make(key, sizeof key)),
                          STR("4ddcd8f60b98be21830cee5ef22701f9"
                              "641a4418d04c0414aeff08876b34ab56")));
    arena_free(a);
}

static void what_is_no_hash_lets_nobody_in(void **state)
{
    (void)state;
    static const struct str bad[] = {
        STR_INIT(""),
        STR_INIT("pbkdf2-sha256"),
        STR_INIT("md5$1$00$00"),
        STR_INIT("pbkdf2-sha256$0$00112233445566778899aabbccddeeff$"
                 "0000000000000000000000000000000000000000000000000000000000000000"),
        STR_INIT("pbkdf2-sha256$99999999$00112233445566778899aabbccddeeff$"
                 "0000000000000000000000000000000000000000000000000000000000000000"),
        STR_INIT("pbkdf2-sha256$1$00112233445566778899aabbccddeeff$"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(password_verify(bad[i], STR("")));
}

static void a_locked_key_opens_with_its_passphrase_alone(void **state)
{
    (void)state;
    struct arena *a = arena_new(1u << 20);
    struct seeded_random random;
    struct str secret = STR("-----BEGIN EC PRIVATE KEY-----\n"), back = STR_NONE;
    seeded_random_init(&random, 1);
    struct str text = key_file_lock(&random.random, a, 1000, STR("long enough"), secret);
    assert_true(key_file_is_locked(text));
    assert_false(str_contains(text, STR("PRIVATE")));
    assert_int_equal(key_file_unlock(a, STR("long enough"), text, &back), OK);
    assert_true(str_equal(back, secret));
    assert_int_equal(key_file_unlock(a, STR("long enougH"), text, &back), ERR_DENIED);
    struct str bad = str_copy(a, text);
    ((char *)(uintptr_t)bad.ptr)[bad.len - 2] ^= 1;
    assert_int_equal(key_file_unlock(a, STR("long enough"), bad, &back), ERR_DENIED);
    assert_int_equal(key_file_unlock(a, STR("x"), str_slice(text, 0, 100), &back), ERR_MALFORMED);
    assert_int_equal(key_file_unlock(a, STR("x"), secret, &back), ERR_MALFORMED);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_password_is_known_again_and_no_other),
        cmocka_unit_test(the_derivation_is_the_standard_one),
        cmocka_unit_test(what_is_no_hash_lets_nobody_in),
        cmocka_unit_test(a_locked_key_opens_with_its_passphrase_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
