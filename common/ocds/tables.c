#include "common/ocds/tables.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/date.h"

#include <math.h>

#define CHINA_MINUTES 480
#define FEN 100.0

/* Where a row is made: the element of the innermost list, and the one around it. */
struct place {
    const struct json *root, *up, *here;
    size_t position; /* in its list, from 1 */
};

void tables_put_cell(struct buf *out, struct str cell)
{
    bool is_quoted = false;
    for (size_t i = 0; i < cell.len; i++)
        is_quoted = is_quoted || cell.ptr[i] == ',' || cell.ptr[i] == '"' || cell.ptr[i] == '\n' ||
                    cell.ptr[i] == '\r';
    if (!is_quoted) {
        buf_put(out, cell);
        return;
    }
    buf_put_char(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"')
            buf_put_char(out, '"');
        buf_put_char(out, cell.ptr[i]);
    }
    buf_put_char(out, '"');
}

void tables_put_header(const struct ocds_table *t, struct buf *out)
{
    for (size_t i = 0; i < t->field_count; i++) {
        if (i)
            buf_put_char(out, ',');
        tables_put_cell(out, t->dataset->fields[t->fields[i].field].zh);
    }
    buf_put_z(out, "\n");
}

static struct str plain(const struct json *value, struct arena *a)
{
    switch (value ? json_kind(value) : JSON_KIND_NULL) {
    case JSON_KIND_TEXT:
        return json_text(value);
    case JSON_KIND_INT:
    case JSON_KIND_REAL:
    case JSON_KIND_BOOL:
        return json_write(value, a);
    case JSON_KIND_NULL:
    case JSON_KIND_ARRAY:
    case JSON_KIND_OBJECT:
        return STR_NONE;
    }
    return STR_NONE;
}

/* RFC 3339 with its zone → "2026-11-24 09:30:00" in China; anything else as it is. */
static struct str china_time(struct str s, bool is_day, struct arena *a)
{
    int64_t us;
    if (!date_parse_moment(s, &us))
        return is_day && s.len >= 10 && s.ptr[4] == '-' && !(s.len >= 20 && s.ptr[10] == 'T')
                   ? str_slice(s, 0, 10)
                   : s;
    struct date_parts p = date_split_ms(us / 1000, CHINA_MINUTES);
    struct str text = str_format(a, "%04d-%02d-%02d", p.year, p.month, p.day);
    return is_day ? text
                  : str_format(a, STR_FMT " %02d:%02d:%02d", STR_ARG(text), p.hour, p.minute,
                               p.second);
}

static struct str money(const struct ocds_table *t, const struct ocds_field *f,
                        const struct json *value, struct arena *a, struct problem_list *problems)
{
    if (!value || json_kind(value) != JSON_KIND_OBJECT)
        return plain(value, a);
    struct str currency = json_get_str(value, "currency");
    const struct json *amount = json_get(value, "amount");
    if (!amount)
        return STR_NONE;
    if (currency.len && !str_equal(currency, STR("CNY"))) {
        const struct field *field = &t->dataset->fields[f->field];
        problem_add(
            problems,
            (struct problem){
                .severity = PROBLEM_WARNING,
                .code = STR("ocds.currency"),
                .header = field->zh,
                .value = currency,
                .zh = str_format(a, "金额的币种是 " STR_FMT "，不是人民币，未折算，此栏留空",
                                 STR_ARG(currency)),
                .en = str_format(a,
                                 "the amount is in " STR_FMT ", not in yuan; it is not "
                                 "converted and left empty",
                                 STR_ARG(currency))});
        return STR_NONE;
    }
    double fen = round(json_double(amount) * FEN); /* exact up to 2^53 fen */
    return str_format(a, "%.2f", fen / FEN);
}

/* The credit code of the organisation with this id; one of another register is none. */
static struct str party(const struct field *field, const struct json *root, struct str id,
                        struct arena *a, struct problem_list *problems)
{
    const struct json *parties = json_get(root, "parties");
    for (size_t i = 0; id.len && i < json_count(parties); i++) {
        const struct json *p = json_at(parties, i);
        if (!str_equal(plain(json_get(p, "id"), a), id))
            continue;
        const struct json *identifier = json_get(p, "identifier");
        struct str scheme = json_get_str(identifier, "scheme");
        struct str code = plain(json_get(identifier, "id"), a);
        if (scheme.len == 0 || str_equal(scheme, STR("CN-USCC")))
            return code.len ? code : id;
        problem_add(
            problems,
            (struct problem){
                .severity = PROBLEM_WARNING,
                .code = STR("ocds.scheme"),
                .header = field->zh,
                .value = scheme,
                .zh = str_format(a, "机构编号属于 " STR_FMT "，不是统一社会信用代码，此栏留空",
                                 STR_ARG(scheme)),
                .en = str_format(a,
                                 "the organisation is known in " STR_FMT ", not by a "
                                 "credit code (CN-USCC); left empty",
                                 STR_ARG(scheme))});
        return STR_NONE;
    }
    return id;
}

