/* lab_fixture.h — the catalog's rules with one taken out as text, to be changed and read as a
 * draft; a folder for golden rows.
 *
 * Owns:     everything in it, until lab_fixture_tear_down; the folder with what is in it.
 * Threads:  one.
 * Fails:    the cmocka test that runs it.
 * Limits:   none.
 * Promise:  the project's own declarations. */
#ifndef QQ_TESTS_UNIT_CENTRAL_LAB_LAB_FIXTURE_H
#define QQ_TESTS_UNIT_CENTRAL_LAB_LAB_FIXTURE_H

#include "central/lab/draft.h"
#include "common/os/file.h"
#include "tests/unit/central/hub_fixture.h"

#include <string.h>
#include <unistd.h>

struct lab_fixture {
    struct hub_fixture hub; /* first member */
    const struct rule **rules;
    size_t rule_count;
    struct problem_list problems;
    char folder[32];
};

static inline int lab_fixture_set_up(void **state)
{
    struct lab_fixture *f = calloc(1, sizeof *f);
    hub_fixture_open(&f->hub);
    problem_list_init(&f->problems, f->hub.a, 50);
    assert_true(rule_load_all(f->hub.a, f->hub.catalog, &f->problems, &f->rules, &f->rule_count));
    strcpy(f->folder, "/tmp/qingqu-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    *state = f;
    return 0;
}

static inline int lab_fixture_tear_down(void **state)
{
    struct lab_fixture *f = *state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", f->folder);
    assert_int_equal(system(command), 0);
    hub_fixture_close(&f->hub);
    free(f);
    return 0;
}

static inline void lab_fixture_write(struct lab_fixture *f, const char *name, const char *text)
{
    struct str path = str_format(f->hub.a, "%s/%s", f->folder, name);
    assert_int_equal(file_replace(path.ptr, str_of(text), 0600), OK);
}

/* "H/H01": as it stands in the catalog. */
static inline struct str lab_fixture_text(struct lab_fixture *f, const char *rule)
{
    return fixture_read(f->hub.a, str_format(f->hub.a, "common/catalog/rules/%s.decl", rule).ptr);
}

static inline const struct rule *lab_fixture_read(struct lab_fixture *f, struct str text)
{
    struct catalog_file file = {STR("x.decl"), text};
    return draft_read(f->hub.a, f->hub.catalog, &file, f->rules, f->rule_count, &f->problems);
}

static inline void lab_fixture_has_fault(struct lab_fixture *f, const char *code, uint32_t line)
{
    assert_int_equal(f->problems.items.count, 1);
    const struct problem *p = &f->problems.items.at[0];
    assert_true(str_equal(p->code, str_of(code)));
    assert_int_equal(p->line, line);
    assert_true(p->zh.len > 0);
    assert_true(p->en.len > 0);
    problem_list_init(&f->problems, f->hub.a, 50);
}

#define LAB_CASE(name)                                                                             \
    cmocka_unit_test_setup_teardown(name, lab_fixture_set_up, lab_fixture_tear_down)

#endif
