#include "edge-agent/heartbeat.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "edge-agent/selfcheck/self_store.h"

/* A literal: it outlives the arena of this turn. */
static struct str reason_of(const struct link_status *s)
{
    static const struct str reasons[] = {STR_INIT("behind"), STR_INIT("fork"),
                                         STR_INIT("old-epoch")};
    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (str_equal(s->reason, reasons[i]))
            return reasons[i];
    return STR("");
}

/* Which of the unit's own rules ran since the last heartbeat, and from which declaration. */
static enum err tell_self_checks(struct heartbeat *h, struct arena *a)
{
    struct self_rule *rules = NULL;
    size_t count = 0;
    TRY(self_store_untold(h->db, a, &rules, &count));
    for (size_t i = 0; i < count; i++) {
        struct buf body;
        buf_init(&body, a);
        message_self_check_put(&body,
                               &(struct message_self_check){.rule = rules[i].rule,
                                                            .hash = rules[i].hash,
                                                            .version = (uint64_t)rules[i].version,
                                                            .rows = (uint64_t)rules[i].rows,
                                                            .hits = (uint64_t)rules[i].hits,
                                                            .why = rules[i].why,
                                                            .at_ms = rules[i].at_ms});
        TRY(link_put(h->link, STR("hub"), MESSAGE_SELF_CHECK, buf_str(&body), 0));
        TRY(self_store_note_told(h->db, rules[i].rule));
    }
    return OK;
}

static enum err put(struct heartbeat *h, struct arena *a)
{
    struct link_status status = {0};
    struct ledger_totals totals = {0};
    struct buf body;
    TRY(link_status(h->link, STR("hub"), a, &status));
    h->state->stopped = reason_of(&status);
    if (h->state->stopped.len > 0) /* it would only wait: the site's state says it instead */
        return OK;
    TRY(ledger_totals(h->ledger, &totals));
    buf_init(&body, a);
    message_heartbeat_put(
        &body, &(struct message_heartbeat){.program_version = STR(QQ_VERSION),
                                           .catalog = h->catalog,
                                           .at_ms = clock_wall_ms(h->clock),
                                           .waiting_items = status.waiting_items,
                                           .waiting_rows = status.waiting_rows,
                                           .files_waiting = h->state->files_waiting,
                                           .rejected_rows = totals.rejected,
                                           .disk_free_bytes = (uint64_t)h->state->disk_free_bytes});
    TRY(db_begin(h->db));
    enum err e = link_put(h->link, STR("hub"), MESSAGE_HEARTBEAT, buf_str(&body), 0);
    if (e == OK)
        e = tell_self_checks(h, a);
    return db_end(h->db, e);
}

enum err heartbeat_turn(struct heartbeat *h, int64_t *out_sleep_ms)
{
    int64_t now = clock_monotonic_ms(h->clock);
    enum err e = OK;
    if (now >= h->due_ms && h->state->is_connected) {
        struct arena *a = arena_new((size_t)1 << 20);
        e = wrap(put(h, a), "heartbeat");
        arena_free(a);
        h->due_ms = now + h->every_ms;
    }
    *out_sleep_ms = now >= h->due_ms ? h->every_ms : h->due_ms - now;
    return e;
}
