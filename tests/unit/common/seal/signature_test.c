#include "common/seal/signature.h"

#include "common/base/arena.h"
#include "common/seal/suite.h"
#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define KIND STR("note")
#define TEXT STR("what was found")

static struct signature sign(struct arena *a, struct seeded_random *random)
{
    struct str secret;
    struct str public;
    struct signature s;
    struct keyring *k = keyring_new();
    assert_int_equal(keyring_generate(SUITE_P256, &random->random, a, &secret, &public), OK);
    assert_int_equal(keyring_add_own(k, KEY_SIGN, secret), OK);
    signature_make(k, &random->random, a, KIND, TEXT, &s);
    assert_true(str_equal(s.key, public));
    keyring_free(k);
    return s;
}

static void a_signature_fits_its_text_its_kind_and_its_key(void **state)
{
    (void)state;
    struct seeded_random random;
    struct arena *a = arena_new(1u << 20);
    seeded_random_init(&random, 1);
    struct signature s = sign(a, &random);
    struct signature other = sign(a, &random);
    assert_int_equal(signature_verify(a, KIND, TEXT, &s), OK);
    assert_int_equal(signature_verify(a, KIND, STR("what was founD"), &s), ERR_FORGED);
    assert_int_equal(signature_verify(a, STR("nota"), TEXT, &s), ERR_FORGED);
    s.value[9] ^= 1;
    assert_int_equal(signature_verify(a, KIND, TEXT, &s), ERR_FORGED);
    s.value[9] ^= 1;
    s.key = other.key;
    assert_int_equal(signature_verify(a, KIND, TEXT, &s), ERR_FORGED);
    s.key = STR("no key");
    assert_int_equal(signature_verify(a, KIND, TEXT, &s), ERR_MALFORMED);
    arena_free(a);
}

static void a_key_has_one_text_and_one_id(void **state)
{
    (void)state;
    struct arena *a = arena_new(1u << 20);
    struct signature_key key;
    struct signature_key again;
    struct str pem = golden_read(a, SOURCE_DIR, "wire/hub-open.pub");
    assert_int_equal(signature_key(a, pem, &key), OK);
    assert_int_equal(key.id.len, 2 * ENVELOPE_KEY_ID_BYTES);
    assert_int_equal(signature_key(a, str_format(a, STR_FMT "\n", STR_ARG(pem)), &again), OK);
    assert_true(str_equal(key.pem, again.pem));
    assert_true(str_equal(key.id, again.id));
    assert_int_equal(signature_key(a, STR("-----BEGIN PUBLIC KEY-----"), &again), ERR_MALFORMED);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signature_fits_its_text_its_kind_and_its_key),
        cmocka_unit_test(a_key_has_one_text_and_one_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
