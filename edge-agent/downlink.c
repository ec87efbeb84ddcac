#include "edge-agent/downlink.h"

#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/log.h"
#include "edge-agent/intake/inbox.h"

static enum err apply_document(struct downlink *d, struct arena *a, struct str body)
{
    struct message_document m;
    bool is_new = false;
    int64_t now = clock_wall_ms(d->clock);
    TRY(message_document_parse(a, body, &m));
    TRY(inbox_put(d->db, &m, now, &is_new));
    if (!is_new)
        return OK;
    struct buf receipt;
    buf_init(&receipt, a);
    message_receipt_put(&receipt, &(struct message_receipt){.document_id = m.document_id,
                                                            .state = RECEIPT_DELIVERED,
                                                            .at_ms = now,
                                                            .by = STR("")});
    return link_put(d->link, STR("hub"), MESSAGE_RECEIPT, buf_str(&receipt), 0);
}

static enum err apply_withdraw(struct downlink *d, struct arena *a, struct str body)
{
    struct message_withdraw m;
    TRY(message_withdraw_parse(a, body, &m));
    return inbox_withdraw(d->db, &m, clock_wall_ms(d->clock));
}

static enum err apply_file_receipt(struct downlink *d, struct arena *a, struct str body)
{
    struct message_file_receipt m;
    TRY(message_file_receipt_parse(a, body, &m));
    return ledger_apply_receipt(d->ledger, &m);
}

static enum err apply_nack(struct downlink *d, struct arena *a, struct str body)
{
    struct message_nack m;
    TRY(message_nack_parse(a, body, &m));
    return ledger_apply_nack(d->ledger, &m, clock_wall_ms(d->clock));
}

static const struct {
    enum message_kind kind;
    enum err (*apply)(struct downlink *d, struct arena *a, struct str body);
} kinds[] = {
    {MESSAGE_DOCUMENT, apply_document},
    {MESSAGE_WITHDRAW, apply_withdraw},
    {MESSAGE_FILE_RECEIPT, apply_file_receipt},
    {MESSAGE_NACK, apply_nack},
};

static enum err apply_item(struct downlink *d, struct arena *a, const struct message_item *item)
{
    enum err e = ERR_INVALID; /* a kind this program does not know yet */
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (kinds[i].kind == item->kind)
            e = kinds[i].apply(d, a, item->body);
    if (e != ERR_MALFORMED && e != ERR_INVALID)
        return e;
    LOG(WARN, "downlink.unreadable", KV_I64("kind", item->kind));
    return inbox_put_unreadable(d->db, item->kind, item->body,
                                e == ERR_INVALID ? "unknown kind" : "malformed",
                                clock_wall_ms(d->clock));
}

static enum err apply(struct link_applier *self, struct arena *a, const struct link_batch *batch)
{
    struct downlink *d = (struct downlink *)self;
    for (size_t i = 0; i < batch->item_count; i++)
        TRY(apply_item(d, a, &batch->items[i]));
    return OK;
}

void downlink_init(struct downlink *d, struct db *db, struct ledger *ledger, struct link *link,
                   struct clock *clock)
{
    *d = (struct downlink){{apply}, db, ledger, link, clock};
}

bool downlink_turn(struct downlink *d)
{
    size_t taken = 0;
    enum err e = link_receive_turn(d->link, &d->applier, DOWNLINK_MESSAGES_MAX, &taken);
    if (e != OK && e != ERR_CLOSED)
        LOG_FAILURE(WARN, "downlink.stopped", e);
    return e == OK && taken == DOWNLINK_MESSAGES_MAX;
}
