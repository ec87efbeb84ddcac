/* Files of a source without a site: read, merged and counted by the hub itself, wherever it dies.
 */
#include "central/roles/direct.h"

#include "central/store/record_store.h"
#include "common/os/file.h"
#include "tests/unit/central/hub_fixture.h"

#include <string.h>
#include <unistd.h>

#define BOOK SOURCE_DIR "/tests/data/xlsx/pitfalls.xlsx"

struct fixture {
    struct hub_fixture hub; /* first member */
    struct hub h;
    char folder[32];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    hub_fixture_open(&f->hub);
    strcpy(f->folder, "/tmp/qingqu-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->h = (struct hub){.arena = f->hub.a,
                        .catalog = f->hub.catalog,
                        .db = f->hub.db,
                        .store = f->hub.store,
                        .link = f->hub.link,
                        .today = 20261124};
    f->h.settings.data = f->folder;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", f->folder);
    assert_int_equal(system(command), 0);
    hub_fixture_close(&f->hub);
    free(f);
    return 0;
}

static int64_t number(struct fixture *f, const char *sql)
{
    return hub_fixture_number(&f->hub, sql);
}

static void a_court_needs_no_agent(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(direct_import(&f->h, f->hub.a, STR(BOOK), STR("court")), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM death WHERE site = 'court'"), 4);
    assert_int_equal(number(f, "SELECT accepted FROM file_end WHERE site = 'court'"), 4);
    assert_int_equal(number(f, "SELECT is_equal FROM file_end"), 1);
    assert_int_equal(number(f, "SELECT merged FROM tally"), 4);
    assert_int_equal(number(f, "SELECT hub_equal FROM import"), 1);
    assert_int_equal(number(f, "SELECT count(*) FROM site WHERE kind = 'source'"), 1);
    assert_int_equal(number(f, "SELECT count(*) FROM spool_item"), 0); /* nobody to answer to */
    assert_true(number(f, "SELECT count(*) FROM dirty") >= 4);
    /* once more: every row is known already */
    assert_int_equal(direct_import(&f->h, f->hub.a, STR(BOOK), STR("court")), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM rec_death"), 4);
    assert_int_equal(number(f, "SELECT sum(duplicate) FROM tally"), 4);
}

struct fuse {
    int writes;
};

static enum err burn(void *context)
{
    struct fuse *fuse = context;
    return --fuse->writes == 0 ? ERR_FULL : OK;
}

/* Every write fails once in turn; the next command goes on where that one stopped. */
static void loses_and_doubles_nothing_wherever_it_stops(void **state)
{
    (void)state;
    bool is_done = false;
    int n = 1;
    for (; !is_done; n++) {
        struct fixture *f;
        struct fuse fuse = {n};
        set_up((void **)&f);
        db_set_fault(f->hub.db, burn, &fuse);
        enum err e = direct_import(&f->h, f->hub.a, STR(BOOK), STR("court"));
        is_done = e == OK;
        db_set_fault(f->hub.db, NULL, NULL);
        if (!is_done)
            assert_int_equal(direct_import(&f->h, f->hub.a, STR(BOOK), STR("court")), OK);
        assert_int_equal(number(f, "SELECT count(*) FROM death WHERE site = 'court'"), 4);
        assert_int_equal(number(f, "SELECT count(*) FROM file_end WHERE is_equal = 0"), 0);
        assert_int_equal(number(f, "SELECT count(*) FROM import WHERE state = 'reading'"), 0);
        tear_down((void **)&f);
    }
    assert_true(n > 20);
}

static void what_is_no_name_is_refused(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(direct_import(&f->h, f->hub.a, STR(BOOK), STR("no such/name")), ERR_USAGE);
    assert_int_equal(direct_import(&f->h, f->hub.a, STR("/nowhere.csv"), STR("court")),
                     ERR_MISSING);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_court_needs_no_agent),
        cmocka_unit_test(loses_and_doubles_nothing_wherever_it_stops),
        CASE(what_is_no_name_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
