#include "common/seal/seal.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/seal/compress.h"
#include "common/seal/keyring_inside.h"

#include <string.h>

static enum err choose_keys(const struct keyring *keys, struct envelope_header *h,
                            const struct suite_secret **out_sender,
                            const struct key_public **out_recipient)
{
    const struct suite_secret *sender = keyring_own(keys, KEY_SIGN, NULL);
    ASSERT(sender != NULL);
    const struct key_public *recipient = keyring_peer(keys, h->to, KEY_OPEN, NULL);
    if (!recipient)
        return fail(ERR_MISSING, "no opening key of " STR_FMT, STR_ARG(h->to));
    if (recipient->suite != sender->public.suite)
        return fail(ERR_INVALID, "keys of two suites");
    h->suite = recipient->suite;
    memcpy(h->recipient_key, recipient->id, ENVELOPE_KEY_ID_BYTES);
    memcpy(h->sender_key, sender->public.id, ENVELOPE_KEY_ID_BYTES);
    *out_sender = sender;
    *out_recipient = recipient;
    return OK;
}

/* The shorter of the two forms; lengths and flag of the header follow it. */
static struct str choose_form(struct arena *a, struct envelope_header *h, struct str plain)
{
    struct str packed = compress_pack(a, plain);
    h->plain_len = (uint32_t)plain.len;
    h->flags = (uint16_t)(h->flags & ENVELOPE_CARRIER);
    if (packed.len < plain.len) {
        h->flags |= ENVELOPE_COMPRESSED;
        plain = packed;
    }
    h->cipher_len = (uint32_t)plain.len;
    return plain;
}

enum err seal_close(const struct keyring *keys, struct random *random, struct arena *a,
                    struct envelope_header *header, struct str plain, struct str *out_sealed)
{
    const struct suite_secret *sender = NULL;
    const struct key_public *recipient = NULL;
    struct envelope_header h = *header;
    struct suite_session session;
    if (plain.len > ENVELOPE_PLAIN_BYTES_MAX)
        return fail(ERR_TOO_LARGE, "batch of %zu bytes", plain.len);
    TRY(choose_keys(keys, &h, &sender, &recipient));
    struct str form = choose_form(a, &h, plain);
    struct suite *suite = keyring_suite(keys, h.suite);
    TRY(suite->ops->offer(suite, random, recipient, h.ephemeral, &session));

    struct buf out;
    buf_init(&out, a);
    envelope_put_header(&out, &h);
    size_t header_len = out.len;
    size_t body_len = form.len + ENVELOPE_TAG_BYTES + ENVELOPE_SIGNATURE_BYTES;
    if (header_len + body_len > ENVELOPE_BYTES_MAX)
        return fail(ERR_TOO_LARGE, "envelope of %zu bytes", header_len + body_len);
    buf_reserve(&out, body_len);
    char *cipher = out.ptr + header_len;
    uint8_t *tag = (uint8_t *)cipher + form.len;
    suite->ops->encrypt(suite, &session, str_make(out.ptr, header_len), form, cipher, tag);
    out.len += form.len + ENVELOPE_TAG_BYTES;
    suite->ops->sign(suite, sender, random, buf_str(&out), tag + ENVELOPE_TAG_BYTES);
    out.len += ENVELOPE_SIGNATURE_BYTES;
    *header = h;
    *out_sealed = buf_str(&out);
    return OK;
}

/* Whose it is and whom it is for, before a single costly operation. */
static enum err find_keys(const struct keyring *keys, const struct envelope_header *h,
                          const struct suite_secret **out_recipient,
                          const struct key_public **out_sender)
{
    const struct suite_secret *recipient = keyring_own(keys, KEY_OPEN, h->recipient_key);
    if (!recipient || recipient->public.suite != h->suite)
        return fail(ERR_INVALID, "sealed for another key");
    const struct key_public *sender = keyring_peer(keys, h->from, KEY_SIGN, h->sender_key);
    if (!sender || sender->suite != h->suite)
        return fail(ERR_FORGED, "no such key of this sender");
    *out_recipient = recipient;
    *out_sender = sender;
    return OK;
}

enum err seal_open(const struct keyring *keys, struct arena *a, struct str sealed,
                   struct envelope_header *out_header, struct str *out_plain)
{
    const struct suite_secret *recipient = NULL;
    const struct key_public *sender = NULL;
    struct envelope_header h;
    struct envelope_parts p;
    struct suite_session session;
    ASSERT(keyring_can(keys, KEY_OPEN));
    TRY(envelope_parse(sealed, &h, &p));
    TRY(find_keys(keys, &h, &recipient, &sender));
    struct suite *suite = keyring_suite(keys, h.suite);
    TRY(suite->ops->verify(suite, sender, p.signed_part, p.signature));
    TRY(suite->ops->accept(suite, recipient, h.ephemeral, &session));

    char *form = arena_take_raw(a, h.cipher_len + 1);
    TRY(suite->ops->decrypt(suite, &session, p.header, p.cipher, p.tag, form));
    struct str plain = str_make(form, h.cipher_len);
    if (h.flags & ENVELOPE_COMPRESSED)
        TRY(compress_expand(a, plain, h.plain_len, &plain));
    *out_header = h;
    *out_plain = plain;
    return OK;
}
