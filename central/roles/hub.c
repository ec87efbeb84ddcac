#include "central/roles/hub.h"

#include "central/store/site_store.h"
#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/config/catalog_load.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/os/random.h"
#include "common/transport/mqtt.h"

#define CATALOG_BYTES_MAX_HERE ((size_t)64 * 1024 * 1024)
#define KEY_BYTES_MAX ((size_t)64 * 1024)
#define DATABASE_BUSY_MS 60000
#define HISTORY_MS (INT64_C(35) * 86400000)
#define INBOX_MAX 4096
#define INBOX_BYTES_MAX ((size_t)512 * 1024 * 1024)
#define IN_FLIGHT_MAX 64
#define REGISTER_LOOK_MS 1000
#define REGISTER_AGAIN_MS 10000 /* after a failure */
#define SITES_A_SECOND 50
#define SPREAD_MAX_SECONDS 300

static enum err load_catalog(struct hub *h)
{
    struct problem_list problems;
    TRY(catalog_load(h->settings.catalog, CATALOG_BYTES_MAX_HERE, &h->catalog));
    problem_list_init(&problems, h->arena, 100);
    if (rule_load_all(h->arena, h->catalog, &problems, &h->catalog_rules, &h->catalog_rule_count))
        return OK;
    for (size_t i = 0; i < problems.items.count; i++)
        LOG(ERROR, "rule.faulty", KV_STR("where", problem_format(h->arena, &problems.items.at[i])));
    return fail(ERR_INVALID, "%zu faults in the rules", problems.errors);
}

static enum err open_database(struct hub *h)
{
    TRY(file_make_folder(h->settings.data, 0700));
    TRY(db_open(str_format(h->arena, "sqlite:%s/hub.db", h->settings.data), DATABASE_BUSY_MS,
                &h->db));
    return store_open(h->db, h->catalog, &h->store);
}

enum err hub_watch_rules(struct hub *h, bool *out_is_other)
{
    TRY(library_refresh(&h->library, out_is_other));
    h->rules = h->library.rules;
    h->rule_count = h->library.count;
    return OK;
}

static enum err open_rules(struct hub *h)
{
    bool is_other;
    library_init(&h->library, h->store, h->catalog_rules, h->catalog_rule_count);
    return hub_watch_rules(h, &is_other);
}

static enum err add_own(struct hub *h, enum key_use use, const char *path)
{
    struct str pem;
    TRY(file_read(path, KEY_BYTES_MAX, h->arena, &pem));
    return keyring_add_own(h->keys, use, pem);
}

static enum err add_peer(struct hub *h, const struct hub_site *s, enum key_use use)
{
    struct str pem;
    const char *path = str_copy_z(h->register_arena, use == KEY_SIGN ? s->sign_pub : s->open_pub);
    TRY(file_read(path, KEY_BYTES_MAX, h->register_arena, &pem));
    enum err e = keyring_add_peer(h->keys, s->id, use, pem);
    return e == ERR_EXISTS ? OK : e; /* known before the register changed */
}

/* Intake verifies what sites sign, dispatch seals what they open. A revoked site gets no key, so
 * nothing of it verifies. Revocations come first, and a site whose key cannot be read holds up
 * nobody else; the first such failure is handed up in the end. */
static enum err add_peers(struct hub *h, enum key_use use)
{
    enum err first = OK;
    for (size_t i = 0; i < h->site_count; i++)
        if (h->sites[i].is_revoked)
            keyring_revoke(h->keys, h->sites[i].id);
    for (size_t i = 0; i < h->site_count; i++) {
        const struct hub_site *s = &h->sites[i];
        enum err e = s->is_revoked ? OK : add_peer(h, s, use);
        if (e == OK)
            continue;
        LOG(ERROR, "site.keyless", KV_STR("site", s->id), KV_STR("err", str_of(err_name(e))),
            KV_STR("note", str_of(err_note())));
        if (first == OK)
            first = e;
    }
    return first;
}

static enum err open_keys(struct hub *h, enum hub_role role)
{
    h->keys = keyring_new();
    if (role == HUB_INTAKE) {
        TRY(wrap(add_own(h, KEY_OPEN, h->settings.intake_open_key_file), "intake_open_key_file"));
        return add_peers(h, KEY_SIGN);
    }
    if (role == HUB_DISPATCH) {
        TRY(wrap(add_own(h, KEY_SIGN, h->settings.dispatch_sign_key_file),
                 "dispatch_sign_key_file"));
        return add_peers(h, KEY_OPEN);
    }
    return OK;
}

