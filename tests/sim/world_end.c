#include "tests/sim/world_state.h"

#include "common/base/check.h"

#include <string.h>

/* The copy of a database lives in it, under other names: a restart of the process cannot touch it.
 */
static const char *const copied[] = {"sim_put", "sim_applied", "spool_peer", "spool_item",
                                     "spool_sealed"};

/* What the disk and the power do, asked before each write and each commit. */
static enum err strike(void *context)
{
    struct world_end *n = context;
    if (n->is_dead) {
        n->is_faulty = true;
        return fail(ERR_IO, "the process is dead");
    }
    if (n->writes_left > 0 && --n->writes_left == 0) {
        n->is_dead = n->is_faulty = true;
        return fail(ERR_IO, "the process dies");
    }
    if (n->is_full && world_chance(n->world, 300)) {
        n->is_faulty = true;
        return fail(ERR_FULL, "the disk is full");
    }
    return OK;
}

static enum err note_put(struct world_end *n, int to, uint64_t uid)
{
    struct db_stmt *s;
    TRY(db_prepare(n->db, STR("INSERT INTO sim_put (uid, peer) VALUES (?, ?)"), &s));
    db_bind_int(s, 1, (int64_t)uid);
    db_bind_text(s, 2, n->world->ends[to].name);
    return db_run(s);
}

static enum err note_applied(struct world_end *n, const struct link_batch *batch, uint64_t uid)
{
    struct db_stmt *s;
    TRY(db_prepare(n->db, STR("INSERT INTO sim_applied (peer, uid, epoch) VALUES (?, ?, ?)"), &s));
    db_bind_text(s, 1, batch->peer);
    db_bind_int(s, 2, (int64_t)uid);
    db_bind_int(s, 3, (int64_t)batch->epoch);
    return db_run(s);
}

static enum err put_one(struct world_end *n, int to)
{
    struct world *w = n->world;
    char body[64] = {0};
    uint64_t uid = ++w->next_uid;
    memcpy(body, &uid, sizeof uid);
    size_t len = sizeof uid + random_below(&w->random.random, sizeof body - sizeof uid);
    uint64_t rows = world_chance(w, 200) ? random_below(&w->random.random, 5000) : 1;
    TRY(note_put(n, to, uid));
    TRY(link_put(n->link, w->ends[to].name, MESSAGE_RECORDS, str_make(body, len), rows));
    VEC_PUSH(&w->pending, w->keep, (struct checker_put){uid, n->index, to});
    return OK;
}

static void settle_pending(struct world *w, bool is_committed)
{
    for (size_t i = 0; is_committed && i < w->pending.count; i++)
        VEC_PUSH(&w->puts, w->keep, w->pending.at[i]);
    w->pending.count = 0;
}

static int index_of(const struct world *w, struct str name)
{
    for (int i = 0; i < w->end_count; i++)
        if (str_equal(w->ends[i].name, name))
            return i;
    return -1;
}

static enum err on_batch(struct link_applier *applier, struct arena *a,
                         const struct link_batch *batch)
{
    struct world_end *n = (struct world_end *)applier;
    struct world *w = n->world;
    size_t pending = w->pending.count;
    bool is_refused = world_chance(w, w->is_peace ? 0 : w->o.refuse);
    (void)a;
    for (size_t i = 0; i < batch->item_count; i++) {
        uint64_t uid = 0;
        ASSERT(batch->items[i].kind == MESSAGE_RECORDS);
        ASSERT(batch->items[i].body.len >= sizeof uid);
        memcpy(&uid, batch->items[i].body.ptr, sizeof uid);
        TRY(note_applied(n, batch, uid));
    }
    if (!w->is_peace && world_chance(w, w->o.reply))
        TRY(put_one(n, index_of(w, batch->peer)));
    if (!is_refused)
        return OK;
    w->pending.count = pending;
    return fail(ERR_INVALID, "the application is not in the mood");
}

bool world_end_start(struct world_end *n)
{
    struct world *w = n->world;
    n->is_dead = n->is_faulty = false;
    n->applier.apply = on_batch;
    db_set_fault(n->db, strike, n);
    n->transport = memory_open(w->net, n->name);
    struct link_options options = {.db = n->db,
                                   .self = n->name,
                                   .county = STR("231282"),
                                   .keys = world_keys_of(w->keys, n->index),
                                   .transport = n->transport,
                                   .clock = &n->clock.clock,
                                   .random = &w->random.random};
    enum err e = link_open(&options, &n->link);
    if (e == OK)
        return true;
    if (!n->is_faulty)
        world_blame(w, STR_FMT " does not open: %s", STR_ARG(n->name), err_note());
    n->link = NULL;
    transport_close(n->transport);
    n->transport = NULL;
    return false;
}

void world_end_stop(struct world_end *n)
{
    db_rollback(n->db);
    link_close(n->link);
    transport_close(n->transport);
    n->link = NULL;
    n->transport = NULL;
    n->writes_left = 0;
}

/* A fault made on purpose is forgiven; a process that died of it stops. */
static void take_result(struct world_end *n, enum err e, const char *what)
{
    if (e != OK && !n->is_faulty)
        world_blame(n->world, STR_FMT ": %s: %s %s", STR_ARG(n->name), what, err_name(e),
                    err_note());
    n->is_faulty = false;
    if (n->is_dead) {
        world_say(n->world, STR_FMT " dies in %s", STR_ARG(n->name), what);
        world_end_stop(n);
    }
}

