#include "common/seal/signature.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/hex.h"
#include "common/seal/keyring_inside.h"

#define SIGNER STR("signer")

static struct str signed_text(struct arena *a, struct str kind, struct str text)
{
    return str_format(a, STR_FMT "\n" STR_FMT, STR_ARG(kind), STR_ARG(text));
}

void signature_make(const struct keyring *keys, struct random *random, struct arena *a,
                    struct str kind, struct str text, struct signature *out_signature)
{
    const struct suite_secret *own = keyring_own(keys, KEY_SIGN, NULL);
    ASSERT(own != NULL);
    struct suite *suite = keyring_suite(keys, own->public.suite);
    out_signature->suite = str_of(suite->ops->name);
    out_signature->key = suite->ops->write_public(suite, a, &own->public);
    suite->ops->sign(suite, own, random, signed_text(a, kind, text), out_signature->value);
}

/* The caller frees the keyring, also after an error. */
static enum err read_key(struct keyring *k, struct str pem, const struct key_public **out_key,
                         struct suite **out_suite)
{
    TRY(keyring_add_peer(k, SIGNER, KEY_SIGN, pem));
    *out_key = keyring_peer(k, SIGNER, KEY_SIGN, NULL);
    *out_suite = keyring_suite(k, (*out_key)->suite);
    return OK;
}

enum err signature_verify(struct arena *a, struct str kind, struct str text,
                          const struct signature *s)
{
    const struct key_public *key;
    struct suite *suite;
    struct keyring *k = keyring_new();
    enum err e = read_key(k, s->key, &key, &suite);
    if (e == OK)
        e = suite->ops->verify(suite, key, signed_text(a, kind, text),
                               str_make(s->value, sizeof s->value));
    keyring_free(k);
    return e;
}

enum err signature_key(struct arena *a, struct str pem, struct signature_key *out_key)
{
    const struct key_public *key;
    struct suite *suite;
    struct keyring *k = keyring_new();
    enum err e = read_key(k, pem, &key, &suite);
    if (e == OK)
        *out_key = (struct signature_key){suite->ops->write_public(suite, a, key),
                                          str_of(suite->ops->name),
                                          hex_encode(a, str_make(key->id, sizeof key->id))};
    keyring_free(k);
    return e;
}
