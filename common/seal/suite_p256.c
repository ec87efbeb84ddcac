#include "common/seal/suite.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <mbedtls/ecdh.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/gcm.h>
#include <mbedtls/hkdf.h>
#include <mbedtls/pk.h>
#include <string.h>

#define PEM_BYTES_MAX 2048
#define KEY_BYTES 32
#define HALF (ENVELOPE_SIGNATURE_BYTES / 2)

/* The group keeps the multiples of the base point that the library computes at its first use; that
 * table halves the cost of every later signature. */
struct p256 {
    struct suite suite; /* first member */
    mbedtls_ecp_group group;
};

static mbedtls_ecp_group *group(struct suite *s)
{
    return &((struct p256 *)s)->group;
}

/* void *: the library's callback type. */
static int fill(void *random, unsigned char *out, size_t len)
{
    struct random *r = random;
    r->fill(r, out, len);
    return 0;
}

static struct suite *p256_make(struct arena *a)
{
    struct p256 *p = NEW(a, struct p256);
    mbedtls_ecp_point warm;
    mbedtls_mpi one;
    p->suite.ops = &suite_p256;
    mbedtls_ecp_group_init(&p->group);
    ASSERT(mbedtls_ecp_group_load(&p->group, MBEDTLS_ECP_DP_SECP256R1) == 0);
    mbedtls_ecp_point_init(&warm);
    mbedtls_mpi_init(&one);
    ASSERT(mbedtls_mpi_lset(&one, 1) == 0);
    ASSERT(mbedtls_ecp_mul(&p->group, &warm, &one, &p->group.G, NULL, NULL) == 0);
    mbedtls_mpi_free(&one);
    mbedtls_ecp_point_free(&warm);
    return &p->suite;
}

static void p256_free(struct suite *s)
{
    mbedtls_ecp_group_free(group(s));
}

static void write_point(mbedtls_ecp_group *g, const mbedtls_ecp_point *point, uint8_t *out)
{
    size_t len;
    ASSERT(mbedtls_ecp_point_write_binary(g, point, MBEDTLS_ECP_PF_UNCOMPRESSED, &len, out,
                                          ENVELOPE_POINT_BYTES) == 0);
    ASSERT(len == ENVELOPE_POINT_BYTES);
}

static void fill_secret(mbedtls_ecp_group *g, const mbedtls_mpi *d, const mbedtls_ecp_point *q,
                        struct suite_secret *out)
{
    *out = (struct suite_secret){.public = {.suite = SUITE_P256}};
    write_point(g, q, out->public.point);
    ASSERT(mbedtls_mpi_write_binary(d, out->scalar, SUITE_SCALAR_BYTES) == 0);
    suite_name_key(&out->public);
}

static enum err p256_generate(struct suite *s, struct random *random,
                              struct suite_secret *out_secret)
{
    mbedtls_mpi d;
    mbedtls_ecp_point q;
    mbedtls_mpi_init(&d);
    mbedtls_ecp_point_init(&q);
    int failed = mbedtls_ecp_gen_keypair(group(s), &d, &q, fill, random);
    if (!failed)
        fill_secret(group(s), &d, &q, out_secret);
    mbedtls_mpi_free(&d);
    mbedtls_ecp_point_free(&q);
    return failed ? fail(ERR_INVALID, "no key could be made (library code %d)", failed) : OK;
}

typedef int (*parse_fn)(mbedtls_pk_context *pk, const unsigned char *text, size_t len_with_nul);

static int parse_secret(mbedtls_pk_context *pk, const unsigned char *text, size_t len_with_nul)
{
    return mbedtls_pk_parse_key(pk, text, len_with_nul, NULL, 0);
}

/* The library wants PEM with a NUL behind it. */
static enum err parse_pem(mbedtls_pk_context *pk, struct str pem, parse_fn parse)
{
    unsigned char text[PEM_BYTES_MAX];
    if (pem.len >= sizeof text)
        return fail(ERR_MALFORMED, "a key of %zu bytes", pem.len);
    memcpy(text, pem.ptr, pem.len);
    text[pem.len] = 0;
    int failed = parse(pk, text, pem.len + 1);
    suite_wipe(text, sizeof text);
    if (failed || !mbedtls_pk_can_do(pk, MBEDTLS_PK_ECKEY) ||
        mbedtls_pk_ec(*pk)->grp.id != MBEDTLS_ECP_DP_SECP256R1)
        return fail(ERR_MALFORMED, "not a P-256 key in PEM");
    return OK;
}

static enum err p256_read_secret(struct suite *s, struct str pem, struct suite_secret *out_secret)
{
    mbedtls_pk_context pk;
    mbedtls_pk_init(&pk);
    enum err e = parse_pem(&pk, pem, parse_secret);
    if (e == OK) {
        const mbedtls_ecp_keypair *pair = mbedtls_pk_ec(pk);
        fill_secret(group(s), &pair->d, &pair->Q, out_secret);
    }
    mbedtls_pk_free(&pk);
    return e;
}

