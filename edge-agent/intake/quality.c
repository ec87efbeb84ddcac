#include "edge-agent/intake/quality.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/base/utf8.h"
#include "common/model/type.h"

#include <string.h>

void quality_sheet(struct quality *q)
{
    memset(q->sums, 0, sizeof q->sums);
    q->sheet_rows = 0;
}

static bool is_summed(const struct field *f)
{
    return f->kind == FIELD_MONEY || f->kind == FIELD_AREA;
}

/* The last day of which the row speaks; 0: it does not say. */
static int32_t day_of(const struct record *r)
{
    int field = r->dataset->period_field;
    if (field < 0 || r->values[field].kind != VALUE_INT)
        return 0;
    int32_t n = (int32_t)r->values[field].number;
    if (r->dataset->fields[field].kind != FIELD_MONTH)
        return date_is_valid(n) ? n : 0;
    return date_add_days(date_add_days(n * 100 + 1, 31) / 100 * 100 + 1, -1);
}

void quality_row(struct quality *q, const struct record *r, int32_t today)
{
    for (size_t i = 0; i < r->dataset->field_count; i++)
        if (is_summed(&r->dataset->fields[i]) && r->values[i].kind == VALUE_INT)
            q->sums[i] += r->values[i].number;
    q->sheet_rows++;
    int32_t day = day_of(r);
    q->dated += day != 0;
    q->old += day && date_to_days(today) - date_to_days(day) > QUALITY_OLD_DAYS;
}

void quality_deletion(struct quality *q, bool is_explained)
{
    q->deleted++;
    q->unexplained += !is_explained;
}

/* A page's own total says nothing of the rows above the page. */
static bool is_of_all(const struct format_row *row)
{
    static const struct str parts[] = {STR_INIT("小计"), STR_INIT("小　计"), STR_INIT("本页"),
                                       STR_INIT("小 计")};
    for (size_t i = 0; i < row->count; i++)
        for (size_t k = 0; k < COUNT_OF(parts); k++)
            if (str_contains(row->cells[i], parts[k]))
                return false;
    return true;
}

static void differ(struct problem_list *problems, struct arena *a, const struct format_row *row,
                   size_t column, const struct field *f, struct str said, int64_t sum)
{
    struct value v = value_int(sum);
    struct str shown = type_format(a, f, &v);
    problem_add(problems,
                (struct problem){
                    .severity = PROBLEM_WARNING,
                    .code = STR("totals.differ"),
                    .line = (uint32_t)row->number,
                    .column = (uint32_t)column + 1,
                    .header = f->zh,
                    .value = said,
                    .zh = str_format(a,
                                     "合计写的是 " STR_FMT "，逐行相加是 " STR_FMT
                                     "；请核对有没有漏行、重行或填错的金额",
                                     STR_ARG(said), STR_ARG(shown)),
                    .en = str_format(a, "the total says " STR_FMT ", the rows add up to " STR_FMT,
                                     STR_ARG(said), STR_ARG(shown))});
}

void quality_totals(struct quality *q, const struct mapping *m, const struct format_row *row,
                    struct arena *a, struct problem_list *problems)
{
    bool is_wrong = false;
    if (!is_of_all(row))
        return;
    for (size_t i = 0; i < row->count && i < m->column_count; i++) {
        int field = m->field_index[i];
        if (field < 0 || !is_summed(m->field[i]))
            continue;
        struct field any = *m->field[i]; /* a total may be larger than a row */
        struct value v = value_null();
        struct type_fault fault;
        struct str cell = str_trim(utf8_fold_width(a, row->cells[i]));
        any.has_range = false;
        if (cell.len == 0 || type_parse(a, &any, cell, &v, &fault) == TYPE_BAD ||
            v.kind != VALUE_INT || v.number == q->sums[field])
            continue;
        differ(problems, a, row, i, m->field[i], cell, q->sums[field]);
        is_wrong = true;
    }
    q->totals++;
    q->totals_wrong += is_wrong;
}

