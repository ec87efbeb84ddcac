/* Whatever a rule found is found again from the records of then, after rows came, went and came
 * again; and its evidence makes a pack in which everything is right. Rows are those of the rule's
 * golden folder, in batches: so every rule is tried without a word more.
 *
 *     golden_replay_test [GROUP]      RULE=id one rule
 */
#include "central/evidence/gather.h"
#include "central/evidence/rerun.h"
#include "central/lab/given.h"
#include "central/store/change_store.h"
#include "central/store/evidence_store.h"
#include "common/base/arena.h"
#include "common/config/catalog_load.h"
#include "common/model/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BATCHES 6
#define CATALOG_BYTES_MAX_HERE ((size_t)64 << 20)

struct run {
    struct arena *arena;
    const struct catalog *catalog;
    const struct rule *rule;
    struct db *db;
    struct store *store;
    struct seeded_random random;
    struct given_row *rows;
    struct row_state {
        int64_t rid, version; /* rid 0: not there */
        struct hash key_hash;
    } * states;
    bool has_doubles; /* golden rows that leave their key out: no pack of them would be right */
    size_t count;
    int64_t rids;
    size_t results, findings, alone;
};

static void sql(struct run *r, const char *format, ...)
{
    char text[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    assert_int_equal(db_exec(r->db, str_of(text)), OK);
}

static int64_t number(struct run *r, const char *query)
{
    struct db_stmt *stmt;
    bool has_row;
    assert_int_equal(db_prepare(r->db, str_of(query), &stmt), OK);
    assert_int_equal(db_step(stmt, &has_row), OK);
    int64_t n = has_row ? db_column_int(stmt, 0) : 0;
    db_done(stmt);
    return n;
}

static void put_row(struct run *r, size_t i, int64_t batch)
{
    const struct given_row *given = &r->rows[i];
    const struct dataset *d = given->dataset;
    struct pack_person *persons = NEW_ARRAY(r->arena, struct pack_person, d->field_count + 1);
    struct record record = {.dataset = d, .values = given->values};
    for (size_t f = 0; f < d->field_count; f++)
        persons[f] = (struct pack_person){given->persons[f], given->tiers[f], STR_NONE};
    r->states[i].rid = ++r->rids;
    r->states[i].version++;
    struct pack_row row = {.dataset = d,
                           .rid = r->rids,
                           .version = r->states[i].version,
                           .op = STR("new"),
                           .site = given->site,
                           .valid_from = batch,
                           .recorded_hub_ms = given->recorded_ms,
                           .key_hash = r->states[i].key_hash,
                           .row_hash = record_hash(&record),
                           .values = given->values,
                           .persons = persons,
                           .batch = {.id = batch}};
    assert_int_equal(evidence_store_put_row(r->store, &row), OK);
}

/* One record a row, whatever its key says. */
static void give_keys(struct run *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct record record = {.dataset = r->rows[i].dataset, .values = r->rows[i].values};
        r->states[i].key_hash = record_key_hash(&record);
        for (size_t k = 0; k < i; k++)
            if (hash_equal(&r->states[i].key_hash, &r->states[k].key_hash)) {
                r->states[i].key_hash = sha256_of(str_make(&i, sizeof i));
                r->has_doubles = true;
            }
    }
}

static void take_row(struct run *r, size_t i, int64_t batch)
{
    sql(r, "UPDATE rec_" STR_FMT " SET valid_to = %lld WHERE rid = %lld",
        STR_ARG(r->rows[i].dataset->id), (long long)batch, (long long)r->states[i].rid);
    r->states[i].rid = 0;
}

/* Half of what is not there comes, a sixth of what is there goes; in the last but one all is there
 * that ever is. */
static void merge_batch(struct run *r, int64_t batch)
{
    assert_int_equal(db_begin(r->db), OK);
    sql(r,
        "INSERT INTO batch(id, site, epoch, seq, created_ms, received_ms, catalog) VALUES (%lld, "
        "'d01', 1, %lld, 0, 0, zeroblob(32))",
        (long long)batch, (long long)batch);
    for (size_t i = 0; i < r->count; i++) {
        bool is_full = batch == BATCHES - 1;
        if (r->states[i].rid == 0 && (is_full || random_below(&r->random.random, 2)))
            put_row(r, i, batch);
        else if (r->states[i].rid && !is_full && random_below(&r->random.random, 6) == 0)
            take_row(r, i, batch);
    }
    assert_int_equal(db_commit(r->db), OK);
}

static int64_t id_of(struct run *r, const struct finding_hit *hit)
{
    struct db_stmt *stmt;
    bool has_row;
    assert_int_equal(
        db_prepare(r->db, STR("SELECT id FROM finding WHERE subject = ?1 AND episode = ?2"), &stmt),
        OK);
    db_bind_int(stmt, 1, hit->subject);
    db_bind_text(stmt, 2, hit->episode);
    assert_int_equal(db_step(stmt, &has_row), OK);
    int64_t id = has_row ? db_column_int(stmt, 0) : 0;
    db_done(stmt);
    return id;
}

