#include "central/identity/linkage.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/map.h"
#include "tests/support/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define RECORDS_MAX 1000
#define COLUMNS 11

static bool load(struct arena *a, struct str text, struct problem_list *problems,
                 struct linkage *out)
{
    struct decl_file file;
    problem_list_init(problems, a, 20);
    assert_true(decl_parse(a, STR("x.decl"), text, problems, &file));
    assert_int_equal(file.count, 1);
    return linkage_load(a, &file, &file.nodes[0], problems, out);
}

static const char RESIDENTS[] = "linkage residents \"居民\" en \"Residents\" {\n"
                                "version 1\n"
                                "compare given  name   agree 4 near 2 differ -3\n"
                                "compare family name   agree 4 near 2 differ -3\n"
                                "compare born   date   agree 6 near 3 differ -4\n"
                                "compare phone  digits agree 8 near 5 differ -1\n"
                                "compare street text   agree 5 near 4 differ -2\n"
                                "swap given, family\n"
                                "block family, born\n"
                                "block phone\n"
                                "link 12\n"
                                "review 7\n"
                                "}\n";

static void fields_agree_are_near_or_differ(void **state)
{
    (void)state;
    static const struct {
        const char *a[5], *b[5];
        enum linkage_level levels[5];
        enum linkage_verdict verdict;
    } rows[] = {
        {{"芳", "王", "19600102", "13800000001", ""},
         {"芳", "王", "19600102", "", ""},
         {LINKAGE_AGREE, LINKAGE_AGREE, LINKAGE_AGREE, LINKAGE_MISSING, LINKAGE_MISSING},
         LINKAGE_LINK},
        {{"anna", "berry", "19600112", "5551234", "giblin street"},
         {"anna", "berri", "19601201", "5552134", "gibline street"},
         {LINKAGE_AGREE, LINKAGE_NEAR, LINKAGE_NEAR, LINKAGE_NEAR, LINKAGE_NEAR},
         LINKAGE_LINK},
        {{"娜娜", "欧阳", "19600112", "", ""}, /* the same sound, two characters apart */
         {"那那", "欧阳", "19600113", "", ""},
         {LINKAGE_NEAR, LINKAGE_AGREE, LINKAGE_NEAR, LINKAGE_MISSING, LINKAGE_MISSING},
         LINKAGE_REVIEW},
        {{"芳", "王", "19600112", "1", ""},
         {"芳", "王", "19750630", "2", ""},
         {LINKAGE_AGREE, LINKAGE_AGREE, LINKAGE_DIFFER, LINKAGE_NEAR, LINKAGE_MISSING},
         LINKAGE_REVIEW},
        {{"明", "李", "19600112", "13800000001", ""},
         {"芳", "王", "19750630", "15912345678", ""},
         {LINKAGE_DIFFER, LINKAGE_DIFFER, LINKAGE_DIFFER, LINKAGE_DIFFER, LINKAGE_MISSING},
         LINKAGE_APART},
    };
    struct arena *arena = arena_new((size_t)1 << 20);
    struct problem_list problems;
    struct linkage l;
    assert_true(load(arena, str_of(RESIDENTS), &problems, &l));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str a[5], b[5];
        for (size_t f = 0; f < 5; f++) {
            a[f] = str_of(rows[i].a[f]);
            b[f] = str_of(rows[i].b[f]);
        }
        struct linkage_score s = linkage_compare(&l, a, b);
        struct linkage_score back = linkage_compare(&l, b, a);
        for (size_t f = 0; f < 5; f++)
            if (s.levels[f] != rows[i].levels[f])
                fail_msg("row %zu, field %zu: level %d", i, f, (int)s.levels[f]);
        if (s.verdict != rows[i].verdict || back.points != s.points)
            fail_msg("row %zu: verdict %d, %d and %d points", i, (int)s.verdict, (int)s.points,
                     (int)back.points);
    }
    arena_free(arena);
}

static void exchanged_names_count_less_than_equal_ones(void **state)
{
    (void)state;
    struct arena *arena = arena_new((size_t)1 << 20);
    struct problem_list problems;
    struct linkage l;
    assert_true(load(arena, str_of(RESIDENTS), &problems, &l));
    struct str a[5] = {STR("anna"), STR("berry"), STR("19600112")};
    struct str b[5] = {STR("berry"), STR("anna"), STR("19600112")};
    struct linkage_score s = linkage_compare(&l, a, b);
    assert_true(s.is_swapped);
    assert_int_equal(s.points, 2 + 2 + 6);
    assert_true(str_equal(linkage_explain(&l, &s, arena),
                          STR("given near +2; family near +2; born agree +6; phone missing +0; "
                              "street missing +0; given and family exchanged")));
    assert_true(str_equal(linkage_block_key(&l, 0, a, arena), STR("0|berry|19600112")));
    assert_int_equal(linkage_block_key(&l, 1, a, arena).len, 0);
    arena_free(arena);
}