void world_end_put(struct world_end *n)
{
    struct world *w = n->world;
    enum err e = db_begin(n->db);
    if (e == OK) {
        uint64_t count = 1 + random_below(&w->random.random, 6);
        for (uint64_t i = 0; i < count && e == OK; i++) {
            int to = WORLD_HUB;
            if (n->index == WORLD_HUB)
                to = 1 + (int)random_below(&w->random.random, w->o.sites);
            e = put_one(n, to);
        }
        bool is_abandoned = world_chance(w, w->o.abandon);
        if (e == OK && !is_abandoned)
            e = db_commit(n->db);
        if (e != OK || is_abandoned)
            db_rollback(n->db);
        settle_pending(w, e == OK && !is_abandoned);
    }
    take_result(n, e, "put");
}

void world_end_turn(struct world_end *n, int64_t *out_sleep_ms)
{
    struct world *w = n->world;
    size_t taken = 0;
    int64_t sleep_ms = 0;
    transport_turn(n->transport, w->clock.now_ms);
    enum err e =
        link_receive_turn(n->link, &n->applier, 1 + random_below(&w->random.random, 20), &taken);
    settle_pending(w, e == OK);
    take_result(n, e, "receive");
    if (!n->link)
        return;
    e = link_send_turn(n->link, &sleep_ms);
    take_result(n, e, "send");
    if (e == OK && taken == 0 && sleep_ms < *out_sleep_ms)
        *out_sleep_ms = sleep_ms;
    if (e != OK || taken > 0)
        *out_sleep_ms = 0;
}

static void mend(struct world_end *n, int peer, const char *why)
{
    struct world *w = n->world;
    world_say(w, STR_FMT " begins a new epoch to " STR_FMT ": %s", STR_ARG(n->name),
              STR_ARG(w->ends[peer].name), why);
    w->is_broken[n->index][peer] = true;
    take_result(n, link_new_epoch(n->link, w->ends[peer].name), "new epoch");
}

void world_end_watch(struct world_end *n)
{
    struct world *w = n->world;
    for (int peer = 0; peer < w->end_count && n->link; peer++) {
        struct link_status status;
        if ((n->index == WORLD_HUB) == (peer == WORLD_HUB))
            continue;
        arena_reset(w->scratch);
        if (link_status(n->link, w->ends[peer].name, w->scratch, &status) != OK) {
            world_blame(w, "no status: %s", err_note());
            return;
        }
        bool is_legal = w->o.restore > 0;
        if (!is_legal && (status.state == LINK_DIVERGED || status.refused.len > 0))
            world_blame(w, STR_FMT " and " STR_FMT " diverged, and nothing was restored",
                        STR_ARG(n->name), STR_ARG(w->ends[peer].name));
        if (status.forged > 0 && w->o.flip == 0)
            world_blame(w, "forged, and no bit was flipped");
        if (status.state == LINK_DIVERGED && (w->is_peace || world_chance(w, 100)))
            mend(n, peer, status.reason.len ? "diverged" : "no reason given");
        else if (!w->is_peace && world_chance(w, w->o.epoch))
            mend(n, peer, "at will");
    }
}

static bool run_sql(struct world_end *n, struct str sql)
{
    enum err e = db_exec(n->db, sql);
    if (e != OK)
        world_blame(n->world, "copying " STR_FMT ": %s", STR_ARG(n->name), err_note());
    return e == OK;
}

bool world_end_setup_backup(struct world_end *n)
{
    for (size_t i = 0; i < COUNT_OF(copied); i++)
        if (!run_sql(n, str_format(n->world->scratch,
                                   "CREATE TABLE backup_%s AS SELECT * FROM %s WHERE 0", copied[i],
                                   copied[i])))
            return false;
    return true;
}

static void copy_tables(struct world_end *n, const char *to, const char *from)
{
    db_set_fault(n->db, NULL, NULL);
    if (db_begin(n->db) != OK)
        world_blame(n->world, "copying: %s", err_note());
    for (size_t i = 0; i < COUNT_OF(copied); i++)
        run_sql(n, str_format(n->world->scratch,
                              "DELETE FROM %s%s; INSERT INTO %s%s SELECT * FROM %s%s", to,
                              copied[i], to, copied[i], from, copied[i]));
    if (db_commit(n->db) != OK)
        world_blame(n->world, "copying: %s", err_note());
    db_set_fault(n->db, strike, n);
}

void world_end_backup(struct world_end *n)
{
    copy_tables(n, "backup_", "");
    n->has_backup = true;
    world_say(n->world, STR_FMT " is copied", STR_ARG(n->name));
}

void world_end_restore(struct world_end *n)
{
    struct world *w = n->world;
    world_say(w, STR_FMT " is restored", STR_ARG(n->name));
    if (n->link)
        world_end_stop(n);
    copy_tables(n, "", "backup_");
    w->was_restored[n->index] = true;
    for (int i = 0; i < w->end_count; i++)
        w->is_broken[n->index][i] = true;
}
