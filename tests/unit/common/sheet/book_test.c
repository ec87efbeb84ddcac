#include "common/sheet/book.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/format/format.h"
#include "common/os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define CELL(t)                                                                                    \
    {                                                                                              \
        .text = STR_INIT(t)                                                                        \
    }

static const char PATH[] = BINARY_DIR "/book-test.xlsx";

static struct format *read_back(struct arena *a, struct problem_list *problems)
{
    struct str bytes;
    struct format *f = NULL;
    problem_list_init(problems, a, 10);
    assert_int_equal(file_read(PATH, 8 << 20, a, &bytes), OK);
    struct format_bytes *source = NEW(a, struct format_bytes);
    *source = format_whole_bytes(bytes);
    assert_int_equal(format_open(&source->source, a, problems, &f), OK);
    return f;
}

static void what_is_written_is_what_is_read(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)64 << 20);
    struct problem_list problems;
    struct format_row row;
    static const struct book_cell cells[] = {CELL("11010519491231002X"),
                                             CELL("622202001234567890123"),
                                             CELL("=1+1"),
                                             CELL("<b>&\"'"),
                                             CELL(""),
                                             CELL("0012")};
    struct book *b = book_open(PATH);
    size_t first = book_add_sheet(b, STR("登记:表/一"));
    size_t second = book_add_sheet(b, STR("词"));
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        book_width(b, first, i, 20);
    book_row(b, first, cells, COUNT_OF(cells));
    book_row(b, second, cells, 1);
    book_choices(b, first, 0, 1, STR("词"), 0, 1);
    assert_int_equal(book_next_row(b, first), 1);
    assert_int_equal(access(PATH, F_OK), -1); /* nothing is there before it is whole */
    assert_int_equal(book_close(b), OK);
    struct format *f = read_back(a, &problems);
    assert_int_equal(format_next_row(f, &problems, &row), OK);
    assert_true(str_equal(row.sheet_name, STR("登记_表_一")));
    assert_int_equal(row.count, COUNT_OF(cells));
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        if (!str_equal(row.cells[i], cells[i].text))
            fail_msg("cell %zu: " STR_FMT, i, STR_ARG(row.cells[i]));
    assert_int_equal(format_next_row(f, &problems, &row), OK);
    assert_true(str_equal(row.sheet_name, STR("词")));
    assert_int_equal(row.count, 1);
    assert_int_equal(format_next_row(f, &problems, &row), ERR_MISSING);
    assert_int_equal(problems.items.count, 0);
    format_close(f);
    remove(PATH);
    arena_free(a);
}

static void text_that_is_too_long_is_cut_where_a_character_ends(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)64 << 20);
    struct problem_list problems;
    struct format_row row;
    char *text = arena_take(a, 40002);
    for (size_t i = 0; i < 40002; i += 3)
        memcpy(text + i, "字", 3);
    struct book *b = book_open(PATH);
    size_t sheet = book_add_sheet(b, STR("a"));
    book_row(b, sheet, &(struct book_cell){.text = str_make(text, 40002)}, 1);
    assert_int_equal(book_close(b), OK);
    struct format *f = read_back(a, &problems);
    assert_int_equal(format_next_row(f, &problems, &row), OK);
    assert_int_equal(row.cells[0].len, BOOK_TEXT_BYTES_MAX);
    format_close(f);
    remove(PATH);
    arena_free(a);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct book *b = book_open(BINARY_DIR "/no-such-folder/x.xlsx");
    book_add_sheet(b, STR("a"));
    assert_int_equal(book_close(b), ERR_IO);
}

static void what_is_dropped_leaves_nothing(void **state)
{
    (void)state;
    struct book *b = book_open(PATH);
    book_add_sheet(b, STR("a"));
    book_drop(b);
    assert_int_equal(access(PATH, F_OK), -1);
    assert_int_equal(access(BINARY_DIR "/book-test.xlsx.tmp", F_OK), -1);
    book_drop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_what_is_read),
        cmocka_unit_test(text_that_is_too_long_is_cut_where_a_character_ends),
        cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
        cmocka_unit_test(what_is_dropped_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
