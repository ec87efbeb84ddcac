#include "provisioning/commands.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/config/options.h"
#include "common/seal/key_file.h"
#include "provisioning/broker.h"
#include "provisioning/bundle.h"
#include "provisioning/expiry.h"
#include "provisioning/passphrase.h"
#include "provisioning/register.h"

#include <stddef.h>
#include <stdio.h>

#define ARENA_BYTES_MAX ((size_t)2 << 30)
#define SITE_ARENA_BYTES_MAX ((size_t)256 << 20)
#define PROBLEMS_SHOWN_MAX 200
#define CHINA_MINUTES 480

struct settings {
    const char *dir, *out, *passphrase_file, *county, *name, *broker_url, *broker_host, *catalog;
    const char *unit_code, *kind, *division, *uscc;
    bool all, renew;
    int64_t port;
};

#define S(member) offsetof(struct settings, member)
static const struct option table[] = {
    {"dir", OPTION_PATH, S(dir), "", 0, 0, "the county's folder (init makes it; else .)"},
    {"out", OPTION_PATH, S(out), "", 0, 0,
     "broker: where its files go (else DIR/broker); init: the same as --dir"},
    {"passphrase_file", OPTION_PATH, S(passphrase_file), "", 0, 0,
     "file whose first line is the passphrase of the authority's key; else it is asked for"},
    {"county", OPTION_TEXT, S(county), "", 0, 0, "init: division code of the county, six digits"},
    {"name", OPTION_TEXT, S(name), "", 0, 0,
     "init: name of the county; site add: name of the unit"},
    {"broker_host", OPTION_TEXT, S(broker_host), "localhost,127.0.0.1", 0, 0,
     "init: names and addresses of the broker, with commas between"},
    {"broker_url", OPTION_TEXT, S(broker_url), "", 0, 0,
     "init: where sites and hub find the broker (else ssl://FIRST_HOST:8883)"},
    {"catalog", OPTION_PATH, S(catalog), "", 0, 0, "bundles: folder of the first catalog"},
    {"all", OPTION_FLAG, S(all), "no", 0, 0, "site bundle: every site that is not revoked"},
    {"renew", OPTION_FLAG, S(renew), "no", 0, 0,
     "site bundle: new keys for a site whose bundle was handed out and is gone"},
    {"port", OPTION_INT, S(port), "8883", 1, 65535, "broker: port of its TLS listener"},
    {"unit_code", OPTION_TEXT, S(unit_code), "", 0, 0, "site add: code of the unit (else the ID)"},
    {"kind", OPTION_TEXT, S(kind), "", 0, 0, "site add: kind of the unit"},
    {"division", OPTION_TEXT, S(division), "", 0, 0, "site add: division code of the unit"},
    {"uscc", OPTION_TEXT, S(uscc), "", 0, 0, "site add: social credit code of the unit"},
};
static const struct options command_options = {
    "qingqu-provision",
    "  qingqu-provision COMMAND [SETTINGS]\n\n"
    "  init --county CODE --name NAME   the county authority, the hub's keys, the certificates\n"
    "  sites import FILE.csv            register sites from a list\n"
    "  site add ID --name NAME          register one site\n"
    "  site bundle ID|--all --catalog FOLDER   keys, certificate and settings of sites\n"
    "  site revoke ID                   take all rights from a site (then: hub bundle, broker)\n"
    "  hub bundle --catalog FOLDER      keys, register and settings of the hub\n"
    "  broker --port N                  Mosquitto's configuration and rights\n"
    "  status                           when every certificate ends\n"
    "\n"
    "Example: qingqu-provision init --dir county --county 231282 --name 肇东市 --broker-host "
    "mq.example",
    table, COUNT_OF(table)};

/* One run: the county, what was asked for, and how many things did not work. */
struct run {
    struct county county;
    struct settings settings;
    struct options_words words;
    size_t faults;
};

static struct str word(const struct run *r, size_t i)
{
    return i < r->words.count ? r->words.at[i] : STR_NONE;
}

static enum err unlock(struct run *r)
{
    struct str passphrase;
    TRY(passphrase_get(str_of(r->settings.passphrase_file), false, r->county.arena, &passphrase));
    return county_unlock(&r->county, passphrase);
}