static enum err p256_read_public(struct suite *s, struct str pem, struct key_public *out_public)
{
    mbedtls_pk_context pk;
    mbedtls_pk_init(&pk);
    enum err e = parse_pem(&pk, pem, mbedtls_pk_parse_public_key);
    if (e == OK) {
        *out_public = (struct key_public){.suite = SUITE_P256};
        write_point(group(s), &mbedtls_pk_ec(pk)->Q, out_public->point);
        suite_name_key(out_public);
    }
    mbedtls_pk_free(&pk);
    return e;
}

/* `scalar` NULL: only the public half. */
static void setup_pk(mbedtls_pk_context *pk, const struct key_public *public, const uint8_t *scalar)
{
    mbedtls_pk_init(pk);
    ASSERT(mbedtls_pk_setup(pk, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY)) == 0);
    mbedtls_ecp_keypair *pair = mbedtls_pk_ec(*pk);
    ASSERT(mbedtls_ecp_group_load(&pair->grp, MBEDTLS_ECP_DP_SECP256R1) == 0);
    ASSERT(mbedtls_ecp_point_read_binary(&pair->grp, &pair->Q, public->point,
                                         ENVELOPE_POINT_BYTES) == 0);
    if (scalar)
        ASSERT(mbedtls_mpi_read_binary(&pair->d, scalar, SUITE_SCALAR_BYTES) == 0);
}

static struct str p256_write_secret(struct suite *s, struct arena *a,
                                    const struct suite_secret *secret)
{
    (void)s;
    unsigned char *text = arena_take(a, PEM_BYTES_MAX);
    mbedtls_pk_context pk;
    setup_pk(&pk, &secret->public, secret->scalar);
    ASSERT(mbedtls_pk_write_key_pem(&pk, text, PEM_BYTES_MAX) == 0);
    mbedtls_pk_free(&pk);
    return str_of((const char *)text);
}

static struct str p256_write_public(struct suite *s, struct arena *a,
                                    const struct key_public *public)
{
    (void)s;
    unsigned char *text = arena_take(a, PEM_BYTES_MAX);
    mbedtls_pk_context pk;
    setup_pk(&pk, public, NULL);
    ASSERT(mbedtls_pk_write_pubkey_pem(&pk, text, PEM_BYTES_MAX) == 0);
    mbedtls_pk_free(&pk);
    return str_of((const char *)text);
}

/* ECDH of a scalar and a point of outside; the library refuses points off the curve. */
static enum err agree(mbedtls_ecp_group *g, const mbedtls_mpi *d, const uint8_t *point,
                      struct suite_session *out_session)
{
    mbedtls_ecp_point q;
    mbedtls_mpi z;
    enum err e = OK;
    mbedtls_ecp_point_init(&q);
    mbedtls_mpi_init(&z);
    if (mbedtls_ecp_point_read_binary(g, &q, point, ENVELOPE_POINT_BYTES) != 0 ||
        mbedtls_ecdh_compute_shared(g, &z, &q, d, NULL, NULL) != 0) {
        e = fail(ERR_MALFORMED, "not a point of the curve");
        goto done;
    }
    *out_session = (struct suite_session){.is_spent = false};
    ASSERT(mbedtls_mpi_write_binary(&z, out_session->shared, sizeof out_session->shared) == 0);

done:
    mbedtls_mpi_free(&z);
    mbedtls_ecp_point_free(&q);
    return e;
}

static enum err p256_offer(struct suite *s, struct random *random,
                           const struct key_public *recipient,
                           uint8_t out_ephemeral[ENVELOPE_POINT_BYTES],
                           struct suite_session *out_session)
{
    mbedtls_mpi d;
    mbedtls_ecp_point q;
    enum err e;
    mbedtls_mpi_init(&d);
    mbedtls_ecp_point_init(&q);
    if (mbedtls_ecp_gen_keypair(group(s), &d, &q, fill, random) != 0) {
        e = fail(ERR_INVALID, "no ephemeral key could be made");
        goto done;
    }
    if ((e = agree(group(s), &d, recipient->point, out_session)) != OK)
        goto done;
    write_point(group(s), &q, out_ephemeral);

done:
    mbedtls_ecp_point_free(&q);
    mbedtls_mpi_free(&d);
    return e;
}

static enum err p256_accept(struct suite *s, const struct suite_secret *recipient,
                            const uint8_t ephemeral[ENVELOPE_POINT_BYTES],
                            struct suite_session *out_session)
{
    mbedtls_mpi d;
    mbedtls_mpi_init(&d);
    ASSERT(mbedtls_mpi_read_binary(&d, recipient->scalar, SUITE_SCALAR_BYTES) == 0);
    enum err e = agree(group(s), &d, ephemeral, out_session);
    mbedtls_mpi_free(&d);
    return e;
}

