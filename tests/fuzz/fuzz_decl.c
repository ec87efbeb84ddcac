/* Any bytes as a declaration: faults with places, or a catalog whose rules become SQL. And the same
 * bytes as rules, and as settings of indicators, over a catalog that is there already. */
#include "common/rules/emit.h"
#include "common/rules/explain.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/db/db.h"
#include "common/model/describe.h"
#include "common/ocds/indicator.h"

#include <stdio.h>
#include <stdlib.h>

static const char ground[] =
    "vocab colour \"c\" { version 1\n code red \"r\"\n code blue \"b\" }\n"
    "dataset gift \"g\" { version 1\n key no\n"
    " field no text required \"n\"\n field name text \"a\"\n"
    " field id citizen required person name \"i\"\n"
    " field day date \"d\"\n field ym month \"m\"\n field worth money \"w\"\n"
    " field tint code colour \"c\"\n field far bool \"f\" }\n"
    "document ask \"a\" { version 1\n due 3 days\n answer x text \"x\" }\n"
    "layout ocds \"l\" { option currency text \"c\"\n option exclude list \"e\" }\n"
    "indicator R024 \"r\" { option threshold number \"t\"\n option days table \"d\"\n"
    " select \"SELECT {threshold}, {currency}\" }\n";

static struct catalog *catalog;
static struct db *db; /* with the tables of `catalog` */

static void prepare(struct str sql)
{
    struct db_stmt *s;
    if (db_prepare(db, sql, &s) != OK) {
        fprintf(stderr, "%s\n" STR_FMT "\n", err_note(), STR_ARG(sql));
        abort();
    }
    db_done(s);
}

static void set_up(struct arena *a)
{
    struct catalog_file own = {STR("ground.decl"), str_of(ground)};
    struct problem_list problems;
    problem_list_init(&problems, a, 50);
    catalog = catalog_build(&own, 1, &problems);
    ASSERT(catalog != NULL);
    ASSERT(db_open(STR("sqlite::memory:"), 0, &db) == OK);
    ASSERT(db_exec(db, ddl_create(a, &catalog->datasets[0], DDL_SQLITE)) == OK);
    ASSERT(db_exec(db, STR("CREATE TABLE dirty_subject(subject INTEGER PRIMARY KEY, key TEXT);"
                           "CREATE TABLE hit_subject(subject INTEGER PRIMARY KEY, key TEXT);"
                           "CREATE TABLE dirty_person(person INTEGER PRIMARY KEY);"
                           "CREATE TABLE dirty_key(key TEXT PRIMARY KEY)")) == OK);
}

static void check_problems(const struct problem_list *problems)
{
    for (size_t i = 0; i < problems->items.count; i++) {
        const struct problem *p = &problems->items.at[i];
        ASSERT(p->code.len && p->zh.len && p->en.len);
        ASSERT(p->line >= 1 && p->column >= 1);
        ASSERT(utf8_is_valid(p->value));
    }
}

static void check_rule(struct arena *a, const struct rule *r, const struct catalog *c)
{
    static const enum ddl_dialect dialects[] = {DDL_SQLITE, DDL_POSTGRES};
    ASSERT(explain_rule(a, r, c).len);
    for (size_t i = 0; i < COUNT_OF(dialects); i++) {
        ASSERT(emit_findings(a, r, c, EMIT_ALL, dialects[i]).len);
        emit_evidence(a, r, c, dialects[i]);
        ASSERT((emit_wake(a, r, c, EMIT_PERSONS, dialects[i]).len +
                    emit_wake(a, r, c, EMIT_KEYS, dialects[i]).len >
                0) == (r->wake_count > 0));
        emit_touches(a, r, c, dialects[i]);
    }
    for (size_t i = 0; i < r->need_count; i++)
        ASSERT(emit_need(a, r, i).len);
    if (c != catalog || r->query) /* what a query says is the database's to judge */
        return;
    db_guard_begin(db, 1000); /* whatever a rule says, its SQL is sound and only reads */
    prepare(emit_findings(a, r, c, EMIT_ALL, DDL_SQLITE));
    prepare(emit_findings(a, r, c, EMIT_DIRTY, DDL_SQLITE));
    prepare(emit_evidence(a, r, c, DDL_SQLITE));
    const struct str who[] = {emit_wake(a, r, c, EMIT_PERSONS, DDL_SQLITE),
                              emit_wake(a, r, c, EMIT_KEYS, DDL_SQLITE),
                              emit_touches(a, r, c, DDL_SQLITE)};
    for (size_t i = 0; i < COUNT_OF(who); i++)
        if (who[i].len)
            prepare(who[i]);
    for (size_t i = 0; i < r->need_count; i++)
        prepare(emit_need(a, r, i));
    db_guard_end(db);
}

