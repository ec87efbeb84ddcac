#include "edge-agent/intake/header.h"

#include "common/base/arena.h"
#include "common/base/check.h"

static const struct str *copy_cells(struct arena *a, const struct format_row *row)
{
    struct str *cells = NEW_ARRAY(a, struct str, row->count ? row->count : 1);
    for (size_t i = 0; i < row->count; i++)
        cells[i] = str_copy(a, row->cells[i]);
    return cells;
}

static void take(struct header *h, const struct dataset *d, const struct format_row *row,
                 struct arena *a)
{
    *h = (struct header){.dataset = d,
                         .names = copy_cells(a, row),
                         .count = row->count,
                         .row = row->number,
                         .sheet = row->sheet,
                         .sheet_name = str_copy(a, row->sheet_name)};
}

static void add_problem(struct problem_list *l, const char *code, uint64_t row, struct str zh,
                        struct str en)
{
    problem_add(l, (struct problem){.severity = PROBLEM_ERROR,
                                    .code = str_of(code),
                                    .line = (uint32_t)row,
                                    .zh = zh,
                                    .en = en});
}

/* Says which dataset came nearest and which columns it lacks. */
static void explain_unknown(const struct header *nearest, struct arena *a,
                            struct problem_list *problems)
{
    const struct dataset *d = nearest->dataset;
    if (!d) {
        add_problem(
            problems, "header.unknown", 0,
            STR("前 30 行里没有找到任何认识的表头。请在数据上方保留一行栏目名称，按样表填写"),
            STR("no known header in the first 30 rows; keep one row of column names above "
                "the data"));
        return;
    }
    struct str missing = mapping_missing(a, d, nearest->names, nearest->count);
    add_problem(problems, "header.unknown", nearest->row,
                str_format(a,
                           "不认识这份表。最接近的是“" STR_FMT
                           "”（表头在第 %llu 行），但缺少必填栏目：" STR_FMT
                           "。请补齐这些栏目，或按样表改栏目名称",
                           STR_ARG(d->zh), (unsigned long long)nearest->row, STR_ARG(missing)),
                str_format(a,
                           "not a known table; nearest is \"" STR_FMT
                           "\" (header in row %llu), but required columns are missing: " STR_FMT,
                           STR_ARG(d->en), (unsigned long long)nearest->row, STR_ARG(missing)));
}

enum err header_find(const struct catalog *catalog, struct format *f, struct arena *a,
                     struct problem_list *problems, struct header *out_header)
{
    struct header nearest = {0};
    size_t best = 0;
    size_t looked_at = 0; /* rows of this sheet */
    uint32_t sheet = 0;
    struct format_row row;
    enum err e = OK;
    for (;;) {
        if ((e = format_next_row(f, problems, &row)) != OK)
            break;
        if (row.sheet != sheet)
            looked_at = 0; /* the first sheet may be about how to fill in the others */
        sheet = row.sheet;
        if (looked_at++ >= HEADER_ROWS_MAX) {
            if (sheet + 1 == format_sheet_count(f))
                break;
            continue;
        }
        if (row.is_damaged || row.is_empty)
            continue;
        const struct dataset *near = NULL;
        const struct dataset *d = mapping_recognise(a, catalog, row.cells, row.count, &near);
        if (!d && near) {
            size_t missing, score = mapping_score(a, near, row.cells, row.count, &missing);
            if (score > best) {
                best = score;
                take(&nearest, near, &row, a);
            }
        }
        if (!d)
            continue;
        take(out_header, d, &row, a);
        out_header->mapping =
            mapping_build(a, d, out_header->names, out_header->count, out_header->row, problems);
        return out_header->mapping ? OK : fail(ERR_INVALID, "the header does not serve");
    }
    if (e != OK && e != ERR_MISSING)
        return e;
    explain_unknown(&nearest, a, problems);
    return fail(ERR_INVALID, "no header is recognised");
}

bool header_take_sheet(const struct catalog *catalog, const struct format_row *row, struct arena *a,
                       struct problem_list *problems, struct header *h,
                       const struct dataset **out_other)
{
    const struct dataset *near = NULL;
    const struct dataset *d = mapping_recognise(a, catalog, row->cells, row->count, &near);
    struct header next;
    *out_other = d != h->dataset ? d : NULL;
    if (d != h->dataset)
        return false;
    take(&next, d, row, a);
    next.mapping = mapping_build(a, d, next.names, next.count, next.row, problems);
    if (!next.mapping)
        return false;
    *h = next;
    return true;
}

static struct str without_blanks(struct str s, char *room, size_t room_len)
{
    size_t len = 0;
    for (size_t i = 0; i < s.len && len < room_len; i++) {
        if (s.ptr[i] == ' ' || s.ptr[i] == '\t')
            continue;
        if (str_starts(str_skip(s, i), STR("　"))) { /* ideographic space */
            i += 2;
            continue;
        }
        room[len++] = s.ptr[i];
    }
    return str_make(room, len);
}

bool header_is_totals(const struct format_row *row)
{
    static const struct str words[] = {STR_INIT("合计"), STR_INIT("总计"),     STR_INIT("小计"),
                                       STR_INIT("共计"), STR_INIT("本页合计"), STR_INIT("累计")};
    char room[32];
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len == 0)
            continue;
        if ((unsigned char)cell.ptr[0] < 0x80) /* most rows: a number or a code comes first */
            return false;
        struct str text = without_blanks(row->cells[i], room, sizeof room);
        if (str_ends(text, STR("：")))
            text = str_slice(text, 0, text.len - 3);
        else if (str_ends(text, STR(":")))
            text = str_slice(text, 0, text.len - 1);
        for (size_t w = 0; w < COUNT_OF(words); w++)
            if (str_equal(text, words[w]))
                return true;
        return false; /* only the first word of a row can name it */
    }
    return false;
}

/* No column's name begins with a digit, and most records have a number or a date: asking the whole
 * catalog about a refused row costs as much as hundreds of rows. */
static bool may_be_header(const struct format_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len && cell.ptr[0] >= '0' && cell.ptr[0] <= '9')
            return false;
    }
    return true;
}

enum header_row header_judge(const struct catalog *catalog, const struct header *h,
                             const struct format_row *row, struct arena *a)
{
    const struct dataset *unused;
    size_t equal = 0, filled = 0;
    for (size_t i = 0; i < h->count; i++) {
        bool is_equal = i < row->count && str_equal(str_trim(row->cells[i]), str_trim(h->names[i]));
        filled += h->names[i].len > 0;
        equal += is_equal && h->names[i].len > 0;
    }
    if (equal == filled)
        return HEADER_AGAIN;
    return equal >= 3 || (may_be_header(row) &&
                          mapping_recognise(a, catalog, row->cells, row->count, &unused))
               ? HEADER_OTHER
               : HEADER_RECORD;
}
