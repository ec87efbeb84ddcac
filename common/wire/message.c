#include "common/wire/message.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/wire/wire.h"

#include <stddef.h>
#include <string.h>

void message_put_item(struct buf *out, enum message_kind kind, struct str body)
{
    wire_put_u64(out, kind);
    wire_put_text(out, body);
}

static enum err read_item(struct str *in, struct message_item *out_item)
{
    struct message_item item;
    TRY(wire_read_u64(in, &item.kind));
    if (item.kind == 0)
        return fail(ERR_MALFORMED, "item without a kind");
    TRY(wire_read_text(in, &item.body));
    *out_item = item;
    return OK;
}

enum err message_parse_batch(struct arena *a, struct str plain, struct message_item **out_items,
                             size_t *out_count)
{
    /* Counted first, so that memory is taken once and only for a batch that parses whole. */
    struct message_item item;
    struct str rest = plain;
    size_t count = 0;
    for (; rest.len > 0; count++) {
        if (count == MESSAGE_ITEMS_MAX)
            return fail(ERR_MALFORMED, "more than %d items", MESSAGE_ITEMS_MAX);
        TRY(wrap(read_item(&rest, &item), "item %zu", count + 1));
    }
    struct message_item *items = NEW_ARRAY(a, struct message_item, count);
    rest = plain;
    for (size_t i = 0; i < count; i++)
        TRY(read_item(&rest, &items[i]));
    *out_items = items;
    *out_count = count;
    return OK;
}

/* The fields of a message in the order in which they stand on the wire; a new field goes to the end
 * of its list. Written once, for both directions. */
enum form { TEXT, U64, I64, I32, BOOL, HASH, ROWS, ANSWERS };

struct field {
    enum form form;
    size_t offset, count_offset; /* count_offset: of ROWS and ANSWERS */
};

