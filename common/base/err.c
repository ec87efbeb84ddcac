#include "common/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char note[ERR_NOTE_BYTES_MAX];

static const struct {
    const char *name;
    const char *words;
    bool is_retry;
} table[] = {[OK] = {"OK", "done", false},
#define X(name, retry, words) [name] = {#name, words, retry},
             ERR_LIST(X)
#undef X
};

enum err fail(enum err code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(note, sizeof note, format, args);
    va_end(args);
    return code;
}

enum err wrap(enum err code, const char *format, ...)
{
    if (code == OK)
        return OK;
    char below[ERR_NOTE_BYTES_MAX];
    memcpy(below, note, sizeof below);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(note, sizeof note, format, args);
    va_end(args);
    if (n >= 0 && (size_t)n < sizeof note)
        snprintf(note + n, sizeof note - (size_t)n, ": %s", below);
    return code;
}

const char *err_note(void)
{
    return note;
}

const char *err_name(enum err code)
{
    return table[code].name;
}

const char *err_words(enum err code)
{
    return table[code].words;
}

bool err_is_retry(enum err code)
{
    return table[code].is_retry;
}
