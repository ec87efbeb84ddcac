#include "common/seal/password.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/seal/suite.h"

#include <mbedtls/md.h>
#include <mbedtls/pkcs5.h>

#define METHOD STR("pbkdf2-sha256")

void password_derive(struct str password, struct str salt, uint32_t rounds,
                     uint8_t out_key[PASSWORD_KEY_BYTES])
{
    mbedtls_md_context_t md;
    mbedtls_md_init(&md);
    ASSERT(mbedtls_md_setup(&md, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 1) == 0);
    ASSERT(mbedtls_pkcs5_pbkdf2_hmac(&md, (const unsigned char *)password.ptr, password.len,
                                     (const unsigned char *)salt.ptr, salt.len, rounds,
                                     PASSWORD_KEY_BYTES, out_key) == 0);
    mbedtls_md_free(&md);
}

struct str password_hash(struct random *random, struct arena *a, struct str password)
{
    uint8_t salt[PASSWORD_SALT_BYTES], key[PASSWORD_KEY_BYTES];
    random->fill(random, salt, sizeof salt);
    password_derive(password, str_make(salt, sizeof salt), PASSWORD_ROUNDS, key);
    struct str salt_hex = hex_encode(a, str_make(salt, sizeof salt));
    struct str key_hex = hex_encode(a, str_make(key, sizeof key));
    suite_wipe(key, sizeof key);
    return str_format(a, STR_FMT "$%d$" STR_FMT "$" STR_FMT, STR_ARG(METHOD), PASSWORD_ROUNDS,
                      STR_ARG(salt_hex), STR_ARG(key_hex));
}

bool password_verify(struct str text, struct str password)
{
    uint8_t salt[PASSWORD_SALT_BYTES], right[PASSWORD_KEY_BYTES], key[PASSWORD_KEY_BYTES];
    uint64_t rounds;
    struct str method = str_cut(&text, '$');
    struct str rounds_text = str_cut(&text, '$');
    struct str salt_hex = str_cut(&text, '$');
    if (!str_equal(method, METHOD) || !str_to_u64(rounds_text, &rounds) || rounds < 1 ||
        rounds > PASSWORD_ROUNDS_MAX || !hex_decode(salt_hex, salt, sizeof salt) ||
        !hex_decode(text, right, sizeof right))
        return false;
    password_derive(password, str_make(salt, sizeof salt), (uint32_t)rounds, key);
    unsigned differ = 0;
    for (size_t i = 0; i < sizeof key; i++)
        differ |= (unsigned)(key[i] ^ right[i]);
    suite_wipe(key, sizeof key);
    return differ == 0;
}
