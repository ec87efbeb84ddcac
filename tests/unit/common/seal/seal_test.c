#include "common/seal/seal.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/seal/suite.h"
#include "tests/support/golden.h"
#include "tests/support/suite_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Two ends with keys made for the test, once per suite. */
struct ends {
    struct arena *arena;
    struct seeded_random random;
    struct keyring *site, *hub;
    struct str site_sign_pub;
};

static const struct suite_ops *const suites[] = {&suite_p256, &suite_plain};

static void ends_open(struct ends *e, const struct suite_ops *ops)
{
    struct str secret, public;
    e->arena = arena_new(256u << 20);
    seeded_random_init(&e->random, 7);
    e->site = keyring_new();
    e->hub = keyring_new();
    if (ops == &suite_plain) {
        keyring_add_suite(e->site, ops);
        keyring_add_suite(e->hub, ops);
    }
    assert_int_equal(suite_generate(ops, &e->random.random, e->arena, &secret, &public), OK);
    assert_int_equal(keyring_add_own(e->site, KEY_SIGN, secret), OK);
    assert_int_equal(keyring_add_peer(e->hub, STR("t07"), KEY_SIGN, public), OK);
    e->site_sign_pub = public;
    assert_int_equal(suite_generate(ops, &e->random.random, e->arena, &secret, &public), OK);
    assert_int_equal(keyring_add_own(e->hub, KEY_OPEN, secret), OK);
    assert_int_equal(keyring_add_peer(e->site, STR("hub"), KEY_OPEN, public), OK);
}

static void ends_close(struct ends *e)
{
    keyring_free(e->site);
    keyring_free(e->hub);
    arena_free(e->arena);
}

static struct str close_text(struct ends *e, struct str plain)
{
    struct envelope_header h = {
        .county = STR("231282"), .from = STR("t07"), .to = STR("hub"), .epoch = 1, .seq = 1};
    struct str sealed = STR_NONE;
    assert_int_equal(seal_close(e->site, &e->random.random, e->arena, &h, plain, &sealed), OK);
    return sealed;
}

static void what_was_closed_opens_at_the_other_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct ends e;
        struct envelope_header h;
        struct str plain;
        ends_open(&e, suites[i]);
        struct buf text;
        buf_init(&text, e.arena);
        for (int n = 0; n < 20000; n++)
            buf_format(&text, "row %d;", n);
        struct str sealed = close_text(&e, buf_str(&text));
        assert_true(sealed.len < text.len / 2);
        assert_int_equal(seal_open(e.hub, e.arena, sealed, &h, &plain), OK);
        assert_true(str_equal(plain, buf_str(&text)));
        assert_int_equal(h.suite, suites[i]->id);
        assert_true(str_equal(h.from, STR("t07")));

        sealed = close_text(&e, STR("x")); /* not worth compressing */
        assert_int_equal(seal_open(e.hub, e.arena, sealed, &h, &plain), OK);
        assert_int_equal(h.flags & ENVELOPE_COMPRESSED, 0);
        assert_true(str_equal(plain, STR("x")));
        sealed = close_text(&e, STR_NONE);
        assert_int_equal(seal_open(e.hub, e.arena, sealed, &h, &plain), OK);
        assert_int_equal(plain.len, 0);
        ends_close(&e);
    }
}

static void any_flipped_bit_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct ends e;
        struct envelope_header h;
        struct str plain;
        ends_open(&e, suites[i]);
        struct str sealed = close_text(&e, STR("身份证号 and a longer plain text text text text"));
        char *bytes = (char *)(uintptr_t)sealed.ptr;
        for (size_t bit = 0; bit < sealed.len * 8; bit += i == 0 ? 3 : 1) {
            bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
            assert_int_not_equal(seal_open(e.hub, e.arena, sealed, &h, &plain), OK);
            bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
        }
        assert_int_equal(seal_open(e.hub, e.arena, sealed, &h, &plain), OK);
        ends_close(&e);
    }
}

static void the_independent_script_s_envelopes_open(void **state)
{
    (void)state;
    struct arena *a = arena_new(16u << 20);
    struct keyring *hub = keyring_new();
    struct envelope_header h;
    struct str plain;
    assert_int_equal(
        keyring_add_own(hub, KEY_OPEN, golden_read(a, SOURCE_DIR, "wire/hub-open.key")), OK);
    assert_int_equal(keyring_add_peer(hub, STR("t07"), KEY_SIGN,
                                      golden_read(a, SOURCE_DIR, "wire/site-sign.pub")),
                     OK);
    struct str first = golden_read(a, SOURCE_DIR, "wire/envelope-1.bin");
    struct str second = golden_read(a, SOURCE_DIR, "wire/envelope-2.bin");
    assert_int_equal(seal_open(hub, a, first, &h, &plain), OK);
    assert_true(str_equal(plain, golden_read(a, SOURCE_DIR, "wire/batch.bin")));
    assert_int_equal(seal_open(hub, a, second, &h, &plain), OK);
    assert_true(str_equal(plain, golden_read(a, SOURCE_DIR, "wire/message-receipt.bin")));
    keyring_free(hub);
    arena_free(a);
}

