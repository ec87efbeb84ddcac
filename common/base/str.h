/* str.h — a view of bytes, passed by value.
 *
 * Owns:     nothing; the bytes belong to whoever made them and are not ended by NUL.
 * Threads:  any.
 * Fails:    parsing functions return false and leave their out-parameter alone.
 * Limits:   none.
 * Promise:  no function but str_copy* takes memory. */
#ifndef QQ_BASE_STR_H
#define QQ_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    } /* for static tables */
#define STR_NONE ((struct str){NULL, 0})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr

struct str str_of(const char *text); /* NULL gives an empty view */
struct str str_make(const void *bytes, size_t len);
bool str_equal(struct str a, struct str b);
int str_compare(struct str a, struct str b);     /* by bytes, like memcmp */
bool str_equal_fold(struct str a, struct str b); /* ASCII letters of either case */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_contains(struct str s, struct str part);
struct str str_slice(struct str s, size_t from, size_t to); /* both clamped to the length */
struct str str_skip(struct str s, size_t n);
struct str str_trim(struct str s);     /* ASCII white space at both ends */
size_t str_find(struct str s, char c); /* index, or len */
/* Cuts at the first separator: returns what stands before it, leaves the rest in *rest (empty when
 * there was none). */
struct str str_cut(struct str *rest, char separator);
bool str_to_i64(struct str s, int64_t *out_value); /* whole text, decimal, optional sign */
bool str_to_u64(struct str s, uint64_t *out_value);
struct str str_copy(struct arena *a, struct str s);
const char *str_copy_z(struct arena *a,
                       struct str s); /* with a NUL behind it, for an OS or library call */
struct str str_format(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
uint64_t str_hash(struct str s); /* FNV-1a, for tables in memory only */

#endif
