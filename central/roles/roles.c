#include "central/roles/roles.h"

#include "central/analysis/analysis.h"
#include "central/console/console.h"
#include "central/dispatch/dispatch.h"
#include "central/intake/intake.h"
#include "central/store/change_store.h"
#include "central/store/finding_store.h"
#include "central/store/person_store.h"
#include "central/store/record_store.h"
#include "common/base/log.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/os/loop.h"
#include "common/os/random.h"

#define IDLE_MS 1000
#define CONSOLE_RULE_MS 5000 /* a statement: everybody waits while two versions are weighed */
#define POLL_MS 50
#define IDLE_LOOK_MS 60000
#define RETRY_MS 500
#define DISK_LOOK_MS 10000
#define DISK_RESERVE_BYTES (INT64_C(500) << 20)
/* New rows are looked at when none came for a moment, or at the latest after a while: a first load
 * is a few evaluations, not thousands. While rows keep coming, looking takes at most a fifth of the
 * time, since it runs beside the merge on the same machine; yet nothing waits longer than
 * WAIT_LONGEST_MS. */
#define SETTLE_MS 300
#define WAIT_MAX_MS 2000
#define WAIT_PER_LOOK 4
#define WAIT_LONGEST_MS 30000
/* A site is asked once rows have stopped coming; about a finding that has stood for long, even
 * while they go on. */
#define ASK_QUIET_MS 3000
#define ASK_AGAIN_MS 60000
#define ASK_AGE_MS 600000

static void note_failure(const char *event, enum err e)
{
    LOG_FAILURE(ERROR, event, e);
}

/* Below the reserve the sites are asked to wait: what they hold is safe there. */
static void look_at_disk(struct hub *h, int64_t *look_ms)
{
    int64_t now_ms = clock_monotonic_ms(clock_real());
    int64_t free_bytes;
    int64_t total_bytes;
    if (now_ms < *look_ms)
        return;
    *look_ms = now_ms + DISK_LOOK_MS;
    if (file_free_bytes(h->settings.data, &free_bytes, &total_bytes) != OK)
        return;
    int64_t reserve = total_bytes / 20 < DISK_RESERVE_BYTES ? total_bytes / 20 : DISK_RESERVE_BYTES;
    if (free_bytes < reserve)
        LOG(ERROR, "disk.full", KV_I64("free_bytes", free_bytes));
    link_set_full(h->link, free_bytes < reserve);
}

/* After the catalog was mended, what the one before could not take is tried again (protocol.md 4).
 * A failure leaves it where it lies. */
static void replay(struct intake *in)
{
    size_t replayed = 0;
    enum err e = intake_replay_quarantine(in, true, &replayed);
    if (e != OK)
        note_failure("replay.failed", e);
    if (replayed)
        LOG(INFO, "quarantine.replayed", KV_I64("items", (int64_t)replayed));
}

enum err roles_intake(struct hub *h)
{
    int64_t disk_look_ms = 0;
    struct loop *loop;
    struct intake intake;
    TRY(loop_new(&loop));
    intake_init(&intake, h->store, h->link, clock_real(), h->today);
    enum err e = loop_watch(loop, transport_descriptor(h->transport));
    LOG(INFO, "intake.started", KV_I64("sites", h->site_count));
    replay(&intake);
    while (e == OK && !loop_is_stopping(loop)) {
        size_t taken = 0;
        int64_t sleep_ms = transport_turn(h->transport, clock_monotonic_ms(clock_real()));
        hub_watch_sites(h);
        look_at_disk(h, &disk_look_ms);
        enum err turn = intake_turn(&intake, &taken);
        if (turn == OK)
            turn = states_write(h->states);
        if (turn != OK) {
            note_failure("intake.failed", turn);
            sleep_ms = RETRY_MS;
        }
        e = loop_wait(loop, taken ? 0 : sleep_ms < IDLE_MS ? sleep_ms : IDLE_MS);
    }
    loop_free(loop);
    return e;
}

static enum err sign_packs(const struct dispatch_signing *with)
{
    size_t count;
    TRY(dispatch_sign_packs(with, &count));
    if (count)
        LOG(INFO, "packs.signed", KV_I64("count", (int64_t)count));
    return OK;
}

enum err roles_dispatch(struct hub *h)
{
    struct loop *loop;
    struct dispatch_signing signing = {h->store, h->keys, random_real(), clock_real()};
    TRY(loop_new(&loop));
    enum err e = loop_watch(loop, transport_descriptor(h->transport));
    LOG(INFO, "dispatch.started", KV_I64("sites", h->site_count));
    while (e == OK && !loop_is_stopping(loop)) {
        int64_t sleep_ms = RETRY_MS;
        transport_turn(h->transport, clock_monotonic_ms(clock_real()));
        hub_watch_sites(h);
        enum err turn = dispatch_turn(h->link, &sleep_ms);
        if (turn == OK)
            turn = sign_packs(&signing);
        if (turn != OK)
            note_failure("dispatch.failed", turn);
        e = loop_wait(loop, turn == OK ? sleep_ms : RETRY_MS);
    }
    loop_free(loop);
    return e;
}

struct settling {                                   /* when other processes last wrote */
    int64_t version, changed_ms, first_ms, look_ms; /* look_ms: what the last look took */
    bool is_waiting;
};

static int64_t wait_ms(const struct settling *s)
{
    int64_t ms = WAIT_MAX_MS + WAIT_PER_LOOK * s->look_ms;
    return ms < WAIT_LONGEST_MS ? ms : WAIT_LONGEST_MS;
}

/* Whether it is time to look: something was written and then nothing for a moment, or it has been
 * going on for long. */
