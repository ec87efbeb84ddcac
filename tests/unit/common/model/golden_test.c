/* Walks tests/golden/datasets: what each dataset takes and refuses, and its reference page. */
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/model/ddl.h"
#include "common/model/describe.h"
#include "common/model/type.h"
#include "common/model/validate.h"
#include "tests/support/bless.h"
#include "tests/support/declare.h"
#include "tests/support/fixture.h"
#include "tests/support/plain_csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TODAY 20240630

static struct str folder_of(struct arena *a, const struct dataset *d)
{
    return str_format(a, "tests/golden/datasets/" STR_FMT, STR_ARG(d->id));
}

static struct plain_table read_table(struct arena *a, const struct dataset *d, const char *name)
{
    return plain_csv(
        a, fixture_read(a, str_format(a, STR_FMT "/%s", STR_ARG(folder_of(a, d)), name).ptr));
}

static const struct mapping *map_header(struct arena *a, const struct dataset *d,
                                        const struct plain_table *t)
{
    struct problem_list problems;
    problem_list_init(&problems, a, 20);
    const struct mapping *m = mapping_build(a, d, t->rows[0].cells, t->rows[0].count, 1, &problems);
    if (!m || problems.items.count)
        fail_msg(STR_FMT ": " STR_FMT, STR_ARG(d->id), STR_ARG(declare_list(a, &problems)));
    return m;
}

static void put_problems(struct buf *out, const struct problem_list *problems)
{
    for (size_t i = 0; i < problems->items.count; i++) {
        const struct problem *p = &problems->items.at[i];
        buf_format(out, "  %s " STR_FMT " [" STR_FMT "] " STR_FMT " / " STR_FMT "\n",
                   p->severity == PROBLEM_ERROR ? "error" : "doubt", STR_ARG(p->code),
                   STR_ARG(p->header), STR_ARG(p->zh), STR_ARG(p->en));
    }
}

static void put_values(struct arena *a, struct buf *out, const struct record *r)
{
    for (size_t i = 0; i < r->dataset->field_count; i++) {
        const struct field *f = &r->dataset->fields[i];
        if (r->values[i].kind != VALUE_NULL)
            buf_format(out, "  " STR_FMT "=" STR_FMT "\n", STR_ARG(f->id),
                       STR_ARG(type_format(a, f, &r->values[i])));
    }
}

static void accept(struct arena *a, const struct dataset *d)
{
    struct plain_table t = read_table(a, d, "accept.csv");
    const struct mapping *m = map_header(a, d, &t);
    struct buf out;
    buf_init(&out, a);
    assert_true(t.count > 4);
    for (size_t i = 1; i < t.count; i++) {
        struct problem_list problems;
        struct record r;
        problem_list_init(&problems, a, 20);
        if (!validate_row(m, t.rows[i].cells, t.rows[i].count, i + 1, TODAY, a, &problems, &r))
            fail_msg(STR_FMT " row %zu: " STR_FMT, STR_ARG(d->id), i + 1,
                     STR_ARG(declare_list(a, &problems)));
        buf_format(&out, "row %zu\n", i + 1);
        put_problems(&out, &problems);
        put_values(a, &out, &r);
        /* What the edge lets through, the hub does too. */
        problem_list_init(&problems, a, 20);
        if (!validate_record(a, &r, TODAY, &problems))
            fail_msg(STR_FMT " row %zu at the hub: " STR_FMT, STR_ARG(d->id), i + 1,
                     STR_ARG(declare_list(a, &problems)));
    }
    bless_compare(a, str_format(a, STR_FMT "/accept.expected", STR_ARG(folder_of(a, d))),
                  buf_str(&out));
}

