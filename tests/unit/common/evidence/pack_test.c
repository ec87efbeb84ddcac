/* A pack reads as it was written, and whichever byte is changed is seen. */
#include "common/evidence/check.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/model/record.h"
#include "common/rules/explain.h"
#include "common/seal/suite.h"
#include "tests/support/fixture.h"
#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define STRIDE 37 /* bytes between those that are changed */

struct fixture {
    struct arena *a;
    struct catalog *catalog;
    struct keyring *keys;
    struct seeded_random random;
    struct pack pack;
    struct str key, file;
};

static const struct rule *rule_named(struct fixture *f, const char *id)
{
    struct problem_list problems;
    const struct rule **rules;
    size_t count;
    problem_list_init(&problems, f->a, 10);
    assert_true(rule_load_all(f->a, f->catalog, &problems, &rules, &count));
    for (size_t i = 0; i < count; i++)
        if (str_equal(rules[i]->id, str_of(id)))
            return rules[i];
    fail();
    return NULL;
}

static void set(struct value *values, const struct dataset *d, const char *field, struct value v)
{
    int index = dataset_field(d, str_of(field));
    assert_true(index >= 0);
    values[index] = v;
}

static struct pack_row row_of(struct fixture *f, size_t source, struct value *values)
{
    const struct rule_source *s = &f->pack.rule->sources[source];
    struct pack_person *persons = NEW_ARRAY(f->a, struct pack_person, s->dataset->field_count);
    persons[dataset_field(s->dataset, STR("citizen_id"))] =
        (struct pack_person){4, 1, STR("equal")};
    struct record r = {.dataset = s->dataset, .values = values};
    return (struct pack_row){.role = s->role,
                             .op = STR("new"),
                             .site = STR("d01"),
                             .source = (int64_t)source,
                             .dataset = s->dataset,
                             .rid = 9,
                             .version = 1,
                             .row_hash = record_hash(&r),
                             .key_hash = record_key_hash(&r),
                             .values = values,
                             .persons = persons,
                             .batch = {.id = 3, .epoch = 1, .seq = 3, .site = STR("d01")}};
}

static struct value *new_values(struct fixture *f, size_t source)
{
    const struct dataset *d = f->pack.rule->sources[source].dataset;
    struct value *values = NEW_ARRAY(f->a, struct value, d->field_count);
    set(values, d, "citizen_id", value_text(STR("11010519491231002X")));
    set(values, d, "name", value_text(STR("王芳")));
    return values;
}

static void put_rows(struct fixture *f)
{
    struct pack_row *rows = NEW_ARRAY(f->a, struct pack_row, 2);
    const struct dataset *death = f->pack.rule->sources[0].dataset;
    const struct dataset *pay = f->pack.rule->sources[1].dataset;
    struct value *died = new_values(f, 0);
    struct value *paid = new_values(f, 1);
    set(died, death, "died_on", value_int(20240110));
    set(died, death, "source", value_text(STR("police")));
    set(paid, pay, "month", value_int(202403));
    set(paid, pay, "amount", value_int(10000));
    rows[0] = row_of(f, 0, died);
    rows[1] = row_of(f, 1, paid);
    f->pack.rows = rows;
    f->pack.row_count = 2;
}

static void put_result(struct fixture *f)
{
    struct pack_result *r = &f->pack.result;
    const struct rule *rule = f->pack.rule;
    struct value *values = NEW_ARRAY(f->a, struct value, rule->let_count);
    for (size_t i = 0; i < rule->let_count; i++)
        values[i] = value_int(202403);
    values[0] = value_int(20240110);
    *r = (struct pack_result){.batch = 3,
                              .today = 20261124,
                              .level = 1,
                              .tier = 1,
                              .amount_fen = 10000,
                              .values = values,
                              .rule_hash = rule->hash};
    r->say_zh = explain_say(f->a, rule, EXPLAIN_ZH, values, r->amount_fen);
    r->say_en = explain_say(f->a, rule, EXPLAIN_EN, values, r->amount_fen);
    r->hash = finding_result_hash(&rule->hash, STR("death"), 4, 1, 10000, values, rule->let_count);
}

static struct str signed_file(struct fixture *f)
{
    struct signature s;
    struct str written = pack_write(f->a, &f->pack);
    signature_make(f->keys, &f->random.random, f->a, STR(PACK_FORMAT), written, &s);
    return pack_file(f->a, written, &s);
}

