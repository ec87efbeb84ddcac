#include "edge-agent/intake/rows.h"

#include "common/base/arena.h"
#include "common/model/validate.h"
#include "common/sheet/template.h"

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

static void reject(struct rows *r, const struct format_row *row)
{
    r->entry->rows++;
    r->entry->rejected++;
    /* Behind another header the columns are others: those rows are mended in the file itself. */
    if (r->entry->rejected <= LEDGER_PROBLEMS_MAX && !r->entry->header_changed)
        chunk_keep(r->chunk, row, false);
}

/* The row did not validate; it may be no record at all: false. `before`: the problems without its
 * own. */
static bool judge_refused(struct rows *r, const struct format_row *row, struct problem_list before)
{
    switch (header_judge(r->catalog, r->header, row, r->arena)) {
    case HEADER_RECORD:
        reject(r, row);
        return true;
    case HEADER_AGAIN:
        r->chunk->problems = before;
        r->entry->skipped++;
        row_problem(r, PROBLEM_WARNING, "header.again", row->number,
                    STR("这一行是重复的表头，已跳过"), STR("the header once more; skipped"));
        break;
    case HEADER_OTHER:
        r->chunk->problems = before;
        r->entry->header_changed = row->number;
        r->entry->skipped++;
        row_problem(r, PROBLEM_ERROR, "header.changed", row->number,
                    STR("从这一行起表头变了，后面的行不能按前面的栏目读取，全部退回。"
                        "请把这一行及以后的内容另存为一个文件，再放入"),
                    STR("another header begins in this row; all rows behind it are refused; save "
                        "them as a file of their own and drop that"));
        break;
    }
    return false;
}

static void begin_sheet(struct rows *r, uint32_t sheet, struct str name)
{
    quality_sheet(r->quality);
    r->sheet = sheet;
    r->looked_at = 1;
    r->is_skipping = template_is_for_people(name);
}

/* Above and at the header of a further sheet. What is found wrong is said once, where `problems` is
 * given. */
static void look_for_header(struct rows *r, const struct format_row *row,
                            struct problem_list *problems)
{
    const struct dataset *other = NULL;
    if (row->is_empty || row->is_damaged)
        return;
    if (header_take_sheet(r->catalog, row, r->kept, problems, r->header, &other)) {
        r->looked_at = 0;
        chunk_keep(r->chunk, row, true);
        return;
    }
    r->is_skipping = other || ++r->looked_at > HEADER_ROWS_MAX;
    if (!r->is_skipping)
        return;
    struct str zh =
        other ? str_format(r->arena,
                           "工作表“" STR_FMT "”是另一种数据（" STR_FMT
                           "），没有读取；请另存为单独的文件再放入",
                           STR_ARG(row->sheet_name), STR_ARG(other->zh))
              : str_format(r->arena, "工作表“" STR_FMT "”前 30 行没有认识的表头，没有读取",
                           STR_ARG(row->sheet_name));
    struct str en =
        other ? str_format(r->arena,
                           "sheet \"" STR_FMT "\" is another dataset (" STR_FMT
                           ") and was not read; drop it as a file of its own",
                           STR_ARG(row->sheet_name), STR_ARG(other->en))
              : str_format(r->arena, "no known header in sheet \"" STR_FMT "\"; it was not read",
                           STR_ARG(row->sheet_name));
    problem_add(problems, (struct problem){.severity = other ? PROBLEM_ERROR : PROBLEM_WARNING,
                                           .code = str_of(other ? "sheet.other" : "sheet.unknown"),
                                           .line = (uint32_t)row->number,
                                           .zh = zh,
                                           .en = en});
}

/* Whether the row is none of the records: above the header of a further sheet, or in one that is
 * not read. */
static bool is_of_sheet(struct rows *r, const struct format_row *row, struct problem_list *problems)
{
    if (row->sheet != r->sheet)
        begin_sheet(r, row->sheet, row->sheet_name);
    if (r->is_skipping)
        return true;
    if (r->looked_at == 0)
        return false;
    look_for_header(r, row, problems);
    return true;
}