static void faults_are_said_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
        unsigned line;
    } rows[] = {
        {"linkage x \"甲\" {\ncompare a sound agree 1 near 1 differ 1\nblock a\n}", "linkage.way",
         2},
        {"linkage x \"甲\" {\ncompare a text agree 1 differ 1\nblock a\n}", "linkage.points", 2},
        {"linkage x \"甲\" {\ncompare a text agree 1 near 1 differ 1\nblock b\n}",
         "linkage.unknown", 3},
        {"linkage x \"甲\" {\ncompare a text agree 1 near 1 differ 1\ncompare a text agree 1 near "
         "1 differ 1\nblock a\n}",
         "linkage.field", 3},
        {"linkage x \"甲\" {\ncompare a text agree 1 near 1 differ 1\n}", "linkage.incomplete", 1},
        {"linkage x \"甲\" {\ncompare a text agree 1 near 1 differ 1\nblock a\nlink 1\nreview "
         "2\n}",
         "linkage.incomplete", 1},
        {"linkage x \"甲\" {\nguess a\n}", "decl.keyword", 2},
    };
    struct arena *arena = arena_new((size_t)4 << 20);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct problem_list problems;
        struct linkage l;
        assert_false(load(arena, str_of(rows[i].text), &problems, &l));
        const struct problem *p = &problems.items.at[0];
        if (!str_equal(p->code, str_of(rows[i].code)) || p->line != rows[i].line || !p->zh.len ||
            !p->en.len)
            fail_msg("row %zu: " STR_FMT " in line %u", i, STR_ARG(p->code), p->line);
    }
    arena_free(arena);
}

/* FEBRL 1: 500 persons, each written twice, the second time with a mistake; the number in the first
 * column is the truth. */
struct febrl {
    struct arena *arena;
    struct linkage linkage;
    struct str values[RECORDS_MAX][COLUMNS - 1];
    struct str truth[RECORDS_MAX]; /* "223" */
    size_t count;
};

struct same_block {
    size_t records[64];
    size_t count;
};

static void read_febrl(struct febrl *f)
{
    struct problem_list problems;
    struct str text = fixture_read(f->arena, "tests/data/linkage/febrl1.csv");
    assert_true(load(f->arena, fixture_read(f->arena, "tests/data/linkage/febrl1.decl"), &problems,
                     &f->linkage));
    assert_int_equal(f->linkage.field_count, COLUMNS - 1);
    str_cut(&text, '\n');
    while (text.len && f->count < RECORDS_MAX) {
        struct str line = str_cut(&text, '\n');
        struct str id = str_cut(&line, ',');
        str_cut(&id, '-');
        f->truth[f->count] = str_cut(&id, '-');
        for (size_t i = 0; i < COLUMNS - 1; i++)
            f->values[f->count][i] = str_trim(str_cut(&line, ','));
        f->count++;
    }
    assert_int_equal(f->count, RECORDS_MAX);
}

static void every_pair_of_febrl_is_found_and_nothing_else(void **state)
{
    (void)state;
    struct febrl *f = calloc(1, sizeof *f);
    struct map blocks;
    size_t found = 0, wrong = 0, asked = 0, compared = 0;
    f->arena = arena_new((size_t)64 << 20);
    read_febrl(f);
    map_init(&blocks, f->arena);
    for (size_t i = 0; i < f->count; i++) {
        bool is_compared[RECORDS_MAX] = {false};
        for (size_t k = 0; k < f->linkage.block_count; k++) {
            struct str key = linkage_block_key(&f->linkage, k, f->values[i], f->arena);
            if (key.len == 0)
                continue;
            struct same_block *same = (struct same_block *)(uintptr_t)map_get(&blocks, key);
            if (!same) {
                same = NEW(f->arena, struct same_block);
                map_put(&blocks, key, same);
            }
            for (size_t n = 0; n < same->count; n++) {
                size_t other = same->records[n];
                if (is_compared[other])
                    continue;
                is_compared[other] = true;
                compared++;
                struct linkage_score s =
                    linkage_compare(&f->linkage, f->values[i], f->values[other]);
                bool is_true = str_equal(f->truth[i], f->truth[other]);
                found += s.verdict == LINKAGE_LINK && is_true;
                wrong += s.verdict == LINKAGE_LINK && !is_true;
                asked += s.verdict == LINKAGE_REVIEW;
            }
            assert_true(same->count < COUNT_OF(same->records));
            same->records[same->count++] = i;
        }
    }
    print_message("FEBRL 1: %zu of 500 pairs found, %zu wrong, %zu to be asked; %zu of %d pairs "
                  "compared\n",
                  found, wrong, asked, compared, RECORDS_MAX * (RECORDS_MAX - 1) / 2);
    assert_true((double)found >= 0.97 * 500);
    assert_true((double)found >= 0.999 * (double)(found + wrong));
    assert_true(compared < 10000); /* never everything with everything */
    arena_free(f->arena);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_agree_are_near_or_differ),
        cmocka_unit_test(exchanged_names_count_less_than_equal_ones),
        cmocka_unit_test(faults_are_said_with_their_place),
        cmocka_unit_test(every_pair_of_febrl_is_found_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
