#include "edge-agent/agent.h"

#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/config/catalog_load.h"
#include "common/model/catalog.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/os/loop.h"
#include "common/os/process.h"
#include "common/os/random.h"
#include "common/transport/mqtt.h"

#include <stdlib.h>
#include <unistd.h>

#define KEY_BYTES_MAX ((size_t)64 << 10)
#define DATABASE_BUSY_MS 10000
#define HISTORY_MS (INT64_C(35) * 86400000) /* protocol.md 5 */
#define MQTT_INBOX_MAX 64
#define IN_FLIGHT_MAX 16

static const char *in_data(struct agent *g, const char *name)
{
    return str_copy_z(g->arena, str_format(g->arena, "%s/%s", g->settings.data, name));
}

static enum err read_key(struct agent *g, const char *path, struct str *out_pem)
{
    return wrap(file_read(path, KEY_BYTES_MAX, g->arena, out_pem), "key file");
}

static enum err open_keys(struct agent *g)
{
    const struct settings *s = &g->settings;
    const struct str hub = STR("hub");
    struct str pem;
    g->keys = keyring_new();
    TRY(read_key(g, s->sign_key_file, &pem));
    TRY(wrap(keyring_add_own(g->keys, KEY_SIGN, pem), "sign_key_file"));
    TRY(read_key(g, s->open_key_file, &pem));
    TRY(wrap(keyring_add_own(g->keys, KEY_OPEN, pem), "open_key_file"));
    TRY(read_key(g, s->hub_sign_file, &pem));
    TRY(wrap(keyring_add_peer(g->keys, hub, KEY_SIGN, pem), "hub_sign_file"));
    TRY(read_key(g, s->hub_open_file, &pem));
    return wrap(keyring_add_peer(g->keys, hub, KEY_OPEN, pem), "hub_open_file");
}

/* How often this agent was started: lets the hub tell a restart from a bad line. */
static uint64_t count_boot(struct agent *g)
{
    struct str text = STR("");
    uint64_t boot = 0;
    if (file_read(in_data(g, "boot"), 64, g->arena, &text) != OK ||
        !str_to_u64(str_trim(text), &boot))
        boot = 0;
    boot++;
    if (file_replace(in_data(g, "boot"), str_format(g->arena, "%llu\n", (unsigned long long)boot),
                     0600) != OK)
        LOG_FAILURE(WARN, "boot.uncounted", ERR_IO);
    return boot;
}

/* The retained state of this site: with the reason when its stream has stopped (protocol.md 5),
 * which nobody at the hub could see otherwise. */
static const char *state_text(struct agent *g)
{
    struct str stopped = g->state.stopped;
    return str_copy_z(
        g->arena,
        str_format(g->arena, "{\"online\":true,\"version\":\"%s\",\"boot\":%llu%s" STR_FMT "%s}",
                   QQ_VERSION, (unsigned long long)g->boot, stopped.len ? ",\"stopped\":\"" : "",
                   STR_ARG(stopped), stopped.len ? "\"" : ""));
}

static void tell_state(struct agent *g)
{
    if (str_equal(g->told, g->state.stopped))
        return;
    g->told = g->state.stopped;
    mqtt_say(g->transport, state_text(g));
}

static enum err open_transport(struct agent *g)
{
    const struct settings *s = &g->settings;
    presence_init(&g->presence, random_real());
    g->boot = count_boot(g);
    return mqtt_open(&(struct mqtt_options){.url = s->broker_url,
                                            .client_id = s->site,
                                            .ca_file = s->ca_file,
                                            .cert_file = s->tls_cert_file,
                                            .key_file = s->tls_key_file,
                                            .county = s->county,
                                            .site = s->site,
                                            .state_text = state_text(g),
                                            .watch = &g->presence.watch,
                                            .inbox_max = MQTT_INBOX_MAX,
                                            .in_flight_max = IN_FLIGHT_MAX,
                                            .clock = clock_real(),
                                            .random = random_real()},
                     &g->transport);
}

static enum err open_link(struct agent *g)
{
    struct str url =
        str_format(g->arena, "sqlite:" STR_FMT, STR_ARG(str_of(in_data(g, "agent.db"))));
    TRY(db_open(url, DATABASE_BUSY_MS, &g->db));
    TRY(link_open(&(struct link_options){.db = g->db,
                                         .self = str_of(g->settings.site),
                                         .county = str_of(g->settings.county),
                                         .keys = g->keys,
                                         .transport = g->transport,
                                         .clock = clock_real(),
                                         .random = random_real(),
                                         .catalog = g->catalog->hash,
                                         .history_ms = HISTORY_MS,
                                         .anchor_path = in_data(g, "anchor")},
                  &g->link));
    g->presence.link = g->link;
    TRY(ledger_open(g->db, &g->ledger));
    g->page = (struct page){.db = g->db,
                            .ledger = g->ledger,
                            .link = g->link,
                            .catalog = g->catalog,
                            .clock = clock_real(),
                            .site = g->settings.site,
                            .drop_folder = g->settings.drop,
                            .data_folder = g->settings.data};
    page_init(&g->page);
    return OK;
}

