#include "central/intake/intake.h"

#include "central/intake/chunk.h"
#include "central/store/duty_store.h"
#include "central/store/finding_store.h"
#include "central/store/matter_store.h"
#include "central/store/quality_store.h"
#include "central/store/site_store.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/base/log.h"
#include "common/base/vec.h"

#define TURN_MESSAGES_MAX 16 /* one transaction: others wait for it */
#define CHINA_MINUTES 480
#define REPLAY_BYTES_MAX ((size_t)512 * 1024 * 1024)

static enum err put(struct intake *in, struct str peer, enum message_kind kind,
                    const struct buf *body)
{
    return in->reply ? in->reply->put(in->reply, peer, kind, buf_str(body))
                     : link_put(in->link, peer, kind, buf_str(body), 0);
}

/* Control totals: the site said how many rows and how much money; the hub answers what it has. */
static enum err apply_file_end(struct intake *in, struct arena *a, const struct link_batch *b,
                               struct str body)
{
    struct message_file_end end;
    struct record_tally have;
    if (message_file_end_parse(a, body, &end) != OK)
        return ERR_MALFORMED;
    TRY(record_store_read_tally(in->store, b->peer, end.import_id, &have));
    bool is_equal = have.merged + have.duplicate + have.quarantined == end.accepted &&
                    have.sum_fen == end.sum_fen;
    TRY(record_store_file_end(in->store, b->peer, &end, is_equal));
    struct message_file_receipt receipt = {.import_id = end.import_id,
                                           .merged = have.merged,
                                           .duplicate = have.duplicate,
                                           .quarantined = have.quarantined,
                                           .sum_fen = have.sum_fen,
                                           .is_equal = is_equal,
                                           .hub_ms = clock_wall_ms(in->clock)};
    struct buf out;
    buf_init(&out, a);
    message_file_receipt_put(&out, &receipt);
    if (!is_equal)
        LOG(WARN, "file.totals_differ", KV_STR("site", b->peer), KV_STR("dataset", end.dataset));
    return put(in, b->peer, MESSAGE_FILE_RECEIPT, &out);
}

static enum err apply_receipt(struct intake *in, struct arena *a, const struct link_batch *b,
                              struct str body)
{
    struct message_receipt m;
    if (message_receipt_parse(a, body, &m) != OK)
        return ERR_MALFORMED;
    return matter_store_receipt(in->store, b->peer, &m, clock_wall_ms(in->clock));
}

/* The answer moves the finding, unless the centre has decided already: then its word stands and the
 * answer is kept beside it. */
static enum err apply_answer(struct intake *in, struct arena *a, const struct link_batch *b,
                             struct str body)
{
    struct message_answer m;
    int64_t finding;
    int64_t now = clock_wall_ms(in->clock);
    if (message_answer_parse(a, body, &m) != OK)
        return ERR_MALFORMED;
    TRY(matter_store_answer(in->store, b->peer, &m, now, &finding));
    enum err e =
        finding_store_decide(in->store, finding, FINDING_SITE_ANSWERED, now, m.by, STR_NONE);
    return e == ERR_INVALID
               ? finding_store_event(in->store, finding, now, "late_answer", m.by, STR_NONE)
               : e;
}

static enum err apply_heartbeat(struct intake *in, struct arena *a, const struct link_batch *b,
                                struct str body)
{
    struct message_heartbeat m;
    if (message_heartbeat_parse(a, body, &m) != OK)
        return ERR_MALFORMED;
    return site_store_heartbeat(in->store, b->peer, &m, clock_wall_ms(in->clock));
}

static enum err apply_self_check(struct intake *in, struct arena *a, const struct link_batch *b,
                                 struct str body)
{
    struct message_self_check m;
    if (message_self_check_parse(a, body, &m) != OK)
        return ERR_MALFORMED;
    return site_store_put_self_check(in->store, b->peer, &m);
}

static enum err apply_nothing(struct intake *in, struct arena *a, const struct link_batch *b,
                              struct str body)
{
    struct message_nothing m;
    if (message_nothing_parse(a, body, &m) != OK || !date_is_valid(m.first) ||
        !date_is_valid(m.last) || m.first > m.last)
        return ERR_MALFORMED;
    return duty_store_nothing(in->store, b->peer, &m);
}

