#include "common/model/mapping.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/model/nearest.h"

struct str mapping_plain_header(struct arena *a, struct str header)
{
    header = str_trim(utf8_fold_width(a, header));
    char *out = arena_take_raw(a, header.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < header.len; i++) {
        char c = header.ptr[i];
        if (c != ' ' && c != '*' && c != '\n' && c != '\r' && c != '\t' && c != '"')
            out[len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    struct str s = str_make(out, len);
    struct str star = STR("★");
    if (str_starts(s, star))
        s = str_skip(s, star.len);
    return str_ends(s, star) ? str_slice(s, 0, s.len - star.len) : s;
}

bool mapping_is_ours(struct arena *a, struct str header)
{
    struct str plain = mapping_plain_header(a, header);
    return str_equal(plain, STR(MAPPING_ORIGINAL_ROW)) || str_equal(plain, STR(MAPPING_REASON));
}

static bool is_among(struct str s, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(s, words[i]))
            return true;
    return false;
}

/* Columns that every dataset may have beside its own; a field of that name goes before them. */
static bool take_op_column(struct mapping *m, size_t column, struct str plain)
{
    static const struct str ops[] = {STR_INIT("操作"), STR_INIT("操作类型"), STR_INIT("数据操作"),
                                     STR_INIT("op")};
    static const struct str whys[] = {STR_INIT("删除说明"), STR_INIT("删除原因"),
                                      STR_INIT("操作说明"), STR_INIT("op_reason")};
    bool is_op = is_among(plain, ops, COUNT_OF(ops));
    bool is_why = is_among(plain, whys, COUNT_OF(whys));
    if (is_op && m->op_column < 0)
        m->op_column = (int)column;
    if (is_why && m->why_column < 0)
        m->why_column = (int)column;
    return is_op || is_why;
}

enum mapping_op mapping_op(const struct mapping *m, const struct str *cells, size_t count,
                           struct str *out_why)
{
    static const struct str puts[] = {STR_INIT(""),     STR_INIT("新增"),  STR_INIT("增加"),
                                      STR_INIT("变更"), STR_INIT("修改"),  STR_INIT("更新"),
                                      STR_INIT("put"),  STR_INIT("无变化")};
    static const struct str deletes[] = {STR_INIT("删除"), STR_INIT("删"), STR_INIT("作废"),
                                         STR_INIT("delete")};
    struct str op = m->op_column >= 0 && (size_t)m->op_column < count
                        ? str_trim(cells[m->op_column])
                        : STR_NONE;
    *out_why = m->why_column >= 0 && (size_t)m->why_column < count ? str_trim(cells[m->why_column])
                                                                   : STR_NONE;
    if (op.len == 0 || is_among(op, puts, COUNT_OF(puts)))
        return MAPPING_PUT;
    return is_among(op, deletes, COUNT_OF(deletes)) ? MAPPING_DELETE : MAPPING_OP_UNKNOWN;
}

/* "罚款金额(元)" → "罚款金额" and "元". */
static struct str split_unit(struct str s, struct str *out_unit)
{
    *out_unit = STR_NONE;
    if (!str_ends(s, STR(")")))
        return s;
    size_t open = s.len;
    while (open > 0 && s.ptr[open - 1] != '(')
        open--;
    if (open == 0)
        return s;
    *out_unit = str_slice(s, open, s.len - 1);
    return str_slice(s, 0, open - 1);
}

static bool matches(struct arena *a, struct str wanted, struct str name)
{
    return str_equal(wanted, mapping_plain_header(a, name));
}

static bool names_field(struct arena *a, const struct field *f, struct str header)
{
    if (matches(a, header, f->zh) || matches(a, header, f->id) || matches(a, header, f->en))
        return true;
    for (size_t i = 0; i < f->alias_count; i++)
        if (matches(a, header, f->aliases[i]))
            return true;
    return false;
}

/* What stands in parentheses behind a header. `factor` 0: words, no unit. FACTOR_FOREIGN: a unit
 * that is not converted, so that the column cannot be taken (千元). */
struct unit {
    enum field_kind kind; /* FIELD_MONEY or FIELD_AREA */
    int64_t factor;       /* value of the field per unit */
};

#define FACTOR_FOREIGN (-1)

static struct unit unit_of(struct str word)
{
    static const struct {
        struct str word;
        struct unit unit;
    } units[] = {
        {STR_INIT("元"), {FIELD_MONEY, 100}},   {STR_INIT("万元"), {FIELD_MONEY, 1000000}},
        {STR_INIT("亩"), {FIELD_AREA, 10000}},  {STR_INIT("垧"), {FIELD_AREA, 150000}},
        {STR_INIT("晌"), {FIELD_AREA, 150000}}, {STR_INIT("公顷"), {FIELD_AREA, 150000}},
        {STR_INIT("平方米"), {FIELD_AREA, 15}}, {STR_INIT("㎡"), {FIELD_AREA, 15}},
    };
    static const struct str foreign[] = {STR_INIT("元"), STR_INIT("米"), STR_INIT("顷")};
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (str_equal(word, units[i].word))
            return units[i].unit;
    for (size_t i = 0; i < COUNT_OF(foreign); i++)
        if (str_ends(word, foreign[i]))
            return (struct unit){FIELD_TEXT, FACTOR_FOREIGN};
    return (struct unit){FIELD_TEXT, 0};
}

/* The field a header names; exactly first, then without the unit in parentheses. A name of a field
 * that itself carries a unit (罚款金额(万元)) matches its base too, and the header's unit wins. */
static int find_field(struct arena *a, const struct dataset *d, struct str header,
                      struct unit *out_unit)
{
    struct str whole = mapping_plain_header(a, header);
    struct str word;
    struct str base = split_unit(whole, &word);
    *out_unit = unit_of(word);
    if (whole.len == 0)
        return -1;
    for (size_t i = 0; i < d->field_count; i++)
        if (names_field(a, &d->fields[i], whole)) {
            if (out_unit->factor == FACTOR_FOREIGN) /* the declaration's own words */
                out_unit->factor = 0;
            return (int)i;
        }
    bool is_unit = out_unit->factor > 0;
    for (size_t i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];
        struct str own_unit;
        struct str own = split_unit(mapping_plain_header(a, f->zh), &own_unit);
        if (base.len && (!is_unit || f->kind == out_unit->kind) &&
            (str_equal(base, own) || names_field(a, f, base)))
            return (int)i;
    }
    return -1;
}