/* Key = HKDF-SHA256(shared, salt = SHA-256(header), info = "qq1 seal"). Spends the session. */
static void begin_cipher(mbedtls_gcm_context *gcm, struct suite_session *session, struct str header)
{
    static const unsigned char info[] = {'q', 'q', '1', ' ', 's', 'e', 'a', 'l'};
    uint8_t key[KEY_BYTES];
    struct hash salt = sha256_of(header);
    ASSERT(!session->is_spent);
    ASSERT(mbedtls_hkdf(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), salt.bytes, SHA256_BYTES,
                        session->shared, sizeof session->shared, info, sizeof info, key,
                        sizeof key) == 0);
    mbedtls_gcm_init(gcm);
    ASSERT(mbedtls_gcm_setkey(gcm, MBEDTLS_CIPHER_ID_AES, key, 8 * KEY_BYTES) == 0);
    suite_wipe(key, sizeof key);
    suite_wipe(session->shared, sizeof session->shared);
    session->is_spent = true;
}

static const unsigned char zero_nonce[12];

static void p256_encrypt(struct suite *s, struct suite_session *session, struct str header,
                         struct str plain, char *out_cipher, uint8_t out_tag[ENVELOPE_TAG_BYTES])
{
    (void)s;
    mbedtls_gcm_context gcm;
    begin_cipher(&gcm, session, header);
    ASSERT(mbedtls_gcm_crypt_and_tag(
               &gcm, MBEDTLS_GCM_ENCRYPT, plain.len, zero_nonce, sizeof zero_nonce,
               (const unsigned char *)header.ptr, header.len, (const unsigned char *)plain.ptr,
               (unsigned char *)out_cipher, ENVELOPE_TAG_BYTES, out_tag) == 0);
    mbedtls_gcm_free(&gcm);
}

static enum err p256_decrypt(struct suite *s, struct suite_session *session, struct str header,
                             struct str cipher, struct str tag, char *out_plain)
{
    (void)s;
    mbedtls_gcm_context gcm;
    begin_cipher(&gcm, session, header);
    int failed = mbedtls_gcm_auth_decrypt(
        &gcm, cipher.len, zero_nonce, sizeof zero_nonce, (const unsigned char *)header.ptr,
        header.len, (const unsigned char *)tag.ptr, tag.len, (const unsigned char *)cipher.ptr,
        (unsigned char *)out_plain);
    mbedtls_gcm_free(&gcm);
    return failed ? fail(ERR_FORGED, "tag does not fit") : OK;
}

/* Deterministic (RFC 6979): a bad random number cannot betray the key; `random` only blinds. */
static void p256_sign(struct suite *s, const struct suite_secret *sender, struct random *random,
                      struct str bytes, uint8_t out_signature[ENVELOPE_SIGNATURE_BYTES])
{
    struct hash h = sha256_of(bytes);
    mbedtls_mpi d, x, y;
    mbedtls_mpi_init(&d);
    mbedtls_mpi_init(&x);
    mbedtls_mpi_init(&y);
    ASSERT(mbedtls_mpi_read_binary(&d, sender->scalar, SUITE_SCALAR_BYTES) == 0);
    ASSERT(mbedtls_ecdsa_sign_det_ext(group(s), &x, &y, &d, h.bytes, SHA256_BYTES,
                                      MBEDTLS_MD_SHA256, fill, random) == 0);
    ASSERT(mbedtls_mpi_write_binary(&x, out_signature, HALF) == 0);
    ASSERT(mbedtls_mpi_write_binary(&y, out_signature + HALF, HALF) == 0);
    mbedtls_mpi_free(&y);
    mbedtls_mpi_free(&x);
    mbedtls_mpi_free(&d);
}

static enum err p256_verify(struct suite *s, const struct key_public *sender, struct str bytes,
                            struct str signature)
{
    ASSERT(signature.len == ENVELOPE_SIGNATURE_BYTES);
    struct hash h = sha256_of(bytes);
    const unsigned char *text = (const unsigned char *)signature.ptr;
    mbedtls_ecp_point q;
    mbedtls_mpi x, y;
    mbedtls_ecp_point_init(&q);
    mbedtls_mpi_init(&x);
    mbedtls_mpi_init(&y);
    ASSERT(mbedtls_ecp_point_read_binary(group(s), &q, sender->point, ENVELOPE_POINT_BYTES) == 0);
    ASSERT(mbedtls_mpi_read_binary(&x, text, HALF) == 0);
    ASSERT(mbedtls_mpi_read_binary(&y, text + HALF, HALF) == 0);
    int failed = mbedtls_ecdsa_verify(group(s), h.bytes, SHA256_BYTES, &q, &x, &y);
    mbedtls_mpi_free(&y);
    mbedtls_mpi_free(&x);
    mbedtls_ecp_point_free(&q);
    return failed ? fail(ERR_FORGED, "signature does not fit") : OK;
}

const struct suite_ops suite_p256 = {
    .id = SUITE_P256,
    .name = "P-256 HKDF-SHA256 AES-256-GCM ECDSA-SHA256",
    .make = p256_make,
    .free = p256_free,
    .generate = p256_generate,
    .read_secret = p256_read_secret,
    .read_public = p256_read_public,
    .write_secret = p256_write_secret,
    .write_public = p256_write_public,
    .offer = p256_offer,
    .accept = p256_accept,
    .encrypt = p256_encrypt,
    .decrypt = p256_decrypt,
    .sign = p256_sign,
    .verify = p256_verify,
};
