#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/rules/emit.h"
#include "tests/support/declare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char ground[] =
    "vocab colour \"c\" { version 1\n code red \"r\"\n code blue \"b\" }\n"
    "dataset gift \"g\" { version 1\n key no\n field no text required \"n\"\n"
    " field id citizen required person name \"i\"\n field name text \"a\"\n"
    " field day date \"d\"\n field ym month \"m\"\n field worth money \"w\"\n"
    " field tint code colour \"c\" }\n"
    "document ask \"a\" { version 1\n due 3 days\n answer x text \"x\" }\n";

/* What every rule must have, in line 1; the statement under test stands alone in line 2. */
static const char frame[] =
    "rule R \"r\" { version 1; basis \"b\"; param grace days 3 \"g\"; from gift as a on id; "
    "from gift as b on id; episode a.no; let n = count(a.no); level 1; "
    "evidence a \"e\" (day); say \"s\"; by_hand \"h\"; "
    "\n%s\n}\n";

/* The statements of a line are parted by ; to keep the places of the one under test simple. */
static struct str unfold(struct arena *a, const char *statement)
{
    struct str text = str_format(a, frame, statement);
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < text.len; i++)
        buf_put_char(&out, text.ptr[i] == ';' ? '\n' : text.ptr[i]);
    return buf_str(&out);
}

#define LINE 13 /* of the statement under test, after unfolding */

