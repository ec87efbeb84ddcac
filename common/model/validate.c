#include "common/model/validate.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/utf8.h"
#include "common/model/expr.h"
#include "common/model/type.h"

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

static void add(struct problem_list *problems, enum problem_severity severity,
                const struct type_fault *fault, uint64_t row, size_t column, struct str header,
                struct str value)
{
    problem_add(problems, (struct problem){.severity = severity,
                                           .code = str_of(fault->code),
                                           .line = (uint32_t)row,
                                           .column = (uint32_t)column,
                                           .header = header,
                                           .value = value,
                                           .zh = fault->zh,
                                           .en = fault->en});
}

static bool run_checks(const struct record *r, int32_t today, struct problem_list *problems)
{
    bool is_fine = true;
    for (size_t i = 0; i < r->dataset->check_count; i++) {
        const struct dataset_check *c = &r->dataset->checks[i];
        if (expr_evaluate(c->expr, r->values, today) != EXPR_FALSE)
            continue;
        struct type_fault fault = {"check", c->zh, c->en};
        add(problems, PROBLEM_ERROR, &fault, r->row, 0, STR_NONE, STR_NONE);
        is_fine = false;
    }
    return is_fine;
}

/* The top bit of a column: its cell was bad and has been reported. */
#define REPORTED ((size_t)1 << 63)

static bool check_required(const struct mapping *m, const struct record *r, const size_t *column_of,
                           struct problem_list *problems)
{
    static const struct type_fault fault = {"required", STR_INIT("此列必填，不能为空"),
                                            STR_INIT("this column is required")};
    bool is_fine = true;
    for (size_t f = 0; f < m->dataset->field_count; f++)
        if (m->dataset->fields[f].is_required && r->values[f].kind == VALUE_NULL &&
            !(column_of[f] & REPORTED)) {
            add(problems, PROBLEM_ERROR, &fault, r->row, column_of[f], m->dataset->fields[f].zh,
                STR_NONE);
            is_fine = false;
        }
    return is_fine;
}

/* One cell into its field. False: the row cannot be taken. */
static bool read_cell(const struct mapping *m, struct str cell, size_t column, struct arena *a,
                      struct problem_list *problems, struct record *out, struct value *values,
                      size_t *column_of)
{
    size_t f = (size_t)m->field_index[column];
    struct type_fault fault;
    column_of[f] = column + 1;
    if (!is_plain(cell))
        cell = utf8_fold_width(a, cell);
    cell = str_trim(cell);
    if (cell.len == 0)
        return true;
    enum type_verdict verdict = type_parse(a, m->field[column], cell, &values[f], &fault);
    if (verdict == TYPE_BAD) {
        add(problems, PROBLEM_ERROR, &fault, out->row, column + 1, m->headers[column], cell);
        values[f] = value_null();
        column_of[f] |= REPORTED;
        return false;
    }
    if (verdict == TYPE_DOUBT) {
        add(problems, PROBLEM_WARNING, &fault, out->row, column + 1, m->headers[column], cell);
        out->doubts |= (uint64_t)1 << f;
    }
    if (values[f].kind == VALUE_TEXT)
        values[f].text = str_copy(a, values[f].text);
    return true;
}

bool validate_row(const struct mapping *m, const struct str *cells, size_t cell_count, uint64_t row,
                  int32_t today, struct arena *a, struct problem_list *problems, struct record *out)
{
    struct value *values = NEW_ARRAY(a, struct value, m->dataset->field_count);
    size_t column_of[DATASET_FIELDS_MAX] = {0}; /* for messages */
    bool is_fine = true;
    *out = (struct record){.dataset = m->dataset, .values = values, .row = row};
    for (size_t i = 0; i < cell_count; i++) {
        if (i >= m->column_count && str_trim(cells[i]).len) {
            static const struct type_fault extra = {
                "row.extra", STR_INIT("这一行的列数比表头多，多半是内容中有未加引号的分隔符"),
                STR_INIT("the row has more columns than the header: a separator without quotes?")};
            add(problems, PROBLEM_ERROR, &extra, row, i + 1, STR_NONE, str_trim(cells[i]));
            is_fine = false;
            break;
        }
        if (i < m->column_count && m->field_index[i] >= 0)
            is_fine = read_cell(m, cells[i], i, a, problems, out, values, column_of) && is_fine;
    }
    is_fine = check_required(m, out, column_of, problems) && is_fine;
    return is_fine && run_checks(out, today, problems);
}

