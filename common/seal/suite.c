#include "common/seal/suite.h"

#include "common/base/check.h"

#include <string.h>

/* The list of suites: a new one is a file and a row. */
static const struct suite_ops *const suites[] = {&suite_p256};

const struct suite_ops *suite_find(uint8_t id)
{
    for (size_t i = 0; i < COUNT_OF(suites); i++)
        if (suites[i]->id == id)
            return suites[i];
    return NULL;
}

void suite_name_key(struct key_public *key)
{
    struct hash h = sha256_of(str_make(key->point, ENVELOPE_POINT_BYTES));
    memcpy(key->id, h.bytes, ENVELOPE_KEY_ID_BYTES);
}

void suite_wipe(void *bytes, size_t len)
{
    explicit_bzero(bytes, len);
}

enum err suite_generate(const struct suite_ops *ops, struct random *random, struct arena *a,
                        struct str *out_private_pem, struct str *out_public_pem)
{
    struct suite_secret secret;
    struct suite *s = ops->make(a);
    enum err e = ops->generate(s, random, &secret);
    if (e == OK) {
        *out_private_pem = ops->write_secret(s, a, &secret);
        *out_public_pem = ops->write_public(s, a, &secret.public);
    }
    suite_wipe(&secret, sizeof secret);
    ops->free(s);
    return e;
}
