/* Rules whose queries want everything there is: each is stopped within its budget and named, and
 * the others still run. */
#include "common/base/check.h"
#include "common/db/db.h"
#include "tests/unit/central/analysis/analysis_fixture.h"

#include <sys/resource.h>

#ifdef __SANITIZE_ADDRESS__ /* which keeps what was freed for a while */
#define MEMORY_KB_MAX (800 * 1024)
#else
#define MEMORY_KB_MAX (200 * 1024)
#endif

#define RULES_MAX 32
#define DENIED "the rule's query may only read datasets, with the functions that rules have"
#define INVALID "the rule's query is wrong and cannot be run"

/* Small, so that the test is quick; what is stopped is the same. */
static const struct db_budget budget = {.steps = 5000000,
                                        .ms = 2000,
                                        .memory_bytes = 4 << 20,
                                        .value_bytes = 64 << 10,
                                        .rows = 1000,
                                        .result_bytes = 1 << 20};

static const struct {
    const char *id, *select, *reason;
} hostile[] = {
    {"X01",
     "SELECT a.source, count(*) FROM death AS a, death AS b, death AS c, death AS d, "
     "death AS e, death AS f, death AS g, death AS h, death AS i, death AS j, death AS k, "
     "death AS l, death AS m, death AS n, death AS o, death AS p, death AS q, death AS r, "
     "death AS s, death AS t, death AS u, death AS v, death AS w, death AS x, death AS y",
     "the rule took more steps than its budget and was stopped"},
    {"X02",
     "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s) SELECT 'a', count(*) "
     "FROM s",
     "the rule took more steps than its budget and was stopped"},
    /* one step of it compares a long text with another at each place */
    {"X03",
     "WITH RECURSIVE a(t) AS (SELECT 'aaaaaaaa' UNION ALL SELECT t || t FROM a WHERE "
     "length(t) < 30000), s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 5000) "
     "SELECT 'a', sum(length(replace(t, substr(t, 1, 30000) || i, ''))) FROM a, s WHERE length(t) "
     "> 30000",
     "the rule took too long and was stopped"},
    {"X04",
     "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 5000) "
     "SELECT 'a' || i, i FROM s",
     "the rule gave too many results and was stopped"},
    {"X05",
     "WITH RECURSIVE a(t) AS (SELECT 'aaaaaaaa' UNION ALL SELECT t || t FROM a WHERE "
     "length(t) < 10000), s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 40) "
     "SELECT t || i, i FROM a, s WHERE length(t) > 10000",
     "the rule gave too many results and was stopped"},
    {"X06",
     "WITH RECURSIVE a(t) AS (SELECT 'aaaaaaaa' UNION ALL SELECT t || t FROM a) SELECT "
     "'a', max(length(t)) FROM a",
     "the rule made a text that is too long and was stopped"},
    {"X07",
     "SELECT 'a', length(replace(replace(replace(replace(replace(replace(replace('aaaaaaaa',"
     " 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', "
     "'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'))",
     "the rule made a text that is too long and was stopped"},
    {"X08",
     "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s) SELECT 'a', "
     "CAST(qq_median(i) AS BIGINT) FROM s",
     "the rule took too much memory and was stopped"},
    {"X09",
     "WITH RECURSIVE a(t) AS (SELECT 'aaaaaaaa' UNION ALL SELECT t || t FROM a WHERE "
     "length(t) < 30000), s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 9000) "
     "SELECT 'a', count(DISTINCT t || i) FROM a, s",
     "the rule took too much memory and was stopped"},
    {"X10", "SELECT 'a', length(zeroblob(1000000000))", DENIED},
    {"X11", "SELECT 'a', random()", DENIED},
    {"X12", "SELECT 'a', CAST(strftime('%s', 'now') AS BIGINT)", DENIED}, /* a hidden clock */
    {"X13", "SELECT 'a', length(fts3_tokenizer('simple', 'aaaaaaaa'))", DENIED},
    {"X14", "SELECT 'a', length(load_extension('x'))", DENIED},
    {"X15", "SELECT name, 1 FROM pragma_database_list", DENIED},
    {"X16", "ATTACH 'x' AS x", INVALID},
    {"X17", "PRAGMA writable_schema = 1", INVALID},
    {"X18", "DELETE FROM rec_death RETURNING source, 1", INVALID},
    {"X19", "SELECT no_such_field, 1 FROM death", INVALID},
    {"X21", "SELECT password, 1 FROM user", DENIED}, /* who may sign in, and with what */
    {"X22", "SELECT number, 1 FROM person_link", DENIED},
    {"X23", "SELECT number, 1 FROM person_way", DENIED}, /* a view that is no dataset */
    {"X24", "SELECT source, 1 FROM rec_death", DENIED},  /* versions that are corrected */
    {"X25", "SELECT sql, 1 FROM sqlite_master", DENIED},
    {"X20", "SELECT 'a', sum(9223372036854775807) FROM (SELECT 1 UNION ALL SELECT 2) AS t",
     INVALID}, /* an overflow */
};

struct about {
    const char *type, *field, *subject; /* column of the query, field of `death`, statement */
};
static const struct about a_source = {"text", "source",
                                      "subject source \"来源\" en \"Source\" called q.subject"};
static const struct about a_person = {"person", "citizen_id", ""};