static const struct json *award_named(const struct json *root, struct str id, struct arena *a)
{
    const struct json *awards = json_get(root, "awards");
    for (size_t i = 0; i < json_count(awards); i++)
        if (str_equal(plain(json_get(json_at(awards, i), "id"), a), id))
            return json_at(awards, i);
    return NULL;
}

static struct str recode(const struct ocds_field *f, struct str text)
{
    for (size_t i = 0; i < f->code_count; i++)
        if (str_equal(text, f->codes[i].theirs))
            return f->codes[i].ours;
    return text;
}

static struct str cell(const struct ocds_table *t, const struct ocds_field *f,
                       const struct place *at, struct arena *a, struct problem_list *problems)
{
    const struct field *field = &t->dataset->fields[f->field];
    const struct json *from = f->is_root ? at->root : f->is_up ? at->up : at->here;
    const struct json *value = ocds_path_follow(from, &f->path, a);
    struct str text;
    switch (f->way) {
    case OCDS_POSITION:
        return str_format(a, "%zu", at->position);
    case OCDS_MONEY:
        return money(t, f, value, a, problems);
    case OCDS_PARTY:
        return party(field, at->root, plain(value, a), a, problems);
    case OCDS_AWARD:
        value = award_named(at->root, plain(value, a), a);
        text = value ? plain(ocds_path_follow(value, &f->then, a), a) : STR_NONE;
        return f->is_party ? party(field, at->root, text, a, problems) : text;
    case OCDS_PLAIN:
        break;
    }
    text = recode(f, plain(value, a));
    if (field->kind == FIELD_DATE || field->kind == FIELD_DATETIME)
        text = china_time(text, field->kind == FIELD_DATE, a);
    return text;
}

static void put_row(const struct ocds_table *t, const struct place *at, struct arena *a,
                    struct buf *out, struct problem_list *problems)
{
    for (size_t i = 0; i < t->field_count; i++) {
        if (i)
            buf_put_char(out, ',');
        tables_put_cell(out, cell(t, &t->fields[i], at, a, problems));
    }
    buf_put_z(out, "\n");
}

static bool says_otherwise(const struct ocds_table *t, const struct json *here, struct arena *a)
{
    const struct json *said = t->always.count ? ocds_path_follow(here, &t->always, a) : NULL;
    return json_kind(said) == JSON_KIND_TEXT && !str_equal(json_text(said), t->always_says);
}

/* Every element of the lists on the way; `step` is the next of the path. */
static size_t put_each(const struct ocds_table *t, const struct place *at, size_t step,
                       struct arena *a, struct buf *out, struct problem_list *problems)
{
    if (step == t->each.count) {
        if (says_otherwise(t, at->here, a))
            return 0;
        put_row(t, at, a, out, problems);
        return 1;
    }
    const struct json *next = json_kind(at->here) == JSON_KIND_OBJECT
                                  ? json_get(at->here, str_copy_z(a, t->each.steps[step]))
                                  : NULL;
    if (!next)
        return 0;
    if (json_kind(next) != JSON_KIND_ARRAY) {
        struct place inner = *at;
        inner.here = next;
        return put_each(t, &inner, step + 1, a, out, problems);
    }
    size_t rows = 0;
    for (size_t i = 0; i < json_count(next); i++) {
        struct place inner = {at->root, at->up, json_at(next, i), i + 1};
        if (step + 1 < t->each.count) /* around an inner list */
            inner.up = inner.here;
        rows += put_each(t, &inner, step + 1, a, out, problems);
    }
    return rows;
}

size_t tables_put_rows(const struct ocds_table *t, const struct json *compiled, struct arena *a,
                       struct buf *out, struct problem_list *problems)
{
    struct place at = {compiled, compiled, compiled, 1};
    if (t->when.count && !ocds_path_follow(compiled, &t->when, a))
        return 0;
    return put_each(t, &at, 0, a, out, problems);
}
