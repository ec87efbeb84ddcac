/* hub.h — what every role opens: catalog, rules, database and store, the register of sites, its own
 * keys and nobody else's.
 *
 * Owns:     all of it; hub_close in reverse.
 * Threads:  the loop thread.
 * Fails:    errors of what it opens, with a layer that says which.
 * Limits:   HUB_SITES_MAX sites.
 * Promise:  a role is given the keys it needs and no others: intake opens, dispatch signs, the rest
 * hold none. The command `evidence export` takes the signing key for itself. */
#ifndef QQ_ROLES_HUB_H
#define QQ_ROLES_HUB_H

#include "central/lab/library.h"
#include "central/roles/settings.h"
#include "central/roles/states.h"
#include "central/store/store.h"
#include "common/os/file.h"
#include "common/rules/rule.h"
#include "common/seal/keyring.h"
#include "common/spool/link.h"

#define HUB_SITES_MAX 20000

enum hub_role { HUB_INTAKE, HUB_ANALYSIS, HUB_DISPATCH, HUB_CONSOLE, HUB_ADMIN };

struct hub_site {
    struct str id, unit_code, name, kind, sign_pub, open_pub; /* the last two: paths */
    bool is_revoked;
};

struct hub {
    struct arena *arena;
    struct settings settings;
    int32_t today;
    struct catalog *catalog;
    const struct rule **catalog_rules;
    size_t catalog_rule_count;
    struct library library;          /* those and the published ones … */
    const struct rule *const *rules; /* … as they stand there */
    size_t rule_count;
    struct db *db;
    struct store *store;
    struct keyring *keys;
    struct transport *transport;
    struct link *link;
    struct arena *register_arena; /* holds what follows */
    struct hub_site *sites;
    size_t site_count;
    struct file_info register_seen;
    int64_t register_look_ms;
    enum hub_role role;
    struct states *states; /* of intake: what the broker says of the sites */
};

MUST_USE enum err hub_open(const struct settings *settings, enum hub_role role, struct arena *a,
                           struct hub *out_hub);
void hub_close(struct hub *h);
/* Takes up what was published or taken out since; the rules of before are gone then. */
MUST_USE enum err hub_watch_rules(struct hub *h, bool *out_is_other);
/* The register file. */
MUST_USE enum err hub_read_sites(struct hub *h);
/* Reads it again when it changed, looking at most once a second: a site that was revoked is refused
 * from then on, a new one is known. A file that cannot be read leaves everything as it was; a site
 * whose key cannot be read stays as it was, alone. Either is tried again. */
void hub_watch_sites(struct hub *h);

#endif
