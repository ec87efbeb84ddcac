#include "common/seal/keyring.h"

#include "common/base/arena.h"
#include "common/seal/suite.h"
#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void a_party_that_only_opens_cannot_sign(void **state)
{
    (void)state;
    struct arena *a = arena_new(1u << 20);
    struct keyring *k = keyring_new();
    struct str pem = golden_read(a, SOURCE_DIR, "wire/hub-open.key");
    assert_false(keyring_can(k, KEY_OPEN));
    assert_int_equal(keyring_add_own(k, KEY_OPEN, pem), OK);
    assert_true(keyring_can(k, KEY_OPEN));
    assert_false(keyring_can(k, KEY_SIGN));
    assert_int_equal(keyring_add_own(k, KEY_OPEN, pem), ERR_EXISTS);
    keyring_free(k);
    arena_free(a);
}

static void what_is_not_a_key_is_refused(void **state)
{
    (void)state;
    static const struct str bad[] = {
        STR_INIT(""), STR_INIT("-----BEGIN PUBLIC KEY-----"),
        STR_INIT("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf/J1bCz7Dzful"
                 "to80IuU6WoE1Aaa\n15Ogj/G5dLzTWm0Dga96o79umlS/RHiisibMDDRQMJ7HGQgB6CIvDWFVOQ==\n"
                 "-----END PUBLIC KEY-----\n"), /* not on the curve */
    };
    struct arena *a = arena_new(1u << 20);
    struct keyring *k = keyring_new();
    struct str public = golden_read(a, SOURCE_DIR, "wire/hub-open.pub");
    struct str private = golden_read(a, SOURCE_DIR, "wire/hub-open.key");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(keyring_add_peer(k, STR("x"), KEY_OPEN, bad[i]), ERR_MALFORMED);
        assert_int_equal(keyring_add_own(k, KEY_OPEN, bad[i]), ERR_MALFORMED);
    }
    assert_int_equal(keyring_add_own(k, KEY_OPEN, public), ERR_MALFORMED);
    assert_int_equal(keyring_add_peer(k, STR("x"), KEY_OPEN, private), ERR_MALFORMED);
    assert_int_equal(keyring_add_peer(k, STR("x"), KEY_OPEN, public), OK);
    assert_int_equal(keyring_add_peer(k, STR("x"), KEY_OPEN, public), ERR_EXISTS);
    assert_int_equal(keyring_add_peer(k, STR("x"), KEY_SIGN, public), OK);
    keyring_free(k);
    keyring_free(NULL);
    arena_free(a);
}

static void a_suite_outside_the_program_is_unknown(void **state)
{
    (void)state;
    struct arena *a = arena_new(1u << 20);
    struct seeded_random random;
    struct str secret, public;
    seeded_random_init(&random, 1);
    assert_int_equal(keyring_generate(2, &random.random, a, &secret, &public), ERR_INVALID);
    assert_int_equal(keyring_generate(250, &random.random, a, &secret, &public), ERR_INVALID);
    assert_int_equal(keyring_generate(SUITE_P256, &random.random, a, &secret, &public), OK);
    assert_true(str_starts(secret, STR("-----BEGIN EC PRIVATE KEY-----\n")));
    assert_true(str_starts(public, STR("-----BEGIN PUBLIC KEY-----\n")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_party_that_only_opens_cannot_sign),
        cmocka_unit_test(what_is_not_a_key_is_refused),
        cmocka_unit_test(a_suite_outside_the_program_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
