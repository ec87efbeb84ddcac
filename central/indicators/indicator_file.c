#include "central/indicators/indicator_file.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The text, the tree of it and the lists made of that. */
#define ARENA_BYTES_MAX (4 * INDICATOR_PIECE_BYTES_MAX)
#define PROBLEMS_SHOWN 3 /* of a piece */
#define TOLD_MAX 50      /* of a file: behind them they are only counted */

struct indicator_file {
    struct arena *own, *arena; /* the handle's, the piece's */
    FILE *stream;
    int64_t at;      /* where the next piece begins */
    int64_t current; /* where the piece that is held begins; −1: none */
    int64_t line, refused, told;
    bool is_whole;     /* one piece */
    bool is_elsewhere; /* the stream, since a piece was read again */
    struct package package;
};

static enum err fail_file(const char *what)
{
    return fail(errno == ENOENT ? ERR_MISSING : ERR_IO, "%s: %s", what, strerror(errno));
}

/* The bytes up to the next line's end, or of the whole file. */
static enum err read_text(struct indicator_file *f, struct str *out)
{
    char chunk[1 << 16];
    struct buf text;
    buf_init(&text, f->arena);
    while (fgets(chunk, sizeof chunk, f->stream)) {
        size_t n = strlen(chunk);
        if (text.len + n > INDICATOR_PIECE_BYTES_MAX)
            return fail(ERR_TOO_LARGE, "line %lld is over %zu bytes", (long long)f->line + 1,
                        INDICATOR_PIECE_BYTES_MAX);
        buf_put_bytes(&text, chunk, n);
        if (!f->is_whole && n && chunk[n - 1] == '\n')
            break;
    }
    if (ferror(f->stream))
        return fail_file("open contracting data");
    *out = buf_str(&text);
    return OK;
}

static void drop(struct indicator_file *f)
{
    if (f->current >= 0)
        package_free(&f->package);
    f->current = -1;
    arena_reset(f->arena);
}

static enum err seek(struct indicator_file *f, int64_t at)
{
    return fseeko(f->stream, (off_t)at, SEEK_SET) ? fail_file("open contracting data") : OK;
}

/* A file of lines has one JSON on its first; what is too long for one piece can only be lines. */
static enum err look(struct indicator_file *f)
{
    struct str text = STR_NONE;
    struct json *root = NULL;
    if (fseeko(f->stream, 0, SEEK_END))
        return fail_file("open contracting data");
    bool is_long = ftello(f->stream) > (off_t)INDICATOR_PIECE_BYTES_MAX;
    TRY(seek(f, 0));
    while (!is_long && str_trim(text).len == 0 && !feof(f->stream))
        TRY(read_text(f, &text));
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_skip(text, 3);
    f->is_whole = !is_long && json_parse(text, &root) != OK;
    json_free(root);
    arena_reset(f->arena);
    return seek(f, 0);
}

enum err indicator_file_open(const char *path, struct indicator_file **out)
{
    struct arena *own = arena_new((size_t)1 << 16);
    struct indicator_file *f = NEW(own, struct indicator_file);
    f->own = own;
    f->arena = arena_new(ARENA_BYTES_MAX);
    f->current = -1;
    f->stream = fopen(path, "rb");
    enum err e = f->stream ? look(f) : fail_file("open contracting data");
    if (e != OK)
        indicator_file_close(f);
    else
        *out = f;
    return e;
}

void indicator_file_close(struct indicator_file *f)
{
    if (!f)
        return;
    drop(f);
    if (f->stream)
        fclose(f->stream);
    arena_free(f->arena);
    arena_free(f->own);
}

/* Of a piece that is refused whole the last problem says so, and the others why. */
static void tell(struct indicator_file *f, const struct problem_list *problems, bool is_fine)
{
    f->refused += is_fine ? (int64_t)problems->errors : 1;
    for (size_t i = 0; i < problems->items.count && f->told < TOLD_MAX; i++, f->told++) {
        const struct problem *p = &problems->items.at[i];
        int64_t line = f->is_whole ? (int64_t)p->line : f->line;
        LOG(WARN, "ocds.refused", KV_I64("line", line), KV_STR("code", p->code));
    }
}

/* `is_told`: what is wrong with it was told when it was read first. */
static bool parse(struct indicator_file *f, int64_t start, struct str text, bool is_told)
{
    struct problem_list problems;
    problem_list_init(&problems, f->arena, PROBLEMS_SHOWN);
    bool is_fine = package_read(f->arena, text, &problems, &f->package) == OK;
    if (!is_told)
        tell(f, &problems, is_fine);
    if (is_fine)
        f->current = start;
    return is_fine;
}

static void give(struct indicator_file *f, int64_t start, int64_t len, struct indicator_piece *out)
{
    *out = (struct indicator_piece){start, len, &f->package, f->arena};
}

enum err indicator_file_next(struct indicator_file *f, struct indicator_piece *out)
{
    struct str text;
    if (f->is_elsewhere)
        TRY(seek(f, f->at));
    f->is_elsewhere = false;
    for (;;) {
        int64_t start = f->at;
        drop(f);
        TRY(read_text(f, &text));
        if (text.len == 0) {
            *out = (struct indicator_piece){0};
            return OK;
        }
        f->at = (int64_t)ftello(f->stream);
        f->line++;
        if (str_trim(text).len && parse(f, start, text, false)) {
            give(f, start, f->at - start, out);
            return OK;
        }
    }
}

enum err indicator_file_again(struct indicator_file *f, int64_t start, int64_t len,
                              struct indicator_piece *out)
{
    struct str text;
    if (f->current != start) {
        drop(f);
        f->is_elsewhere = true;
        TRY(seek(f, start));
        TRY(read_text(f, &text));
        if (!parse(f, start, text, true))
            return fail(ERR_IO, "the file changed while it was read");
    }
    give(f, start, len, out);
    return OK;
}

int64_t indicator_file_refused(const struct indicator_file *f)
{
    return f->refused;
}