static enum err need_catalog(const struct run *r, struct str *out_catalog)
{
    *out_catalog = str_of(r->settings.catalog);
    return out_catalog->len ? OK : fail(ERR_USAGE, "--catalog FOLDER is missing");
}

/* Certificate before key: a key that is there means an authority that is whole. */
static enum err make_authority(struct run *r)
{
    struct county *c = &r->county;
    struct str passphrase, key, certificate;
    if (county_has(county_path(c, "authority/ca.key"), c->arena))
        return unlock(r);
    TRY(passphrase_get(str_of(r->settings.passphrase_file), true, c->arena, &passphrase));
    struct str name = str_format(c->arena, "Qingqu county authority " STR_FMT, STR_ARG(c->code));
    TRY(authority_make(c->random, c->arena, name, clock_wall_ms(c->clock), &key, &certificate));
    TRY(county_write(c, county_path(c, "authority/ca.crt"), certificate, 0644));
    TRY(county_write(c, county_path(c, "authority/ca.key"),
                     key_file_lock(c->random, c->arena, c->passphrase_rounds, passphrase, key),
                     0600));
    return county_unlock(c, passphrase);
}

static enum err take_county_settings(struct run *r)
{
    struct county *c = &r->county;
    struct str hosts = str_of(r->settings.broker_host);
    c->code = str_of(r->settings.county);
    c->name = str_of(r->settings.name);
    c->broker_url = str_of(r->settings.broker_url);
    if (!county_is_code(c->code))
        return fail(ERR_USAGE, "--county CODE must be six digits");
    if (c->name.len == 0 || str_contains(c->name, STR("\n")))
        return fail(ERR_USAGE, "--name NAME is missing");
    while (hosts.len > 0 && c->host_count < AUTHORITY_HOSTS_MAX) {
        struct str host = str_trim(str_cut(&hosts, ','));
        if (host.len)
            c->hosts[c->host_count++] = host;
    }
    if (c->host_count == 0 || hosts.len > 0)
        return fail(ERR_USAGE, "--broker-host wants 1 to %d names", AUTHORITY_HOSTS_MAX);
    if (c->broker_url.len == 0)
        c->broker_url = str_format(c->arena, "ssl://" STR_FMT ":8883", STR_ARG(c->hosts[0]));
    return OK;
}

static bool has_same_hosts(const struct county *a, const struct county *b)
{
    bool is_same = a->host_count == b->host_count;
    for (size_t i = 0; is_same && i < a->host_count; i++)
        is_same = str_equal(a->hosts[i], b->hosts[i]);
    return is_same;
}

static enum err command_init(struct run *r)
{
    struct county *c = &r->county;
    struct county there = *c;
    TRY(take_county_settings(r));
    bool is_there = county_load(&there) == OK;
    if (is_there && !str_equal(there.code, c->code))
        return fail(ERR_EXISTS, STR_FMT " holds the county " STR_FMT, STR_ARG(c->folder),
                    STR_ARG(there.code));
    TRY(make_authority(r));
    TRY(bundle_make_hub_keys(c, !is_there || !has_same_hosts(c, &there)));
    TRY(county_save(c)); /* last: a county that is there is whole */
    printf("county " STR_FMT " in " STR_FMT ": authority, hub keys and certificates are there\n",
           STR_ARG(c->code), STR_ARG(c->folder));
    return OK;
}

static void show_problems(struct run *r, struct str file, const struct problem_list *problems)
{
    for (size_t i = 0; i < problems->items.count; i++) {
        const struct problem *p = &problems->items.at[i];
        fprintf(stderr, STR_FMT ": row %u", STR_ARG(file), (unsigned)p->line);
        if (p->column)
            fprintf(stderr, ", column %u", (unsigned)p->column);
        if (p->header.len)
            fprintf(stderr, " (" STR_FMT ")", STR_ARG(p->header));
        fprintf(stderr, ": " STR_FMT " / " STR_FMT "\n", STR_ARG(p->zh), STR_ARG(p->en));
    }
    if (problems->errors > problems->items.count)
        fprintf(stderr, "… and %zu more\n", problems->errors - problems->items.count);
    r->faults += problems->errors;
}

