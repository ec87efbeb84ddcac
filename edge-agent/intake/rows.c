#include "edge-agent/intake/rows.h"

#include "common/base/arena.h"
#include "common/model/validate.h"

static void row_problem(struct rows *r, enum problem_severity severity, const char *code,
                        uint64_t row, struct str zh, struct str en)
{
    problem_add(
        &r->chunk->problems,
        (struct problem){
            .severity = severity, .code = str_of(code), .line = (uint32_t)row, .zh = zh, .en = en});
}

static void accept(struct rows *r, const struct record *record)
{
    r->entry->rows++;
    r->entry->accepted++;
    r->entry->warned += record->doubts != 0;
    for (size_t i = 0; i < record->dataset->field_count; i++)
        if (record->dataset->fields[i].kind == FIELD_MONEY && record->values[i].kind == VALUE_INT)
            r->entry->sum_fen += record->values[i].number;
    chunk_add(r->chunk, record);
}

static void reject(struct rows *r)
{
    r->entry->rows++;
    r->entry->rejected++;
}

/* The row did not validate; it may be no record at all. `before`: the problems without its own. */
static void judge_refused(struct rows *r, const struct format_row *row, struct problem_list before)
{
    switch (header_judge(r->catalog, r->header, row, r->arena)) {
    case HEADER_RECORD:
        reject(r);
        return;
    case HEADER_AGAIN:
        r->chunk->problems = before;
        r->entry->skipped++;
        row_problem(r, PROBLEM_WARNING, "header.again", row->number,
                    STR("这一行是重复的表头，已跳过"), STR("the header once more; skipped"));
        return;
    case HEADER_OTHER:
        r->chunk->problems = before;
        r->entry->header_changed = row->number;
        r->entry->skipped++;
        row_problem(r, PROBLEM_ERROR, "header.changed", row->number,
                    STR("从这一行起表头变了，后面的行不能按前面的栏目读取，全部退回。"
                        "请把这一行及以后的内容另存为一个文件，再放入"),
                    STR("another header begins in this row; all rows behind it are refused; save "
                        "them as a file of their own and drop that"));
        return;
    }
}

void rows_take(struct rows *r, const struct format_row *row)
{
    struct problem_list *problems = &r->chunk->problems;
    struct problem_list before = *problems;
    struct record record;
    arena_reset(r->arena);
    r->chunk->looked_at++;
    r->entry->position = row->number;
    if (row->is_damaged || (r->entry->header_changed && !row->is_empty)) {
        reject(r);
    } else if (row->is_empty) {
        return;
    } else if (header_is_totals(row)) {
        r->entry->skipped++;
        row_problem(r, PROBLEM_WARNING, "row.totals", row->number,
                    STR("这一行是合计，不是记录，已跳过"),
                    STR("a row of totals, not a record; skipped"));
    } else if (validate_row(r->header->mapping, row->cells, row->count, row->number, r->today,
                            r->arena, problems, &record)) {
        accept(r, &record);
    } else {
        judge_refused(r, row, before);
    }
}