static bool is_key(const struct dataset *d, int field)
{
    for (size_t i = 0; i < d->key_count; i++)
        if ((int)d->key[i] == field)
            return true;
    return false;
}

bool validate_deletion(const struct mapping *m, const struct str *cells, size_t cell_count,
                       uint64_t row, struct arena *a, struct problem_list *problems,
                       struct record *out)
{
    static const struct type_fault missing = {
        "delete.key", STR_INIT("要删除的行必须写明主键各栏，才知道删的是哪一条"),
        STR_INIT("a deletion needs the fields of the key")};
    const struct dataset *d = m->dataset;
    struct value *values = NEW_ARRAY(a, struct value, d->field_count);
    size_t column_of[DATASET_FIELDS_MAX] = {0};
    bool is_fine = true;
    *out = (struct record){.dataset = d, .values = values, .row = row};
    for (size_t i = 0; i < cell_count && i < m->column_count; i++)
        if (is_key(d, m->field_index[i]))
            is_fine = read_cell(m, cells[i], i, a, problems, out, values, column_of) && is_fine;
    for (size_t i = 0; i < d->key_count; i++) {
        size_t f = d->key[i];
        if (values[f].kind != VALUE_NULL || (column_of[f] & REPORTED))
            continue;
        add(problems, PROBLEM_ERROR, &missing, row, column_of[f], d->fields[f].zh, STR_NONE);
        is_fine = false;
    }
    return is_fine;
}

/* Most values of most rows, without a detour through text; of the others the detour says what is
 * wrong. */
static bool is_sound_number(const struct field *f, int64_t n)
{
    if (f->has_range && (n < f->least || n > f->most))
        return false;
    if (f->kind == FIELD_DATE)
        return n >= 19000101 && n <= 21001231 && date_is_valid((int32_t)n);
    if (f->kind == FIELD_MONTH)
        return n >= 190001 && n <= 210012 && date_month_is_valid((int32_t)n);
    return f->kind == FIELD_MONEY && f->has_range;
}

/* A value as it would stand in a file parses back to itself, or it was never valid. */
static bool check_value(struct arena *a, const struct field *f, const struct value *v,
                        struct type_fault *out_fault)
{
    if (v->kind != type_of(f->kind)->value) {
        *out_fault =
            (struct type_fault){"kind", STR("值的种类不对"), STR("the value is of another kind")};
        return false;
    }
    if (v->kind == VALUE_TEXT && !utf8_is_valid(v->text)) {
        *out_fault = (struct type_fault){"utf8", STR("文字编码错误"), STR("the text is not UTF-8")};
        return false;
    }
    if (v->kind == VALUE_INT && is_sound_number(f, v->number))
        return true;
    if (f->kind == FIELD_CODE) {
        for (size_t i = 0; i < f->vocab->code_count; i++)
            if (str_equal(f->vocab->codes[i].code, v->text))
                return true;
        *out_fault = (struct type_fault){"code.unknown", STR("词表中没有这个代码"),
                                         STR("not a code of the vocabulary")};
        return false;
    }
    struct value again = value_null();
    struct field plain = *f;
    plain.unit_factor = 0;
    struct str cell = str_trim(utf8_fold_width(a, type_format(a, &plain, v)));
    enum type_verdict verdict =
        cell.len ? type_parse(a, &plain, cell, &again, out_fault) : TYPE_FINE;
    if (verdict != TYPE_BAD && !value_equal(v, &again)) {
        *out_fault = (struct type_fault){"canonical", STR("值不是规范形式"),
                                         STR("the value is not in its canonical form")};
        return false;
    }
    return verdict != TYPE_BAD;
}

bool validate_record(struct arena *a, const struct record *r, int32_t today,
                     struct problem_list *problems)
{
    bool is_fine = true;
    for (size_t f = 0; f < r->dataset->field_count; f++) {
        const struct field *field = &r->dataset->fields[f];
        struct type_fault fault = {"required", STR("此列必填，不能为空"),
                                   STR("this column is required")};
        bool is_null = r->values[f].kind == VALUE_NULL;
        if (is_null ? field->is_required : !check_value(a, field, &r->values[f], &fault)) {
            add(problems, PROBLEM_ERROR, &fault, r->row, f + 1, field->zh, STR_NONE);
            is_fine = false;
        }
    }
    return is_fine && run_checks(r, today, problems);
}
