#include "common/config/options.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/model/nearest.h"
#include "common/os/file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define KEY_BYTES_MAX 64
#define ENVIRONMENT_HEAD "QINGQU_"

/* One reading under way. `is_given` has a flag per table row: set by the source that is being read,
 * to find what the file says twice, and kept for what must be given. */
struct reading {
    const struct options *options;
    struct arena *arena;
    char *values;
    bool *is_given;
    struct str folder; /* of the settings file; empty: none */
};

static size_t find(const struct options *o, struct str key)
{
    size_t i = 0;
    while (i < o->count && !str_equal(str_of(o->table[i].key), key))
        i++;
    return i;
}

static enum err fail_unknown(const struct options *o, struct str key)
{
    struct nearest n;
    nearest_init(&n, key);
    for (size_t i = 0; i < o->count; i++)
        nearest_offer(&n, str_of(o->table[i].key));
    struct str best = nearest_best(&n);
    key = str_slice(key, 0, KEY_BYTES_MAX);
    return best.len ? fail(ERR_USAGE, "there is no setting " STR_FMT ": " STR_FMT " is the nearest",
                           STR_ARG(key), STR_ARG(best))
                    : fail(ERR_USAGE, "there is no setting " STR_FMT ": --help lists them",
                           STR_ARG(key));
}

static bool read_flag(struct str text, bool *out_value)
{
    static const char *const words[] = {"false", "true", "no", "yes", "off", "on", "0", "1"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_equal_fold(text, str_of(words[i]))) {
            *out_value = i % 2 == 1;
            return true;
        }
    return false;
}

static enum err set_int(const struct option *option, struct str text, int64_t *out_value)
{
    if (!str_to_i64(text, out_value) || *out_value < option->least || *out_value > option->most)
        return fail(ERR_USAGE, "%s must be a whole number from %" PRId64 " to %" PRId64,
                    option->key, option->least, option->most);
    return OK;
}

/* `folder` is what a relative path is relative to; empty: as it stands. */
static enum err set(struct reading *r, size_t index, struct str text, struct str folder)
{
    const struct option *option = &r->options->table[index];
    void *field = r->values + option->offset;
    bool flag;
    int64_t number;
    const char *path;
    switch (option->kind) {
    case OPTION_PATH:
        if (text.len && text.ptr[0] != '/' && folder.len)
            text = str_format(r->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(text));
        path = str_copy_z(r->arena, text);
        memcpy(field, &path, sizeof path);
        break;
    case OPTION_TEXT:
        path = str_copy_z(r->arena, text);
        memcpy(field, &path, sizeof path);
        break;
    case OPTION_INT:
        TRY(set_int(option, text, &number));
        memcpy(field, &number, sizeof number);
        break;
    case OPTION_FLAG:
        if (!read_flag(text, &flag))
            return fail(ERR_USAGE, "%s must be true or false", option->key);
        memcpy(field, &flag, sizeof flag);
        break;
    }
    r->is_given[index] = true;
    return OK;
}

static enum err read_line(struct reading *r, struct str line)
{
    line = str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return OK;
    if (str_find(line, '=') == line.len)
        return fail(ERR_USAGE, "not `key = value`");
    struct str key = str_trim(str_cut(&line, '='));
    size_t i = find(r->options, key);
    if (i == r->options->count)
        return fail_unknown(r->options, key);
    if (r->is_given[i])
        return fail(ERR_USAGE, "%s stands here a second time", r->options->table[i].key);
    return set(r, i, str_trim(line), r->folder);
}

static enum err read_file(struct reading *r, struct str file)
{
    struct str rest;
    const char *path = str_copy_z(r->arena, file);
    TRY(wrap(file_read(path, OPTIONS_FILE_BYTES_MAX, r->arena, &rest), "settings"));
    if (str_starts(rest, STR("\xEF\xBB\xBF"))) /* an editor's byte order mark */
        rest = str_skip(rest, 3);
    for (unsigned line = 1; rest.len; line++)
        TRY(wrap(read_line(r, str_cut(&rest, '\n')), "%s:%u", path, line));
    return OK;
}

static enum err read_environment(struct reading *r)
{
    for (size_t i = 0; i < r->options->count; i++) {
        const char *key = r->options->table[i].key;
        char name[sizeof ENVIRONMENT_HEAD + KEY_BYTES_MAX] = ENVIRONMENT_HEAD;
        size_t head = strlen(name);
        ASSERT(strlen(key) <= KEY_BYTES_MAX);
        for (size_t j = 0; key[j]; j++)
            name[head + j] = (char)(key[j] >= 'a' && key[j] <= 'z' ? key[j] - 'a' + 'A' : key[j]);
        const char *text = getenv(name);
        if (text)
            TRY(wrap(set(r, i, str_of(text), STR_NONE), "environment %s", name));
    }
    return OK;
}

/* The command line, argument by argument. */
struct line {
    int argc;
    const char *const *argv;
    int next;
};

/* An argument `--key=value`, `--key value` or `--key` taken apart; dashes of the key become what
 * the tables have. */
static struct str take_key(struct arena *a, struct str *argument)
{
    struct str key = str_copy(a, str_cut(argument, '='));
    char *letters = (char *)(uintptr_t)key.ptr;
    for (size_t i = 0; i < key.len; i++)
        if (letters[i] == '-')
            letters[i] = '_';
    return key;
}

static enum err take_value(struct line *l, struct str key, struct str *out_value)
{
    if (l->next == l->argc)
        return fail(ERR_USAGE, "--" STR_FMT " wants a value", STR_ARG(key));
    *out_value = str_of(l->argv[l->next++]);
    return OK;
}

