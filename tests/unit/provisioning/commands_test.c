#include "provisioning/commands.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/os/file.h"
#include "common/os/random.h"
#include "common/seal/seal.h"
#include "provisioning/authority.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define SITES 90
#define ARGUMENTS_MAX 24

/* One folder for a test; the commands run as their main would run them. */
struct place {
    struct arena *arena;
    struct crank_clock clock;
    char folder[64];
};

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    p->arena = arena_new(256u << 20);
    crank_clock_init(&p->clock, (int64_t)time(NULL) * 1000); /* openssl verify looks at the clock */
    strcpy(p->folder, "/tmp/qingqu-provision-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    assert_int_equal(system(command), 0);
    arena_free(p->arena);
    free(p);
    return 0;
}

static const char *path(struct place *p, const char *name)
{
    return str_copy_z(p->arena, str_format(p->arena, "%s/%s", p->folder, name));
}

/* Words with blanks between; DIR, PASS, CATALOG stand for paths. */
static int run(struct place *p, const char *line)
{
    const char *argv[ARGUMENTS_MAX] = {"qingqu-provision"};
    int argc = 1;
    struct str rest = str_of(line);
    while (rest.len > 0) {
        struct str word = str_cut(&rest, ' ');
        assert_true(argc < ARGUMENTS_MAX);
        argv[argc++] = str_equal(word, STR("DIR"))       ? path(p, "county")
                       : str_equal(word, STR("PASS"))    ? path(p, "passphrase")
                       : str_equal(word, STR("WRONG"))   ? path(p, "wrong")
                       : str_equal(word, STR("LIST"))    ? path(p, "list.csv")
                       : str_equal(word, STR("CATALOG")) ? SOURCE_DIR "/common/catalog"
                                                         : str_copy_z(p->arena, word);
    }
    fflush(stdout);
    struct commands_world world = {&p->clock.clock, random_real(), 1000};
    return (int)commands_run(argc, argv, &world);
}

static void write_file(struct place *p, const char *name, struct str text)
{
    assert_int_equal(file_replace(path(p, name), text, 0600), OK);
}

static struct str read_text(struct place *p, const char *name)
{
    struct str text = STR_NONE;
    assert_int_equal(file_read(path(p, name), 1u << 20, p->arena, &text), OK);
    return text;
}

static void write_list(struct place *p, int sites)
{
    struct str text = STR("节点编号,单位编码,单位名称,类别,区划代码,统一社会信用代码\r\n");
    for (int i = 0; i < sites; i++)
        text = str_format(p->arena, STR_FMT "s%02d,U%d,\"单位,%d\",部门,231282,\r\n", STR_ARG(text),
                          i, i, i);
    write_file(p, "list.csv", text);
}

static void make_county(struct place *p)
{
    write_file(p, "passphrase", STR("correct horse battery\n"));
    write_file(p, "wrong", STR("incorrect horse battery\n"));
    assert_int_equal(run(p, "init --dir DIR --passphrase-file PASS --county 231282 --name 肇东市 "
                            "--broker-host 127.0.0.1,localhost"),
                     COMMANDS_OK);
}

static void assert_verifies(struct place *p, const char *name, const char *purpose)
{
    struct str command =
        str_format(p->arena, "openssl verify -purpose %s -CAfile %s %s >%s 2>&1", purpose,
                   path(p, "county/authority/ca.crt"), path(p, name), path(p, "openssl.txt"));
    if (system(str_copy_z(p->arena, command)) != 0)
        fail_msg("%s does not verify", name);
}

static unsigned mode_of(struct place *p, const char *name)
{
    struct stat info;
    assert_int_equal(stat(path(p, name), &info), 0);
    return info.st_mode & 0777;
}

static void add_own(struct place *p, struct keyring *k, enum key_use use, const char *name)
{
    assert_int_equal(keyring_add_own(k, use, read_text(p, name)), OK);
}

static void add_peer(struct place *p, struct keyring *k, const char *party, enum key_use use,
                     const char *name)
{
    assert_int_equal(keyring_add_peer(k, str_of(party), use, read_text(p, name)), OK);
}

static void assert_opens(struct place *p, struct keyring *from, struct keyring *to,
                         const char *sender, const char *receiver)
{
    struct envelope_header h = {
        .county = STR("231282"), .from = str_of(sender), .to = str_of(receiver), .seq = 1};
    struct str sealed, plain;
    assert_int_equal(seal_close(from, random_real(), p->arena, &h, STR("hello"), &sealed), OK);
    assert_int_equal(seal_open(to, p->arena, sealed, &h, &plain), OK);
    assert_true(str_equal(plain, STR("hello")));
}