/* Sites that find the hub back after an outage come again spread over so many seconds. */
static int64_t spread_seconds(size_t sites)
{
    size_t s = sites / SITES_A_SECOND;
    return s < 1 ? 1 : s > SPREAD_MAX_SECONDS ? SPREAD_MAX_SECONDS : (int64_t)s;
}

static enum err open_transport(struct hub *h, enum hub_role role)
{
    bool is_intake = role == HUB_INTAKE;
    const struct settings *s = &h->settings;
    struct str state =
        str_format(h->arena, "{\"online\":true,\"version\":\"%s\",\"spread_s\":%lld}", QQ_VERSION,
                   (long long)spread_seconds(h->site_count));
    if (is_intake) {
        h->states = NEW(h->arena, struct states);
        states_init(h->states, h->store, clock_real());
    }
    return mqtt_open(&(struct mqtt_options){.url = s->broker_url,
                                            .client_id = is_intake ? "hub-intake" : "hub-dispatch",
                                            .ca_file = s->ca_file,
                                            .cert_file = is_intake ? s->intake_tls_cert_file
                                                                   : s->dispatch_tls_cert_file,
                                            .key_file = is_intake ? s->intake_tls_key_file
                                                                  : s->dispatch_tls_key_file,
                                            .county = s->county,
                                            .is_intake = is_intake,
                                            .is_dispatch = !is_intake,
                                            .state_text = str_copy_z(h->arena, state),
                                            .watch = is_intake ? &h->states->watch : NULL,
                                            .inbox_max = INBOX_MAX,
                                            .inbox_bytes_max = INBOX_BYTES_MAX,
                                            .in_flight_max = IN_FLIGHT_MAX,
                                            .clock = clock_real(),
                                            .random = random_real()},
                     &h->transport);
}

static enum err register_sites(struct hub *h)
{
    TRY(db_begin(h->db));
    enum err e = OK;
    for (size_t i = 0; i < h->site_count && e == OK; i++)
        e = site_store_put(h->store, &(struct site_entry){h->sites[i].id, h->sites[i].unit_code,
                                                          h->sites[i].name, h->sites[i].kind});
    return db_end(h->db, e);
}

void hub_watch_sites(struct hub *h)
{
    int64_t now_ms = clock_monotonic_ms(clock_real());
    struct file_info info;
    if (now_ms < h->register_look_ms)
        return;
    h->register_look_ms = now_ms + REGISTER_LOOK_MS;
    if (file_stat(h->settings.sites_file, &info) != OK ||
        (info.modified_ns == h->register_seen.modified_ns && info.inode == h->register_seen.inode &&
         info.size_bytes == h->register_seen.size_bytes))
        return;
    enum err e = hub_read_sites(h);
    if (e == OK) {
        e = add_peers(h, h->role == HUB_INTAKE ? KEY_SIGN : KEY_OPEN);
        enum err written = h->role == HUB_INTAKE ? register_sites(h) : OK;
        e = e == OK ? written : e;
    }
    if (e == OK) {
        LOG(INFO, "register.read", KV_I64("sites", h->site_count));
        return;
    }
    LOG_FAILURE(ERROR, "register.unread", e);
    h->register_seen = (struct file_info){0}; /* looked at again, changed or not */
    h->register_look_ms = now_ms + REGISTER_AGAIN_MS;
}

enum err hub_open(const struct settings *settings, enum hub_role role, struct arena *a,
                  struct hub *out_hub)
{
    struct hub *h = out_hub;
    *h = (struct hub){.arena = a, .settings = *settings, .role = role};
    TRY(settings_today(settings, &h->today));
    TRY(wrap(load_catalog(h), "catalog"));
    TRY(wrap(open_database(h), "database"));
    TRY(open_rules(h));
    TRY(wrap(hub_read_sites(h), "sites_file"));
    TRY(open_keys(h, role));
    if (role == HUB_INTAKE)
        TRY(register_sites(h));
    if (role == HUB_INTAKE || role == HUB_DISPATCH)
        TRY(wrap(open_transport(h, role), "broker"));
    return wrap(link_open(&(struct link_options){.db = h->db,
                                                 .self = STR("hub"),
                                                 .county = str_of(settings->county),
                                                 .keys = h->keys,
                                                 .transport = h->transport,
                                                 .clock = clock_real(),
                                                 .random = random_real(),
                                                 .catalog = h->catalog->hash,
                                                 .history_ms = HISTORY_MS},
                          &h->link),
                "link");
}

void hub_close(struct hub *h)
{
    link_close(h->link);
    transport_close(h->transport);
    if (h->states)
        states_done(h->states);
    if (h->register_arena)
        arena_free(h->register_arena);
    keyring_free(h->keys);
    library_done(&h->library);
    store_close(h->store);
    db_close(h->db);
    catalog_free(h->catalog);
}