static enum err command_import(struct run *r)
{
    struct county *c = &r->county;
    struct register_list list;
    struct problem_list problems;
    struct str file = word(r, 2);
    size_t rows = 0;
    if (file.len == 0)
        return fail(ERR_USAGE, "sites import wants a file");
    TRY(register_load(c, &list));
    size_t before = list.sites.count;
    problem_list_init(&problems, c->arena, PROBLEMS_SHOWN_MAX);
    enum err e = register_import(c, &list, file, &problems, &rows);
    show_problems(r, file, &problems);
    TRY(e);
    TRY(register_save(c, &list));
    printf("%zu rows taken, %zu refused; %zu sites are new, %zu in the register\n", rows,
           problems.errors, list.sites.count - before, list.sites.count);
    return OK;
}

static enum err command_add(struct run *r)
{
    struct county *c = &r->county;
    const struct settings *s = &r->settings;
    struct register_list list;
    struct problem_list problems;
    struct register_site site = {.id = word(r, 2),
                                 .unit_code = str_of(s->unit_code),
                                 .name = str_of(s->name),
                                 .kind = str_of(s->kind),
                                 .division = str_of(s->division),
                                 .uscc = str_of(s->uscc)};
    if (site.id.len == 0 || site.name.len == 0)
        return fail(ERR_USAGE, "site add wants an ID and --name NAME");
    if (site.unit_code.len == 0)
        site.unit_code = site.id;
    TRY(register_load(c, &list));
    problem_list_init(&problems, c->arena, 1);
    if (!register_add(c, &list, &site, 0, &problems))
        return fail(ERR_USAGE, STR_FMT ": " STR_FMT, STR_ARG(problems.items.at[0].header),
                    STR_ARG(problems.items.at[0].en));
    return register_save(c, &list);
}

static enum err find_site(struct run *r, struct register_list *out_list,
                          struct register_site **out_site)
{
    struct str id = word(r, 2);
    TRY(register_load(&r->county, out_list));
    *out_site = register_find(out_list, id);
    return *out_site ? OK : fail(ERR_USAGE, "no site '" STR_FMT "' in the register", STR_ARG(id));
}

static enum err command_revoke(struct run *r)
{
    struct register_list list;
    struct register_site *site = NULL;
    TRY(find_site(r, &list, &site));
    site->is_revoked = true;
    TRY(register_save(&r->county, &list));
    printf("revoked; now run `hub bundle`, which the hub notices by itself, and `broker`, and send "
           "the "
           "broker SIGHUP\n");
    return OK;
}

static void bundle_one(struct run *r, const struct register_site *site, struct str catalog,
                       size_t *made)
{
    struct county county = r->county; /* an arena for each: ten thousand sites need no more */
    county.arena = arena_new(SITE_ARENA_BYTES_MAX);
    enum err e = bundle_make_site(&county, site, catalog, r->settings.renew);
    arena_free(county.arena);
    if (e == OK) {
        ++*made;
        return;
    }
    fprintf(stderr, "qingqu-provision: %s\n", err_note());
    r->faults++;
}

static enum err command_bundle(struct run *r)
{
    struct register_list list;
    struct register_site *one = NULL;
    struct str catalog;
    size_t made = 0;
    TRY(need_catalog(r, &catalog));
    if (r->settings.all)
        TRY(register_load(&r->county, &list));
    else
        TRY(find_site(r, &list, &one));
    TRY(unlock(r));
    for (size_t i = 0; i < list.sites.count; i++)
        if ((!one || one == &list.sites.at[i]) && !list.sites.at[i].is_revoked)
            bundle_one(r, &list.sites.at[i], catalog, &made);
    printf("%zu bundles in " STR_FMT "/bundles\n", made, STR_ARG(r->county.folder));
    if (made == 0 && r->faults)
        return fail(ERR_INVALID, "no bundle was made");
    return OK;
}