#define F(message, form, member)                                                                   \
    {                                                                                              \
        form, offsetof(struct message_##message, member), 0                                        \
    }
#define LIST(message, form, member, count)                                                         \
    {                                                                                              \
        form, offsetof(struct message_##message, member),                                          \
            offsetof(struct message_##message, count)                                              \
    }

static const struct field file_end_fields[] = {
    F(file_end, TEXT, import_id), F(file_end, TEXT, file_name), F(file_end, HASH, file_hash),
    F(file_end, TEXT, dataset),   F(file_end, U64, rows),       F(file_end, U64, accepted),
    F(file_end, U64, rejected),   F(file_end, I64, sum_fen),    F(file_end, I64, imported_ms),
};
static const struct field file_receipt_fields[] = {
    F(file_receipt, TEXT, import_id), F(file_receipt, U64, merged),
    F(file_receipt, U64, duplicate),  F(file_receipt, U64, quarantined),
    F(file_receipt, I64, sum_fen),    F(file_receipt, BOOL, is_equal),
    F(file_receipt, I64, hub_ms),
};
static const struct field nack_fields[] = {
    F(nack, U64, epoch),        F(nack, U64, seq),
    F(nack, TEXT, import_id),   F(nack, TEXT, dataset),
    F(nack, TEXT, code),        F(nack, TEXT, sentence_zh),
    F(nack, TEXT, sentence_en), LIST(nack, ROWS, rows, row_count),
};
static const struct field document_fields[] = {
    F(document, TEXT, document_id), F(document, TEXT, type),    F(document, TEXT, title_zh),
    F(document, TEXT, title_en),    F(document, TEXT, body_zh), F(document, TEXT, body_en),
    F(document, TEXT, colour),      F(document, I32, due),      F(document, I64, created_ms),
    F(document, TEXT, facts_json),
};
static const struct field receipt_fields[] = {
    F(receipt, TEXT, document_id),
    F(receipt, U64, state),
    F(receipt, I64, at_ms),
    F(receipt, TEXT, by),
};
static const struct field answer_fields[] = {
    F(answer, TEXT, document_id),
    F(answer, TEXT, by),
    F(answer, I64, at_ms),
    LIST(answer, ANSWERS, fields, field_count),
};
static const struct field heartbeat_fields[] = {
    F(heartbeat, TEXT, program_version),
    F(heartbeat, HASH, catalog),
    F(heartbeat, I64, at_ms),
    F(heartbeat, U64, waiting_items),
    F(heartbeat, U64, waiting_rows),
    F(heartbeat, U64, files_waiting),
    F(heartbeat, U64, rejected_rows),
    F(heartbeat, U64, disk_free_bytes),
};
static const struct field withdraw_fields[] = {
    F(withdraw, TEXT, document_id),
    F(withdraw, TEXT, reason_zh),
    F(withdraw, TEXT, reason_en),
};
static const struct field nothing_fields[] = {
    F(nothing, TEXT, dataset), F(nothing, I32, first), F(nothing, I32, last),
    F(nothing, TEXT, by),      F(nothing, I64, at_ms),
};
static const struct field quality_fields[] = {
    F(quality, TEXT, import_id),
    F(quality, TEXT, dataset),
    LIST(quality, ANSWERS, facts, fact_count),
};
static const struct field self_check_fields[] = {
    F(self_check, TEXT, rule), F(self_check, HASH, hash), F(self_check, U64, version),
    F(self_check, U64, rows),  F(self_check, U64, hits),  F(self_check, TEXT, why),
    F(self_check, I64, at_ms),
};
static const struct field ack_fields[] = {
    F(ack, U64, epoch),       F(ack, U64, up_to_seq), F(ack, U64, credit),
    F(ack, I64, hub_time_ms), F(ack, HASH, last),
};
static const struct field busy_fields[] = {
    F(busy, I64, delay_ms),
};
static const struct field resend_fields[] = {
    F(resend, U64, epoch),
    F(resend, U64, from_seq),
};
static const struct field diverged_fields[] = {
    F(diverged, U64, epoch),
    F(diverged, U64, up_to_seq),
    F(diverged, TEXT, reason),
};

static void put_rows(struct buf *out, const uint64_t *rows, size_t count)
{
    uint64_t last = 0;
    ASSERT(count <= MESSAGE_LIST_MAX);
    wire_put_u64(out, count);
    for (size_t i = 0; i < count; last = rows[i], i++)
        wire_put_i64(out, (int64_t)(rows[i] - last));
}

static void put_answers(struct buf *out, const struct message_answer_field *fields, size_t count)
{
    ASSERT(count <= MESSAGE_LIST_MAX);
    wire_put_u64(out, count);
    for (size_t i = 0; i < count; i++) {
        wire_put_text(out, fields[i].id);
        wire_put_text(out, fields[i].text);
    }
}

#define AT(type, offset) (*(type const *)(const void *)(m + (offset)))

static void put_field(struct buf *out, const struct field *f, const char *m)
{
    switch (f->form) {
    case TEXT:
        wire_put_text(out, AT(struct str, f->offset));
        break;
    case U64:
        wire_put_u64(out, AT(uint64_t, f->offset));
        break;
    case I64:
        wire_put_i64(out, AT(int64_t, f->offset));
        break;
    case I32:
        wire_put_i64(out, AT(int32_t, f->offset));
        break;
    case BOOL:
        wire_put_u64(out, AT(bool, f->offset));
        break;
    case HASH:
        wire_put_hash(out, &AT(struct hash, f->offset));
        break;
    case ROWS:
        put_rows(out, AT(const uint64_t *, f->offset), AT(size_t, f->count_offset));
        break;
    case ANSWERS:
        put_answers(out, AT(const struct message_answer_field *, f->offset),
                    AT(size_t, f->count_offset));
        break;
    }
}
#undef AT

static enum err read_list_count(struct str *in, size_t *out_count)
{
    size_t count = 0;
    TRY(wire_read_count(in, &count));
    if (count > MESSAGE_LIST_MAX)
        return fail(ERR_MALFORMED, "list of more than %d", MESSAGE_LIST_MAX);
    *out_count = count;
    return OK;
}

static enum err read_rows(struct arena *a, struct str *in, const uint64_t **out_rows,
                          size_t *out_count)
{
    size_t count = 0;
    TRY(read_list_count(in, &count));
    uint64_t *rows = NEW_ARRAY(a, uint64_t, count);
    uint64_t last = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t step;
        TRY(wire_read_i64(in, &step));
        rows[i] = last += (uint64_t)step;
    }
    *out_rows = rows;
    *out_count = count;
    return OK;
}

static enum err read_answers(struct arena *a, struct str *in,
                             const struct message_answer_field **out_fields, size_t *out_count)
{
    size_t count = 0;
    TRY(read_list_count(in, &count));
    struct message_answer_field *fields = NEW_ARRAY(a, struct message_answer_field, count);
    for (size_t i = 0; i < count; i++) {
        TRY(wire_read_text(in, &fields[i].id));
        TRY(wire_read_text(in, &fields[i].text));
    }
    *out_fields = fields;
    *out_count = count;
    return OK;
}

static enum err read_i32(struct str *in, int32_t *out_n)
{
    int64_t n;
    TRY(wire_read_i64(in, &n));
    if (n < INT32_MIN || n > INT32_MAX)
        return fail(ERR_MALFORMED, "number over 32 bits");
    *out_n = (int32_t)n;
    return OK;
}

static enum err read_bool(struct str *in, bool *out_is)
{
    uint64_t n;
    TRY(wire_read_u64(in, &n));
    if (n > 1)
        return fail(ERR_MALFORMED, "neither yes nor no");
    *out_is = n == 1;
    return OK;
}

#define AT(type, offset) ((type *)(void *)(m + (offset)))

static enum err read_field(struct arena *a, struct str *in, const struct field *f, char *m)
{
    switch (f->form) {
    case TEXT:
        return wire_read_text(in, AT(struct str, f->offset));
    case U64:
        return wire_read_u64(in, AT(uint64_t, f->offset));
    case I64:
        return wire_read_i64(in, AT(int64_t, f->offset));
    case I32:
        return read_i32(in, AT(int32_t, f->offset));
    case BOOL:
        return read_bool(in, AT(bool, f->offset));
    case HASH:
        return wire_read_hash(in, AT(struct hash, f->offset));
    case ROWS:
        return read_rows(a, in, AT(const uint64_t *, f->offset), AT(size_t, f->count_offset));
    case ANSWERS:
        return read_answers(a, in, AT(const struct message_answer_field *, f->offset),
                            AT(size_t, f->count_offset));
    }
    return fail(ERR_MALFORMED, "no such form");
}
#undef AT

static void put_fields(struct buf *out, const struct field *fields, size_t count, const char *m)
{
    for (size_t i = 0; i < count; i++)
        put_field(out, &fields[i], m);
}

/* What stands behind the last known field was added by a newer end: skipped. */
static enum err read_fields(struct arena *a, struct str body, const struct field *fields,
                            size_t count, char *m)
{
    for (size_t i = 0; i < count; i++)
        TRY(wrap(read_field(a, &body, &fields[i], m), "field %zu", i + 1));
    return OK;
}

#define X(name)                                                                                    \
    void message_##name##_put(struct buf *out, const struct message_##name *m)                     \
    {                                                                                              \
        put_fields(out, name##_fields, COUNT_OF(name##_fields), (const char *)m);                  \
    }                                                                                              \
    enum err message_##name##_parse(struct arena *a, struct str body,                              \
                                    struct message_##name *out_m)                                  \
    {                                                                                              \
        struct message_##name m = {0};                                                             \
        TRY(wrap(read_fields(a, body, name##_fields, COUNT_OF(name##_fields), (char *)&m),         \
                 "message " #name));                                                               \
        *out_m = m;                                                                                \
        return OK;                                                                                 \
    }
MESSAGE_LIST(X)
#undef X