static enum err apply_quality(struct intake *in, struct arena *a, const struct link_batch *b,
                              struct str body)
{
    struct message_quality m;
    if (message_quality_parse(a, body, &m) != OK)
        return ERR_MALFORMED;
    return quality_store_put(in->store, b->peer, &m, clock_wall_ms(in->clock));
}

static enum err quarantine_item(struct intake *in, struct arena *a, const struct link_batch *b,
                                const struct message_item *item, const char *code, struct str zh,
                                struct str en)
{
    struct record_quarantine q = {.site = b->peer,
                                  .code = str_of(code),
                                  .reason_zh = zh,
                                  .reason_en = en,
                                  .epoch = b->epoch,
                                  .seq = b->seq,
                                  .kind = item->kind,
                                  .body = item->body,
                                  .received_ms = clock_wall_ms(in->clock)};
    struct message_nack nack = {
        .epoch = b->epoch, .seq = b->seq, .code = q.code, .sentence_zh = zh, .sentence_en = en};
    struct buf out;
    TRY(record_store_quarantine(in->store, &q));
    buf_init(&out, a);
    message_nack_put(&out, &nack);
    return put(in, b->peer, MESSAGE_NACK, &out);
}

typedef enum err (*apply_fn)(struct intake *in, struct arena *a, const struct link_batch *b,
                             struct str body);

static apply_fn applier_of(uint64_t kind)
{
    static const struct {
        uint64_t kind;
        apply_fn apply;
    } table[] = {
        {MESSAGE_FILE_END, apply_file_end},     {MESSAGE_RECEIPT, apply_receipt},
        {MESSAGE_ANSWER, apply_answer},         {MESSAGE_HEARTBEAT, apply_heartbeat},
        {MESSAGE_NOTHING, apply_nothing},       {MESSAGE_QUALITY, apply_quality},
        {MESSAGE_SELF_CHECK, apply_self_check},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].kind == kind)
            return table[i].apply;
    return NULL;
}

static enum err apply_item(struct intake *in, struct arena *a, const struct link_batch *b,
                           int64_t batch_id, const struct message_item *item)
{
    if (item->kind == MESSAGE_RECORDS) {
        struct chunk_context context = {
            in->store, in->link, in->reply, b, batch_id, in->merged_in, clock_wall_ms(in->clock),
            in->today};
        if (context.today == 0)
            context.today = date_of_ms(context.now_ms, CHINA_MINUTES);
        return chunk_apply(&context, a, item, &in->rows);
    }
    apply_fn apply = applier_of(item->kind);
    if (!apply)
        return quarantine_item(in, a, b, item, "kind",
                               STR("中心不认识这种消息，已隔离保存，升级后会重新处理"),
                               STR("the hub does not know this kind of message; it is kept and "
                                   "will be applied after an upgrade"));
    enum err e = apply(in, a, b, item->body);
    if (e == ERR_MALFORMED)
        return quarantine_item(in, a, b, item, "malformed", STR("消息内容无法解析，已隔离保存"),
                               STR("the message does not parse; it is kept"));
    if (e == ERR_MISSING) { /* a receipt for what this hub never sent: restored from a backup, or
                               not ours */
        LOG(WARN, "receipt.unknown", KV_STR("site", b->peer));
        return quarantine_item(in, a, b, item, "unknown-document", STR("中心没有这份文书"),
                               STR("the hub does not have this document"));
    }
    return e;
}

static enum err apply_batch(struct intake *in, struct arena *a, const struct link_batch *b)
{
    struct record_batch batch = {
        b->peer, b->epoch, b->seq, b->created_ms, clock_wall_ms(in->clock), b->catalog};
    int64_t batch_id;
    TRY(record_store_begin_batch(in->store, &batch, &batch_id));
    for (size_t i = 0; i < b->item_count; i++) {
        bool is_new = true;
        if (b->items[i].kind == MESSAGE_RECORDS)
            TRY(record_store_note_chunk(in->store, b->peer, b->items[i].body, &is_new));
        if (is_new)
            TRY(apply_item(in, a, b, batch_id, &b->items[i]));
    }
    in->batches++;
    return OK;
}