static void put_finding(struct run *r, const struct finding_found *f,
                        const struct finding_evidence *evidence, size_t count,
                        const struct result_when *when)
{
    struct finding_evidence *mine = NEW_ARRAY(r->arena, struct finding_evidence, count + 1);
    size_t n = 0;
    int64_t id = id_of(r, &f->hit);
    for (size_t i = 0; i < count; i++)
        if (evidence[i].subject == f->hit.subject && str_equal(evidence[i].episode, f->hit.episode))
            mine[n++] = evidence[i];
    assert_int_equal(
        finding_store_put(r->store, r->rule, f, id, FINDING_NEW, when->today, when->at_ms, &id),
        OK);
    assert_int_equal(finding_store_put_evidence(r->store, id, r->rule, mine, n), OK);
    assert_int_equal(result_store_note(r->store, id, r->rule, &f->hit, when), OK);
}

static void evaluate(struct run *r)
{
    struct finding_evaluation all;
    struct finding_evidence *evidence;
    size_t count;
    struct result_when when = {.today = GIVEN_TODAY};
    assert_int_equal(result_store_mark(r->store, &when.mark), OK);
    assert_int_equal(
        finding_store_evaluate(r->store, r->arena, r->rule, EMIT_ALL, GIVEN_TODAY, &all), OK);
    assert_int_equal(finding_store_evidence(r->store, r->arena, r->rule, GIVEN_TODAY, all.found,
                                            all.found_count, &evidence, &count),
                     OK);
    for (size_t i = 0; i < all.found_count; i++)
        put_finding(r, &all.found[i], evidence, count, &when);
}

static void replay(struct run *r, const struct replay_rules *rules, int64_t id)
{
    struct replay *replays;
    size_t count;
    assert_int_equal(replay_finding(r->store, r->arena, rules, id, &replays, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (replays[i].verdict != REPLAY_EQUAL)
            fail_msg(STR_FMT " finding %lld of batch %lld: %s", STR_ARG(r->rule->id), (long long)id,
                     (long long)replays[i].then.when.mark.batch, replay_word(replays[i].verdict));
    r->results += count;
}

static void pack(struct run *r, const struct replay_rules *rules, int64_t id)
{
    struct gather_for whom = {STR("231282"), STR("1"), STR("zhao"), 5};
    struct signature none = {.suite = STR_NONE};
    struct str text;
    struct check c;
    if (gather_pack(r->store, r->arena, rules, id, &whom, &text) != OK)
        fail_msg(STR_FMT " finding %lld: %s", STR_ARG(r->rule->id), (long long)id, err_note());
    check_pack(r->arena, pack_file(r->arena, text, &none), STR_NONE, &c);
    rerun_pack(&c);
    r->alone += c.parts.at[c.parts.count - 1].state == CHECK_RIGHT;
    check_done(&c);
}

static void run_batches(struct run *r)
{
    const struct rule *known[] = {r->rule};
    struct replay_rules rules = {known, 1};
    for (int64_t batch = 1; batch <= BATCHES; batch++) {
        merge_batch(r, batch);
        evaluate(r);
    }
    r->findings = (size_t)number(r, "SELECT count(*) FROM finding");
    for (int64_t id = 1; id <= (int64_t)r->findings; id++) {
        replay(r, &rules, id);
        if (!r->has_doubles)
            pack(r, &rules, id);
    }
}

static void run_rule(struct catalog *catalog, const struct rule *rule)
{
    struct problem_list problems;
    struct run r = {.arena = arena_new((size_t)4 << 30), .catalog = catalog, .rule = rule};
    const char *folder =
        str_format(r.arena, SOURCE_DIR "/tests/golden/rules/" STR_FMT, STR_ARG(rule->id)).ptr;
    problem_list_init(&problems, r.arena, 5);
    seeded_random_init(&r.random, 1);
    assert_int_equal(given_rows(r.arena, catalog, folder, &problems, &r.rows, &r.count), OK);
    r.states = NEW_ARRAY(r.arena, struct row_state, r.count + 1);
    give_keys(&r);
    assert_int_equal(db_open(STR("sqlite::memory:"), 0, &r.db), OK);
    assert_int_equal(store_open(r.db, catalog, &r.store), OK);
    assert_int_equal(finding_store_prepare(r.store), OK);
    assert_int_equal(change_store_prepare(r.store, &rule, 1), OK);
    run_batches(&r);
    print_message(STR_FMT ": %zu findings, %zu results found again, packs whose rows alone decide: "
                          "%zu%s\n",
                  STR_ARG(rule->id), r.findings, r.results, r.alone,
                  r.has_doubles ? " (none was made)" : "");
    if (r.findings == 0)
        fail_msg(STR_FMT " found nothing: a test that sees nothing proves nothing",
                 STR_ARG(rule->id));
    store_close(r.store);
    db_close(r.db);
    arena_free(r.arena);
}

static const char *group_wanted;

static void what_was_found_is_found_again(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)64 << 20);
    const char *wanted = getenv("RULE");
    struct catalog *catalog;
    struct problem_list problems;
    const struct rule **rules;
    size_t count;
    problem_list_init(&problems, a, 5);
    assert_int_equal(catalog_load(SOURCE_DIR "/common/catalog", CATALOG_BYTES_MAX_HERE, &catalog),
                     OK);
    assert_true(rule_load_all(a, catalog, &problems, &rules, &count));
    for (size_t i = 0; i < count; i++)
        if ((!wanted || str_equal(rules[i]->id, str_of(wanted))) &&
            (!group_wanted || str_equal(rules[i]->group, str_of(group_wanted))))
            run_rule(catalog, rules[i]);
    catalog_free(catalog);
    arena_free(a);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_found_is_found_again),
    };
    group_wanted = argc > 1 ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
