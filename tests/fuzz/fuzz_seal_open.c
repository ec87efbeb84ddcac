/* Any bytes to the hub's front door: refused. And the same bytes as a batch that a site really
 * sealed, so that what stands behind the signature is reached too. */
#include "common/seal/seal.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/seal/suite.h"

static struct keyring *site, *hub;
static struct seeded_random seeded;

static void give_keys(struct arena *a, struct keyring *own, struct keyring *other, enum key_use use,
                      struct str party)
{
    struct str secret, public;
    ASSERT(keyring_generate(SUITE_P256, &seeded.random, a, &secret, &public) == OK);
    ASSERT(keyring_add_own(own, use, secret) == OK);
    ASSERT(keyring_add_peer(other, party, use, public) == OK);
}

static void setup(void)
{
    struct arena *a = arena_new((size_t)1 << 20);
    seeded_random_init(&seeded, 1);
    site = keyring_new();
    hub = keyring_new();
    give_keys(a, site, hub, KEY_SIGN, STR("t07"));
    give_keys(a, hub, site, KEY_OPEN, STR("hub"));
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct envelope_header h = {.from = STR("t07"), .to = STR("hub"), .seq = 1};
    struct str bytes = str_make(data, size), sealed, plain;
    if (!site)
        setup();
    ASSERT(seal_open(hub, a, bytes, &h, &plain) != OK);
    h = (struct envelope_header){.from = STR("t07"), .to = STR("hub"), .seq = 1};
    if (seal_close(site, &seeded.random, a, &h, bytes, &sealed) == OK) {
        ASSERT(seal_open(hub, a, sealed, &h, &plain) == OK);
        ASSERT(str_equal(plain, bytes));
    }
    arena_free(a);
    return 0;
}
