#include "common/seal/key_file.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/seal/password.h"
#include "common/seal/suite.h"

#include <mbedtls/gcm.h>

#define HEAD STR("qingqu locked key 1: aes-256-gcm, pbkdf2-sha256 ")
#define NONCE_BYTES 12
#define TAG_BYTES 16

static void begin(mbedtls_gcm_context *gcm, struct str passphrase, uint32_t rounds,
                  const uint8_t *salt)
{
    uint8_t key[PASSWORD_KEY_BYTES];
    password_derive(passphrase, str_make(salt, PASSWORD_SALT_BYTES), rounds, key);
    mbedtls_gcm_init(gcm);
    ASSERT(mbedtls_gcm_setkey(gcm, MBEDTLS_CIPHER_ID_AES, key, 8 * PASSWORD_KEY_BYTES) == 0);
    suite_wipe(key, sizeof key);
}

struct str key_file_lock(struct random *random, struct arena *a, uint32_t rounds,
                         struct str passphrase, struct str secret)
{
    uint8_t salt[PASSWORD_SALT_BYTES], nonce[NONCE_BYTES], tag[TAG_BYTES];
    mbedtls_gcm_context gcm;
    ASSERT(secret.len <= KEY_FILE_BYTES_MAX / 4);
    unsigned char *cipher = arena_take(a, secret.len);
    random->fill(random, salt, sizeof salt);
    random->fill(random, nonce, sizeof nonce);
    struct str head = str_format(a, STR_FMT "%u", STR_ARG(HEAD), (unsigned)rounds);
    begin(&gcm, passphrase, rounds, salt);
    ASSERT(mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, secret.len, nonce, NONCE_BYTES,
                                     (const unsigned char *)head.ptr, head.len,
                                     (const unsigned char *)secret.ptr, cipher, TAG_BYTES,
                                     tag) == 0);
    mbedtls_gcm_free(&gcm);
    struct str parts[] = {
        hex_encode(a, str_make(salt, sizeof salt)), hex_encode(a, str_make(nonce, sizeof nonce)),
        hex_encode(a, str_make(tag, sizeof tag)), hex_encode(a, str_make(cipher, secret.len))};
    return str_format(a, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n",
                      STR_ARG(head), STR_ARG(parts[0]), STR_ARG(parts[1]), STR_ARG(parts[2]),
                      STR_ARG(parts[3]));
}

bool key_file_is_locked(struct str text)
{
    return str_starts(text, HEAD);
}

enum err key_file_unlock(struct arena *a, struct str passphrase, struct str text,
                         struct str *out_secret)
{
    uint8_t salt[PASSWORD_SALT_BYTES], nonce[NONCE_BYTES], tag[TAG_BYTES];
    mbedtls_gcm_context gcm;
    uint64_t rounds;
    if (text.len > KEY_FILE_BYTES_MAX || !key_file_is_locked(text))
        return fail(ERR_MALFORMED, "not a locked key");
    struct str head = str_cut(&text, '\n');
    struct str salt_hex = str_cut(&text, '\n');
    struct str nonce_hex = str_cut(&text, '\n');
    struct str tag_hex = str_cut(&text, '\n');
    struct str cipher_hex = str_cut(&text, '\n');
    size_t len = cipher_hex.len / 2;
    unsigned char *cipher = arena_take(a, len), *secret = arena_take(a, len);
    if (!str_to_u64(str_skip(head, HEAD.len), &rounds) || rounds < 1 ||
        rounds > PASSWORD_ROUNDS_MAX || text.len || !hex_decode(salt_hex, salt, sizeof salt) ||
        !hex_decode(nonce_hex, nonce, sizeof nonce) || !hex_decode(tag_hex, tag, sizeof tag) ||
        !hex_decode(cipher_hex, cipher, len))
        return fail(ERR_MALFORMED, "a damaged locked key");
    begin(&gcm, passphrase, (uint32_t)rounds, salt);
    int failed =
        mbedtls_gcm_auth_decrypt(&gcm, len, nonce, NONCE_BYTES, (const unsigned char *)head.ptr,
                                 head.len, tag, TAG_BYTES, cipher, secret);
    mbedtls_gcm_free(&gcm);
    if (failed)
        return fail(ERR_DENIED, "wrong passphrase, or the file was changed");
    *out_secret = str_make(secret, len);
    return OK;
}
