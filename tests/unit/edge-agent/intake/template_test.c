/* A template that an office fills in is read as it stands: every dataset of the catalog, with the
 * rows that its golden folder says are good. */
#include "common/sheet/template.h"

#include "tests/support/fixture.h"
#include "tests/unit/edge-agent/fixture.h"

static int make(void **state)
{
    struct site *s = calloc(1, sizeof *s);
    site_make(s, SOURCE_DIR, 0);
    *state = s;
    return 0;
}

static int drop(void **state)
{
    site_remove(*state);
    free(*state);
    return 0;
}

/* "  field=value" lines under "row n" → rows of the sheet; how many. */
static size_t fill_in(struct site *s, struct book *b, size_t sheet, const struct dataset *d)
{
    struct str text =
        fixture_read(s->arena, str_copy_z(s->arena, str_format(s->arena,
                                                               "tests/golden/datasets/" STR_FMT
                                                               "/accept.expected",
                                                               STR_ARG(d->id))));
    size_t rows = 0;
    struct book_cell cells[DATASET_FIELDS_MAX] = {0};
    while (text.len) {
        struct str line = str_trim(str_cut(&text, '\n'));
        bool is_row = str_starts(line, STR("row "));
        if (is_row && rows++)
            book_row(b, sheet, cells, d->field_count);
        if (is_row) {
            memset(cells, 0, sizeof cells);
            continue;
        }
        struct str id = str_cut(&line, '=');
        int field = dataset_field(d, id);
        if (field >= 0)
            cells[field].text = line;
    }
    if (rows)
        book_row(b, sheet, cells, d->field_count);
    return rows;
}

static void assert_read(struct site *s, const struct dataset *d, size_t rows)
{
    const struct import_entry *e = import_current(s->import);
    struct problem_list problems;
    problem_list_init(&problems, s->arena, 200);
    site_fine(ledger_problems(s->ledger, e->id, 0, 200, &problems));
    for (size_t i = 0; i < problems.items.count; i++) {
        const struct problem *p = &problems.items.at[i];
        /* only what the value itself gives to doubt */
        if (p->severity == PROBLEM_ERROR || p->line < 2 || p->line > rows + 1)
            fail_msg(STR_FMT ": " STR_FMT, STR_ARG(d->id), STR_ARG(problem_format(s->arena, p)));
    }
    if (!str_equal(e->dataset, d->id) || e->accepted != rows || e->rejected != 0)
        fail_msg(STR_FMT ": read as " STR_FMT ", %d of %zu rows", STR_ARG(d->id),
                 STR_ARG(e->dataset), (int)e->accepted, rows);
}

static void every_template_filled_in_is_read(void **state)
{
    struct site *s = *state;
    size_t total = 0;
    for (size_t i = 0; i < s->catalog->dataset_count; i++) {
        const struct dataset *d = &s->catalog->datasets[i];
        const char *path = str_copy_z(s->arena, str_format(s->arena, "%s/t.xlsx", s->folder));
        const char *name = str_copy_z(s->arena, template_file_name(s->arena, d));
        struct book *b = book_open(path);
        struct str bytes;
        size_t sheet;
        template_begin(b, d, s->arena, &sheet);
        size_t rows = fill_in(s, b, sheet, d);
        site_fine(book_close(b));
        site_fine(file_read(path, 1 << 20, s->arena, &bytes));
        struct drop_file file = site_drop(s, name, bytes);
        site_fine(import_file(s->import, &file));
        assert_read(s, d, rows);
        total += rows;
    }
    assert_true(total >= s->catalog->dataset_count);
}

/* Put back as it came: nothing to read, and that is what is said. */
static void an_empty_template_has_no_rows(void **state)
{
    struct site *s = *state;
    const struct dataset *d = catalog_dataset(s->catalog, STR("benefit_pay"));
    const char *path = str_copy_z(s->arena, str_format(s->arena, "%s/t.xlsx", s->folder));
    struct str bytes;
    site_fine(template_write(path, d));
    site_fine(file_read(path, 1 << 20, s->arena, &bytes));
    struct drop_file file = site_drop(s, "空.xlsx", bytes);
    site_fine(import_file(s->import, &file));
    const struct import_entry *e = import_current(s->import);
    assert_true(str_equal(e->dataset, STR("benefit_pay")));
    assert_int_equal(e->rows, 0);
    assert_int_equal(e->listed, 0);
}

static void a_note_says_what_belongs_there(void **state)
{
    struct site *s = *state;
    const struct dataset *d = catalog_dataset(s->catalog, STR("benefit_pay"));
    struct str note = template_note(s->arena, d, (size_t)dataset_field(d, STR("amount")));
    assert_true(
        str_equal(note, STR("必填。金额，0.01 至 1000000.00，例如 1234.50\n表头也可写作："
                            "金额、发放金额、发放金额(元)\nAmount (yuan) (required): amount "
                            "in yuan, stored in fen")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_template_filled_in_is_read, make, drop),
        cmocka_unit_test_setup_teardown(an_empty_template_has_no_rows, make, drop),
        cmocka_unit_test_setup_teardown(a_note_says_what_belongs_there, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
