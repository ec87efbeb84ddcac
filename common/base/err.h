/* err.h — the ways in which an operation can fail, and the note that climbs with the failure.
 *
 * Owns:     one note per thread, overwritten by the next fail().
 * Threads:  any; each has its own note.
 * Fails:    never.
 * Limits:   a note is cut at ERR_NOTE_BYTES_MAX.
 * Promise:  a note never holds the content of a record, a name, an identity number or a key:
 * callers keep to that. */
#ifndef QQ_BASE_ERR_H
#define QQ_BASE_ERR_H

#include <stdbool.h>

#define ERR_NOTE_BYTES_MAX 512

/* name, whether trying again can help, words */
#define ERR_LIST(X)                                                                                \
    X(ERR_IO, true, "input/output failed")                                                         \
    X(ERR_CLOSED, true, "peer is not connected")                                                   \
    X(ERR_BUSY, true, "busy, try again")                                                           \
    X(ERR_FULL, true, "no room left")                                                              \
    X(ERR_MISSING, false, "not there")                                                             \
    X(ERR_EXISTS, false, "there already")                                                          \
    X(ERR_MALFORMED, false, "bytes do not parse")                                                  \
    X(ERR_FORGED, false, "signature does not verify")                                              \
    X(ERR_TOO_LARGE, false, "over a limit")                                                        \
    X(ERR_INVALID, false, "not valid here")                                                        \
    X(ERR_DENIED, false, "not allowed")                                                            \
    X(ERR_USAGE, false, "wrong use of the command")                                                \
    X(ERR_STOPPED, false, "stopped on request")

enum err {
    OK = 0,
#define X(name, retry, words) name,
    ERR_LIST(X)
#undef X
};

#define MUST_USE __attribute__((warn_unused_result))

/* Sets the note and returns the code. */
enum err fail(enum err code, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Puts a layer in front of the note while the error climbs; wrap(OK, …) is OK and touches nothing.
 */
enum err wrap(enum err code, const char *format, ...) __attribute__((format(printf, 2, 3)));

const char *err_note(void);          /* the last note of this thread, never NULL */
const char *err_name(enum err code); /* "ERR_IO" */
const char *err_words(enum err code);
bool err_is_retry(enum err code);

/* Returns the error upwards; the only macro that returns. */
#define TRY(expression)                                                                            \
    do {                                                                                           \
        enum err try_err_ = (expression);                                                          \
        if (try_err_ != OK)                                                                        \
            return try_err_;                                                                       \
    } while (0)

#endif
