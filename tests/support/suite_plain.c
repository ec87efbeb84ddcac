#include "tests/support/suite_plain.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/hex.h"

#include <string.h>

#define SECRET_HEAD STR("plain secret ")
#define PUBLIC_HEAD STR("plain public ")

static struct hash mix(const char *what, struct str a, struct str b, struct str c)
{
    struct sha256 s;
    sha256_init(&s);
    sha256_add(&s, str_of(what));
    sha256_add(&s, a);
    sha256_add(&s, b);
    sha256_add(&s, c);
    return sha256_done(&s);
}

static struct str point_str(const uint8_t *point)
{
    return str_make(point, ENVELOPE_POINT_BYTES);
}

static struct suite *plain_make(struct arena *a)
{
    struct suite *s = NEW(a, struct suite);
    s->ops = &suite_plain;
    return s;
}

static void plain_free(struct suite *s)
{
    (void)s;
}

/* The point is the scalar, padded: whoever knows one knows the other. */
static void fill_public(const uint8_t *scalar, struct key_public *out)
{
    *out = (struct key_public){.suite = SUITE_PLAIN, .point = {4}};
    memcpy(out->point + 1, scalar, SUITE_SCALAR_BYTES);
    suite_name_key(out);
}

static enum err plain_generate(struct suite *s, struct random *random,
                               struct suite_secret *out_secret)
{
    (void)s;
    random->fill(random, out_secret->scalar, SUITE_SCALAR_BYTES);
    fill_public(out_secret->scalar, &out_secret->public);
    return OK;
}

static enum err read_hex(struct str text, struct str head, uint8_t *out_scalar)
{
    if (!str_starts(text, head) ||
        !hex_decode(str_skip(text, head.len), out_scalar, SUITE_SCALAR_BYTES))
        return fail(ERR_MALFORMED, "not a key of the plain suite");
    return OK;
}

static enum err plain_read_secret(struct suite *s, struct str pem, struct suite_secret *out_secret)
{
    (void)s;
    TRY(read_hex(pem, SECRET_HEAD, out_secret->scalar));
    fill_public(out_secret->scalar, &out_secret->public);
    return OK;
}

static enum err plain_read_public(struct suite *s, struct str pem, struct key_public *out_public)
{
    uint8_t scalar[SUITE_SCALAR_BYTES];
    (void)s;
    TRY(read_hex(pem, PUBLIC_HEAD, scalar));
    fill_public(scalar, out_public);
    return OK;
}

static struct str write_hex(struct arena *a, struct str head, const uint8_t *scalar)
{
    struct str digits = hex_encode(a, str_make(scalar, SUITE_SCALAR_BYTES));
    return str_format(a, STR_FMT STR_FMT, STR_ARG(head), STR_ARG(digits));
}

static struct str plain_write_secret(struct suite *s, struct arena *a,
                                     const struct suite_secret *secret)
{
    (void)s;
    return write_hex(a, SECRET_HEAD, secret->scalar);
}

static struct str plain_write_public(struct suite *s, struct arena *a,
                                     const struct key_public *public)
{
    (void)s;
    return write_hex(a, PUBLIC_HEAD, public->point + 1);
}

static void share(const uint8_t *ephemeral, const struct key_public *recipient,
                  struct suite_session *out_session)
{
    struct hash h = mix("share", point_str(ephemeral), point_str(recipient->point), STR_NONE);
    *out_session = (struct suite_session){.is_spent = false};
    memcpy(out_session->shared, h.bytes, sizeof out_session->shared);
}

static enum err plain_offer(struct suite *s, struct random *random,
                            const struct key_public *recipient,
                            uint8_t out_ephemeral[ENVELOPE_POINT_BYTES],
                            struct suite_session *out_session)
{
    (void)s;
    random->fill(random, out_ephemeral, ENVELOPE_POINT_BYTES);
    share(out_ephemeral, recipient, out_session);
    return OK;
}

static enum err plain_accept(struct suite *s, const struct suite_secret *recipient,
                             const uint8_t ephemeral[ENVELOPE_POINT_BYTES],
                             struct suite_session *out_session)
{
    (void)s;
    share(ephemeral, &recipient->public, out_session);
    return OK;
}

static struct hash tag_of(struct suite_session *session, struct str header, struct str bytes)
{
    ASSERT(!session->is_spent);
    session->is_spent = true;
    return mix("tag", str_make(session->shared, sizeof session->shared), header, bytes);
}

static void plain_encrypt(struct suite *s, struct suite_session *session, struct str header,
                          struct str plain, char *out_cipher, uint8_t out_tag[ENVELOPE_TAG_BYTES])
{
    (void)s;
    struct hash tag = tag_of(session, header, plain);
    if (plain.len)
        memcpy(out_cipher, plain.ptr, plain.len);
    memcpy(out_tag, tag.bytes, ENVELOPE_TAG_BYTES);
}

static enum err plain_decrypt(struct suite *s, struct suite_session *session, struct str header,
                              struct str cipher, struct str tag, char *out_plain)
{
    (void)s;
    struct hash right = tag_of(session, header, cipher);
    if (memcmp(right.bytes, tag.ptr, ENVELOPE_TAG_BYTES) != 0)
        return fail(ERR_FORGED, "tag does not fit");
    if (cipher.len)
        memcpy(out_plain, cipher.ptr, cipher.len);
    return OK;
}

static void signature_of(const struct key_public *sender, struct str bytes,
                         uint8_t out_signature[ENVELOPE_SIGNATURE_BYTES])
{
    struct hash h = mix("sign", point_str(sender->point), bytes, STR_NONE);
    memcpy(out_signature, h.bytes, SHA256_BYTES);
    memcpy(out_signature + SHA256_BYTES, h.bytes, SHA256_BYTES);
}

static void plain_sign(struct suite *s, const struct suite_secret *sender, struct random *random,
                       struct str bytes, uint8_t out_signature[ENVELOPE_SIGNATURE_BYTES])
{
    (void)s;
    (void)random;
    signature_of(&sender->public, bytes, out_signature);
}

static enum err plain_verify(struct suite *s, const struct key_public *sender, struct str bytes,
                             struct str signature)
{
    uint8_t right[ENVELOPE_SIGNATURE_BYTES];
    (void)s;
    signature_of(sender, bytes, right);
    if (memcmp(right, signature.ptr, ENVELOPE_SIGNATURE_BYTES) != 0)
        return fail(ERR_FORGED, "signature does not fit");
    return OK;
}

const struct suite_ops suite_plain = {
    .id = SUITE_PLAIN,
    .name = "plain (tests)",
    .make = plain_make,
    .free = plain_free,
    .generate = plain_generate,
    .read_secret = plain_read_secret,
    .read_public = plain_read_public,
    .write_secret = plain_write_secret,
    .write_public = plain_write_public,
    .offer = plain_offer,
    .accept = plain_accept,
    .encrypt = plain_encrypt,
    .decrypt = plain_decrypt,
    .sign = plain_sign,
    .verify = plain_verify,
};