static enum err command_hub(struct run *r)
{
    struct register_list list;
    struct str catalog;
    size_t waiting = 0;
    TRY(need_catalog(r, &catalog));
    TRY(register_load(&r->county, &list));
    TRY(bundle_make_hub(&r->county, &list, catalog, &waiting));
    printf("hub bundle in " STR_FMT "/hub with %zu sites\n", STR_ARG(r->county.folder),
           list.sites.count - waiting);
    if (waiting)
        printf("%zu sites have no keys yet: site bundle makes them\n", waiting);
    return OK;
}

static enum err command_broker(struct run *r)
{
    struct register_list list;
    struct str folder = str_of(r->settings.out);
    if (folder.len == 0)
        folder = county_path(&r->county, "broker");
    TRY(register_load(&r->county, &list));
    TRY(broker_write(&r->county, &list, folder, r->settings.port));
    printf("mosquitto -c " STR_FMT "/mosquitto.conf\n", STR_ARG(folder));
    return OK;
}

static enum err command_status(struct run *r)
{
    struct expiry_list list;
    TRY(expiry_read(&r->county, &list));
    for (size_t i = 0; i < list.items.count; i++) {
        const struct expiry *x = &list.items.at[i];
        struct date_parts d = date_split_ms(x->ends_ms, CHINA_MINUTES);
        printf("%04d-%02d-%02d  %5lld days  " STR_FMT "%s\n", d.year, d.month, d.day,
               (long long)x->days_left, STR_ARG(x->path),
               x->days_left < 0                   ? "  ENDED"
               : x->days_left <= EXPIRY_WARN_DAYS ? "  ends soon"
                                                  : "");
    }
    r->faults += list.ending;
    return OK;
}

struct command {
    const char *first, *second; /* second NULL: one word */
    enum err (*run)(struct run *r);
    bool is_making_county;
};

static const struct command commands[] = {
    {"init", NULL, command_init, true},        {"sites", "import", command_import, false},
    {"site", "add", command_add, false},       {"site", "bundle", command_bundle, false},
    {"site", "revoke", command_revoke, false}, {"hub", "bundle", command_hub, false},
    {"broker", NULL, command_broker, false},   {"status", NULL, command_status, false},
};

static enum err dispatch(struct run *r)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        const struct command *k = &commands[i];
        if (!str_equal(word(r, 0), str_of(k->first)) ||
            (k->second && !str_equal(word(r, 1), str_of(k->second))))
            continue;
        const char *folder = r->settings.dir;
        if (!*folder)
            folder = k->is_making_county && *r->settings.out ? r->settings.out : ".";
        r->county.folder = str_of(folder);
        if (!k->is_making_county)
            TRY(county_load(&r->county));
        return k->run(r);
    }
    return fail(ERR_USAGE, r->words.count ? "no such command" : "no command");
}

static enum err read_and_dispatch(struct run *r, int argc, const char *const *argv)
{
    struct buf help;
    TRY(options_read(&command_options, argc, argv, r->county.arena, &r->settings, &r->words));
    if (r->words.is_version) {
        printf("qingqu-provision %s\n", QQ_VERSION);
        return OK;
    }
    if (r->words.is_help) {
        buf_init(&help, r->county.arena);
        options_write_help(&command_options, &help);
        fwrite(help.ptr, 1, help.len, stdout);
        return OK;
    }
    return dispatch(r);
}

enum commands_exit commands_run(int argc, const char *const *argv,
                                const struct commands_world *world)
{
    struct run r = {.county = {.arena = arena_new(ARENA_BYTES_MAX),
                               .clock = world->clock,
                               .random = world->random,
                               .passphrase_rounds = world->passphrase_rounds}};
    enum err e = read_and_dispatch(&r, argc, argv);
    enum commands_exit code = e == OK          ? (r.faults ? COMMANDS_PARTLY : COMMANDS_OK)
                              : e == ERR_USAGE ? COMMANDS_USAGE
                                               : COMMANDS_FAILED;
    if (e != OK)
        fprintf(stderr, "qingqu-provision: %s%s\n", err_note(),
                e == ERR_USAGE ? "; --help explains" : "");
    authority_close(r.county.authority);
    arena_free(r.county.arena);
    return code;
}