/* Epoch 0 is nobody's: such batches are numbered by the hub. */
enum err intake_apply_direct(struct intake *in, struct arena *a, struct str source,
                             enum message_kind kind, struct str body)
{
    struct message_item item = {kind, body};
    struct link_batch b = {.peer = source,
                           .created_ms = clock_wall_ms(in->clock),
                           .catalog = in->store->catalog->hash,
                           .items = &item,
                           .item_count = 1};
    ASSERT(in->reply);
    TRY(record_store_next_seq(in->store, source, 0, &b.seq));
    return apply_batch(in, a, &b);
}

static enum err intake_apply(struct link_applier *self, struct arena *a, const struct link_batch *b)
{
    struct intake *in = (struct intake *)self;
    enum err e = apply_batch(in, a, b);
    if (e != OK)
        person_store_forget(in->store);
    return e;
}

void intake_init(struct intake *in, struct store *store, struct link *link, struct clock *clock,
                 int32_t today)
{
    *in = (struct intake){
        .applier = {intake_apply}, .store = store, .link = link, .clock = clock, .today = today};
}

enum err intake_turn(struct intake *in, size_t *out_taken)
{
    enum err e = link_receive_turn(in->link, &in->applier, TURN_MESSAGES_MAX, out_taken);
    if (e != OK)
        person_store_forget(in->store);
    return e;
}

/* A source without a site reads no answers; what it sent directly stands under epoch 0. */
static enum err say_nothing(struct intake_reply *self, struct str peer, enum message_kind kind,
                            struct str body)
{
    (void)self;
    (void)peer;
    (void)kind;
    (void)body;
    return OK;
}

/* Rows that are merged only now come behind what was merged meanwhile: a batch of the hub's own
 * numbers them. */
static enum err begin_late(struct intake *in, const struct record_quarantined *q)
{
    struct record_batch batch = {.site = q->site,
                                 .created_ms = clock_wall_ms(in->clock),
                                 .received_ms = clock_wall_ms(in->clock),
                                 .catalog = in->store->catalog->hash};
    TRY(record_store_next_seq(in->store, q->site, 0, &batch.seq));
    return record_store_begin_batch(in->store, &batch, &in->merged_in);
}

static enum err replay_one(struct intake *in, struct arena *a, const struct record_quarantined *q)
{
    struct intake_reply nobody = {say_nothing};
    struct intake_reply *reply = in->reply;
    struct message_item item = {q->kind, q->body};
    struct link_batch b = {
        .peer = q->site, .epoch = q->epoch, .seq = q->seq, .items = &item, .item_count = 1};
    TRY(record_store_take_quarantined(in->store, q, clock_wall_ms(in->clock)));
    TRY(begin_late(in, q));
    in->reply = q->epoch == 0 ? &nobody : reply;
    enum err e = apply_item(in, a, &b, q->batch_id, &item);
    in->reply = reply;
    in->merged_in = 0;
    return e;
}

static enum err replay_next(struct intake *in, struct arena *a, int64_t last, bool is_other_catalog,
                            int64_t *after)
{
    struct record_quarantined q;
    TRY(record_store_next_quarantined(in->store, a, *after, last, is_other_catalog, &q));
    TRY(db_begin(in->store->db));
    enum err e = replay_one(in, a, &q);
    e = db_end(in->store->db, e);
    if (e != OK) {
        person_store_forget(in->store);
    }
    *after = q.id;
    return e;
}

enum err intake_replay_quarantine(struct intake *in, bool is_other_catalog, size_t *out_replayed)
{
    int64_t last = 0;
    int64_t after = 0;
    TRY(record_store_last_quarantined(in->store, &last)); /* what fails again comes behind it */
    struct arena *a = arena_new(REPLAY_BYTES_MAX);
    enum err e = OK;
    for (*out_replayed = 0; e == OK; *out_replayed += e == OK) {
        arena_reset(a);
        e = replay_next(in, a, last, is_other_catalog, &after);
    }
    arena_free(a);
    return e == ERR_MISSING ? OK : e;
}
