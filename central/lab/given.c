#include "central/lab/given.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/vec.h"
#include "common/format/format.h"
#include "common/model/type.h"
#include "common/os/file.h"

#define READER_BYTES_MAX ((size_t)8 << 20)
#define DAY_MS INT64_C(86400000)

struct line {
    struct str *cells;
    size_t count;
    uint64_t number;
};

struct table { /* one file; the header is its first line */
    struct str name;
    struct line *lines;
    size_t count;
};

static void add_fault(struct problem_list *problems, struct str file, uint64_t line, size_t column,
                      struct str zh, struct str en)
{
    problem_add(problems, (struct problem){.severity = PROBLEM_ERROR,
                                           .code = STR("given.cell"),
                                           .file = file,
                                           .line = (uint32_t)line,
                                           .column = (uint32_t)column + 1,
                                           .zh = zh,
                                           .en = en});
}

static struct line copy_row(struct arena *a, const struct format_row *row)
{
    struct line line = {NEW_ARRAY(a, struct str, row->count + 1), row->count, row->number};
    for (size_t i = 0; i < row->count; i++)
        line.cells[i] = str_copy(a, str_trim(row->cells[i]));
    return line;
}

static enum err read_lines(struct arena *a, struct format *f, struct problem_list *problems,
                           struct table *out)
{
    VEC(struct line) lines = {0};
    struct format_row row;
    enum err e;
    while ((e = format_next_row(f, problems, &row)) == OK) {
        struct line line = copy_row(a, &row);
        if (!row.is_empty && !row.is_damaged)
            VEC_PUSH(&lines, a, line);
    }
    out->lines = lines.at;
    out->count = lines.count;
    return e == ERR_MISSING ? OK : e;
}

/* The reader's own memory is given back with the file. */
static enum err read_bytes(struct arena *a, struct str bytes, struct problem_list *problems,
                           struct table *out)
{
    struct arena *inside = arena_new(READER_BYTES_MAX);
    struct format_bytes source = {{.read = format_read_bytes}, bytes, 0, bytes};
    struct format *f = NULL;
    enum err e = format_open(&source.source, inside, problems, &f);
    if (e == OK)
        e = read_lines(a, f, problems, out);
    format_close(f);
    arena_free(inside);
    return e == ERR_MALFORMED ? OK : e; /* a problem says what it is instead */
}

static enum err read_table(struct arena *a, const char *folder, struct str name,
                           struct problem_list *problems, struct table *out)
{
    struct problem_list inside;
    struct str bytes;
    *out = (struct table){.name = str_format(a, STR_FMT ".csv", STR_ARG(name))};
    problem_list_init(&inside, a, problems->kept_max);
    TRY(file_read(str_format(a, "%s/" STR_FMT, folder, STR_ARG(out->name)).ptr, GIVEN_BYTES_MAX, a,
                  &bytes));
    TRY(wrap(read_bytes(a, bytes, &inside, out), STR_FMT, STR_ARG(out->name)));
    for (size_t i = 0; i < inside.items.count; i++) {
        inside.items.at[i].file = out->name;
        problem_add(problems, inside.items.at[i]);
    }
    return OK;
}

struct reader { /* of one row */
    struct arena *arena;
    struct problem_list *problems;
    const struct table *table;
    const struct line *line;
    const struct dataset *dataset;
    struct value *values;
    int64_t *persons, *tiers;
    struct given_row *row;
};

static int64_t number_of(const struct reader *r, size_t column, int64_t otherwise)
{
    int64_t n = otherwise;
    if (r->line->cells[column].len && !str_to_i64(r->line->cells[column], &n))
        add_fault(r->problems, r->table->name, r->line->number, column, STR("这里应为整数"),
                  STR("a whole number is expected here"));
    return n;
}

static int64_t day_ms(const struct reader *r, size_t column)
{
    int32_t day = (int32_t)number_of(r, column, 19700101);
    if (date_is_valid(day))
        return (int64_t)date_to_days(day) * DAY_MS;
    add_fault(r->problems, r->table->name, r->line->number, column,
              STR("日期应写作 20240131 的形式"), STR("a day is written like 20240131"));
    return 0;
}

