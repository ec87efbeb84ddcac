#include "central/roles/roles.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/log.h"

#include <stdio.h>

#define ARENA_BYTES_MAX ((size_t)256 * 1024 * 1024)

static const struct {
    struct str name;
    enum hub_role role;
    enum err (*run)(struct hub *h);
} roles[] = {
    {STR_INIT("intake"), HUB_INTAKE, roles_intake},
    {STR_INIT("analysis"), HUB_ANALYSIS, roles_analysis},
    {STR_INIT("dispatch"), HUB_DISPATCH, roles_dispatch},
    {STR_INIT("console"), HUB_CONSOLE, roles_console},
};

static enum err run_command(const struct settings *settings, const struct options_words *words,
                            struct arena *a)
{
    struct hub hub = {0};
    enum hub_role role = HUB_ADMIN;
    enum err (*run)(struct hub * h) = NULL;
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (str_equal(words->at[0], roles[i].name)) {
            role = roles[i].role;
            run = roles[i].run;
        }
    enum err e = hub_open(settings, role, a, &hub);
    if (e == OK)
        e = run ? run(&hub) : roles_admin(&hub, words);
    hub_close(&hub);
    return e;
}

static void print(struct str text)
{
    fwrite(text.ptr, 1, text.len, stdout);
}

static enum err begin(int argc, const char *const *argv, struct arena *a)
{
    struct settings settings = {0};
    struct options_words words;
    struct options without_hub = settings_without_hub(a);
    TRY(options_read(&without_hub, argc, argv, a, &settings, &words));
    if (words.is_help) {
        struct buf help;
        buf_init(&help, a);
        options_write_help(&settings_options, &help);
        print(buf_str(&help));
        return OK;
    }
    if (words.is_version) {
        puts("qingqu-hub " QQ_VERSION);
        return OK;
    }
    if (words.count == 0)
        return fail(ERR_USAGE, "say what to do; see qingqu-hub --help");
    if (str_equal(words.at[0], STR("indicators")))
        return roles_indicators(&settings);
    if (str_equal(words.at[0], STR("catalog")))
        return roles_describe(&settings, &words);
    if (words.count > 1 && str_equal(words.at[0], STR("evidence")) &&
        str_equal(words.at[1], STR("verify")))
        return roles_verify(&settings, &words);
    TRY(options_read(&settings_options, argc, argv, a, &settings, &words));
    if (str_equal(words.at[0], STR("run")))
        return roles_run(argv + 2, argc > 2 ? (size_t)argc - 2 : 0);
    return run_command(&settings, &words, a);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(ARENA_BYTES_MAX);
    log_setup("qingqu-hub", LOG_INFO, NULL);
    enum err e = begin(argc, (const char *const *)argv, a);
    if (e != OK)
        fprintf(stderr, "qingqu-hub: %s: %s\n", err_words(e), err_note());
    arena_free(a);
    return e == OK ? 0 : e == ERR_USAGE ? 2 : 1;
}
