/* Known answers of FIPS 180-4 as NIST publishes them: what is stored and sent hangs on these bytes.
 */
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/base/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_hash(struct hash h, const char *hex)
{
    struct arena *a = arena_new(256);
    assert_true(str_equal(hex_encode(a, hash_str(&h)), str_of(hex)));
    arena_free(a);
}

static void gives_the_known_answers(void **state)
{
    (void)state;
    assert_hash(sha256_of(STR_NONE),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash(sha256_of(STR("abc")),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hash(sha256_of(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* A million times "a", in pieces of every size around the block of 64 bytes. */
static void the_pieces_do_not_matter(void **state)
{
    (void)state;
    char text[200];
    struct sha256 s;
    memset(text, 'a', sizeof text);
    sha256_init(&s);
    size_t left = 1000000;
    for (size_t piece = 0; left > 0; piece = (piece + 7) % sizeof text) {
        size_t n = piece < left ? piece : left;
        sha256_add(&s, str_make(text, n));
        left -= n;
    }
    assert_hash(sha256_done(&s),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_known_answers),
        cmocka_unit_test(the_pieces_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