static const struct rule *load(struct analysis_fixture *f, const char *id,
                               const struct about *about, const char *select)
{
    struct arena *a = f->hub.a;
    struct decl_file *file = NEW(a, struct decl_file);
    struct problem_list problems;
    problem_list_init(&problems, a, 10);
    struct str text = str_format(
        a,
        "rule %s \"x\" en \"x\" {\n group X\n version 1\n status live\n sees analysts\n basis "
        "\"b\"\n query q (subject %s, death_rid int) {\n  keys death(%s)\n  population death on "
        "%s\n  select \"\"\"%s\"\"\"\n }\n from q on subject\n %s\n episode \"e\"\n let n = "
        "max(q.death_rid)\n level 1\n evidence death by q.death_rid as d \"d\" (source)\n say "
        "\"x {n}\" en \"x {n}\"\n by_hand \"h\" en \"h\"\n needs death\n}\n",
        id, about->type, about->field, about->field, select, about->subject);
    const struct rule *r = NULL;
    if (decl_parse(a, STR("x.decl"), text, &problems, file))
        r = rule_load(a, file, &file->nodes[0], f->hub.catalog, &problems);
    for (size_t i = 0; i < problems.items.count; i++)
        print_error(STR_FMT "\n", STR_ARG(problem_format(a, &problems.items.at[i])));
    assert_non_null(r);
    return r;
}

static const struct rule *about_the_dead(const struct analysis_fixture *f)
{
    for (size_t k = 0; k < f->an.rule_count; k++)
        if (str_equal(f->rules[k]->id, STR("H01")))
            return f->rules[k];
    return NULL;
}

static void use(struct analysis_fixture *f, const struct rule **rules, size_t count)
{
    f->an.rules = rules;
    f->an.rule_count = count;
    assert_int_equal(change_store_prepare(f->hub.store, rules, count), OK);
    db_set_budget(f->hub.db, &budget);
}

/* The hostile ones first and last, the rule about the dead between them. */
static void add_hostile(struct analysis_fixture *f)
{
    const struct rule **rules = NEW_ARRAY(f->hub.a, const struct rule *, RULES_MAX);
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(hostile); i++) {
        if (i == COUNT_OF(hostile) / 2)
            rules[count++] = about_the_dead(f);
        rules[count++] = load(f, hostile[i].id, &a_source, hostile[i].select);
    }
    use(f, rules, count);
}

static int64_t memory_kb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void each_is_stopped_and_named_and_the_others_run(void **state)
{
    struct analysis_fixture *f = *state;
    struct arena *a = f->hub.a;
    analysis_fixture_dead_and_paid(f);
    add_hostile(f);
    int64_t before_kb = memory_kb();
    analysis_fixture_look(f);
    assert_true(memory_kb() - before_kb < MEMORY_KB_MAX);
    for (size_t i = 0; i < COUNT_OF(hostile); i++) {
        struct str sql = str_format(a,
                                    "SELECT rule || ' ' || state || ': ' || reason_en FROM "
                                    "coverage WHERE rule = '%s'",
                                    hostile[i].id);
        struct str expected =
            str_format(a, "%s not_computable: %s", hostile[i].id, hostile[i].reason);
        analysis_fixture_text_is(f, str_copy_z(a, sql), str_copy_z(a, expected));
    }
    assert_int_equal(
        analysis_fixture_number(
            f, "SELECT count(*) FROM coverage WHERE rule LIKE 'X%' AND length(reason_zh) > 0"),
        COUNT_OF(hostile));
    analysis_fixture_text_is(f, "SELECT group_concat(rule) FROM finding", "H01");
    analysis_fixture_text_is(f, "SELECT state FROM coverage WHERE rule = 'H01'", "computable");
}

/* Want of memory takes back what the rule had put into temporary tables, the list of whom to look
 * at among it: the next rule does not take the list of the one before for its own. */
static void the_next_rule_looks_at_its_own_subjects(void **state)
{
    struct analysis_fixture *f = *state;
    const struct rule *rules[3];
    analysis_fixture_dead_and_paid(f);
    rules[0] = load(f, "X01", &a_source,
                    "SELECT source, rid FROM death WHERE {mine source} AND source = '无'");
    rules[1] = load(f, "X02", &a_person,
                    "SELECT citizen_id_person, rid FROM death WHERE {mine citizen_id_person} AND "
                    "source = '民政' AND (WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                    "FROM s) SELECT qq_median(i) FROM s) > 0");
    rules[2] = about_the_dead(f);
    use(f, rules, COUNT_OF(rules));
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT group_concat(state) FROM coverage",
                             "computable,computable,computable");
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding"), 1);
    hub_fixture_merge(&f->hub, "d01", "death", false, ROWS(LI "died_on=2024-01-11;source=民政"));
    hub_fixture_merge(
        &f->hub, "t01", "benefit_pay", false,
        ROWS(LI "batch_no=Q;programme=居民养老;month=2024-04;amount=100;township=T1"));
    analysis_fixture_look(f);
    analysis_fixture_text_is(f, "SELECT reason_en FROM coverage WHERE rule = 'X02'",
                             "the rule took too much memory and was stopped");
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM finding WHERE rule = 'H01'"),
                     2);
}

/* Nothing of the guard is left behind: a store may write long texts and take memory again. */
static void after_it_the_stores_have_their_room(void **state)
{
    struct analysis_fixture *f = *state;
    analysis_fixture_dead_and_paid(f);
    add_hostile(f);
    analysis_fixture_look(f);
    assert_int_equal(analysis_fixture_number(f, "SELECT length(zeroblob(50000000))"), 50000000);
    assert_int_equal(db_exec(f->hub.db, STR("CREATE TABLE t(x); INSERT INTO t SELECT "
                                            "zeroblob(30000000)")),
                     OK);
    assert_int_equal(analysis_fixture_number(f, "SELECT count(*) FROM rec_death"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ANALYSIS_CASE(each_is_stopped_and_named_and_the_others_run),
        ANALYSIS_CASE(the_next_rule_looks_at_its_own_subjects),
        ANALYSIS_CASE(after_it_the_stores_have_their_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
