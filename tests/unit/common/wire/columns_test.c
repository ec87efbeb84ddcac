#include "common/wire/columns.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/world.h"
#include "common/model/dataset.h"
#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct seeded_random seeded;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(512u << 20);
    seeded_random_init(&seeded, 42);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static uint64_t below(uint64_t bound)
{
    return random_below(&seeded.random, bound);
}

static struct columns_chunk chunk_of(size_t rows, size_t fields)
{
    struct columns_chunk c = {.dataset = STR("benefit_pay"),
                              .dataset_version = 3,
                              .import_id = STR("imp-1"),
                              .op = COLUMNS_PUT,
                              .recorded_ms = -5,
                              .row_count = rows,
                              .field_count = fields};
    uint64_t row = 0;
    c.field_ids = NEW_ARRAY(arena, struct str, fields);
    c.rows = NEW_ARRAY(arena, uint64_t, rows);
    c.doubts = NEW_ARRAY(arena, uint64_t, rows);
    c.cells = NEW_ARRAY(arena, struct value, rows * fields);
    for (size_t i = 0; i < fields; i++)
        c.field_ids[i] = str_format(arena, "field_%zu", i);
    for (size_t i = 0; i < rows; i++) {
        c.rows[i] = row += 1 + (below(10) == 0 ? below(5) : 0);
        c.doubts[i] = below(20) == 0 ? UINT64_C(1) << below(64) : 0;
    }
    return c;
}

static struct str encode(const struct columns_chunk *c)
{
    struct buf out;
    buf_init(&out, arena);
    columns_put(&out, c);
    return buf_str(&out);
}

static void assert_same(const struct columns_chunk *a, const struct columns_chunk *b)
{
    assert_true(str_equal(a->dataset, b->dataset));
    assert_true(str_equal(a->import_id, b->import_id));
    assert_true(str_equal(a->reason, b->reason));
    assert_true(a->dataset_version == b->dataset_version && a->op == b->op &&
                a->recorded_ms == b->recorded_ms);
    assert_int_equal(a->row_count, b->row_count);
    assert_int_equal(a->field_count, b->field_count);
    assert_memory_equal(a->rows, b->rows, a->row_count * sizeof *a->rows);
    assert_memory_equal(a->doubts, b->doubts, a->row_count * sizeof *a->doubts);
    for (size_t i = 0; i < a->field_count; i++)
        assert_true(str_equal(a->field_ids[i], b->field_ids[i]));
    for (size_t i = 0; i < a->row_count * a->field_count; i++) {
        const struct value *x = &a->cells[i], *y = &b->cells[i];
        assert_int_equal(x->kind, y->kind);
        assert_true(x->kind != VALUE_INT || x->number == y->number);
        assert_true(x->kind != VALUE_TEXT || str_equal(x->text, y->text));
    }
}

static void assert_round_trip(const struct columns_chunk *c)
{
    struct columns_chunk back;
    struct str body = encode(c);
    assert_int_equal(columns_parse(arena, body, &back), OK);
    assert_same(c, &back);
    assert_true(str_equal(body, encode(&back)));
}

/* One maker per kind of column; each is tried with and without nulls, on few and on many rows. */
typedef struct value (*maker_fn)(size_t row);

static struct value same_number(size_t row)
{
    (void)row;
    return value_int(202611);
}

static struct value few_numbers(size_t row)
{
    (void)row;
    return value_int((int64_t)below(7) * 10000 - 20000);
}

static struct value counting(size_t row)
{
    return value_int((int64_t)row * 3 - 9);
}

static struct value wide_numbers(size_t row)
{
    (void)row;
    return value_int((int64_t)random_u64(&seeded.random));
}

static struct value extreme_numbers(size_t row)
{
    return value_int(row % 2 ? INT64_MIN : INT64_MAX - (int64_t)row);
}

static struct value middling_numbers(size_t row)
{
    (void)row;
    return value_int((int64_t)below(1000000));
}

static struct value same_text(size_t row)
{
    (void)row;
    return value_text(STR("农业银行"));
}

static struct value empty_text(size_t row)
{
    return value_text(row % 3 ? STR("") : STR("x"));
}

static struct value few_texts(size_t row)
{
    (void)row;
    return value_text(str_format(arena, "bank %d", (int)below(9)));
}

