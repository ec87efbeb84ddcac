#include "central/intake/chunk.h"

#include "central/intake/intake.h"
#include "central/store/quality_store.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/vec.h"
#include "common/model/validate.h"

#define REASONS_MAX 20

struct chunk {
    const struct chunk_context *context;
    struct arena *arena;
    struct columns_chunk columns;
    const struct dataset *dataset;
    int field_of[DATASET_FIELDS_MAX]; /* of each column */
    struct record_tally tally;
    VEC(size_t) refused; /* row indexes */
    struct problem_list problems;
};

static enum err tell(struct chunk *c, const char *code, struct str zh, struct str en,
                     const uint64_t *rows, size_t row_count)
{
    const struct link_batch *b = c->context->batch;
    struct message_nack nack = {.epoch = b->epoch,
                                .seq = b->seq,
                                .import_id = c->columns.import_id,
                                .dataset = c->columns.dataset,
                                .code = str_of(code),
                                .sentence_zh = zh,
                                .sentence_en = en,
                                .rows = rows,
                                .row_count = row_count};
    struct buf out;
    buf_init(&out, c->arena);
    message_nack_put(&out, &nack);
    struct intake_reply *reply = c->context->reply;
    return reply ? reply->put(reply, b->peer, MESSAGE_NACK, buf_str(&out))
                 : link_put(c->context->link, b->peer, MESSAGE_NACK, buf_str(&out), 0);
}

static enum err set_aside(struct chunk *c, const char *code, struct str zh, struct str en,
                          uint64_t rows, struct str body)
{
    const struct link_batch *b = c->context->batch;
    struct record_quarantine q = {.site = b->peer,
                                  .import_id = c->columns.import_id,
                                  .dataset = c->columns.dataset,
                                  .code = str_of(code),
                                  .reason_zh = zh,
                                  .reason_en = en,
                                  .epoch = b->epoch,
                                  .seq = b->seq,
                                  .rows = rows,
                                  .kind = MESSAGE_RECORDS,
                                  .body = body,
                                  .received_ms = c->context->now_ms};
    return record_store_quarantine(c->context->store, &q);
}

static enum err quarantine_whole(struct chunk *c, struct str body, const char *code, struct str zh,
                                 struct str en)
{
    struct record_tally tally = {.quarantined = c->columns.row_count};
    TRY(set_aside(c, code, zh, en, c->columns.row_count, body));
    if (c->columns.import_id.len)
        TRY(record_store_add_tally(c->context->store, c->context->batch->peer, c->columns.import_id,
                                   c->columns.dataset, &tally));
    return tell(c, code, zh, en, NULL, 0);
}

/* The sender's columns to the hub's fields by name: an older or newer declaration fits as long as
 * the hub knows every column. */
static bool fit_columns(struct chunk *c)
{
    if (c->columns.field_count > DATASET_FIELDS_MAX)
        return false;
    for (size_t i = 0; i < c->columns.field_count; i++) {
        c->field_of[i] = dataset_field(c->dataset, c->columns.field_ids[i]);
        if (c->field_of[i] < 0)
            return false;
    }
    return true;
}

static struct record record_at(const struct chunk *c, size_t row, struct value *values)
{
    for (size_t f = 0; f < c->dataset->field_count; f++)
        values[f] = value_null();
    uint64_t doubts = 0;
    for (size_t i = 0; i < c->columns.field_count; i++) {
        values[c->field_of[i]] = c->columns.cells[row * c->columns.field_count + i];
        if (c->columns.doubts[row] >> i & 1)
            doubts |= (uint64_t)1 << c->field_of[i];
    }
    return (struct record){c->dataset, values, c->columns.rows[row], doubts};
}

static bool has_key(const struct record *r)
{
    for (size_t i = 0; i < r->dataset->key_count; i++)
        if (r->values[r->dataset->key[i]].kind == VALUE_NULL)
            return false;
    return true;
}