static void refuse(struct arena *a, const struct dataset *d)
{
    struct plain_table t = read_table(a, d, "refuse.csv");
    const struct mapping *m = map_header(a, d, &t);
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 1; i < t.count; i++) {
        struct problem_list problems;
        struct record r;
        problem_list_init(&problems, a, 20);
        if (validate_row(m, t.rows[i].cells, t.rows[i].count, i + 1, TODAY, a, &problems, &r))
            fail_msg(STR_FMT " row %zu goes through", STR_ARG(d->id), i + 1);
        assert_true(problems.errors > 0);
        buf_format(&out, "row %zu\n", i + 1);
        put_problems(&out, &problems);
    }
    bless_compare(a, str_format(a, STR_FMT "/refuse.expected", STR_ARG(folder_of(a, d))),
                  buf_str(&out));
}

static void each_dataset_takes_and_refuses_what_its_folder_says(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)128 << 20);
    struct catalog *c = fixture_catalog(a);
    for (size_t i = 0; i < c->dataset_count; i++) {
        const struct dataset *d = &c->datasets[i];
        accept(a, d);
        refuse(a, d);
        bless_compare(a, str_format(a, STR_FMT "/reference.md", STR_ARG(folder_of(a, d))),
                      describe_dataset(a, d));
    }
    catalog_free(c);
    arena_free(a);
}

/* A ninth dataset comes as text while the program runs: no C knows it. */
static void a_new_dataset_needs_a_declaration_and_nothing_else(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)16 << 20);
    struct catalog *c = declare(
        "vocab fuel \"燃料\" { version 1\n code petrol \"汽油\" alias \"92号\"\n"
        " code electric \"电\" }\n"
        "dataset vehicle \"车辆\" en \"Vehicles\" { version 1\n library 5\n key plate\n"
        " field plate text required max 10 \"车牌\" alias \"号牌号码\"\n"
        " field owner_id citizen required secret person owner \"所有人证件\"\n"
        " field owner text required secret \"所有人\"\n"
        " field fuel code fuel \"燃料\"\n"
        " field price money unit 万元 \"购置价(万元)\"\n"
        " field registered_on date required \"注册日期\"\n"
        " check registered_on <= today \"注册日期在将来\" en \"registered in the future\" }");
    static const struct str headers[] = {STR_INIT("号牌号码"), STR_INIT("所有人证件"),
                                         STR_INIT("所有人"),   STR_INIT("燃料"),
                                         STR_INIT("购置价"),   STR_INIT("注册日期")};
    static const struct str cells[] = {STR_INIT("黑M00001"), STR_INIT("231282197001010106"),
                                       STR_INIT("张甲"),     STR_INIT("92号"),
                                       STR_INIT("12.5"),     STR_INIT("2020.5.1")};
    struct problem_list problems;
    struct record r;
    const struct dataset *nearest;
    const struct dataset *d = mapping_recognise(a, c, headers, COUNT_OF(headers), &nearest);
    assert_ptr_equal(d, &c->datasets[0]);
    problem_list_init(&problems, a, 20);
    const struct mapping *m = mapping_build(a, d, headers, COUNT_OF(headers), 1, &problems);
    assert_non_null(m);
    assert_true(validate_row(m, cells, COUNT_OF(cells), 2, TODAY, a, &problems, &r));
    assert_int_equal(problems.items.count, 0);
    assert_int_equal(r.values[4].number, 12500000);
    assert_true(str_equal(r.values[3].text, STR("petrol")));
    assert_true(validate_record(a, &r, TODAY, &problems));
    assert_false(validate_row(m, cells, COUNT_OF(cells), 2, 20200430, a, &problems, &r));
    assert_true(str_contains(ddl_create(a, d, DDL_SQLITE), STR("owner_id_person INTEGER")));
    assert_true(str_contains(ddl_insert(a, d), STR("INSERT INTO rec_vehicle(")));
    struct str page = describe_dataset(a, d);
    assert_true(str_contains(page, STR("号牌号码")));
    assert_true(str_contains(page, STR("注册日期在将来")));
    catalog_free(c);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_dataset_takes_and_refuses_what_its_folder_says),
        cmocka_unit_test(a_new_dataset_needs_a_declaration_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