void quality_missing(const struct quality *q, struct str file, uint64_t row, struct arena *a,
                     struct problem_list *problems)
{
    unsigned long long n = (unsigned long long)q->missing;
    unsigned long long at = (unsigned long long)row % FORMAT_SHEET_ROWS;
    problem_add(
        problems,
        (struct problem){
            .severity = PROBLEM_WARNING,
            .code = STR("whole.missing"),
            .zh = str_format(
                a,
                "本数据每次都报全部，以前报过的 %llu 行这次没有，也没有写明删除（例如“" STR_FMT
                "”第 %llu 行）。确实没有了的，请在“操作”一列写“删除”并在“删除说明”写明原因；"
                "漏报的请补上",
                n, STR_ARG(file), at),
            .en =
                str_format(a,
                           "each file of this dataset is the whole list; %llu rows reported before "
                           "are missing and were not deleted (such as row %llu of " STR_FMT ")",
                           n, at, STR_ARG(file))});
}

static bool has_header(const struct str *names, size_t count, struct str plain, struct arena *a)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(mapping_plain_header(a, names[i]), plain))
            return true;
    return false;
}

/* Those of `names` that `others` have not, joined by 、 */
static struct str only_in(const struct str *names, size_t count, const struct str *others,
                          size_t other_count, struct arena *a, uint64_t *total)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < count; i++) {
        struct str plain = mapping_plain_header(a, names[i]);
        if (plain.len == 0 || mapping_is_ours(a, names[i]) ||
            has_header(others, other_count, plain, a))
            continue;
        buf_format(&out, "%s" STR_FMT, out.len ? "、" : "", STR_ARG(names[i]));
        ++*total;
    }
    return buf_str(&out);
}

void quality_header(struct quality *q, struct str before_file, const struct str *before,
                    size_t before_count, const struct str *now, size_t now_count, struct arena *a,
                    struct problem_list *problems)
{
    struct str came = only_in(now, now_count, before, before_count, a, &q->drift);
    struct str went = only_in(before, before_count, now, now_count, a, &q->drift);
    if (q->drift == 0)
        return;
    problem_add(
        problems,
        (struct problem){.severity = PROBLEM_WARNING,
                         .code = STR("header.drift"),
                         .zh = str_format(a,
                                          "表头与上次的“" STR_FMT "”不同：%s" STR_FMT "%s%s" STR_FMT
                                          "。如是换了系统或样表可不理会，否则请核对是否漏了栏目",
                                          STR_ARG(before_file), came.len ? "多了 " : "",
                                          STR_ARG(came), came.len && went.len ? "，" : "",
                                          went.len ? "少了 " : "", STR_ARG(went)),
                         .en = str_format(a,
                                          "the header is not that of the file before (" STR_FMT
                                          "): %llu columns came or went",
                                          STR_ARG(before_file), (unsigned long long)q->drift)});
}

void quality_remind(const struct quality *q, struct arena *a, struct problem_list *problems)
{
    if (q->dated == 0 || q->old * 100 <= q->dated * QUALITY_OLD_SHARE_PERCENT)
        return;
    problem_add(
        problems,
        (struct problem){
            .severity = PROBLEM_WARNING,
            .code = STR("rows.old"),
            .zh = str_format(a, "%llu 行中有 %llu 行是 %d 天以前的事，属于补录；请说明为什么晚报",
                             (unsigned long long)q->dated, (unsigned long long)q->old,
                             QUALITY_OLD_DAYS),
            .en = str_format(
                a, "%llu of %llu rows are about more than %d days ago: filled in later",
                (unsigned long long)q->old, (unsigned long long)q->dated, QUALITY_OLD_DAYS)});
}

size_t quality_facts(const struct quality *q, struct arena *a, struct message_answer_field *out)
{
    const struct {
        const char *id;
        uint64_t n;
    } facts[] = {{"dated", q->dated},     {"old", q->old},
                 {"deleted", q->deleted}, {"unexplained", q->unexplained},
                 {"totals", q->totals},   {"totals_wrong", q->totals_wrong},
                 {"missing", q->missing}, {"drift", q->drift}};
    _Static_assert(COUNT_OF(facts) <= QUALITY_FACTS_MAX, "room for every fact");
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(facts); i++)
        if (facts[i].n)
            out[count++] = (struct message_answer_field){
                str_of(facts[i].id), str_format(a, "%llu", (unsigned long long)facts[i].n)};
    return count;
}