static void no_plain_text_is_in_the_envelope(void **state)
{
    (void)state;
    struct ends e;
    ends_open(&e, &suite_p256);
    struct str secret = STR("110105198001011234 name");
    struct str sealed = close_text(&e, secret);
    for (size_t i = 0; i + 6 <= secret.len; i++)
        assert_false(str_contains(sealed, str_slice(secret, i, i + 6)));
    ends_close(&e);
}

static void two_envelopes_of_one_text_differ(void **state)
{
    (void)state;
    struct ends e;
    struct envelope_header a, b;
    struct envelope_parts parts;
    ends_open(&e, &suite_p256);
    assert_int_equal(envelope_parse(close_text(&e, STR("same")), &a, &parts), OK);
    assert_int_equal(envelope_parse(close_text(&e, STR("same")), &b, &parts), OK);
    assert_memory_not_equal(a.ephemeral, b.ephemeral, ENVELOPE_POINT_BYTES);
    ends_close(&e);
}

static void a_foreign_a_renamed_and_a_revoked_sender_are_refused(void **state)
{
    (void)state;
    struct ends e, other;
    struct envelope_header h = {.from = STR("t08"), .to = STR("hub"), .seq = 1};
    struct str plain, sealed;
    ends_open(&e, &suite_p256);
    ends_open(&other, &suite_p256);
    seeded_random_init(&other.random, 99);

    /* t07's own key, but it says it is t08 */
    assert_int_equal(seal_close(e.site, &e.random.random, e.arena, &h, STR("x"), &sealed), OK);
    assert_int_equal(seal_open(e.hub, e.arena, sealed, &h, &plain), ERR_FORGED);

    sealed = close_text(&e, STR("x"));
    keyring_revoke(e.hub, STR("t07"));
    assert_int_equal(seal_open(e.hub, e.arena, sealed, &h, &plain), ERR_FORGED);
    /* a new key after the revocation is good */
    assert_int_equal(keyring_add_peer(e.hub, STR("t07"), KEY_SIGN, e.site_sign_pub), OK);
    assert_int_equal(seal_open(e.hub, e.arena, sealed, &h, &plain), OK);
    ends_close(&other);
    ends_close(&e);
}

static void what_is_not_for_us_is_told_apart(void **state)
{
    (void)state;
    struct ends e;
    struct envelope_header h;
    struct str plain, secret, public;
    ends_open(&e, &suite_p256);
    struct keyring *stranger = keyring_new();
    assert_int_equal(keyring_generate(SUITE_P256, &e.random.random, e.arena, &secret, &public), OK);
    assert_int_equal(keyring_add_own(stranger, KEY_OPEN, secret), OK);
    assert_int_equal(seal_open(stranger, e.arena, close_text(&e, STR("x")), &h, &plain),
                     ERR_INVALID);
    h = (struct envelope_header){.from = STR("t07"), .to = STR("nobody"), .seq = 1};
    assert_int_equal(seal_close(e.site, &e.random.random, e.arena, &h, STR("x"), &plain),
                     ERR_MISSING);
    keyring_free(stranger);
    ends_close(&e);
}

static void a_text_that_is_too_long_is_refused(void **state)
{
    (void)state;
    struct ends e;
    struct envelope_header h = {.from = STR("t07"), .to = STR("hub"), .seq = 1};
    struct str sealed;
    ends_open(&e, &suite_p256);
    size_t len = ENVELOPE_PLAIN_BYTES_MAX + 1;
    char *noise = arena_take_raw(e.arena, len);
    e.random.random.fill(&e.random.random, noise, len);
    assert_int_equal(
        seal_close(e.site, &e.random.random, e.arena, &h, str_make(noise, len), &sealed),
        ERR_TOO_LARGE);
    /* short enough before, too long after */
    assert_int_equal(seal_close(e.site, &e.random.random, e.arena, &h,
                                str_make(noise, ENVELOPE_BYTES_MAX), &sealed),
                     ERR_TOO_LARGE);
    ends_close(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_closed_opens_at_the_other_end),
        cmocka_unit_test(any_flipped_bit_is_refused),
        cmocka_unit_test(the_independent_script_s_envelopes_open),
        cmocka_unit_test(no_plain_text_is_in_the_envelope),
        cmocka_unit_test(two_envelopes_of_one_text_differ),
        cmocka_unit_test(a_foreign_a_renamed_and_a_revoked_sender_are_refused),
        cmocka_unit_test(what_is_not_for_us_is_told_apart),
        cmocka_unit_test(a_text_that_is_too_long_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
