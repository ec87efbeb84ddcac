#include "tests/sim/checker.h"

#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/db/db.h"

#include <inttypes.h>

struct row {
    uint64_t uid, epoch;
};

struct rows {
    struct row *at;
    size_t count;
    enum err e;
};

struct str checker_setup(struct db *db)
{
    enum err e = db_exec(db, STR("CREATE TABLE sim_put (uid INTEGER PRIMARY KEY, peer TEXT);"
                                 "CREATE INDEX sim_put_peer ON sim_put (peer, uid);"
                                 "CREATE TABLE sim_applied (n INTEGER PRIMARY KEY, peer TEXT, "
                                 "uid INTEGER, epoch INTEGER);"
                                 "CREATE INDEX sim_applied_peer ON sim_applied (peer, n)"));
    return e == OK ? STR_NONE : str_of(err_note());
}

static struct rows read_rows(struct db *db, struct str sql, struct str peer, struct arena *a)
{
    VEC(struct row) rows = {0};
    struct db_stmt *s;
    enum err e = db_prepare(db, sql, &s);
    if (e != OK)
        return (struct rows){.e = e};
    db_bind_text(s, 1, peer);
    bool has_row = false;
    while ((e = db_step(s, &has_row)) == OK && has_row)
        VEC_PUSH(&rows, a,
                 (struct row){(uint64_t)db_column_int(s, 0), (uint64_t)db_column_int(s, 1)});
    db_done(s);
    return (struct rows){rows.at, rows.count, e};
}

static struct rows put_rows(const struct checker_stream *s, struct arena *a)
{
    return read_rows(s->from_db, STR("SELECT uid, 0 FROM sim_put WHERE peer = ? ORDER BY uid"),
                     s->to_name, a);
}

static struct rows applied_rows(const struct checker_stream *s, struct arena *a)
{
    return read_rows(s->to_db, STR("SELECT uid, epoch FROM sim_applied WHERE peer = ? ORDER BY n"),
                     s->from_name, a);
}

static bool is_applied(const struct rows *applied, uint64_t uid)
{
    for (size_t i = 0; i < applied->count; i++)
        if (applied->at[i].uid == uid)
            return true;
    return false;
}

bool checker_is_complete(const struct checker_stream *s, struct arena *a)
{
    struct rows put = put_rows(s, a), applied = applied_rows(s, a);
    if (!s->is_broken)
        return put.count == applied.count;
    /* From the end: what is missing is most often the newest. */
    for (size_t i = put.count; i > 0; i--)
        if (!is_applied(&applied, put.at[i - 1].uid))
            return false;
    return true;
}

static struct str say(const struct checker_stream *s, struct arena *a, const char *words,
                      uint64_t uid)
{
    return str_format(a, STR_FMT " -> " STR_FMT ": %s, item %" PRIu64, STR_ARG(s->from_name),
                      STR_ARG(s->to_name), words, uid);
}

static bool was_committed(const struct checker_stream *s, const struct checker_put *puts,
                          size_t count, uint64_t uid)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (puts[middle].uid < uid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && puts[low].uid == uid && puts[low].from == s->from &&
           puts[low].to == s->to;
}

/* In an unbroken stream what was applied is a prefix of what was put: once, in order, nothing
 * left out, nothing made up. */
static struct str judge_prefix(const struct checker_stream *s, const struct rows *put,
                               const struct rows *applied, struct arena *a)
{
    for (size_t i = 0; i < applied->count; i++) {
        if (i >= put->count)
            return say(s, a, "more applied than put", applied->at[i].uid);
        if (applied->at[i].uid != put->at[i].uid)
            return say(s, a, "applied out of turn", applied->at[i].uid);
    }
    return STR_NONE;
}

/* Over a break an item may come again, but only in a later epoch; and a newer one does not overtake
 * an older one, unless both ends broke. */
static struct str judge_broken(const struct checker_stream *s, const struct rows *applied,
                               struct arena *a)
{
    uint64_t newest = 0;
    for (size_t i = 0; i < applied->count; i++) {
        struct row r = applied->at[i];
        if (i > 0 && r.epoch < applied->at[i - 1].epoch)
            return say(s, a, "applied from an epoch that was over", r.uid);
        if (i > 0 && r.epoch == applied->at[i - 1].epoch && r.uid <= applied->at[i - 1].uid)
            return say(s, a, "applied twice or out of order in one epoch", r.uid);
        if (r.uid > newest)
            newest = r.uid;
        else if (!s->is_rewound && !is_applied(&(struct rows){applied->at, i, OK}, r.uid))
            return say(s, a, "first applied after a newer one", r.uid);
    }
    return STR_NONE;
}

struct str checker_judge(const struct checker_stream *s, const struct checker_put *puts,
                         size_t put_count, bool must_be_complete, struct arena *a)
{
    struct rows put = put_rows(s, a), applied = applied_rows(s, a);
    if (put.e != OK || applied.e != OK)
        return str_of(err_note());
    for (size_t i = 0; i < applied.count; i++)
        if (!was_committed(s, puts, put_count, applied.at[i].uid))
            return say(s, a, "applied and never committed by its sender", applied.at[i].uid);
    struct str fault =
        s->is_broken ? judge_broken(s, &applied, a) : judge_prefix(s, &put, &applied, a);
    if (fault.len > 0 || !must_be_complete)
        return fault;
    for (size_t i = 0; i < put.count; i++)
        if (!is_applied(&applied, put.at[i].uid))
            return say(s, a, "put and never applied", put.at[i].uid);
    return STR_NONE;
}