static struct problem at_column(uint64_t row, size_t column, struct str header)
{
    return (struct problem){
        .line = (uint32_t)row, .column = (uint32_t)(column + 1), .header = header, .value = header};
}

static void warn_unknown(struct arena *a, const struct dataset *d, struct problem p,
                         struct problem_list *problems)
{
    struct nearest n;
    nearest_init(&n, mapping_plain_header(a, p.header));
    for (size_t i = 0; i < d->field_count; i++) {
        nearest_offer(&n, d->fields[i].zh);
        for (size_t k = 0; k < d->fields[i].alias_count; k++)
            nearest_offer(&n, d->fields[i].aliases[k]);
    }
    struct str best = nearest_best(&n);
    p.severity = PROBLEM_WARNING;
    p.code = STR("header.unknown");
    p.zh = best.len ? str_format(a, "不认识的列，已忽略；是不是“" STR_FMT "”?", STR_ARG(best))
                    : STR("不认识的列，已忽略");
    p.en = best.len
               ? str_format(a, "unknown column, ignored; did you mean " STR_FMT "?", STR_ARG(best))
               : STR("unknown column, ignored");
    problem_add(problems, p);
}

static bool claim(struct arena *a, struct mapping *m, size_t column, int field, struct unit unit,
                  uint64_t row, struct problem_list *problems)
{
    const struct field *f = &m->dataset->fields[field];
    for (size_t i = 0; i < column; i++)
        if (m->field_index[i] == field) {
            struct problem p = at_column(row, column, m->headers[column]);
            p.severity = PROBLEM_ERROR;
            p.code = STR("header.twice");
            p.zh = str_format(a, "第 %zu 列和第 %zu 列都对应“" STR_FMT "”；请只保留一列", i + 1,
                              column + 1, STR_ARG(f->zh));
            p.en = str_format(a, "columns %zu and %zu both mean " STR_FMT "; keep one of them",
                              i + 1, column + 1, STR_ARG(f->en));
            problem_add(problems, p);
            return false;
        }
    if (unit.factor == FACTOR_FOREIGN && (f->kind == FIELD_MONEY || f->kind == FIELD_AREA)) {
        struct problem p = at_column(row, column, m->headers[column]);
        p.severity = PROBLEM_ERROR;
        p.code = STR("header.unit");
        p.zh = str_format(a, "不认识表头中的单位；请换算为%s后再报",
                          f->kind == FIELD_MONEY ? "元或万元" : "亩、垧或平方米");
        p.en = str_format(a, "the unit in the header is not converted; use %s",
                          f->kind == FIELD_MONEY ? "元 or 万元" : "亩, 垧 or 平方米");
        problem_add(problems, p);
        return false;
    }
    if (f->kind == unit.kind && unit.factor > 0 && unit.factor != f->unit_factor) {
        struct field *with_unit = NEW(a, struct field);
        *with_unit = *f;
        with_unit->unit_factor = unit.factor;
        f = with_unit;
    }
    m->field_index[column] = field;
    m->field[column] = f;
    return true;
}