static int set_up(void **state)
{
    static struct fixture fixture;
    static const struct pack_source sources[] = {{STR_INIT("death"), 5},
                                                 {STR_INIT("benefit_pay"), 6}};
    struct fixture *f = &fixture;
    struct str secret;
    *f = (struct fixture){.a = arena_new((size_t)1 << 30)};
    f->catalog = fixture_catalog(f->a);
    seeded_random_init(&f->random, 3);
    f->keys = keyring_new();
    assert_int_equal(keyring_generate(SUITE_P256, &f->random.random, f->a, &secret, &f->key), OK);
    assert_int_equal(keyring_add_own(f->keys, KEY_SIGN, secret), OK);
    f->pack = (struct pack){.disclaimer_zh = STR("线索"),
                            .disclaimer_en = STR("a clue"),
                            .county = STR("231282"),
                            .program = STR("1"),
                            .by = STR("zhao"),
                            .catalog = f->catalog,
                            .catalog_hash = f->catalog->hash,
                            .rule = rule_named(f, "H01"),
                            .sources = sources,
                            .source_count = 2};
    put_rows(f);
    put_result(f);
    f->pack.finding = (struct pack_finding){.id = 7,
                                            .subject = 4,
                                            .points = explain_points(1, 10000),
                                            .episode = STR("death"),
                                            .life = STR("new"),
                                            .decision = STR("to_verify"),
                                            .status = STR("live")};
    f->file = signed_file(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    keyring_free(f->keys);
    catalog_free(f->catalog);
    arena_free(f->a);
    return 0;
}

/* The parts that are wrong, one behind the other. */
static struct str wrong_parts(struct arena *a, struct str file, struct str key)
{
    struct check c;
    struct buf out;
    check_pack(a, file, key, &c);
    buf_init(&out, a);
    for (size_t i = 0; i < c.parts.count; i++) {
        assert_true(c.parts.at[i].zh.len > 0);
        assert_true(c.parts.at[i].en.len > 0);
        if (c.parts.at[i].state == CHECK_WRONG)
            buf_format(&out, "%s" STR_FMT, out.len ? ", " : "", STR_ARG(c.parts.at[i].part));
    }
    assert_true(c.is_right == (out.len == 0));
    check_done(&c);
    return buf_str(&out);
}

static struct str with(struct fixture *f, const char *from, const char *to)
{
    struct str rest = f->file;
    struct str what = str_of(from);
    for (size_t i = 0; i + what.len <= rest.len; i++)
        if (str_equal(str_slice(rest, i, i + what.len), what)) {
            struct str before = str_slice(rest, 0, i);
            struct str behind = str_skip(rest, i + what.len);
            return str_format(f->a, STR_FMT "%s" STR_FMT, STR_ARG(before), to, STR_ARG(behind));
        }
    fail_msg("%s does not stand in the pack", from);
    return STR_NONE;
}

static void wrong_is(struct fixture *f, struct str file, struct str key, const char *expected)
{
    struct str is = wrong_parts(f->a, file, key);
    if (!str_equal(is, str_of(expected)))
        fail_msg(STR_FMT " and not %s", STR_ARG(is), expected);
}

static void a_pack_reads_as_it_was_written(void **state)
{
    struct fixture *f = *state;
    struct pack p;
    struct signature s;
    assert_int_equal(pack_read(f->a, f->file, &p, &s), OK);
    assert_true(str_equal(pack_file(f->a, pack_write(f->a, &p), &s), f->file));
    assert_true(hash_equal(&p.rule->hash, &f->pack.rule->hash));
    pack_done(&p);
    wrong_is(f, f->file, f->key, "");
    wrong_is(f, f->file, STR_NONE, "");
}

static void what_was_changed_is_named(void **state)
{
    struct fixture *f = *state;
    wrong_is(f, with(f, "\"month\":202403", "\"month\":202404"), f->key, "row 2, signature");
    wrong_is(f, with(f, "\"name\":\"王芳\"", "\"name\":\"王方\""), f->key, "row 1, signature");
    wrong_is(f, with(f, "\"amount_fen\":10000", "\"amount_fen\":20000"), f->key,
             "result, sentence, signature");
    wrong_is(f, with(f, "months(pay.month) - months", "months(pay.month) + months"), f->key,
             "form, rule, result, signature");
    wrong_is(f, with(f, "\"grace\",\"zh\"", "\"graze\",\"zh\""), f->key, "form, signature");
    wrong_is(f, with(f, "\"at_ms\":5", "\"at_ms\":9"), f->key, "signature");
    wrong_is(f, with(f, "\"points\":10", "\"points\":90"), f->key, "points, signature");
    wrong_is(f, with(f, "\"format\":", "\"format\": "), f->key, "form, signature");
    wrong_is(f, with(f, "qingqu evidence pack 1", "qingqu evidence pack 2"), f->key, "form");
    wrong_is(f, with(f, "\"signature\":{", "\"signature\":{\"x\":1,"), f->key, "form");
    wrong_is(f, STR("{}"), STR_NONE, "form");
    wrong_is(f, STR(""), STR_NONE, "form");
}

static void another_key_did_not_sign_it(void **state)
{
    struct fixture *f = *state;
    struct str secret;
    struct str other;
    assert_int_equal(keyring_generate(SUITE_P256, &f->random.random, f->a, &secret, &other), OK);
    wrong_is(f, f->file, other, "signature");
    /* a forger's own key is found in the file; only the county's key tells */
    struct keyring *owner = f->keys;
    f->keys = keyring_new();
    assert_int_equal(keyring_add_own(f->keys, KEY_SIGN, secret), OK);
    struct str forged = signed_file(f);
    keyring_free(f->keys);
    f->keys = owner;
    wrong_is(f, forged, STR_NONE, "");
    wrong_is(f, forged, f->key, "signature");
}

static void any_changed_byte_is_seen(void **state)
{
    struct fixture *f = *state;
    char *bytes = arena_take(f->a, f->file.len);
    memcpy(bytes, f->file.ptr, f->file.len);
    for (size_t i = 0; i < f->file.len; i += STRIDE) {
        struct arena *a = arena_new((size_t)256 << 20);
        bytes[i] ^= 1;
        if (wrong_parts(a, str_make(bytes, f->file.len), f->key).len == 0)
            fail_msg("byte %zu was changed and nothing is wrong", i);
        bytes[i] ^= 1;
        arena_free(a);
    }
}

static void the_declarations_inside_are_those_the_rule_needs(void **state)
{
    struct fixture *f = *state;
    struct catalog_file *files;
    size_t count;
    struct buf paths;
    buf_init(&paths, f->a);
    pack_declarations(f->a, f->catalog, f->pack.rule, &files, &count);
    for (size_t i = 0; i < count; i++)
        buf_format(&paths, "%s" STR_FMT, i ? " " : "", STR_ARG(files[i].path));
    if (!str_equal(buf_str(&paths),
                   STR("calendar/workdays.decl datasets/benefit_pay.decl datasets/death.decl "
                       "documents/verify_benefit.decl rules/H/H01.decl vocab/death_source.decl "
                       "vocab/programme.decl")))
        fail_msg(STR_FMT, STR_ARG(buf_str(&paths)));
}

static struct str replaced(struct arena *a, struct str text, struct str what, struct str with)
{
    size_t at = 0;
    while (!str_starts(str_skip(text, at), what))
        at++;
    struct str before = str_slice(text, 0, at);
    struct str behind = str_skip(text, at + what.len);
    return str_format(a, STR_FMT STR_FMT STR_FMT, STR_ARG(before), STR_ARG(with), STR_ARG(behind));
}

/* A version that was published on the hub stands in no file of its catalog, and takes the place of
 * the one that does. */
static void a_published_version_brings_its_own_text(void **state)
{
    struct fixture *f = *state;
    struct problem_list problems;
    struct decl_file file;
    struct str text = replaced(f->a, f->pack.rule->file->text, STR("version 1"), STR("version 2"));
    problem_list_init(&problems, f->a, 5);
    assert_true(decl_parse(f->a, STR("H01"), text, &problems, &file));
    f->pack.rule = rule_load(f->a, &file, &file.nodes[0], f->catalog, &problems);
    assert_non_null(f->pack.rule);
    wrong_is(f, signed_file(f), f->key, "rule, result"); /* found by the other version */
    put_result(f);
    wrong_is(f, signed_file(f), f->key, "");
    assert_false(str_contains(signed_file(f), STR("rules/H/H01.decl")));
}

/* Made by the first program that made any. It stays right, or there is another PACK_FORMAT and this
 * one is still read. */
static void a_pack_of_long_ago_still_verifies(void **state)
{
    struct fixture *f = *state;
    wrong_is(f, golden_read(f->a, SOURCE_DIR, "evidence/h01.json"),
             golden_read(f->a, SOURCE_DIR, "evidence/hub-sign.pub"), "");
}

/* Every rule of the catalog can be packed: what it needs alone makes a catalog with it in it. */
static void each_rule_stands_by_what_it_needs(void **state)
{
    struct fixture *f = *state;
    struct problem_list problems;
    const struct rule **rules;
    size_t count;
    problem_list_init(&problems, f->a, 10);
    assert_true(rule_load_all(f->a, f->catalog, &problems, &rules, &count));
    for (size_t i = 0; i < count; i++) {
        struct catalog_file *files;
        size_t file_count;
        const struct rule **again;
        size_t again_count = 0;
        bool is_there = false;
        pack_declarations(f->a, f->catalog, rules[i], &files, &file_count);
        struct catalog *c = catalog_build(files, file_count, &problems);
        if (!c || !rule_load_all(f->a, c, &problems, &again, &again_count))
            fail_msg(STR_FMT ": " STR_FMT, STR_ARG(rules[i]->id),
                     STR_ARG(problem_format(f->a, &problems.items.at[0])));
        for (size_t k = 0; k < again_count; k++)
            is_there = is_there || hash_equal(&again[k]->hash, &rules[i]->hash);
        assert_true(is_there);
        catalog_free(c);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_pack_reads_as_it_was_written),
        CASE(what_was_changed_is_named),
        CASE(another_key_did_not_sign_it),
        CASE(any_changed_byte_is_seen),
        CASE(the_declarations_inside_are_those_the_rule_needs),
        CASE(a_published_version_brings_its_own_text),
        CASE(a_pack_of_long_ago_still_verifies),
        CASE(each_rule_stands_by_what_it_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
