/* log.h — an event and its fields on one line, to the sink that main sets.
 *
 * Owns:     nothing; the sink is main's.
 * Threads:  any, if the sink is safe; the default sink writes one line with one write to stderr.
 * Fails:    never; what cannot be written is lost.
 * Limits:   a line is cut at LOG_LINE_BYTES_MAX.
 * Promise:  no content of a record, name, identity number or key is ever passed in (house
 * style 4.11). */
#ifndef QQ_BASE_LOG_H
#define QQ_BASE_LOG_H

#include "common/base/str.h"

#define LOG_LINE_BYTES_MAX 2048

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

struct log_field {
    const char *key;
    enum { LOG_FIELD_STR, LOG_FIELD_I64 } kind;
    struct str text;
    int64_t number;
};

#define KV_STR(key, s) ((struct log_field){(key), LOG_FIELD_STR, (s), 0})
#define KV_I64(key, n) ((struct log_field){(key), LOG_FIELD_I64, {NULL, 0}, (int64_t)(n)})

typedef void (*log_sink_fn)(enum log_level level, struct str line);

/* Set once by main, before any thread starts. `program` stands at the head of each line. */
void log_setup(const char *program, enum log_level most, log_sink_fn sink);
void log_write(enum log_level level, const char *event, const struct log_field *fields,
               size_t count);

#define LOG(level, event, ...)                                                                     \
    log_write(LOG_##level, (event), (const struct log_field[]){__VA_ARGS__},                       \
              sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))
/* An operation failed and it is decided here what to do: its code and note. */
#define LOG_FAILURE(level, event, e)                                                               \
    LOG(level, event, KV_STR("err", str_of(err_name(e))), KV_STR("note", str_of(err_note())))

#endif