static void read_value(const struct reader *r, size_t column, int field)
{
    struct type_fault fault;
    struct str cell = r->line->cells[column];
    struct field plain = r->dataset->fields[field];
    struct value *out = &r->values[field];
    plain.unit_factor = plain.kind == FIELD_AREA ? 10000 : 100; /* mu, yuan */
    /* cases are read by people: a company may be C1 here; whether numbers are sound is tested
     * elsewhere */
    if (plain.kind == FIELD_USCC || plain.kind == FIELD_PARTY || plain.kind == FIELD_CITIZEN ||
        plain.kind == FIELD_ACCOUNT || plain.kind == FIELD_DIVISION) {
        *out = cell.len ? value_text(cell) : value_null();
        return;
    }
    if (cell.len && type_parse(r->arena, &plain, cell, out, &fault) != TYPE_FINE)
        add_fault(r->problems, r->table->name, r->line->number, column, fault.zh, fault.en);
}

static void put_all(const struct reader *r, int64_t *into, int64_t value)
{
    for (size_t i = 0; i < r->dataset->field_count; i++)
        if (dataset_field_has_person(&r->dataset->fields[i]))
            into[i] = value;
}

/* site, recorded_on (a day), person and tier (of every field with one), FIELD.person, FIELD.tier,
 * FIELD. */
static void read_cell(const struct reader *r, size_t column)
{
    struct str header = r->table->lines[0].cells[column];
    struct str tail = header;
    int field = dataset_field(r->dataset, str_cut(&tail, '.'));
    if (str_equal(header, STR("site")))
        r->row->site = r->line->cells[column];
    else if (str_equal(header, STR("person")))
        put_all(r, r->persons, number_of(r, column, 0));
    else if (str_equal(header, STR("tier")))
        put_all(r, r->tiers, number_of(r, column, 1));
    else if (str_equal(header, STR("recorded_on")))
        r->row->recorded_ms = day_ms(r, column);
    else if (field < 0)
        add_fault(r->problems, r->table->name, r->table->lines[0].number, column,
                  STR("数据集没有这个字段"), STR("the dataset has no such field"));
    else if (str_equal(tail, STR("person")))
        r->persons[field] = number_of(r, column, 0);
    else if (str_equal(tail, STR("tier")))
        r->tiers[field] = number_of(r, column, 1);
    else
        read_value(r, column, field);
}

static struct given_row read_row(struct arena *a, const struct dataset *d, const struct table *t,
                                 const struct line *line, struct problem_list *problems)
{
    struct given_row row = {.dataset = d, .line = line->number};
    struct reader r = {.arena = a,
                       .problems = problems,
                       .table = t,
                       .line = line,
                       .dataset = d,
                       .values = NEW_ARRAY(a, struct value, d->field_count),
                       .persons = NEW_ARRAY(a, int64_t, d->field_count),
                       .tiers = NEW_ARRAY(a, int64_t, d->field_count),
                       .row = &row};
    row.values = r.values;
    row.persons = r.persons;
    row.tiers = r.tiers;
    put_all(&r, r.tiers, 1);
    for (size_t i = 0; i < t->lines[0].count && i < line->count; i++)
        read_cell(&r, i);
    return row;
}

enum err given_rows(struct arena *a, const struct catalog *c, const char *folder,
                    struct problem_list *problems, struct given_row **out_rows, size_t *out_count)
{
    VEC(struct given_row) rows = {0};
    for (size_t i = 0; i < c->dataset_count; i++) {
        const struct dataset *d = &c->datasets[i];
        struct table t;
        enum err e = read_table(a, folder, d->id, problems, &t);
        if (e == ERR_MISSING)
            continue;
        TRY(e);
        for (size_t k = 1; k < t.count; k++) {
            struct given_row row = read_row(a, d, &t, &t.lines[k], problems);
            VEC_PUSH(&rows, a, row);
        }
    }
    *out_rows = rows.at;
    *out_count = rows.count;
    return OK;
}

enum err given_cases(struct arena *a, const char *folder, struct problem_list *problems,
                     struct given_case **out_cases, size_t *out_count)
{
    VEC(struct given_case) cases = {0};
    struct table t;
    TRY(read_table(a, folder, STR("cases"), problems, &t));
    for (size_t i = 1; i < t.count; i++) {
        const struct line *line = &t.lines[i];
        if (line->count < 2) {
            add_fault(problems, t.name, line->number, line->count,
                      STR("每行须有 subject 和 claim 两列"),
                      STR("a line has a subject and a claim"));
            continue;
        }
        struct given_case one = {line->cells[0], line->cells[1],
                                 str_starts(line->cells[1], STR("hit: "))};
        VEC_PUSH(&cases, a, one);
    }
    *out_cases = cases.at;
    *out_count = cases.count;
    return OK;
}
