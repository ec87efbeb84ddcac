/* qingqu-agent: one program and one loop at each site. */
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/base/log.h"
#include "common/config/catalog_load.h"
#include "common/json/json.h"
#include "common/model/catalog.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/sheet/template.h"
#include "edge-agent/agent.h"
#include "edge-agent/intake/carry_file.h"

#include <inttypes.h>
#include <stdio.h>

enum exit_status { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_PARTLY = 3 };

struct command {
    const char *name;
    size_t words; /* behind the name */
    enum exit_status (*run)(const struct settings *s, const struct options_words *words,
                            struct arena *a);
};

static enum exit_status complain(enum err e)
{
    fprintf(stderr, "qingqu-agent: %s (%s)\n", err_note()[0] ? err_note() : err_words(e),
            err_name(e));
    return e == ERR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

static enum exit_status run(const struct settings *s, const struct options_words *words,
                            struct arena *a)
{
    struct agent g;
    (void)words;
    enum err e = agent_open(s, AGENT_RUN, a, &g);
    if (e == OK)
        e = agent_run(&g);
    enum exit_status status = e == OK ? EXIT_OK : complain(e);
    agent_close(&g);
    return status;
}

static enum exit_status tell_import(const struct import_entry *e)
{
    printf("%s: " STR_FMT "\n", ledger_state_name(e->state), STR_ARG(e->name));
    if (e->note_en.len)
        printf("  " STR_FMT "\n  " STR_FMT "\n", STR_ARG(e->note_zh), STR_ARG(e->note_en));
    if (e->state == IMPORT_REFUSED)
        return EXIT_FAILED;
    printf("  dataset " STR_FMT ", " STR_FMT ": %" PRIu64 " rows, %" PRIu64 " accepted, %" PRIu64
           " refused, %" PRIu64 " skipped\n",
           STR_ARG(e->dataset), STR_ARG(e->encoding), e->rows, e->accepted, e->rejected,
           e->skipped);
    return e->rejected ? EXIT_PARTLY : EXIT_OK;
}

static enum err check_own(struct agent *g)
{
    int64_t now_ms = clock_wall_ms(clock_real());
    size_t ran = 0;
    return self_check_run(g->self, date_of_ms(now_ms, IMPORT_TIME_ZONE_MINUTES), now_ms, &ran);
}

static enum exit_status import(const struct settings *s, const struct options_words *words,
                               struct arena *a)
{
    struct agent g;
    struct drop_file file = {0};
    enum exit_status status;
    enum err e = agent_open(s, AGENT_ALTER, a, &g);
    bool is_elsewhere = e == ERR_EXISTS; /* the running agent will find it */
    if (e == OK || is_elsewhere)
        e = carry_file(str_copy_z(a, words->at[1]), s->drop, a, &file);
    if (e == OK && !is_elsewhere)
        e = import_file(g.import, &file);
    if (e == OK && !is_elsewhere)
        e = check_own(&g);
    if (e != OK)
        status = complain(e);
    else if (is_elsewhere)
        status = printf("put into the drop folder as " STR_FMT "; the running agent reads it\n",
                        STR_ARG(file.name)) < 0;
    else
        status = tell_import(import_current(g.import));
    agent_close(&g);
    return status;
}

static void print_status(const struct json *root)
{
    const struct json *sync = json_get(root, "sync"), *files = json_get(root, "files");
    printf("site " STR_FMT ", version " STR_FMT "\n", STR_ARG(json_get_str(root, "site")),
           STR_ARG(json_get_str(root, "version")));
    printf("waiting       %" PRId64 " rows in %" PRId64 " items, the oldest for %" PRId64 " s\n",
           json_get_int(sync, "waiting_rows"), json_get_int(sync, "waiting_items"),
           json_get_int(sync, "oldest_waiting_ms") / 1000);
    if (json_get_str(sync, "why").len > 0)
        printf("              " STR_FMT "\n", STR_ARG(json_get_str(sync, "why_en")));
    printf("sent          %" PRId64 " batches that are not acknowledged yet\n",
           json_get_int(sync, "sent_batches"));
    printf("acknowledged  %" PRId64 " rows, up to envelope %" PRId64 " of epoch %" PRId64 "\n",
           json_get_int(sync, "acked_rows"), json_get_int(sync, "acked_seq"),
           json_get_int(sync, "epoch"));
    int64_t contact = json_get_int(sync, "last_contact_ms");
    if (contact)
        printf("last contact  %" PRId64 " s ago\n",
               (json_get_int(root, "now_ms") - contact) / 1000);
    else
        printf("last contact  never\n");
    printf("files         %" PRId64 " read, %" PRId64 " of them refused; %" PRId64
           " rows accepted, %" PRId64 " refused\n",
           json_get_int(files, "imported"), json_get_int(files, "refused"),
           json_get_int(files, "accepted"), json_get_int(files, "rejected"));
    printf("documents     %" PRId64 " open\n", json_get_int(root, "documents_open"));
    printf("self-check    %" PRId64 " reminders about this unit's own rows\n",
           json_get_int(root, "reminders"));
    if (json_get_bool(sync, "diverged"))
        printf("DIVERGED      " STR_FMT ": sending has stopped, nothing is lost; run new-epoch\n",
               STR_ARG(json_get_str(sync, "reason")));
}

static enum exit_status status(const struct settings *s, const struct options_words *words,
                               struct arena *a)
{
    struct agent g;
    struct json *root = NULL;
    (void)words;
    enum err e = agent_open(s, AGENT_ASK, a, &g);
    if (e == OK)
        e = page_describe(&g.page, a, &root);
    if (e == OK && s->is_json)
        printf(STR_FMT "\n", STR_ARG(json_write(root, a)));
    else if (e == OK)
        print_status(root);
    enum exit_status result = e == OK ? EXIT_OK : complain(e);
    json_free(root);
    agent_close(&g);
    return result;
}

static enum exit_status new_epoch(const struct settings *s, const struct options_words *words,
                                  struct arena *a)
{
    struct agent g;
    (void)words;
    enum err e = agent_open(s, AGENT_ASK, a, &g); /* a running agent finds it in the database */
    if (e == OK)
        e = link_new_epoch(g.link, STR("hub"));
    enum exit_status result = e == OK ? EXIT_OK : complain(e);
    if (e == OK)
        printf("a new epoch has begun; what the hub may lack is offered again\n");
    agent_close(&g);
    return result;
}

static enum err write_template(const struct dataset *d, const char *path)
{
    TRY(template_write(path, d));
    return printf("%s\n", path) < 0 ? fail(ERR_IO, "standard output") : OK;
}

/* One dataset into the file named, or all of them into the folder named. */
static enum err write_templates(const struct settings *s, const struct catalog *c, struct str which,
                                struct arena *a)
{
    bool is_all = str_equal(which, STR("all"));
    const struct dataset *one = catalog_dataset(c, which);
    const char *folder = is_all && s->out[0] ? s->out : ".";
    if (!is_all && !one)
        return fail(ERR_USAGE, "no dataset of that id; `template all` writes every one");
    if (is_all && s->out[0])
        TRY(file_make_folder(folder, 0750));
    for (size_t i = 0; i < c->dataset_count; i++) {
        const struct dataset *d = &c->datasets[i];
        struct str path = str_format(a, "%s/" STR_FMT, folder, STR_ARG(template_file_name(a, d)));
        if (is_all)
            TRY(write_template(d, str_copy_z(a, path)));
        else if (d == one)
            TRY(write_template(d, s->out[0] ? s->out : str_copy_z(a, path)));
    }
    return OK;
}

static enum exit_status template(const struct settings *s, const struct options_words *words,
                                 struct arena *a) {
    struct catalog *c = NULL; enum err e = catalog_load(s->catalog, AGENT_CATALOG_BYTES_MAX, &c);
    if (e == OK) e = write_templates(s, c, words->at[1], a);
    catalog_free(c);
    return e == OK ? EXIT_OK : complain(e);
}

static const struct command commands[] = {{"template", 1, template},
                                          {"run", 0, run},
                                          {"import", 1, import},
                                          {"status", 0, status},
                                          {"new-epoch", 0, new_epoch}};

static enum exit_status dispatch(int argc, char **argv, struct arena *a)
{
    struct settings settings = {0};
    struct options_words words = {0};
    enum err e =
        options_read(&settings_options, argc, (const char *const *)argv, a, &settings, &words);
    if (e != OK)
        return complain(e);
    if (words.is_version) {
        printf("qingqu-agent %s\n", QQ_VERSION);
        return EXIT_OK;
    }
    if (words.is_help) {
        struct buf help;
        buf_init(&help, a);
        options_write_help(&settings_options, &help);
        printf(STR_FMT, STR_ARG(buf_str(&help)));
        return EXIT_OK;
    }
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (words.count > 0 && str_equal(words.at[0], str_of(commands[i].name)) &&
            words.count == commands[i].words + 1)
            return commands[i].run(&settings, &words, a);
    fprintf(stderr, "qingqu-agent: say what to do: run, import FILE, status, template DATASET or "
                    "new-epoch; --help "
                    "tells more\n");
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new((size_t)16 << 20);
    log_setup("qingqu-agent", LOG_INFO, NULL);
    int result = (int)dispatch(argc, argv, a);
    arena_free(a);
    return result;
}
