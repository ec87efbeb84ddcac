#include "central/console/api.h"

#include "central/store/finding_store.h"
#include "central/store/identity_store.h"
#include "central/store/matter_store.h"
#include "central/store/site_store.h"
#include "central/store/supply_store.h"
#include "common/base/arena.h"
#include "common/base/hex.h"
#include "common/model/catalog.h"

#include <stdlib.h>

/* Three heartbeats missed: late; an hour: silent. */
#define LATE_MS INT64_C(180000)
#define SILENT_MS INT64_C(3600000)
/* So many envelopes that did not verify, the last of them within a day, are an alarm (protocol.md
 * 4); so is what a site did not acknowledge for a day. */
#define FORGED_ALARM 3
#define DAY_MS (INT64_C(24) * 3600000)

/* Three facts that must not be taken for one another (protocol.md 12): the line, by the broker's
 * word; the newest merged batch; and by the heartbeat whether the agent lives. */
static const char *state_of(const struct site_row *s, int64_t now_ms)
{
    if (s->heartbeat_ms == 0)
        return "never";
    int64_t age = now_ms - s->heartbeat_ms;
    return age < LATE_MS ? "connected" : age < SILENT_MS ? "late" : "silent";
}

/* What an operator has to look into before anything else; worst first. */
static const char *trouble_of(const struct link_status *s, const struct site_row *site,
                              int64_t now_ms)
{
    if (s->is_twin)
        return "twin";
    if (s->refused.len > 0)
        return "refused";
    if (site->stopped.len > 0)
        return "halted";
    if (s->state == LINK_DIVERGED)
        return "stopped";
    if (s->forged >= FORGED_ALARM && now_ms - s->forged_ms < DAY_MS)
        return "forged";
    return s->oldest_waiting_ms >= DAY_MS ? "stalled" : "";
}

/* The two streams with a site: what came, what was refused beside it, what waits for the site. */
static void put_streams(struct json *o, const struct link_status *s, const struct site_row *site,
                        int64_t now_ms)
{
    json_set_str(o, "trouble", str_of(trouble_of(s, site, now_ms)));
    json_set_str(o, "halted", site->stopped);
    json_set_int(o, "epoch", (int64_t)s->in_epoch);
    json_set_int(o, "up_to_seq", (int64_t)s->in_up_to_seq);
    json_set_int(o, "applied_ms", s->in_applied_ms);
    json_set_int(o, "forged", (int64_t)s->forged);
    if (s->refused.len > 0) {
        struct json *refused = json_set_object(o, "refused");
        json_set_str(refused, "reason", s->refused);
        json_set_int(refused, "epoch", (int64_t)s->refused_epoch);
        json_set_int(refused, "seq", (int64_t)s->refused_seq);
        json_set_int(refused, "count", (int64_t)s->refused_count);
        json_set_int(refused, "at_ms", s->refused_ms);
    }
    struct json *down = json_set_object(o, "down");
    json_set_int(down, "waiting", (int64_t)s->waiting_items);
    json_set_int(down, "oldest_ms", s->oldest_waiting_ms);
    json_set_str(down, "stopped", s->reason);
}

static void put_facts(struct json *o, const struct site_row *s, int64_t now_ms)
{
    json_set_str(o, "id", s->id);
    json_set_str(o, "name", s->name);
    json_set_str(o, "kind", s->kind);
    json_set_str(o, "state", str_of(state_of(s, now_ms)));
    json_set_str(o, "line",
                 str_of(s->state_ms == 0 ? "never"
                        : s->is_online   ? "online"
                                         : "offline"));
    json_set_int(o, "line_since_ms", s->state_ms);
    json_set_int(o, "starts", s->boot);
    json_set_int(o, "merged_ms", s->acked_ms);
    json_set_int(o, "lag_ms", s->lag_ms);
    json_set_str(o, "version", s->version);
    json_set_int(o, "last_contact_ms", s->heartbeat_ms);
    json_set_int(o, "waiting_rows", s->waiting_rows);
    json_set_int(o, "accepted", s->accepted);
    json_set_int(o, "rejected", s->rejected);
    json_set_int(o, "merged", s->merged);
    json_set_int(o, "duplicate", s->duplicate);
    json_set_int(o, "quarantined", s->quarantined);
}

static void put_name(const struct console *c, struct json *o, struct str dataset)
{
    const struct dataset *d = catalog_dataset(c->options.store->catalog, dataset);
    json_set_str(o, "id", dataset);
    json_set_str(o, "zh", d ? d->zh : dataset);
    json_set_str(o, "en", d ? d->en : dataset);
}

/* Of the datasets a site supplies, the one that was not renewed for longest. */
static void put_oldest(const struct console *c, struct json *o, struct str site,
                       const struct supply_row *rows, size_t count)
{
    const struct supply_row *oldest = NULL;
    int64_t datasets = 0;
    for (size_t i = 0; i < count; i++) {
        if (!str_equal(rows[i].site, site))
            continue;
        datasets++;
        if (!oldest || rows[i].last_ms < oldest->last_ms)
            oldest = &rows[i];
    }
    json_set_int(o, "datasets", datasets);
    if (!oldest)
        return;
    struct json *one = json_set_object(o, "oldest");
    put_name(c, one, oldest->dataset);
    json_set_int(one, "last_ms", oldest->last_ms);
}

static enum err put_site(struct console *c, struct arena *a, struct json *o,
                         const struct site_row *s)
{
    int64_t now_ms = clock_wall_ms(c->options.clock);
    struct link_status streams;
    TRY(link_status(c->options.link, s->id, a, &streams));
    put_facts(o, s, now_ms);
    put_streams(json_set_object(o, "stream"), &streams, s, now_ms);
    return OK;
}