/* What a durable row says of the file as a whole is counted again, and nothing else. */
void rows_pass(struct rows *r, const struct format_row *row)
{
    struct problem_list unused;
    struct record record;
    struct str why;
    arena_reset(r->arena);
    problem_list_init(&unused, r->arena, 0);
    if (is_of_sheet(r, row, &unused) || row->is_empty || row->is_damaged)
        return;
    const struct mapping *m = r->header->mapping;
    if (header_is_totals(row)) {
        quality_totals(r->quality, m, row, r->arena, &unused);
        return;
    }
    enum mapping_op op = mapping_op(m, row->cells, row->count, &why);
    if (op == MAPPING_DELETE &&
        validate_deletion(m, row->cells, row->count, row->number, r->arena, &unused, &record)) {
        quality_deletion(r->quality, why.len > 0);
    } else if (op == MAPPING_PUT) {
        bool is_fine = validate_row(m, row->cells, row->count, row->number, r->today, r->arena,
                                    &unused, &record);
        if (is_fine || header_judge(r->catalog, r->header, row, r->arena) == HEADER_RECORD)
            quality_row(r->quality, &record, r->today);
    }
}

static void take_deletion(struct rows *r, const struct format_row *row, struct str why)
{
    struct record record;
    if (!validate_deletion(r->header->mapping, row->cells, row->count, row->number, r->arena,
                           &r->chunk->problems, &record)) {
        reject(r, row);
        return;
    }
    r->entry->rows++;
    r->entry->accepted++;
    quality_deletion(r->quality, why.len > 0);
    if (why.len == 0) {
        r->entry->warned++;
        row_problem(r, PROBLEM_WARNING, "delete.unexplained", row->number,
                    STR("已按“删除”处理，但没有写明原因，中心会追问；请在“删除说明”一列写明"),
                    STR("deleted without a reason, which will be asked for; give it in the column "
                        "删除说明"));
    }
    chunk_delete(r->chunk, &record, why);
}

/* A row of data: what it says is to be done with it. */
static void take_row(struct rows *r, const struct format_row *row, struct problem_list before)
{
    struct problem_list *problems = &r->chunk->problems;
    struct record record;
    struct str why;
    switch (mapping_op(r->header->mapping, row->cells, row->count, &why)) {
    case MAPPING_DELETE:
        take_deletion(r, row, why);
        return;
    case MAPPING_OP_UNKNOWN:
        problem_add(problems,
                    (struct problem){.severity = PROBLEM_ERROR,
                                     .code = STR("op.unknown"),
                                     .line = (uint32_t)row->number,
                                     .column = (uint32_t)r->header->mapping->op_column + 1,
                                     .header = STR("操作"),
                                     .value = row->cells[r->header->mapping->op_column],
                                     .zh = STR("“操作”应为新增、变更或删除，不写即为新增或变更"),
                                     .en = STR("what is to be done should be 新增, 变更 or 删除 "
                                               "(add, change, delete); empty means the former")});
        judge_refused(r, row, before);
        return;
    case MAPPING_PUT:
        break;
    }
    bool is_fine = validate_row(r->header->mapping, row->cells, row->count, row->number, r->today,
                                r->arena, problems, &record);
    if (is_fine)
        accept(r, &record);
    else if (!judge_refused(r, row, before))
        return;
    quality_row(r->quality, &record, r->today);
    if (record.dataset->is_whole && !is_fine)
        chunk_note_key(r->chunk, &record);
}

void rows_take(struct rows *r, const struct format_row *row)
{
    struct problem_list *problems = &r->chunk->problems;
    struct problem_list before = *problems;
    arena_reset(r->arena);
    r->chunk->looked_at++;
    r->entry->position = row->number;
    if (is_of_sheet(r, row, problems))
        return;
    if (row->is_damaged || (r->entry->header_changed && !row->is_empty)) {
        reject(r, row);
    } else if (row->is_empty) {
        return;
    } else if (header_is_totals(row)) {
        r->entry->skipped++;
        row_problem(r, PROBLEM_WARNING, "row.totals", row->number,
                    STR("这一行是合计，不是记录，已跳过"),
                    STR("a row of totals, not a record; skipped"));
        quality_totals(r->quality, r->header->mapping, row, r->arena, problems);
    } else {
        take_row(r, row, before);
    }
}
