/* The register of sites is read again when it changes: revocation needs no restart. */
#include "central/roles/hub.h"

#include "common/base/log.h"
#include "common/seal/keyring_inside.h"
#include "common/seal/suite.h"
#include "tests/support/suite_plain.h"
#include "tests/unit/central/hub_fixture.h"

#include <string.h>
#include <unistd.h>

#define HEADER "site,unit_code,name,kind,division,uscc,sign_pub,open_pub,revoked\n"
#define ROW(id, revoked) id ",U,Name,township,231282,," id ".pub," id ".pub," revoked "\n"

struct fixture {
    struct hub_fixture hub; /* first member */
    struct hub h;
    char folder[32];
};

static const char *path_of(struct fixture *f, const char *name)
{
    return str_copy_z(f->hub.a, str_format(f->hub.a, "%s/%s", f->folder, name));
}

static void write_file(struct fixture *f, const char *name, struct str text)
{
    assert_int_equal(file_replace(path_of(f, name), text, 0600), OK);
}

static void make_key(struct fixture *f, const char *name)
{
    struct str secret, public;
    assert_int_equal(
        suite_generate(&suite_plain, &f->hub.random.random, f->hub.a, &secret, &public), OK);
    write_file(f, name, public);
}

/* As if a second had passed. */
static void look(struct fixture *f)
{
    f->h.register_look_ms = 0;
    hub_watch_sites(&f->h);
}

static bool knows(struct fixture *f, const char *site)
{
    return keyring_peer(f->h.keys, str_of(site), KEY_SIGN, NULL) != NULL;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    hub_fixture_open(&f->hub);
    strcpy(f->folder, "register-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->h = (struct hub){.arena = f->hub.a,
                        .db = f->hub.db,
                        .store = f->hub.store,
                        .keys = keyring_new(),
                        .role = HUB_INTAKE};
    f->h.settings.sites_file = path_of(f, "sites.csv");
    keyring_add_suite(f->h.keys, &suite_plain);
    make_key(f, "t01.pub");
    make_key(f, "t02.pub");
    write_file(f, "sites.csv", STR(HEADER ROW("t01", "0") ROW("t02", "0")));
    look(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    static const char *const files[] = {"t01.pub", "t02.pub", "t03.pub", "t04.pub", "sites.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        (void)!file_remove(path_of(f, files[i]));
    assert_int_equal(rmdir(f->folder), 0);
    keyring_free(f->h.keys);
    if (f->h.register_arena)
        arena_free(f->h.register_arena);
    hub_fixture_close(&f->hub);
    free(f);
    return 0;
}

static void a_site_that_is_revoked_is_refused_without_a_restart(void **state)
{
    struct fixture *f = *state;
    assert_true(knows(f, "t01"));
    assert_true(knows(f, "t02"));
    write_file(f, "sites.csv", STR(HEADER ROW("t01", "1") ROW("t02", "0")));
    hub_watch_sites(&f->h); /* within the second nothing is looked at */
    assert_true(knows(f, "t01"));
    look(f);
    assert_false(knows(f, "t01"));
    assert_true(knows(f, "t02"));
    write_file(f, "sites.csv", STR(HEADER ROW("t01", "0") ROW("t02", "0")));
    look(f); /* it was a mistake */
    assert_true(knows(f, "t01"));
}

static void a_new_site_is_known_without_a_restart(void **state)
{
    struct fixture *f = *state;
    make_key(f, "t03.pub");
    write_file(f, "sites.csv", STR(HEADER ROW("t01", "0") ROW("t02", "0") ROW("t03", "0")));
    look(f);
    assert_true(knows(f, "t03"));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM site"), 3);
}

/* A key that is missing stood before the revocation in the file: it must not hide it. */
static void a_site_without_its_key_hides_no_revocation(void **state)
{
    struct fixture *f = *state;
    make_key(f, "t04.pub");
    write_file(f, "sites.csv",
               STR(HEADER ROW("t03", "0") ROW("t01", "1") ROW("t02", "0") ROW("t04", "0")));
    look(f);
    assert_false(knows(f, "t03"));
    assert_false(knows(f, "t01"));
    assert_true(knows(f, "t02"));
    assert_true(knows(f, "t04"));
    assert_int_equal(hub_fixture_number(&f->hub, "SELECT count(*) FROM site"), 4);
    make_key(f, "t03.pub"); /* comes later; the register is not touched again */
    look(f);
    assert_true(knows(f, "t03"));
}

static void a_register_that_cannot_be_read_changes_nothing(void **state)
{
    struct fixture *f = *state;
    write_file(f, "sites.csv", STR(HEADER ROW("t01", "1") "half a row"));
    look(f);
    assert_true(knows(f, "t01"));
    assert_int_equal(f->h.site_count, 2);
    assert_true(str_equal(f->h.sites[1].id, STR("t02")));
    assert_int_equal(file_remove(path_of(f, "sites.csv")), OK);
    look(f);
    assert_int_equal(f->h.site_count, 2);
    write_file(f, "sites.csv", STR(HEADER ROW("t01", "1") ROW("t02", "0")));
    look(f);
    assert_false(knows(f, "t01"));
}

static void be_silent(enum log_level level, struct str line)
{
    (void)level;
    (void)line;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    log_setup("test", LOG_ERROR, be_silent);
    const struct CMUnitTest tests[] = {
        CASE(a_site_that_is_revoked_is_refused_without_a_restart),
        CASE(a_new_site_is_known_without_a_restart),
        CASE(a_site_without_its_key_hides_no_revocation),
        CASE(a_register_that_cannot_be_read_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
