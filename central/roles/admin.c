#include "central/roles/open_data.h"
#include "central/roles/roles.h"

#include "central/analysis/analysis.h"
#include "central/intake/intake.h"
#include "central/roles/direct.h"
#include "central/store/change_store.h"
#include "central/store/finding_store.h"
#include "central/store/matter_store.h"
#include "central/store/record_store.h"
#include "central/store/site_store.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/date.h"
#include "common/json/json.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/os/random.h"
#include "common/seal/password.h"

#include <stdio.h>

#define CHINA_MINUTES 480

#define OUTPUT_BYTES_MAX                                                                           \
    ((size_t)2 << 30) /* reserved, taken as needed: a file of open data is read whole */
#define PASSWORD_BYTES_MAX 1024
#define PASSWORD_CHARS_MIN 10

static void print(struct str text)
{
    fwrite(text.ptr, 1, text.len, stdout);
    fputc('\n', stdout);
}

static void print_json(struct arena *a, struct json *root)
{
    print(json_write(root, a));
    json_free(root);
}

static enum err admin_findings(struct hub *h, struct arena *a)
{
    struct finding_filter filter = {.limit = FINDING_PAGE_MAX};
    struct json *root = json_new_array();
    enum err e = OK;
    do {
        struct finding_row *rows;
        size_t count = 0;
        int64_t total;
        e = finding_store_list(h->store, a, &filter, &rows, &count, &total, &filter.cursor);
        for (size_t i = 0; i < count && e == OK; i++) {
            struct json *o = json_add_object(root);
            json_set_int(o, "id", rows[i].id);
            json_set_str(o, "rule", rows[i].rule);
            json_set_str(o, "subject", rows[i].kind.len ? rows[i].key : rows[i].id18);
            json_set_str(o, "episode", rows[i].episode);
            json_set_int(o, "level", rows[i].level);
            json_set_int(o, "tier", rows[i].tier);
            json_set_int(o, "amount_fen", rows[i].amount_fen);
            json_set_str(o, "life", rows[i].life);
            json_set_str(o, "decision", rows[i].decision);
            json_set_str(o, "site", rows[i].site);
        }
    } while (e == OK && filter.cursor);
    if (e == OK)
        print(json_write(root, a));
    json_free(root);
    return e;
}

/* What the analysis still has to do: persons and rows to look at, sites to ask. */
static enum err count_undone(struct hub *h, struct arena *a, int64_t *out_count)
{
    int64_t n = 0;
    TRY(change_store_waiting(h->store, h->rules, h->rule_count, &n));
    for (size_t i = 0; i < h->rule_count; i++) {
        struct finding_row *rows;
        size_t count = 0;
        if (h->rules[i]->status == RULE_LIVE && h->rules[i]->asks)
            TRY(finding_store_unasked(h->store, a, h->rules[i]->id, INT64_MAX, &rows, &count));
        n += (int64_t)count;
    }
    *out_count = n;
    return OK;
}

static enum err admin_status(struct hub *h, struct arena *a)
{
    struct site_row *sites;
    size_t count;
    struct matter_counts m = {0};
    struct finding_coverage *rules;
    size_t rule_count;
    int64_t dirty = 0;
    struct json *root = json_new_object();
    TRY(site_store_list(h->store, a, &sites, &count));
    TRY(matter_store_counts(h->store, &m));
    TRY(finding_store_coverage(h->store, a, &rules, &rule_count));
    TRY(count_undone(h, a, &dirty));
    int64_t totals[5] = {0};
    int64_t heard = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t row[] = {sites[i].accepted, sites[i].rejected, sites[i].merged, sites[i].duplicate,
                         sites[i].quarantined};
        for (int k = 0; k < 5; k++)
            totals[k] += row[k];
        heard += sites[i].heartbeat_ms > 0;
    }
    json_set_int(root, "sites", (int64_t)count);
    json_set_int(root, "sites_heard", heard);
    json_set_int(root, "accepted", totals[0]);
    json_set_int(root, "rejected", totals[1]);
    json_set_int(root, "merged", totals[2]);
    json_set_int(root, "duplicate", totals[3]);
    json_set_int(root, "quarantined", totals[4]);
    json_set_int(root, "dirty", dirty);
    struct json *prompts = json_set_object(root, "prompts");
    json_set_int(prompts, "sent", m.sent);
    json_set_int(prompts, "delivered", m.delivered);
    json_set_int(prompts, "read", m.read);
    json_set_int(prompts, "signed", m.signed_for);
    json_set_int(prompts, "answered", m.answered);
    json_set_int(prompts, "withdrawn", m.withdrawn);
    struct json *list = json_set_array(root, "rules");
    for (size_t i = 0; i < rule_count; i++) {
        struct json *o = json_add_object(list);
        json_set_str(o, "rule", rules[i].rule);
        json_set_str(o, "state", rules[i].state);
        json_set_int(o, "flagged", rules[i].flagged);
        json_set_int(o, "clear", rules[i].clear);
        json_set_int(o, "population", rules[i].population);
        json_set_int(o, "took_us", rules[i].took_us);
    }
    print_json(a, root);
    return OK;
}