static enum err merge_rows(struct chunk *c, uint64_t *rows)
{
    struct person_batch people;
    struct value *values = NEW_ARRAY(c->arena, struct value, DATASET_FIELDS_MAX);
    struct record_source source = {.site = c->context->batch->peer,
                                   .import_id = c->columns.import_id,
                                   .batch_id = c->context->batch_id,
                                   .merged_in = c->context->merged_in,
                                   .recorded_edge_ms = c->columns.recorded_ms,
                                   .recorded_hub_ms = c->context->now_ms};
    bool is_deletion = c->columns.op == COLUMNS_DELETE;
    person_store_begin(&people, c->context->store, c->arena, c->context->now_ms);
    for (size_t i = 0; i < c->columns.row_count; i++) {
        struct record r = record_at(c, i, values);
        bool is_valid = is_deletion
                            ? has_key(&r)
                            : validate_record(c->arena, &r, c->context->today, &c->problems);
        if (is_valid) {
            TRY(record_store_merge(c->context->store, &people, &source, &r, is_deletion,
                                   &c->tally));
            (*rows)++;
        } else {
            VEC_PUSH(&c->refused, c->arena, i);
        }
    }
    return OK;
}

static enum err note_deletion(const struct chunk *c)
{
    return quality_store_deleted(
        c->context->store,
        &(struct quality_deletion){.batch_id = c->context->batch_id,
                                   .dataset = c->dataset->id,
                                   .site = c->context->batch->peer,
                                   .import_id = c->columns.import_id,
                                   .reason = c->columns.reason,
                                   .rows = c->columns.row_count - c->refused.count,
                                   .unknown = c->tally.duplicate});
}

/* The refused rows in a chunk of their own, as they came. */
static enum err quarantine_refused(struct chunk *c)
{
    size_t n = c->refused.count;
    size_t width = c->columns.field_count;
    struct columns_chunk rest = c->columns;
    rest.row_count = n;
    rest.rows = NEW_ARRAY(c->arena, uint64_t, n);
    rest.doubts = NEW_ARRAY(c->arena, uint64_t, n);
    rest.cells = NEW_ARRAY(c->arena, struct value, n * width);
    for (size_t i = 0; i < n; i++) {
        size_t from = c->refused.at[i];
        rest.rows[i] = c->columns.rows[from];
        rest.doubts[i] = c->columns.doubts[from];
        for (size_t k = 0; k < width; k++) {
            rest.cells[i * width + k] = c->columns.cells[from * width + k];
            if (rest.cells[i * width + k].kind == VALUE_INT &&
                c->dataset->fields[c->field_of[k]].kind == FIELD_MONEY)
                c->tally.sum_fen += rest.cells[i * width + k].number;
        }
    }
    struct buf body;
    buf_init(&body, c->arena);
    columns_put(&body, &rest);
    const struct problem *first = c->problems.items.count ? &c->problems.items.at[0] : NULL;
    struct str zh = first ? first->zh : STR("删除的行缺少主键");
    struct str en = first ? first->en : STR("a deletion without its key");
    c->tally.quarantined += n;
    TRY(set_aside(c, "row", zh, en, n, buf_str(&body)));
    return tell(c, "row", zh, en, rest.rows, n);
}

enum err chunk_apply(const struct chunk_context *context, struct arena *a,
                     const struct message_item *item, uint64_t *rows)
{
    struct chunk c = {.context = context, .arena = a};
    problem_list_init(&c.problems, a, REASONS_MAX);
    if (columns_parse(a, item->body, &c.columns) != OK) {
        c.columns = (struct columns_chunk){0};
        return quarantine_whole(&c, item->body, "columns", STR("数据块无法解析，已隔离保存"),
                                STR("the chunk does not parse; it is kept"));
    }
    c.dataset = catalog_dataset(context->store->catalog, c.columns.dataset);
    if (!c.dataset)
        return quarantine_whole(&c, item->body, "dataset",
                                STR("中心还没有这个数据集的定义，已隔离保存，更新目录后会重新处理"),
                                STR("the hub does not know this dataset yet; it is kept and will "
                                    "be applied after an update"));
    if (!fit_columns(&c))
        return quarantine_whole(&c, item->body, "schema",
                                STR("数据集的列与中心的定义不符，已隔离保存，更新目录后会重新处理"),
                                STR("the hub does not know some columns of this dataset; it is "
                                    "kept and will be applied after an update"));
    TRY(merge_rows(&c, rows));
    if (c.columns.op == COLUMNS_DELETE)
        TRY(note_deletion(&c));
    if (c.refused.count)
        TRY(quarantine_refused(&c));
    TRY(record_store_add_tally(context->store, context->batch->peer, c.columns.import_id,
                               c.dataset->id, &c.tally));
    return record_store_note_freshness(context->store, c.dataset->id, context->now_ms);
}
