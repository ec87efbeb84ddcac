#include "common/base/log.h"

#include <stdio.h>

static void stderr_sink(enum log_level level, struct str line)
{
    (void)level;
    fwrite(line.ptr, 1, line.len, stderr);
}

/* The only writable globals of the tree, set once by main (house style 4.8). */
static const char *log_program = "";
static enum log_level log_most = LOG_INFO;
static log_sink_fn log_sink = stderr_sink;

void log_setup(const char *program, enum log_level most, log_sink_fn sink)
{
    log_program = program;
    log_most = most;
    log_sink = sink ? sink : stderr_sink;
}

static void put(char *line, size_t *len, const char *text, size_t n)
{
    for (size_t i = 0; i < n && *len < LOG_LINE_BYTES_MAX - 1; i++)
        line[(*len)++] = text[i] == '\n' || text[i] == '\r' ? ' ' : text[i];
}

void log_write(enum log_level level, const char *event, const struct log_field *fields,
               size_t count)
{
    static const char *const words[] = {"ERROR", "WARN", "INFO", "DEBUG"};
    if (level > log_most)
        return;
    char line[LOG_LINE_BYTES_MAX];
    char piece[96];
    size_t len = 0;
    int n = snprintf(piece, sizeof piece, "%s %s %s", log_program, words[level], event);
    put(line, &len, piece, n > 0 ? (size_t)n : 0);
    for (size_t i = 0; i < count; i++) {
        n = snprintf(piece, sizeof piece, " %s=", fields[i].key);
        put(line, &len, piece, n > 0 ? (size_t)n : 0);
        if (fields[i].kind == LOG_FIELD_STR) {
            put(line, &len, "\"", 1);
            put(line, &len, fields[i].text.ptr, fields[i].text.len);
            put(line, &len, "\"", 1);
        } else {
            n = snprintf(piece, sizeof piece, "%lld", (long long)fields[i].number);
            put(line, &len, piece, n > 0 ? (size_t)n : 0);
        }
    }
    line[len++] = '\n';
    log_sink(level, str_make(line, len));
}