static void statements_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *statement, *expected; /* code:column of the first fault; NULL: fine */
    } cases[] = {
        {"when a.worth >= 3.5 and a.tint in (red, \"blue\")", NULL},
        {"when days(a.day) + grace <= days(today); wakes a at date(days(a.day) + grace)", NULL},
        {"when workday_add(a.day, grace) < today; wakes a at workday_add(a.day, grace + 1)", NULL},
        {"when workdays(a.day, b.day) > grace and not is_workday(a.day)", NULL},
        {"when age(a.id, a.day) >= 60 and born(a.id) < a.day", NULL},
        {"when similar(a.name, b.name) >= 80 or contains(a.name, \"公司\")", NULL},
        {"when workdays(a.day) > 3", "rule.punct:20"},
        {"when age(a.day, a.day) > 3", "rule.types:15"},
        {"when days(a.day) + grace <= days(today)", "rule.wakes:34"},
        {"when exists gift as c on id where (c.no != a.no and c.day <= today)", "rule.wakes:62"},
        {"when a.worth > 3 and today = today", "rule.wakes:22"},
        {"when today >= 2024-05-01", "rule.wakes:6"},
        {"when a.day <= today; wakes a at first_known(a.day, a.day)", NULL},
        {"when b.day <= today; wakes a at a.day", NULL}, /* the same rows */
        {"when a.day <= today; wakes a at date(months(a.ym))", "rule.wakes:15"},
        {"when days(a.day) + months(a.ym) <= days(today); wakes a at a.day", "rule.wakes:41"},
        {"let last = max(days(a.day)); level 2 when days(today) - last > 30; wakes a at "
         "date(days(a.day) + 31)",
         NULL},
        {"let m = max(days(today) - days(a.day))", "rule.today:18"},
        {"let clause = max(a.day)", "rule.name:5"},
        {"from gift as hit on id", "rule.alias:14"},
        {"needs gift rows 3 fresh 30 days", NULL},
        {"needs gift fresh 30 weeks", "rule.fresh:21"},
        {"unless exists \"x\" when a.worth > 3", NULL},
        {"share 10 percent", NULL},
        {"share 10 percent from 200", NULL},
        {"share 10 percent from few", "decl.int:23"},
        {"floor 101 percent", "rule.percent:11"},
        {"when exists gift as c on id where (c.no != a.no)", NULL},
        {"when least(a.worth, b.worth) * 2 > 100", NULL},
        {"when not (a.day is empty or not a.ym = b.ym)", NULL},
        {"let m = max(months(a.ym))", NULL},
        {"let v = any(a.tint = red)", NULL},
        {"amount sum(a.worth)", NULL},
        {"wakes a at date(days(a.day) + grace)", NULL},
        {"wakes gift as w on id at first_known(w.day, w.day)", NULL},
        {"when a.name > 3", "rule.types:15"},
        {"when a.day > a.ym", "rule.types:14"},
        {"when a.day > days(today)", "rule.types:24"},
        {"when a.day + 3 > today", "rule.types:16"},
        {"when a.worth + days(a.day) > 3", "rule.types:28"},
        {"when a.tint not in (red, blue) and not a.day is empty", NULL},
        {"when a.worth in (1, red)", "rule.types:21"},
        {"when days(a.ym) > 3", "rule.types:15"},
        {"when months(a.worth) > 3", "rule.types:20"},
        {"when first_known(a.day, a.ym) = today", "rule.types:29"},
        {"when a.tint = green", "rule.code:15"},
        {"when a.worth > 1.005", "rule.number:16"},
        {"when a.worth", "rule.condition:1"},
        {"when a.day is empty and a.worth", "rule.condition:25"},
        {"when not a.worth", "rule.condition:10"},
        {"when c.day is empty", "rule.source:6"},
        {"when a.size = 1", "rule.column:6"},
        {"when sing(a.day) = 1", "rule.function:6"},
        {"when count(a.no) > 1", "rule.aggregate:6"},
        {"when a.day is full", "rule.is:15"},
        {"when exists gift as a on id where (a.no != b.no)", "rule.exists:29"},
        {"when exists gift as c on no where (c.no != b.no)", "rule.join:29"},
        {"when exists gift as c on no = b.no where (c.day is empty)", NULL},
        {"when exists gift as c on no = b.id where (c.day is empty)", "rule.join:36"},
        {"when exists gift as c on no = b.size where (c.day is empty)", "rule.join:38"},
        {"from gift as c on no = b.no", NULL},
        {"from gift as c on id = b.id", NULL},
        {"from gift as c on id = b.no", "rule.join:24"},
        {"from gift as c on id = z.id", "rule.join:24"},
        {"from gift as c on worth", "rule.on:19"},
        {"from gift as c on no = a.no first by day", "rule.first:35"},
        {"param p days 3 \"p\" {; for red 5; from 2024-01-01 4; }; when days(a.day) > p(a.tint, "
         "a.day)",
         NULL},
        {"param p days 3 \"p\"; when days(a.day) > p(a.tint)", "rule.case:29"},
        {"when begins(a.no, 2) = begins(b.no, 2) and percent(a.worth, b.worth) > 95", NULL},
        {"when text(days(a.day)) = b.no", NULL},
        {"when text(a.day) = b.no", "rule.types:16"},
        {"valid from 2024-01-01 to 2025-01-01", NULL},
        {"valid from 2024-01-01 to 2023-01-01", "rule.valid:1"},
        {"wakes daily; when a.day <= today", NULL},
        {"when exists gift as c on id", "rule.where:26"},
        {"let m = a.ym", "rule.aggregate:9"},
        {"let m = max(min(a.ym))", "rule.aggregate:13"},
        {"let level = max(a.ym)", "rule.name:5"},
        {"let n = max(a.ym)", "rule.name:5"},
        {"let order = max(a.ym)", "decl.name:5"},
        {"amount count(a.no)", "rule.types:1"},
        {"level 2 when a.worth > 3", "rule.level:14"},
        {"level 2 when n > 3 and count(a.no) > 3", "rule.aggregate:24"},
        {"level 2 when n", "rule.condition:1"},
        {"level 6", "rule.level:7"},
        {"from gift as s on id", "rule.alias:14"},
        {"from gift as a on id", "rule.alias:14"},
        {"from gift as select on id", "decl.name:14"},
        {"from gift as c on no", "rule.join:19"},
        {"from gift as c on id first day", "rule.first:28"},
        {"wakes a at b.day", "rule.source:12"},
        {"wakes a at days(a.day)", "rule.date:1"},
        {"wakes a on a.day", "rule.at:9"},
        {"evidence a \"e\" (size)", "rule.column:17"},
        {"evidence a \"e\" day", "rule.evidence:16"},
        {"needs present", "rule.dataset:7"},
        {"asks nothing site of a", "rule.document:6"},
        {"param p weeks 3 \"p\"", "rule.unit:9"},
        {"status sleeping", "rule.status:8"},
        {"sing \"loudly\"", "decl.keyword:1"},
    };
    struct catalog *c = declare(ground);
    int wrong = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new((size_t)4 << 20);
        struct problem_list problems;
        struct decl_file file;
        problem_list_init(&problems, a, 20);
        assert_true(decl_parse(a, STR("r"), unfold(a, cases[i].statement), &problems, &file));
        const struct rule *r = rule_load(a, &file, &file.nodes[0], c, &problems);
        assert_true((r == NULL) == (problems.errors > 0));
        struct str found = STR_NONE;
        if (problems.items.count) {
            const struct problem *p = &problems.items.at[0];
            found = str_format(a, STR_FMT ":%u", STR_ARG(p->code), p->column);
            assert_true(p->line >= LINE);
            assert_true(p->zh.len && p->en.len);
        }
        if (!str_equal(found, str_of(cases[i].expected))) {
            print_error("%s: " STR_FMT "\n", cases[i].statement, STR_ARG(found));
            wrong++;
        }
        arena_free(a);
    }
    assert_int_equal(wrong, 0);
    catalog_free(c);
}

