/* check.h — assertions that stay on in release builds: the programmer was wrong, so the process
 * stops and starts anew.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    a false condition prints its place to stderr and aborts.
 * Limits:   none.
 * Promise:  the message holds source text and a line number, never data. */
#ifndef QQ_BASE_CHECK_H
#define QQ_BASE_CHECK_H

_Noreturn void check_failed(const char *condition, const char *file, int line);

#define ASSERT(condition) ((condition) ? (void)0 : check_failed(#condition, __FILE__, __LINE__))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