/* `r` is NULL in the first pass, which only looks for --config, --help, --version and words. */
static enum err read_setting(struct reading *r, const struct options *o, struct arena *a,
                             struct line *l, struct options_words *words)
{
    struct str argument = str_skip(str_of(l->argv[l->next++]), 2);
    bool has_value = str_find(argument, '=') < argument.len;
    struct str key = take_key(a, &argument);
    if (!has_value && str_equal(key, STR("help"))) {
        words->is_help = true;
        return OK;
    }
    if (!has_value && str_equal(key, STR("version"))) {
        words->is_version = true;
        return OK;
    }
    if (str_equal(key, STR("set"))) { /* --set key=value, --set=key=value */
        if (!has_value)
            TRY(take_value(l, key, &argument));
        if (str_find(argument, '=') == argument.len)
            return fail(ERR_USAGE, "--set wants key=value");
        has_value = true;
        key = take_key(a, &argument);
    }
    bool is_config = str_equal(key, STR("config"));
    size_t i = find(o, key);
    if (i == o->count && !is_config)
        return fail_unknown(o, key);
    if (!has_value && !is_config && o->table[i].kind == OPTION_FLAG)
        argument = STR("true");
    else if (!has_value)
        TRY(take_value(l, key, &argument));
    if (is_config)
        words->file = argument;
    else if (r)
        TRY(wrap(set(r, i, argument, STR_NONE), "command line"));
    return OK;
}

static enum err read_line_of_command(struct reading *r, const struct options *o, struct arena *a,
                                     int argc, const char *const *argv, struct options_words *words)
{
    struct line l = {argc, argv, 1};
    bool is_ended = false;
    words->count = 0;
    while (l.next < l.argc) {
        struct str argument = str_of(l.argv[l.next]);
        if (!is_ended && str_starts(argument, STR("--"))) {
            is_ended = argument.len == 2;
            if (is_ended)
                l.next++;
            else
                TRY(read_setting(r, o, a, &l, words));
            continue;
        }
        if (words->count == OPTIONS_WORDS_MAX)
            return fail(ERR_USAGE, "more than %d words", OPTIONS_WORDS_MAX);
        words->at[words->count++] = argument;
        l.next++;
    }
    return OK;
}

static struct str folder_of(struct str file)
{
    size_t end = file.len;
    while (end && file.ptr[end - 1] != '/')
        end--;
    return end ? str_slice(file, 0, end > 1 ? end - 1 : 1) : STR(".");
}

static enum err set_initial(struct reading *r)
{
    for (size_t i = 0; i < r->options->count; i++) {
        if (r->options->table[i].initial)
            TRY(set(r, i, str_of(r->options->table[i].initial), r->folder));
        r->is_given[i] = false;
    }
    return OK;
}

static enum err check_complete(const struct reading *r)
{
    for (size_t i = 0; i < r->options->count; i++)
        if (!r->options->table[i].initial && !r->is_given[i])
            return fail(ERR_USAGE,
                        "the setting %s is missing: write it into the settings file or give --%s",
                        r->options->table[i].key, r->options->table[i].key);
    return OK;
}

enum err options_read(const struct options *o, int argc, const char *const *argv, struct arena *a,
                      void *out_values, struct options_words *out_words)
{
    struct options_words words = {0};
    const char *file = getenv(ENVIRONMENT_HEAD "CONFIG");
    words.file = str_of(file);
    enum err e = read_line_of_command(NULL, o, a, argc, argv, &words);
    if (words.is_help || words.is_version) {
        *out_words = words;
        return OK;
    }
    TRY(e);
    struct reading r = {o, a, out_values, NEW_ARRAY(a, bool, o->count + 1), STR_NONE};
    if (words.file.len)
        r.folder = folder_of(words.file);
    TRY(set_initial(&r));
    if (words.file.len)
        TRY(read_file(&r, words.file));
    TRY(read_environment(&r));
    TRY(read_line_of_command(&r, o, a, argc, argv, &words));
    TRY(check_complete(&r));
    *out_words = words;
    return OK;
}

static void write_range(const struct option *option, struct buf *out)
{
    switch (option->kind) {
    case OPTION_INT:
        buf_format(out, " (%" PRId64 " to %" PRId64 ")", option->least, option->most);
        break;
    case OPTION_FLAG:
        buf_put_z(out, " (true or false)");
        break;
    case OPTION_TEXT:
    case OPTION_PATH:
        break;
    }
}

void options_write_help(const struct options *o, struct buf *out)
{
    buf_format(out,
               "usage:\n%s\n\nsettings (--key value, QINGQU_KEY, or a line of --config FILE):\n",
               o->usage);
    for (size_t i = 0; i < o->count; i++) {
        const struct option *option = &o->table[i];
        buf_format(out, "  --%-24s %s", option->key, option->help);
        write_range(option, out);
        if (!option->initial)
            buf_put_z(out, " [must be given]");
        else if (option->initial[0])
            buf_format(out, " [%s]", option->initial);
        buf_put_char(out, '\n');
    }
    buf_put_z(out,
              "  --config FILE              file with settings, `key = value` a line, # before "
              "a comment\n  --help  --version\n");
}

void options_write_sample(const struct options *o, struct buf *out)
{
    buf_format(out, "# Settings of %s.\n", o->program);
    for (size_t i = 0; i < o->count; i++) {
        const struct option *option = &o->table[i];
        buf_format(out, "\n# %s", option->help);
        write_range(option, out);
        if (option->initial)
            buf_format(out, "\n#%s = %s\n", option->key, option->initial);
        else
            buf_format(out, "\n%s =\n", option->key);
    }
}