static void a_rule_knows_every_dataset_that_it_looks_into(void **state)
{
    (void)state;
    struct catalog *c = declare(ground);
    struct arena *a = arena_new((size_t)4 << 20);
    struct problem_list problems;
    struct decl_file file;
    problem_list_init(&problems, a, 20);
    assert_true(decl_parse(a, STR("r"),
                           unfold(a, "when exists gift as c on id where (c.no = \"x\");needs gift"),
                           &problems, &file));
    const struct rule *r = rule_load(a, &file, &file.nodes[0], c, &problems);
    assert_non_null(r);
    assert_int_equal(r->read_count, 1); /* once, however often it is named */
    assert_true(str_equal(r->reads[0]->id, STR("gift")));
    assert_int_equal(r->share_from, RULE_SHARE_POPULATION);
    arena_free(a);
    catalog_free(c);
}

static void a_sum_inside_a_function_stays_together(void **state)
{
    (void)state;
    struct catalog *c = declare(ground);
    struct arena *a = arena_new((size_t)4 << 20);
    struct problem_list problems;
    struct decl_file file;
    problem_list_init(&problems, a, 20);
    assert_true(
        decl_parse(a, STR("r"),
                   unfold(a, "when percent(a.worth + 1, b.worth) > 5;when days(day(days(a.day) "
                             "- 1)) > 3"),
                   &problems, &file));
    const struct rule *r = rule_load(a, &file, &file.nodes[0], c, &problems);
    assert_non_null(r);
    struct str sql = emit_findings(a, r, c, EMIT_ALL, DDL_SQLITE);
    assert_true(str_contains(sql, STR("((a.worth + 100) * 100 / nullif(b.worth, 0)) > 5")));
    assert_true(str_contains(sql, STR("((qq_days(a.day) - 1) / 1000000)")));
    arena_free(a);
    catalog_free(c);
}

static const char thing[] =
    "rule R \"r\" {\n version 1\n basis \"b\"\n param least_worth money 3 \"l\"\n"
    " query q (subject text, gift_rid int, worth money, name text) {\n"
    "  keys gift(no, tint)\n  population gift on no\n"
    "  touches \"\"\"SELECT no FROM gift WHERE {changed tint} OR {changed id_person}\"\"\"\n"
    "  select \"\"\"%s\"\"\"\n }\n"
    " from q on subject\n subject gift \"g\" en \"Gift\" called q.name\n episode \"x\"\n let n = "
    "sum(q.worth)\n level 1 when n > least_worth\n"
    " evidence gift by q.gift_rid as a \"e\" (day)\n say \"s\"\n by_hand \"h\"\n}\n";

static const struct rule *load_thing(struct catalog *c, struct arena *a, const char *sql,
                                     struct problem_list *problems)
{
    struct decl_file *file = NEW(a, struct decl_file);
    problem_list_init(problems, a, 20);
    assert_true(decl_parse(a, STR("r"), str_format(a, thing, sql), problems, file));
    return rule_load(a, file, &file->nodes[0], c, problems);
}

static void a_query_says_which_rows(void **state)
{
    (void)state;
    struct catalog *c = declare(ground);
    struct arena *a = arena_new((size_t)4 << 20);
    struct problem_list problems;
    const struct rule *r = load_thing(
        c, a, "SELECT no, rid, worth, name FROM gift WHERE {mine no} AND worth > {least_worth}",
        &problems);
    for (size_t i = 0; i < problems.items.count; i++)
        print_error(STR_FMT "\n", STR_ARG(problem_format(a, &problems.items.at[i])));
    assert_non_null(r);
    assert_false(rule_is_of_persons(r));
    assert_int_equal(r->key_count, 2);
    struct str all = emit_findings(a, r, c, EMIT_ALL, DDL_SQLITE);
    struct str dirty = emit_findings(a, r, c, EMIT_DIRTY, DDL_SQLITE);
    assert_true(str_contains(all, STR("WHERE 1 = 1 AND worth > 300")));
    assert_true(str_contains(dirty, STR("WHERE no IN (SELECT key FROM dirty_subject) AND")));
    assert_true(str_contains(emit_evidence(a, r, c, DDL_SQLITE), STR("a.rid = q.gift_rid")));
    assert_true(str_equal(emit_touches(a, r, c, DDL_SQLITE),
                          STR("SELECT no FROM gift WHERE tint IN (SELECT key FROM dirty_key) OR "
                              "id_person IN (SELECT person FROM dirty_person)")));
    static const struct {
        const char *sql, *code;
    } wrong[] = {{"SELECT no, rid, worth, name FROM gift; DELETE FROM gift", "rule.sql"},
                 {"SELECT no, rid, worth, name FROM gift WHERE worth > {least}", "rule.sql"},
                 {"SELECT no, rid, worth, name FROM gift WHERE day > {today}", "rule.wakes"}};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_null(load_thing(c, a, wrong[i].sql, &problems));
        assert_true(str_equal(problems.items.at[0].code, str_of(wrong[i].code)));
    }
    arena_free(a);
    catalog_free(c);
}