static void keys_of_a_bundle_and_of_the_hub_fit(struct place *p)
{
    struct keyring *site = keyring_new(), *intake = keyring_new(), *dispatch = keyring_new();
    add_own(p, site, KEY_SIGN, "county/bundles/s07/sign.key");
    add_own(p, site, KEY_OPEN, "county/bundles/s07/open.key");
    add_peer(p, site, "hub", KEY_SIGN, "county/bundles/s07/hub-sign.pub");
    add_peer(p, site, "hub", KEY_OPEN, "county/bundles/s07/hub-open.pub");
    add_own(p, intake, KEY_OPEN, "county/hub/intake/open.key");
    add_peer(p, intake, "s07", KEY_SIGN, "county/hub/intake/peers/s07.sign.pub");
    add_own(p, dispatch, KEY_SIGN, "county/hub/dispatch/sign.key");
    add_peer(p, dispatch, "s07", KEY_OPEN, "county/hub/dispatch/peers/s07.open.pub");
    assert_opens(p, site, intake, "s07", "hub");
    assert_opens(p, dispatch, site, "hub", "s07");
    keyring_free(site);
    keyring_free(intake);
    keyring_free(dispatch);
}

static void a_county_of_ninety_sites_is_made_in_four_commands(void **state)
{
    struct place *p = *state;
    make_county(p);
    write_list(p, SITES);
    assert_int_equal(run(p, "sites import --dir DIR LIST"), COMMANDS_OK);
    assert_int_equal(run(p, "site bundle --all --dir DIR --passphrase-file PASS --catalog CATALOG"),
                     COMMANDS_OK);
    assert_int_equal(run(p, "hub bundle --dir DIR --catalog CATALOG"), COMMANDS_OK);
    assert_int_equal(run(p, "broker --dir DIR --port 18883"), COMMANDS_OK);
    assert_int_equal(run(p, "status --dir DIR"), COMMANDS_OK);

    for (int i = 0; i < SITES; i += 13) {
        char name[64];
        snprintf(name, sizeof name, "county/bundles/s%02d/tls.crt", i);
        assert_verifies(p, name, "sslclient");
    }
    assert_verifies(p, "county/broker/server.crt", "sslserver");
    assert_verifies(p, "county/hub/intake/tls.crt", "sslclient");
    assert_verifies(p, "county/hub/dispatch/tls.crt", "sslclient");
    keys_of_a_bundle_and_of_the_hub_fit(p);

    static const char *const secrets[] = {
        "county/authority/ca.key",      "county/bundles/s00/sign.key",
        "county/bundles/s00/open.key",  "county/bundles/s00/tls.key",
        "county/hub/intake/open.key",   "county/hub/intake/tls.key",
        "county/hub/dispatch/sign.key", "county/broker/server.key",
    };
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        assert_int_equal(mode_of(p, secrets[i]), 0600);
    struct file_info info;
    assert_int_equal(file_stat(path(p, "county/hub/intake/sign.key"), &info), ERR_MISSING);
    assert_int_equal(file_stat(path(p, "county/hub/dispatch/open.key"), &info), ERR_MISSING);
    assert_false(str_contains(read_text(p, "county/authority/ca.key"), STR("PRIVATE KEY")));
    assert_true(str_contains(read_text(p, "county/bundles/s31/agent.ini"), STR("\nsite = s31\n")));
    assert_true(
        str_contains(read_text(p, "county/hub/sites.csv"),
                     STR("\"s31\",\"U31\",\"单位,31\",\"部门\",\"231282\",\"\",intake/peers/"
                         "s31.sign.pub,dispatch/peers/s31.open.pub,0\n")));
}

