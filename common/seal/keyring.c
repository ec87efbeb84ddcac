#include "common/seal/keyring.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/map.h"
#include "common/seal/keyring_inside.h"

#include <string.h>

#define SUITES_MAX 4
#define USES 2

/* Lists, newest first: secrets never move, so wiping them leaves no copy behind. */
struct own_key {
    struct own_key *older;
    struct suite_secret secret;
};

struct peer_key {
    struct peer_key *older;
    struct key_public public;
};

struct peer {
    struct peer_key *keys[USES];
};

struct keyring {
    struct arena *arena;
    struct suite *suites[SUITES_MAX];
    size_t suite_count;
    struct own_key *own[USES];
    struct map peers; /* party → struct peer */
};

struct keyring *keyring_new(void)
{
    struct arena *a = arena_new(SIZE_MAX / 2);
    struct keyring *k = NEW(a, struct keyring);
    k->arena = a;
    map_init(&k->peers, a);
    keyring_add_suite(k, &suite_p256);
    return k;
}

void keyring_free(struct keyring *k)
{
    if (!k)
        return;
    for (size_t use = 0; use < USES; use++)
        for (struct own_key *own = k->own[use]; own; own = own->older)
            suite_wipe(&own->secret, sizeof own->secret);
    for (size_t i = 0; i < k->suite_count; i++)
        k->suites[i]->ops->free(k->suites[i]);
    arena_free(k->arena);
}

void keyring_add_suite(struct keyring *k, const struct suite_ops *ops)
{
    ASSERT(k->suite_count < SUITES_MAX);
    ASSERT(keyring_suite(k, ops->id) == NULL);
    k->suites[k->suite_count++] = ops->make(k->arena);
}

struct suite *keyring_suite(const struct keyring *k, uint8_t suite)
{
    for (size_t i = 0; i < k->suite_count; i++)
        if (k->suites[i]->ops->id == suite)
            return k->suites[i];
    return NULL;
}

static bool is_id(const struct key_public *key, const uint8_t *id)
{
    return !id || memcmp(key->id, id, ENVELOPE_KEY_ID_BYTES) == 0;
}

const struct suite_secret *keyring_own(const struct keyring *k, enum key_use use, const uint8_t *id)
{
    for (const struct own_key *own = k->own[use]; own; own = own->older)
        if (is_id(&own->secret.public, id))
            return &own->secret;
    return NULL;
}

const struct key_public *keyring_peer(const struct keyring *k, struct str party, enum key_use use,
                                      const uint8_t *id)
{
    const struct peer *peer = map_get(&k->peers, party);
    for (const struct peer_key *key = peer ? peer->keys[use] : NULL; key; key = key->older)
        if (is_id(&key->public, id))
            return &key->public;
    return NULL;
}

bool keyring_can(const struct keyring *k, enum key_use use)
{
    return k->own[use] != NULL;
}

enum err keyring_add_own(struct keyring *k, enum key_use use, struct str pem)
{
    struct own_key *own = NEW(k->arena, struct own_key);
    enum err e = fail(ERR_MALFORMED, "a key of no known suite");
    for (size_t i = 0; i < k->suite_count && e != OK; i++)
        e = k->suites[i]->ops->read_secret(k->suites[i], pem, &own->secret);
    TRY(e);
    if (keyring_own(k, use, own->secret.public.id)) {
        suite_wipe(&own->secret, sizeof own->secret);
        return fail(ERR_EXISTS, "the keyring has this key");
    }
    own->older = k->own[use];
    k->own[use] = own;
    return OK;
}

static struct peer *peer_of(struct keyring *k, struct str party)
{
    const struct peer *known = map_get(&k->peers, party);
    if (known)
        return (struct peer *)(uintptr_t)known; /* the map lends const; the peer is ours */
    struct peer *peer = NEW(k->arena, struct peer);
    map_put(&k->peers, str_copy(k->arena, party), peer);
    return peer;
}

enum err keyring_add_peer(struct keyring *k, struct str party, enum key_use use, struct str pem)
{
    struct key_public public;
    enum err e = fail(ERR_MALFORMED, "a key of no known suite");
    for (size_t i = 0; i < k->suite_count && e != OK; i++)
        e = k->suites[i]->ops->read_public(k->suites[i], pem, &public);
    TRY(e);
    if (keyring_peer(k, party, use, public.id))
        return fail(ERR_EXISTS, "the keyring has this key");
    struct peer *peer = peer_of(k, party);
    struct peer_key *key = NEW(k->arena, struct peer_key);
    *key = (struct peer_key){peer->keys[use], public};
    peer->keys[use] = key;
    return OK;
}

void keyring_revoke(struct keyring *k, struct str party)
{
    *peer_of(k, party) = (struct peer){0};
}

enum err keyring_generate(uint8_t suite, struct random *random, struct arena *a,
                          struct str *out_private_pem, struct str *out_public_pem)
{
    const struct suite_ops *ops = suite_find(suite);
    if (!ops)
        return fail(ERR_INVALID, "no suite %u", (unsigned)suite);
    return suite_generate(ops, random, a, out_private_pem, out_public_pem);
}