static char check_character(const char *digits)
{
    int sum = 0, weight = 1;
    for (int i = 16; i >= 0; i--) {
        weight = weight * 2 % 11;
        sum += (digits[i] - '0') * weight;
    }
    return "10X98765432"[sum % 11];
}

static struct value citizen(size_t row)
{
    (void)row;
    struct str s = str_format(arena, "231282%04d%02d%02d%03d", 1930 + (int)below(80),
                              1 + (int)below(12), 1 + (int)below(28), (int)below(1000));
    if (below(20) == 0) /* of 15 characters */
        return value_text(str_format(arena, STR_FMT STR_FMT, 6, s.ptr, 9, s.ptr + 8));
    return value_text(str_format(arena, STR_FMT "%c", STR_ARG(s), check_character(s.ptr)));
}

static struct value broken_citizen(size_t row)
{
    return row == 0 ? value_text(STR("231282193001010009")) : citizen(row);
}

static struct value account(size_t row)
{
    (void)row;
    return value_text(
        str_format(arena, "621799%013llu", (unsigned long long)below(UINT64_C(10000000000000))));
}

static struct value name(size_t row)
{
    static const char *const chars[] = {"王", "李", "张", "淑", "兰", "𠮷", "伟", "·", "A", "é"};
    struct str s = STR_NONE;
    (void)row;
    for (uint64_t i = 2 + below(2); i > 0; i--)
        s = str_format(arena, STR_FMT "%s", STR_ARG(s), chars[below(10)]);
    return value_text(s);
}

static struct value long_text(size_t row)
{
    return value_text(
        str_format(arena, "齐齐哈尔市某镇第 %zu 号, %s", row, below(2) ? "\"quoted\"" : "plain"));
}

static struct value broken_utf8(size_t row)
{
    return value_text(str_format(arena, "\xff%zu", row));
}

static struct value digits_too_long(size_t row)
{
    return value_text(str_format(arena, "%040zu", row));
}

static const maker_fn makers[] = {
    same_number, few_numbers, counting,    wide_numbers,    extreme_numbers, middling_numbers,
    same_text,   empty_text,  few_texts,   citizen,         broken_citizen,  account,
    name,        long_text,   broken_utf8, digits_too_long,
};
#define MAKERS (sizeof makers / sizeof *makers)

static void every_kind_of_column_comes_back(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 7, 8, 9, 300, COLUMNS_ROWS_MAX};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct columns_chunk c = chunk_of(sizes[s], 3 * MAKERS);
        for (size_t row = 0; row < c.row_count; row++)
            for (size_t m = 0; m < MAKERS; m++) {
                struct value *cells = &c.cells[row * c.field_count + 3 * m];
                cells[0] = makers[m](row);
                cells[1] = below(4) ? makers[m](row) : value_null();
                cells[2] = row == c.row_count / 2 ? makers[m](row) : value_null();
            }
        assert_round_trip(&c);
        arena_reset(arena);
    }
}

/* The same persons month after month, some with another account, a holder who is mostly the person.
 */
static void what_another_field_foretells_comes_back_and_is_short(void **state)
{
    (void)state;
    enum { PERSONS = 1000, ROWS = 4000 };
    struct value ids[PERSONS], names[PERSONS], accounts[PERSONS];
    for (size_t i = 0; i < PERSONS; i++) {
        ids[i] = citizen(1);
        names[i] = name(i);
        accounts[i] = account(i);
    }
    struct columns_chunk c = chunk_of(ROWS, 4);
    for (size_t row = 0; row < ROWS; row++) {
        size_t person = below(PERSONS);
        c.cells[4 * row] = below(50) ? ids[person] : value_null();
        c.cells[4 * row + 1] = below(100) ? names[person] : value_null();
        c.cells[4 * row + 2] = below(20) ? accounts[person] : account(row);
        c.cells[4 * row + 3] = below(10) ? c.cells[4 * row + 1] : name(row);
    }
    assert_round_trip(&c);
    size_t with_keys = encode(&c).len;
    for (size_t row = 0; row < ROWS; row++)
        c.cells[4 * row] = citizen(row); /* nothing foretells the accounts now */
    assert_round_trip(&c);
    assert_true(with_keys * 3 < encode(&c).len * 2);
}