/* At a site the rows of others are absent, and absence may not tell against anybody. */
static void what_sites_run_asks_for_nothing_of_others(void **state)
{
    (void)state;
    struct catalog *c = declare("dataset gift \"g\" { version 1\n key no\n field no text required "
                                "\"n\"\n field giver text \"v\" }\n"
                                "dataset other \"o\" { version 1\n key no\n field no text required "
                                "\"n\" }\n");
    struct arena *a = arena_new((size_t)4 << 20);
    static const struct {
        const char *statements;
        bool is_fine, is_edge;
    } cases[] = {
        {"needs gift\nedge", true, true},
        {"needs gift", true, false},
        {"needs gift fresh 30 days\nedge", false, false},
        {"needs gift fresh 30 days", true, false},
        {"needs other\nedge", false, false},
        {"when not exists other as twin on no where (twin.no = \"1\")\nedge", false, false},
        {"edge here", false, false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct problem_list problems;
        struct decl_file file;
        problem_list_init(&problems, a, 20);
        struct str text = str_format(
            a,
            "rule R \"r\" {\nversion 1\nbasis \"b\"\nfrom gift as row on no\nsubject gift \"g\" en "
            "\"g\"\nepisode \"one\"\nlevel 1\nevidence row \"e\" (giver)\nsay \"s\"\nby_hand "
            "\"h\"\n%s\n}\n",
            cases[i].statements);
        assert_true(decl_parse(a, STR("r"), text, &problems, &file));
        const struct rule *r = rule_load(a, &file, &file.nodes[0], c, &problems);
        if ((r != NULL) != cases[i].is_fine)
            fail_msg("%s: %zu problems", cases[i].statements, problems.items.count);
        assert_true(!r || r->is_edge == cases[i].is_edge);
    }
    arena_free(a);
    catalog_free(c);
}

static void what_a_rule_must_have_is_missed(void **state)
{
    (void)state;
    struct catalog *c = declare(ground);
    struct arena *a = arena_new((size_t)4 << 20);
    struct problem_list problems;
    struct decl_file file;
    problem_list_init(&problems, a, 20);
    assert_true(decl_parse(a, STR("r"), STR("\nrule R \"r\" {\n}\n"), &problems, &file));
    assert_null(rule_load(a, &file, &file.nodes[0], c, &problems));
    assert_int_equal(problems.errors, 8);
    for (size_t i = 0; i < problems.items.count; i++) {
        assert_true(str_equal(problems.items.at[i].code, STR("rule.missing")));
        assert_int_equal(problems.items.at[i].line, 2);
    }
    /* Conditions before any source have nobody to be about. */
    problem_list_init(&problems, a, 20);
    assert_true(decl_parse(a, STR("r"),
                           STR("rule R \"r\" {\nwhen exists gift as c on id where (c.no = 1)\n}\n"),
                           &problems, &file));
    assert_null(rule_load(a, &file, &file.nodes[0], c, &problems));
    assert_true(str_equal(problems.items.at[0].code, STR("rule.exists")));
    arena_free(a);
    catalog_free(c);
}

static void hostile_lengths_are_refused(void **state)
{
    (void)state;
    static const char *const pieces[] = {"(",    "not ",      "a.day is empty or ",
                                         "1 + ", "least(1, ", "a.worth in (1, 1, "};
    struct catalog *c = declare(ground);
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        struct arena *a = arena_new((size_t)256 << 20);
        struct problem_list problems;
        struct decl_file file;
        struct buf text;
        buf_init(&text, a);
        buf_put_z(&text, "when ");
        for (size_t k = 0; k < 15001; k++)
            buf_put_z(&text, pieces[i]);
        buf_put_z(&text, "a.worth = 1");
        problem_list_init(&problems, a, 20);
        buf_put_char(&text, '\0');
        assert_true(decl_parse(a, STR("r"), unfold(a, text.ptr), &problems, &file));
        const struct rule *r = rule_load(a, &file, &file.nodes[0], c, &problems);
        assert_true((r != NULL) == (strcmp(pieces[i], "not ") == 0));
        arena_free(a);
    }
    catalog_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_that_make_no_sense_are_refused),
        cmocka_unit_test(a_rule_knows_every_dataset_that_it_looks_into),
        cmocka_unit_test(a_sum_inside_a_function_stays_together),
        cmocka_unit_test(a_query_says_which_rows),
        cmocka_unit_test(what_sites_run_asks_for_nothing_of_others),
        cmocka_unit_test(what_a_rule_must_have_is_missed),
        cmocka_unit_test(hostile_lengths_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