static bool check_required(struct arena *a, const struct mapping *m, uint64_t row,
                           struct problem_list *problems)
{
    bool is_fine = true;
    for (size_t f = 0; f < m->dataset->field_count; f++) {
        bool has_column = false;
        for (size_t i = 0; i < m->column_count; i++)
            has_column = has_column || m->field_index[i] == (int)f;
        if (has_column || !m->dataset->fields[f].is_required)
            continue;
        struct problem p = {
            .severity = PROBLEM_ERROR, .code = STR("header.missing"), .line = (uint32_t)row};
        p.header = m->dataset->fields[f].zh;
        p.zh = str_format(a, "缺少必填列“" STR_FMT "”；请在表头中补上这一列", STR_ARG(p.header));
        p.en = str_format(a, "the required column " STR_FMT " is missing",
                          STR_ARG(m->dataset->fields[f].en));
        problem_add(problems, p);
        is_fine = false;
    }
    return is_fine;
}

const struct mapping *mapping_build(struct arena *a, const struct dataset *d,
                                    const struct str *headers, size_t count, uint64_t row,
                                    struct problem_list *problems)
{
    if (count > MAPPING_COLUMNS_MAX) {
        struct problem p = {
            .severity = PROBLEM_ERROR, .code = STR("header.columns"), .line = (uint32_t)row};
        p.zh = str_format(a, "列数 %zu 过多，最多 %d 列", count, MAPPING_COLUMNS_MAX);
        p.en = str_format(a, "%zu columns, at most %d", count, MAPPING_COLUMNS_MAX);
        problem_add(problems, p);
        return NULL;
    }
    struct mapping *m = NEW(a, struct mapping);
    struct str *kept = NEW_ARRAY(a, struct str, count + 1);
    bool is_fine = true;
    *m = (struct mapping){
        .dataset = d, .column_count = count, .headers = kept, .op_column = -1, .why_column = -1};
    m->field = NEW_ARRAY(a, const struct field *, count + 1);
    m->field_index = NEW_ARRAY(a, int, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct unit unit;
        kept[i] = str_copy(a, headers[i]);
        m->field_index[i] = -1;
        int field = find_field(a, d, headers[i], &unit);
        if (field >= 0)
            is_fine = claim(a, m, i, field, unit, row, problems) && is_fine;
        else if (mapping_is_ours(a, headers[i]))
            m->is_report = true;
        else if (!take_op_column(m, i, mapping_plain_header(a, headers[i])) &&
                 str_trim(headers[i]).len)
            warn_unknown(a, d, at_column(row, i, kept[i]), problems);
    }
    return check_required(a, m, row, problems) && is_fine ? m : NULL;
}

/* Marks the fields that have a column in `seen`; returns how many columns named one. */
static size_t mark_fields(struct arena *a, const struct dataset *d, const struct str *headers,
                          size_t count, bool *seen)
{
    size_t known = 0;
    for (size_t i = 0; i < count && i < MAPPING_COLUMNS_MAX; i++) {
        struct unit unit;
        int field = find_field(a, d, headers[i], &unit);
        if (field >= 0) {
            known++;
            seen[field] = true;
        }
    }
    return known;
}

size_t mapping_score(struct arena *a, const struct dataset *d, const struct str *headers,
                     size_t count, size_t *out_missing)
{
    bool seen[DATASET_FIELDS_MAX] = {false};
    size_t known = mark_fields(a, d, headers, count, seen);
    *out_missing = 0;
    for (size_t f = 0; f < d->field_count; f++)
        *out_missing += d->fields[f].is_required && !seen[f];
    return known;
}

const struct dataset *mapping_recognise(struct arena *a, const struct catalog *c,
                                        const struct str *headers, size_t count,
                                        const struct dataset **out_nearest)
{
    const struct dataset *best = NULL;
    size_t best_known = 1;
    size_t nearest_gap = SIZE_MAX;
    *out_nearest = NULL;
    for (size_t i = 0; i < c->dataset_count; i++) {
        size_t missing;
        size_t known = mapping_score(a, &c->datasets[i], headers, count, &missing);
        if (missing == 0 && known > best_known) {
            best = &c->datasets[i];
            best_known = known;
        }
        if (known > 0 && missing + (count - (known < count ? known : count)) < nearest_gap) {
            nearest_gap = missing + (count - (known < count ? known : count));
            *out_nearest = &c->datasets[i];
        }
    }
    return best;
}

struct str mapping_missing(struct arena *a, const struct dataset *d, const struct str *headers,
                           size_t count)
{
    bool seen[DATASET_FIELDS_MAX] = {false};
    struct buf out;
    buf_init(&out, a);
    mark_fields(a, d, headers, count, seen);
    for (size_t f = 0; f < d->field_count; f++)
        if (d->fields[f].is_required && !seen[f])
            buf_format(&out, "%s" STR_FMT, out.len ? "、" : "", STR_ARG(d->fields[f].zh));
    return buf_str(&out);
}