static enum err admin_evaluate(struct hub *h)
{
    struct analysis an = roles_analysis_of(h);
    size_t persons;
    TRY(change_store_prepare(h->store, h->rules, h->rule_count));
    TRY(analysis_turn(&an, h->settings.is_full, &persons));
    printf("{\"persons\":%zu}\n", persons);
    return OK;
}

/* After the hub was restored from a backup sites have more than it remembers; a person says so, and
 * what was not acknowledged is offered anew. */
static enum err admin_new_epoch(struct hub *h, const struct options_words *words)
{
    bool is_known = false;
    if (words->count != 2)
        return fail(ERR_USAGE, "new-epoch SITE");
    for (size_t i = 0; i < h->site_count; i++)
        is_known = is_known || str_equal(h->sites[i].id, words->at[1]);
    if (!is_known)
        return fail(ERR_MISSING, "there is no site " STR_FMT, STR_ARG(words->at[1]));
    return link_new_epoch(h->link, words->at[1]);
}

static enum err admin_replay(struct hub *h)
{
    struct intake in;
    size_t replayed;
    intake_init(&in, h->store, h->link, clock_real(), h->today);
    TRY(intake_replay_quarantine(&in, false, &replayed));
    printf("{\"replayed\":%zu}\n", replayed);
    return OK;
}

static enum err admin_user(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct str text;
    if (words->count < 3 || !str_equal(words->at[1], STR("add")) ||
        h->settings.password_file[0] == '\0')
        return fail(ERR_USAGE, "user add NAME --role ROLE --password_file FILE");
    TRY(file_read(h->settings.password_file, PASSWORD_BYTES_MAX, a, &text));
    text = str_trim(text);
    if (text.len < PASSWORD_CHARS_MIN)
        return fail(ERR_USAGE, "a password has at least %d characters", PASSWORD_CHARS_MIN);
    return site_store_put_user(h->store, words->at[2], password_hash(random_real(), a, text),
                               str_of(h->settings.role));
}

static enum err admin_export(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct str json;
    if (words->count < 2 || words->count > 3 || !str_equal(words->at[1], STR("ocds")))
        return fail(ERR_USAGE, "export ocds [OCID] [--out FILE]");
    int32_t today = h->today ? h->today : date_of_ms(clock_wall_ms(clock_real()), CHINA_MINUTES);
    struct str date = str_format(a, "%04d-%02d-%02dT00:00:00+08:00", today / 10000,
                                 today / 100 % 100, today % 100);
    TRY(open_data_package(h->store, a, words->count == 3 ? words->at[2] : STR_NONE, date, &json));
    if (h->settings.out[0])
        return file_replace(h->settings.out, json, 0640);
    fwrite(json.ptr, 1, json.len, stdout);
    fputc('\n', stdout);
    return OK;
}

static enum err answer(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct str command = words->at[0];
    if (str_equal(command, STR("ledger")))
        return roles_ledger(h, a, words);
    if (str_equal(command, STR("findings")))
        return admin_findings(h, a);
    if (str_equal(command, STR("status")))
        return admin_status(h, a);
    if (str_equal(command, STR("evaluate")))
        return admin_evaluate(h);
    if (str_equal(command, STR("new-epoch")))
        return admin_new_epoch(h, words);
    if (str_equal(command, STR("replay-quarantine")))
        return admin_replay(h);
    if (str_equal(command, STR("evidence")))
        return roles_evidence(h, a, words);
    if (str_equal(command, STR("replay")))
        return roles_replay(h, a, words);
    if (str_equal(command, STR("import")))
        return words->count == 3 ? direct_import(h, a, words->at[1], words->at[2])
                                 : fail(ERR_USAGE, "import FILE SOURCE");
    if (str_equal(command, STR("export")))
        return admin_export(h, a, words);
    if (str_equal(command, STR("rule")))
        return roles_rule(h, a, words);
    if (str_equal(command, STR("identity")))
        return roles_identity(h, a, words);
    if (str_equal(command, STR("user")))
        return admin_user(h, a, words);
    return fail(ERR_USAGE, "no command " STR_FMT "; see qingqu-hub --help", STR_ARG(command));
}

enum err roles_admin(struct hub *h, const struct options_words *words)
{
    struct arena *a = arena_new(OUTPUT_BYTES_MAX);
    enum err e = answer(h, a, words);
    arena_free(a);
    return e;
}