static void check_indicators(struct arena *a, const struct catalog *c)
{
    struct problem_list problems;
    struct indicators all;
    problem_list_init(&problems, a, 50);
    bool is_fine = indicator_load_all(a, c, &problems, &all);
    ASSERT(is_fine == (problems.errors == 0));
    check_problems(&problems);
    for (size_t i = 0; is_fine && i < all.count; i++) {
        struct str name, whose;
        size_t at;
        ASSERT(all.at[i].select.len);
        for (size_t from = 0; indicator_next_hole(all.at[i].select, from, &at, &name);
             from = at + 1)
            ASSERT(indicator_knob(&all, &all.at[i], name, &whose));
    }
}

static void check_settings(struct arena *a, struct str text)
{
    struct decl_file file;
    struct problem_list problems;
    struct indicators all;
    problem_list_init(&problems, a, 50);
    ASSERT(indicator_load_all(a, catalog, &problems, &all));
    if (!decl_parse(a, STR("settings"), text, &problems, &file))
        return;
    bool is_fine = indicator_set_all(a, &file, &problems, &all);
    ASSERT(is_fine == (problems.errors == 0));
    check_problems(&problems);
}

static void check_catalog(struct arena *a, const struct catalog *c)
{
    const struct rule **rules;
    size_t count;
    struct problem_list problems;
    problem_list_init(&problems, a, 50);
    for (size_t i = 0; i < c->dataset_count; i++) {
        ASSERT(describe_dataset(a, &c->datasets[i]).len);
        ASSERT(ddl_create(a, &c->datasets[i], DDL_SQLITE).len);
        ASSERT(c->datasets[i].key_count > 0);
    }
    for (size_t i = 0; i < c->document_count; i++)
        ASSERT(describe_document(a, &c->documents[i]).len);
    bool is_fine = rule_load_all(a, c, &problems, &rules, &count);
    ASSERT(is_fine == (problems.errors == 0));
    check_problems(&problems);
    for (size_t i = 0; i < count; i++)
        check_rule(a, rules[i], c);
    check_indicators(a, c);
}

static void check_rules(struct arena *a, struct str text)
{
    struct decl_file file;
    struct problem_list problems;
    problem_list_init(&problems, a, 50);
    if (!decl_parse(a, STR("rules"), text, &problems, &file))
        return;
    for (size_t i = 0; i < file.count; i++) {
        const struct rule *r = rule_load(a, &file, &file.nodes[i], catalog, &problems);
        ASSERT(r != NULL || problems.errors > 0);
        if (r)
            check_rule(a, r, catalog);
    }
    check_problems(&problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)512 << 20);
    struct catalog_file file = {STR("fuzz.decl"), str_make(data, size)};
    struct problem_list problems;
    problem_list_init(&problems, a, 50);
    if (!catalog)
        set_up(a);
    struct catalog *c = catalog_build(&file, 1, &problems);
    ASSERT((c == NULL) == (problems.errors > 0));
    check_problems(&problems);
    if (c)
        check_catalog(a, c);
    catalog_free(c);
    check_rules(a, file.text);
    check_settings(a, file.text);
    arena_free(a);
    return 0;
}