static void every_command_can_be_repeated(void **state)
{
    struct place *p = *state;
    make_county(p);
    write_list(p, 2);
    assert_int_equal(run(p, "sites import --dir DIR LIST"), COMMANDS_OK);
    assert_int_equal(run(p, "site bundle --all --dir DIR --passphrase-file PASS --catalog CATALOG"),
                     COMMANDS_OK);
    static const char *const kept[] = {
        "county/authority/ca.key",    "county/keys/hub-open.key",  "county/bundles/s00/sign.key",
        "county/bundles/s00/tls.crt", "county/sites/s00.sign.pub", "county/sites.csv",
    };
    struct str before[6];
    for (size_t i = 0; i < 6; i++)
        before[i] = read_text(p, kept[i]);

    /* as if the power had gone before these were written */
    assert_int_equal(unlink(path(p, "county/sites/s00.sign.pub")), 0);
    assert_int_equal(unlink(path(p, "county/bundles/s00/open.pub")), 0);
    assert_int_equal(unlink(path(p, "county/bundles/s01/tls.crt")), 0);
    make_county(p);
    assert_int_equal(run(p, "sites import --dir DIR LIST"), COMMANDS_OK);
    assert_int_equal(run(p, "site bundle --all --dir DIR --passphrase-file PASS --catalog CATALOG"),
                     COMMANDS_OK);
    for (size_t i = 0; i < 6; i++)
        assert_true(str_equal(before[i], read_text(p, kept[i])));
    assert_verifies(p, "county/bundles/s01/tls.crt", "sslclient");
    assert_int_equal(run(p, "init --dir DIR --passphrase-file PASS --county 231281 --name x"),
                     COMMANDS_FAILED); /* another county is there */
}

static void certificates_near_their_end_are_replaced_with_the_same_key(void **state)
{
    struct place *p = *state;
    int64_t first_ms = 0, second_ms = 0;
    make_county(p);
    write_list(p, 1);
    assert_int_equal(run(p, "sites import --dir DIR LIST"), COMMANDS_OK);
    assert_int_equal(run(p, "site bundle s00 --dir DIR --passphrase-file PASS --catalog CATALOG"),
                     COMMANDS_OK);
    struct str key = read_text(p, "county/bundles/s00/tls.key");
    assert_int_equal(authority_read_expiry(read_text(p, "county/bundles/s00/tls.crt"), &first_ms),
                     OK);
    assert_int_equal(first_ms / 1000, p->clock.now_ms / 1000 + AUTHORITY_DAYS * 86400);
    p->clock.now_ms += (AUTHORITY_DAYS - 59) * DATE_DAY_MS;
    assert_int_equal(run(p, "status --dir DIR"), COMMANDS_PARTLY);
    assert_int_equal(run(p, "site bundle s00 --dir DIR --passphrase-file PASS --catalog CATALOG"),
                     COMMANDS_OK);
    assert_int_equal(authority_read_expiry(read_text(p, "county/bundles/s00/tls.crt"), &second_ms),
                     OK);
    assert_true(second_ms > first_ms);
    assert_true(str_equal(key, read_text(p, "county/bundles/s00/tls.key")));
}

static void bad_rows_are_named_and_good_ones_taken(void **state)
{
    struct place *p = *state;
    make_county(p);
    write_file(p, "list.csv",
               STR("站点名单\n"
                   "节点编号,单位编码,单位名称,类别,区划代码,统一社会信用代码\n"
                   "good,U1,单位一,部门,231282,\n"
                   "bad id,U2,单位二,部门,231282,\n"
                   ",U3,单位三,部门,231282,\n"
                   "hub,U4,单位四,部门,231282,\n"
                   "a,U5,,部门,231282,\n"
                   "b,U6,单位六,部门,23128,\n"
                   "c,U7,单位七,部门,231282,91310000MA1FL0000X\n"
                   "good,U8,单位八,部门,231282,\n"));
    assert_int_equal(run(p, "sites import --dir DIR LIST"), COMMANDS_PARTLY);
    struct str list = read_text(p, "county/sites.csv");
    assert_true(str_contains(list, STR("\"good\",\"U1\"")));
    assert_false(str_contains(list, STR("U2")) || str_contains(list, STR("U3")) ||
                 str_contains(list, STR("U4")) || str_contains(list, STR("U5")) ||
                 str_contains(list, STR("U6")) || str_contains(list, STR("U7")) ||
                 str_contains(list, STR("U8")));
    write_file(p, "list.csv", STR("编号,名称\n1,2\n"));
    assert_int_equal(run(p, "sites import --dir DIR LIST"), COMMANDS_FAILED);
    write_file(p, "list.csv", STR("节点编号,单位名称\n1,2\n"));
    assert_int_equal(run(p, "sites import --dir DIR LIST"), COMMANDS_FAILED);
    assert_true(str_equal(list, read_text(p, "county/sites.csv")));
}