static void a_deletion_keeps_its_reason(void **state)
{
    (void)state;
    struct columns_chunk c = chunk_of(2, 1);
    c.op = COLUMNS_DELETE;
    c.reason = STR("重复录入");
    c.cells[0] = c.cells[1] = value_text(STR("k"));
    assert_round_trip(&c);
}

static struct columns_chunk mixed_chunk(size_t rows)
{
    struct columns_chunk c = chunk_of(rows, MAKERS);
    for (size_t i = 0; i < rows * MAKERS; i++)
        c.cells[i] = below(5) ? makers[i % MAKERS](i / MAKERS) : value_null();
    return c;
}

static void a_chunk_cut_anywhere_or_too_long_is_refused(void **state)
{
    (void)state;
    struct columns_chunk c = mixed_chunk(20), back;
    struct str body = encode(&c);
    for (size_t len = 0; len < body.len; len++) {
        struct arena *a = arena_new(16u << 20);
        assert_int_not_equal(columns_parse(a, str_slice(body, 0, len), &back), OK);
        arena_free(a);
    }
    struct str longer = str_format(arena, STR_FMT "%c", STR_ARG(body), 0);
    assert_int_equal(columns_parse(arena, longer, &back), ERR_MALFORMED);
}

static void changed_bytes_never_break_the_reader(void **state)
{
    (void)state;
    struct columns_chunk c = mixed_chunk(100), back;
    struct str body = encode(&c);
    for (size_t i = 0; i < 20000; i++) {
        struct arena *a = arena_new(32u << 20);
        struct str bad = str_copy(a, body);
        for (uint64_t n = 1 + below(3); n > 0; n--)
            ((char *)(uintptr_t)bad.ptr)[below(bad.len)] = (char)below(256);
        if (columns_parse(a, bad, &back) == OK)
            assert_int_equal(back.row_count, 100);
        arena_free(a);
    }
}

static void bombs_are_refused_before_memory_is_taken(void **state)
{
    (void)state;
    struct arena *small = arena_new(1u << 20);
    struct columns_chunk back;
    /* dataset "", version, import "", op 1, reason "", recorded 0, rows, fields */
    assert_int_equal(columns_parse(small, STR("\0\0\0\1\0\0\xff\xff\x7f\x01"), &back),
                     ERR_TOO_LARGE);
    assert_int_equal(columns_parse(small, STR("\0\0\0\1\0\0\x01\xff\xff\x7f"), &back),
                     ERR_TOO_LARGE);
    assert_int_equal(columns_parse(small, STR("\0\0\0\1\0\0\0\1"), &back), ERR_MALFORMED);
    assert_int_equal(columns_parse(small, STR("\0\0\0\3\0\0\1\1"), &back), ERR_MALFORMED);
    /* 5,000 rows of which each has the number 1: row numbers must ascend */
    assert_int_equal(columns_parse(small, STR("\0\0\0\1\0\0\x88\x27\x40\x01\x02\x01\x00"), &back),
                     ERR_MALFORMED);
    arena_free(small);
}

/* Written by hand from the table of forms in wire/README.md. */
static void the_bytes_of_a_small_chunk_are_these(void **state)
{
    (void)state;
    struct columns_chunk c = chunk_of(3, 3);
    memset(c.doubts, 0, 3 * sizeof *c.doubts);
    for (size_t i = 0; i < 3; i++) {
        c.rows[i] = i + 2;
        c.cells[3 * i] = value_int(202611);
        c.cells[3 * i + 1] = i == 1 ? value_null() : value_text(STR("x"));
        c.cells[3 * i + 2] = value_null();
    }
    assert_true(str_equal(encode(&c), golden_read(arena, SOURCE_DIR, "wire/columns.bin")));
    assert_round_trip(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_column_comes_back),
        cmocka_unit_test(what_another_field_foretells_comes_back_and_is_short),
        cmocka_unit_test(a_deletion_keeps_its_reason),
        cmocka_unit_test(a_chunk_cut_anywhere_or_too_long_is_refused),
        cmocka_unit_test(changed_bytes_never_break_the_reader),
        cmocka_unit_test(bombs_are_refused_before_memory_is_taken),
        cmocka_unit_test(the_bytes_of_a_small_chunk_are_these),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
