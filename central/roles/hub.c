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
#define IN_FLIGHT_MAX 64

static enum err load_catalog(struct hub *h)
{
    struct problem_list problems;
    TRY(catalog_load(h->settings.catalog, CATALOG_BYTES_MAX_HERE, &h->catalog));
    problem_list_init(&problems, h->arena, 100);
    if (rule_load_all(h->arena, h->catalog, &problems, &h->rules, &h->rule_count))
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

static enum err add_own(struct hub *h, enum key_use use, const char *path)
{
    struct str pem;
    TRY(file_read(path, KEY_BYTES_MAX, h->arena, &pem));
    return keyring_add_own(h->keys, use, pem);
}

/* Intake verifies what sites sign, dispatch seals what they open. A revoked site gets no key, so
 * nothing of it verifies. */
static enum err add_peers(struct hub *h, enum key_use use)
{
    for (size_t i = 0; i < h->site_count; i++) {
        const struct hub_site *s = &h->sites[i];
        struct str pem;
        if (s->is_revoked)
            continue;
        TRY(wrap(file_read(str_copy_z(h->arena, use == KEY_SIGN ? s->sign_pub : s->open_pub),
                           KEY_BYTES_MAX, h->arena, &pem),
                 "site " STR_FMT, STR_ARG(s->id)));
        TRY(wrap(keyring_add_peer(h->keys, s->id, use, pem), "site " STR_FMT, STR_ARG(s->id)));
    }
    return OK;
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

static enum err open_transport(struct hub *h, enum hub_role role)
{
    bool is_intake = role == HUB_INTAKE;
    const struct settings *s = &h->settings;
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
                                            .inbox_max = INBOX_MAX,
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
    if (e != OK) {
        db_rollback(h->db);
        return e;
    }
    return db_commit(h->db);
}

enum err hub_open(const struct settings *settings, enum hub_role role, struct arena *a,
                  struct hub *out_hub)
{
    struct hub *h = out_hub;
    *h = (struct hub){.arena = a, .settings = *settings};
    TRY(settings_today(settings, &h->today));
    TRY(wrap(load_catalog(h), "catalog"));
    TRY(wrap(open_database(h), "database"));
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
    keyring_free(h->keys);
    store_close(h->store);
    db_close(h->db);
    catalog_free(h->catalog);
}