static enum err open_intake(struct agent *g)
{
    TRY(drop_open(g->settings.drop, g->settings.settle_ms, clock_real(), &g->drop));
    outbox_sink_init(&g->sink, g->link);
    TRY(self_check_open(g->db, g->catalog, OWN_ROWS_MAX, &g->self));
    g->import = import_new(&(struct import_options){.db = g->db,
                                                    .ledger = g->ledger,
                                                    .sink = &g->sink.sink,
                                                    .own = self_check_rows(g->self),
                                                    .catalog = g->catalog,
                                                    .clock = clock_real(),
                                                    .random = random_real(),
                                                    .drop_folder = g->settings.drop});
    return import_recover(g->import);
}

static void watch(struct agent *g, int descriptor)
{
    enum err e = descriptor >= 0 ? loop_watch(g->loop, descriptor) : OK;
    if (e != OK)
        LOG_FAILURE(WARN, "watch.failed", e); /* everything is looked at by time as well */
}

static enum err open_service(struct agent *g)
{
    TRY(loop_new(&g->loop));
    g->page.state = &g->state;
    TRY(http_server_open(&g->page.app, g->settings.page_address, (int)g->settings.page_port,
                         &g->server));
    watch(g, transport_descriptor(g->transport));
    watch(g, drop_descriptor(g->drop));
    g->uplink = (struct uplink){.drop = g->drop,
                                .import = g->import,
                                .self = g->self,
                                .link = g->link,
                                .clock = clock_real(),
                                .data_folder = g->settings.data,
                                .state = &g->state};
    downlink_init(&g->downlink, g->db, g->ledger, g->link, clock_real());
    g->heartbeat = (struct heartbeat){.db = g->db,
                                      .link = g->link,
                                      .ledger = g->ledger,
                                      .clock = clock_real(),
                                      .state = &g->state,
                                      .catalog = g->catalog->hash,
                                      .every_ms = g->settings.heartbeat_seconds * 1000};
    return OK;
}

/* The page shows the folder to a person, who knows nothing of the working folder of a service. */
static enum err make_drop_folder(struct agent *g)
{
    TRY(file_make_folder(g->settings.drop, 0750));
    char *whole = realpath(g->settings.drop, NULL);
    if (!whole)
        return fail(ERR_IO, "the drop folder has no path");
    g->settings.drop = str_copy_z(g->arena, str_of(whole));
    free(whole);
    return OK;
}

enum err agent_open(const struct settings *settings, enum agent_reach reach, struct arena *a,
                    struct agent *out_agent)
{
    struct agent *g = out_agent;
    *g = (struct agent){.settings = *settings, .arena = a, .lock = -1};
    if (!str_starts(str_of(settings->page_address), STR("127.")))
        return fail(ERR_USAGE,
                    "page_address %s: the page has no log-in and may only be on 127.0.0.1",
                    settings->page_address);
    TRY(catalog_load(settings->catalog, AGENT_CATALOG_BYTES_MAX, &g->catalog));
    TRY(open_keys(g));
    TRY(file_make_folder(settings->data, 0700));
    TRY(wrap(make_drop_folder(g), "drop folder"));
    if (reach != AGENT_ASK)
        TRY(process_lock(in_data(g, "lock"), &g->lock));
    if (reach == AGENT_RUN)
        TRY(open_transport(g));
    TRY(wrap(open_link(g), "database"));
    if (reach != AGENT_ASK)
        TRY(wrap(open_intake(g), "drop folder"));
    return reach == AGENT_RUN ? open_service(g) : OK;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

enum err agent_run(struct agent *g)
{
    LOG(INFO, "agent.started", KV_STR("site", str_of(g->settings.site)),
        KV_STR("version", STR(QQ_VERSION)), KV_I64("page_port", http_server_port(g->server)));
    while (!loop_is_stopping(g->loop)) {
        int64_t sleep_ms = transport_turn(g->transport, clock_monotonic_ms(clock_real()));
        int64_t uplink_ms = 0, heartbeat_ms = 0;
        g->state.is_connected = transport_is_connected(g->transport);
        g->state.is_hub_away = g->presence.is_away;

        bool has_more = downlink_turn(&g->downlink);
        uplink_turn(&g->uplink, &uplink_ms);
        enum err e = heartbeat_turn(&g->heartbeat, &heartbeat_ms);
        if (e != OK)
            LOG_FAILURE(WARN, "heartbeat.failed", e);
        tell_state(g);

        sleep_ms = least(sleep_ms, least(uplink_ms, heartbeat_ms));
        sleep_ms = least(sleep_ms, http_server_turn(g->server, g->loop));
        TRY(loop_wait(g->loop, has_more ? 0 : sleep_ms));
    }
    LOG(INFO, "agent.stopped", KV_STR("site", str_of(g->settings.site)));
    return OK;
}

void agent_close(struct agent *g)
{
    http_server_close(g->server);
    loop_free(g->loop);
    import_free(g->import);
    self_check_close(g->self);
    drop_close(g->drop);
    ledger_close(g->ledger);
    if (g->link)
        link_close(g->link);
    db_close(g->db);
    transport_close(g->transport);
    keyring_free(g->keys);
    catalog_free(g->catalog);
    if (g->lock >= 0)
        close(g->lock);
}
