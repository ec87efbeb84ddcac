#include "edge-agent/uplink.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/log.h"
#include "common/os/file.h"

#define PURGE_MS INT64_C(3600000)
#define CHECK_AGAIN_MS INT64_C(60000)

#define FOLDER_GONE                                                                                \
    "投放文件夹打不开（可能已被删除、改名，或网络盘已断开），恢复后会自动继续。请联系工程师"

static void stall(struct uplink *u, const char *zh, const char *en)
{
    u->state->stalled_zh = str_of(zh);
    u->state->stalled_en = str_of(en);
}

bool uplink_has_room(int64_t free_bytes, int64_t total_bytes, int64_t need_bytes)
{
    int64_t reserve = total_bytes / 20;
    if (reserve > UPLINK_RESERVE_BYTES)
        reserve = UPLINK_RESERVE_BYTES;
    return free_bytes - reserve >= need_bytes;
}

static bool has_room(struct uplink *u, int64_t need_bytes)
{
    int64_t free_bytes, total_bytes;
    if (file_free_bytes(u->data_folder, &free_bytes, &total_bytes) != OK)
        return true; /* unknown; a write that fails will say so */
    u->state->disk_free_bytes = free_bytes;
    u->state->is_disk_low = !uplink_has_room(free_bytes, total_bytes, need_bytes);
    return !u->state->is_disk_low;
}

/* What has waited for long is said in the log, with the reason; sending itself goes on by itself
 * (protocol.md 12). */
static void look_at_outbox(struct uplink *u)
{
    struct link_status s;
    struct arena *a = arena_new((size_t)64 << 10);
    enum err e = link_status(u->link, STR("hub"), a, &s);
    if (e != OK)
        LOG_FAILURE(WARN, "outbox.unknown", e);
    else if (s.oldest_waiting_ms >= UPLINK_STALLED_MS)
        LOG(WARN, "outbox.stalled", KV_I64("oldest_ms", s.oldest_waiting_ms),
            KV_I64("items", (int64_t)s.waiting_items),
            KV_STR("why", page_why_waiting(&s, u->state).code));
    arena_free(a);
}

static void stop_file(struct uplink *u, const struct drop_file *file, enum err e)
{
    LOG_FAILURE(WARN, "import.stopped", e);
    drop_again(u->drop, file);
    if (e == ERR_FULL)
        stall(u, "磁盘空间不足，暂停读取文件。文件仍在投放文件夹中，清理磁盘后会自动继续",
              "no room on the disk: files are not taken; they stay in the drop folder and are "
              "gone on with when there is room");
    else if (e == ERR_DENIED)
        stall(u, "没有权限读取或移走投放文件夹中的文件，请联系工程师检查文件夹权限",
              "no permission to read or move files of the drop folder");
    else
        stall(u, "读取文件时出错，稍后自动再试；如反复出现请联系工程师",
              "a file could not be read; it is tried again by itself");
}

static void take_next_file(struct uplink *u)
{
    struct drop_file file;
    enum err e = drop_next(u->drop, &file);
    if (e == ERR_MISSING) {
        if (drop_waiting(u->drop) == 0)
            stall(u, "", ""); /* what could not be read was taken away by a person */
        return;
    }
    if (e != OK) {
        if (!str_equal(u->state->stalled_zh, STR(FOLDER_GONE))) /* once, not at every look */
            LOG_FAILURE(WARN, "drop.failed", e);
        stall(u, FOLDER_GONE,
              "the drop folder cannot be opened (removed, renamed, or a network drive is away); it "
              "is gone on with by itself when it is back");
        return;
    }
    if (!has_room(u, file.size_bytes * UPLINK_SPOOL_PER_FILE)) {
        stop_file(u, &file, fail(ERR_FULL, "the disk is nearly full"));
        return;
    }
    stall(u, "", "");
    if ((e = import_begin(u->import, &file)) != OK)
        stop_file(u, &file, e);
    else if (!import_is_reading(u->import) && import_current(u->import)->state == IMPORT_ABANDONED)
        drop_again(u->drop, &file);
}

static void read_on(struct uplink *u)
{
    struct drop_file file = *import_drop_file(u->import);
    enum err e = import_step(u->import);
    if (e != OK)
        stop_file(u, &file, e);
}

/* The unit's own rules, when a file has ended, a day has begun, or the last time failed. */
static void check_own(struct uplink *u)
{
    int64_t now = clock_monotonic_ms(u->clock), now_ms = clock_wall_ms(u->clock);
    size_t ran = 0;
    if (!u->self || now < u->check_due_ms)
        return;
    enum err e =
        self_check_run(u->self, date_of_ms(now_ms, IMPORT_TIME_ZONE_MINUTES), now_ms, &ran);
    if (e != OK) {
        LOG_FAILURE(WARN, "selfcheck.failed", e);
        u->check_due_ms = now + CHECK_AGAIN_MS;
    } else if (ran) {
        LOG(INFO, "selfcheck.ended", KV_I64("rules", (int64_t)ran));
    }
}

void uplink_turn(struct uplink *u, int64_t *out_sleep_ms)
{
    if (import_is_reading(u->import))
        read_on(u); /* parse, validate, outbox: one chunk */
    else
        take_next_file(u);
    if (!import_is_reading(u->import))
        check_own(u); /* what the file says of the unit, before its last rows are sent */

    int64_t sleep_ms = 0;
    enum err e = link_send_turn(u->link, &sleep_ms); /* batch, seal, send */
    if (e != OK && e != ERR_CLOSED) {
        LOG_FAILURE(WARN, "uplink.stopped", e);
        sleep_ms = 1000;
    }

    int64_t now = clock_monotonic_ms(u->clock);
    if (now >= u->purge_due_ms) {
        u->purge_due_ms = now + PURGE_MS;
        if ((e = link_purge(u->link)) != OK)
            LOG_FAILURE(WARN, "purge.failed", e);
        has_room(u, 0);
        look_at_outbox(u);
    }

    int64_t drop_ms = import_is_reading(u->import) ? 0 : drop_sleep_ms(u->drop);
    u->state->files_waiting = drop_waiting(u->drop) + import_is_reading(u->import);
    *out_sleep_ms = sleep_ms < drop_ms ? sleep_ms : drop_ms;
}