static enum err put_all(struct console *c, struct arena *a, struct json *items)
{
    struct site_row *rows;
    struct supply_row *supplies;
    size_t count;
    size_t supply_count;
    TRY(site_store_list(c->options.store, a, &rows, &count));
    TRY(supply_store_list(c->options.store, a, STR_NONE, STR_NONE, &supplies, &supply_count));
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(items);
        TRY(put_site(c, a, o, &rows[i]));
        put_oldest(c, o, rows[i].id, supplies, supply_count);
    }
    return OK;
}

void api_sites(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct json *root = json_new_object();
    enum err e = put_all(api_console(app), r->arena, json_set_array(root, "items"));
    if (e == OK) {
        api_answer(r, response, root);
        return;
    }
    json_free(root);
    api_fail(r, response, e);
}

static int by_age(const void *a, const void *b)
{
    const struct supply_row *x = a;
    const struct supply_row *y = b;
    return x->last_ms < y->last_ms ? -1 : x->last_ms > y->last_ms;
}

/* Whether the declaration that ran there is the one in force here: "same", "other", or "none" when
 * the hub has no rule of that id. */
static const char *compare_rule(const struct rule *ours, const struct site_self_check *theirs)
{
    if (!ours)
        return "none";
    return hash_equal(&ours->hash, &theirs->hash) ? "same" : "other";
}

static enum err put_self_checks(struct console *c, struct arena *a, struct str site,
                                struct json *list)
{
    struct site_self_check *rows;
    size_t count;
    TRY(site_store_self_checks(c->options.store, a, site, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct rule *ours = api_rule(c, rows[i].rule);
        struct json *o = json_add_object(list);
        json_set_str(o, "id", rows[i].rule);
        json_set_str(o, "zh", ours ? ours->zh : rows[i].rule);
        json_set_str(o, "en", ours ? ours->en : rows[i].rule);
        json_set_str(o, "declaration", str_of(compare_rule(ours, &rows[i])));
        json_set_int(o, "version", rows[i].version);
        json_set_str(o, "hash", hex_encode(a, hash_str(&rows[i].hash)));
        json_set_int(o, "rows", rows[i].rows);
        json_set_int(o, "hits", rows[i].hits);
        json_set_str(o, "why", rows[i].why);
        json_set_int(o, "at_ms", rows[i].at_ms);
    }
    return OK;
}

static enum err put_one(struct console *c, struct arena *a, struct str id, struct json *root)
{
    struct site_row *sites;
    struct supply_row *rows;
    size_t count;
    size_t at = 0;
    TRY(site_store_list(c->options.store, a, &sites, &count));
    while (at < count && !str_equal(sites[at].id, id))
        at++;
    if (at == count)
        return fail(ERR_MISSING, "no such site");
    TRY(put_site(c, a, root, &sites[at]));
    TRY(supply_store_list(c->options.store, a, STR_NONE, id, &rows, &count));
    if (count)
        qsort(rows, count, sizeof *rows, by_age);
    struct json *datasets = json_set_array(root, "datasets");
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(datasets);
        put_name(c, o, rows[i].dataset);
        api_put_supply(o, &rows[i]);
    }
    return put_self_checks(c, a, id, json_set_array(root, "self_checks"));
}

/* One site: its line, its newest batch, and each of its datasets, the oldest first. */
void api_site(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct json *root = json_new_object();
    enum err e = put_one(api_console(app), r->arena, r->params[0], root);
    if (e == OK) {
        api_answer(r, response, root);
        return;
    }
    json_free(root);
    api_fail(r, response, e);
}

static enum err put_findings(struct console *c, const struct http_request *r, struct json *findings)
{
    int64_t total = 0;
    TRY(finding_store_present(c->options.store, &total));
    json_set_int(findings, "total", total);
    return api_put_rules(c, r->arena, json_set_array(findings, "rules"));
}

static enum err put_sites(struct console *c, const struct http_request *r, struct json *root)
{
    struct site_row *rows;
    size_t count;
    int64_t connected = 0;
    int64_t merged = 0;
    int64_t duplicate = 0;
    int64_t quarantined = 0;
    TRY(site_store_list(c->options.store, r->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        connected += str_equal(str_of(state_of(&rows[i], clock_wall_ms(c->options.clock))),
                               STR("connected"));
        merged += rows[i].merged;
        duplicate += rows[i].duplicate;
        quarantined += rows[i].quarantined;
    }
    struct json *sites = json_set_object(root, "sites");
    json_set_int(sites, "total", (int64_t)count);
    json_set_int(sites, "connected", connected);
    struct json *counts = json_set_object(root, "rows");
    json_set_int(counts, "merged", merged);
    json_set_int(counts, "duplicate", duplicate);
    json_set_int(counts, "quarantined", quarantined);
    return OK;
}

void api_overview(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    struct console *c = api_console(app);
    struct matter_counts m;
    int64_t identities;
    struct json *root = json_new_object();
    enum err e = put_sites(c, r, root);
    if (e == OK)
        e = put_findings(c, r, json_set_object(root, "findings"));
    if (e == OK)
        e = matter_store_counts(c->options.store, &m);
    if (e == OK)
        e = identity_store_count_open(c->options.store, &identities);
    if (e != OK) {
        json_free(root);
        api_fail(r, response, e);
        return;
    }
    json_set_int(root, "identities", identities);
    struct json *prompts = json_set_object(root, "prompts");
    json_set_int(prompts, "sent", m.sent);
    json_set_int(prompts, "delivered", m.delivered);
    json_set_int(prompts, "read", m.read);
    json_set_int(prompts, "signed", m.signed_for);
    json_set_int(prompts, "answered", m.answered);
    api_answer(r, response, root);
}
