#include "common/wire/envelope.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(64u << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void the_header_has_the_bytes_of_the_specification(void **state)
{
    (void)state;
    struct str bytes = golden_read(arena, SOURCE_DIR, "wire/envelope-2.bin");
    struct str first = golden_read(arena, SOURCE_DIR, "wire/envelope-1.bin");
    struct hash chained = sha256_of(first);
    struct envelope_header h;
    struct envelope_parts p;
    assert_int_equal(envelope_parse(bytes, &h, &p), OK);
    assert_int_equal(h.suite, 1);
    assert_int_equal(h.flags, ENVELOPE_CARRIER);
    assert_true(str_equal(h.county, STR("231282")));
    assert_true(str_equal(h.from, STR("t07")));
    assert_true(str_equal(h.to, STR("hub")));
    assert_int_equal(h.epoch, 258);
    assert_int_equal(h.seq, 2);
    assert_true(hash_equal(&h.prev, &chained));
    assert_true(h.created_ms == INT64_C(1795564800000));
    assert_int_equal(p.header.len + h.cipher_len + ENVELOPE_TAG_BYTES, p.signed_part.len);
    assert_int_equal(p.signed_part.len + ENVELOPE_SIGNATURE_BYTES, bytes.len);
    struct buf again;
    buf_init(&again, arena);
    envelope_put_header(&again, &h);
    assert_true(str_equal(p.header, buf_str(&again)));
}

static void every_other_length_is_refused(void **state)
{
    (void)state;
    struct str bytes = golden_read(arena, SOURCE_DIR, "wire/envelope-1.bin");
    struct envelope_header h;
    struct envelope_parts p;
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_equal(envelope_parse(str_slice(bytes, 0, len), &h, &p), ERR_MALFORMED);
    struct buf longer;
    buf_init(&longer, arena);
    buf_put(&longer, bytes);
    buf_put_char(&longer, 0);
    assert_int_equal(envelope_parse(buf_str(&longer), &h, &p), ERR_MALFORMED);
}

struct change {
    const char *why;
    size_t
        at; /* offset in the header of the vector: magic 4, version, suite, flags 2, county 7, … */
    unsigned char byte;
    enum err expected;
};

static void headers_that_lie_are_refused(void **state)
{
    (void)state;
    struct str bytes = golden_read(arena, SOURCE_DIR, "wire/envelope-1.bin");
    struct envelope_header h;
    struct envelope_parts p;
    assert_int_equal(envelope_parse(bytes, &h, &p), OK);
    const struct change changes[] = {
        {"another magic", 0, 'X', ERR_MALFORMED},
        {"another version", 4, 2, ERR_MALFORMED},
        {"unknown flag", 6, 0x80, ERR_MALFORMED},
        {"not compressed, lengths differ", 7, 0, ERR_MALFORMED},
        {"county as long as can be", 8, 255, ERR_MALFORMED},
        {"plain length of 4 GB", p.header.len - 8, 0xff, ERR_TOO_LARGE},
        {"cipher length of 4 GB", p.header.len - 4, 0xff, ERR_TOO_LARGE},
        {"prev at seq 1", p.header.len - 8 - 65 - 16 - 32 - 8 - 1, 1, ERR_MALFORMED},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct str copy = str_copy(arena, bytes);
        ((char *)(uintptr_t)copy.ptr)[changes[i].at] = (char)changes[i].byte;
        /* behind a false length anything may stand, a length over the limit too */
        enum err e = envelope_parse(copy, &h, &p);
        if (e != changes[i].expected && !(changes[i].at == 8 && e == ERR_TOO_LARGE))
            fail_msg("wrong answer: %s", changes[i].why);
    }
}

static void an_envelope_over_the_limit_is_refused_by_its_length_alone(void **state)
{
    (void)state;
    struct envelope_header h;
    struct envelope_parts p;
    struct str huge = str_make(arena_take(arena, ENVELOPE_BYTES_MAX + 1), ENVELOPE_BYTES_MAX + 1);
    assert_int_equal(envelope_parse(huge, &h, &p), ERR_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_has_the_bytes_of_the_specification),
        cmocka_unit_test(every_other_length_is_refused),
        cmocka_unit_test(headers_that_lie_are_refused),
        cmocka_unit_test(an_envelope_over_the_limit_is_refused_by_its_length_alone),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