static enum err is_time(struct db *db, struct settling *s, int64_t now_ms, bool *out_is_time)
{
    int64_t version;
    TRY(db_data_version(db, &version));
    if (version != s->version) {
        s->version = version;
        s->changed_ms = now_ms;
        if (!s->is_waiting)
            s->first_ms = now_ms;
        s->is_waiting = true;
    }
    *out_is_time = s->is_waiting &&
                   (now_ms - s->changed_ms >= SETTLE_MS || now_ms - s->first_ms >= wait_ms(s));
    if (*out_is_time)
        s->is_waiting = false;
    return OK;
}

struct asking { /* when sites are asked about findings */
    int64_t busy_ms, asked_ms;
    bool is_due;
};

/* Nothing has been dirty for a moment and no file is half-way. */
static enum err is_quiet(struct analysis *an, struct asking *ask, int64_t now_ms,
                         bool *out_is_quiet)
{
    bool is_halfway = false;
    *out_is_quiet = now_ms - ask->busy_ms >= ASK_QUIET_MS;
    if (*out_is_quiet)
        TRY(record_store_is_halfway(an->store, &is_halfway));
    if (is_halfway) {
        ask->busy_ms = now_ms;
        *out_is_quiet = false;
    }
    return OK;
}

static enum err ask_sites(struct analysis *an, struct asking *ask)
{
    size_t asked;
    int64_t now_ms = clock_monotonic_ms(clock_real());
    bool may_ask;
    if (!ask->is_due)
        return OK;
    TRY(is_quiet(an, ask, now_ms, &may_ask));
    if (may_ask) {
        ask->is_due = false;
        return analysis_ask(an, INT64_MAX, &asked);
    }
    if (now_ms - ask->asked_ms < ASK_AGAIN_MS)
        return OK;
    ask->asked_ms = now_ms;
    return analysis_ask(an, clock_wall_ms(an->clock) - ASK_AGE_MS, &asked);
}

struct analysis roles_analysis_of(const struct hub *h)
{
    return (struct analysis){.store = h->store,
                             .link = h->link,
                             .clock = clock_real(),
                             .rules = h->rules,
                             .rule_count = h->rule_count,
                             .today_fixed = h->today,
                             .rules_generation = h->library.generation};
}

/* A rule that was let in is in force without a restart: what was written wakes the analysis, and
 * another number of the rules has it look at everybody. */
static enum err take_rules(struct hub *h, struct analysis *an)
{
    bool is_other;
    TRY(hub_watch_rules(h, &is_other));
    if (!is_other)
        return OK;
    an->rules = h->rules;
    an->rule_count = h->rule_count;
    an->rules_generation = h->library.generation;
    LOG(INFO, "rules.taken", KV_I64("rules", h->rule_count));
    return change_store_prepare(h->store, h->rules, h->rule_count);
}

static enum err analysis_step(struct analysis *an, struct settling *settling, struct asking *ask,
                              int64_t *looked_ms)
{
    int64_t now_ms = clock_monotonic_ms(clock_real());
    int64_t version = settling->version;
    int64_t dirty = 0;
    size_t persons = 0;
    bool is_due;
    TRY(is_time(an->store->db, settling, now_ms, &is_due));
    if (settling->version != version)
        TRY(change_store_waiting(an->store, an->rules, an->rule_count, &dirty));
    /* the clock's day may have moved on without any data */
    if (is_due || now_ms - *looked_ms >= IDLE_LOOK_MS) {
        *looked_ms = now_ms;
        TRY(analysis_turn(an, false, &persons));
        settling->look_ms = clock_monotonic_ms(clock_real()) - now_ms;
    }
    if (dirty || persons) {
        ask->busy_ms = clock_monotonic_ms(clock_real());
        ask->is_due = true;
    }
    return ask_sites(an, ask);
}

enum err roles_analysis(struct hub *h)
{
    struct loop *loop;
    struct analysis analysis = roles_analysis_of(h);
    struct settling settling = {.version = -1};
    struct asking ask = {.busy_ms = clock_monotonic_ms(clock_real()), .is_due = true};
    int64_t looked_ms = 0;
    TRY(loop_new(&loop));
    enum err e = change_store_prepare(h->store, h->rules, h->rule_count);
    LOG(INFO, "analysis.started", KV_I64("rules", h->rule_count));
    while (e == OK && !loop_is_stopping(loop)) {
        enum err turn = take_rules(h, &analysis);
        if (turn == OK)
            turn = analysis_step(&analysis, &settling, &ask, &looked_ms);
        if (turn != OK) {
            note_failure("analysis.failed", turn);
            settling.is_waiting = true; /* again: what was taken still stands */
        }
        e = loop_wait(loop, turn == OK ? POLL_MS : RETRY_MS);
    }
    loop_free(loop);
    return e;
}

enum err roles_console(struct hub *h)
{
    struct loop *loop;
    struct console *console = NULL;
    struct db_budget budget = DB_BUDGET_USUAL;
    budget.ms = CONSOLE_RULE_MS;
    TRY(loop_new(&loop));
    db_set_budget(h->db, &budget);
    enum err e = console_open(&(struct console_options){.store = h->store,
                                                        .link = h->link,
                                                        .library = &h->library,
                                                        .catalog_folder = h->settings.catalog,
                                                        .address = h->settings.console_address,
                                                        .port = (int)h->settings.console_port,
                                                        .clock = clock_real(),
                                                        .random = random_real(),
                                                        .today = h->today,
                                                        .county = str_of(h->settings.county)},
                              &console);
    while (e == OK && !loop_is_stopping(loop))
        e = loop_wait(loop, console_turn(console, loop));
    console_close(console);
    loop_free(loop);
    return e;
}