static void a_revoked_site_has_no_rights(void **state)
{
    struct place *p = *state;
    make_county(p);
    assert_int_equal(run(p, "site add t01 --name 一 --dir DIR"), COMMANDS_OK);
    assert_int_equal(run(p, "site add t02 --name 二 --dir DIR"), COMMANDS_OK);
    assert_int_equal(run(p, "site bundle --all --dir DIR --passphrase-file PASS --catalog CATALOG"),
                     COMMANDS_OK);
    assert_int_equal(run(p, "site revoke t02 --dir DIR"), COMMANDS_OK);
    assert_int_equal(run(p, "site add t02 --name 二 --dir DIR"), COMMANDS_OK); /* stays revoked */
    assert_int_equal(run(p, "broker --dir DIR"), COMMANDS_OK);
    assert_int_equal(run(p, "hub bundle --dir DIR --catalog CATALOG"), COMMANDS_OK);
    struct str rights = read_text(p, "county/broker/rights.acl");
    assert_true(str_ends(rights, STR("\nuser t01\n"
                                     "topic write qq/1/231282/up/t01\n"
                                     "topic write qq/1/231282/state/t01\n"
                                     "topic read qq/1/231282/down/t01\n"
                                     "topic read qq/1/231282/hub/+\n")));
    assert_false(str_contains(rights, STR("t02")));
    assert_true(str_contains(read_text(p, "county/hub/sites.csv"), STR("/t02.open.pub,1\n")));
}

static void keys_that_were_handed_out_are_not_made_again_by_accident(void **state)
{
    struct place *p = *state;
    make_county(p);
    assert_int_equal(run(p, "site add t01 --name 一 --dir DIR"), COMMANDS_OK);
    assert_int_equal(run(p, "site bundle t01 --dir DIR --passphrase-file PASS --catalog CATALOG"),
                     COMMANDS_OK);
    struct str before = read_text(p, "county/sites/t01.sign.pub");
    assert_int_equal(rename(path(p, "county/bundles/t01"), path(p, "handed-out")), 0);
    assert_int_equal(run(p, "site bundle t01 --dir DIR --passphrase-file PASS --catalog CATALOG"),
                     COMMANDS_FAILED);
    assert_true(str_equal(before, read_text(p, "county/sites/t01.sign.pub")));
    assert_int_equal(
        run(p, "site bundle t01 --renew --dir DIR --passphrase-file PASS --catalog CATALOG"),
        COMMANDS_OK);
    assert_false(str_equal(before, read_text(p, "county/sites/t01.sign.pub")));
}

static void wrong_use_says_so(void **state)
{
    struct place *p = *state;
    assert_int_equal(run(p, "--help"), COMMANDS_OK);
    assert_int_equal(run(p, "--version"), COMMANDS_OK);
    assert_int_equal(run(p, "bogus"), COMMANDS_USAGE);
    assert_int_equal(run(p, "sites"), COMMANDS_USAGE);
    assert_int_equal(run(p, "status --dir DIR"), COMMANDS_FAILED);
    write_file(p, "passphrase", STR("short\n"));
    assert_int_equal(run(p, "init --dir DIR --passphrase-file PASS --county 231282 --name x"),
                     COMMANDS_USAGE);
    make_county(p);
    assert_int_equal(
        run(p, "site bundle nobody --dir DIR --passphrase-file PASS --catalog CATALOG"),
        COMMANDS_USAGE);
    assert_int_equal(run(p, "site bundle --all --dir DIR --passphrase-file PASS"), COMMANDS_USAGE);
    assert_int_equal(
        run(p, "site bundle --all --dir DIR --passphrase-file WRONG --catalog CATALOG"),
        COMMANDS_FAILED);
    assert_int_equal(run(p, "init --dir DIR --passphrase-file PASS --county 231282 --name x "
                            "--broker-host bad_host!"),
                     COMMANDS_USAGE);
    assert_int_equal(run(p, "init --dir DIR --passphrase-file PASS --county 23 --name x"),
                     COMMANDS_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_county_of_ninety_sites_is_made_in_four_commands, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(every_command_can_be_repeated, setup, teardown),
        cmocka_unit_test_setup_teardown(certificates_near_their_end_are_replaced_with_the_same_key,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(bad_rows_are_named_and_good_ones_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(a_revoked_site_has_no_rights, setup, teardown),
        cmocka_unit_test_setup_teardown(keys_that_were_handed_out_are_not_made_again_by_accident,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_use_says_so, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
