/* json.h — JSON built and read; the only file behind it that knows the library.
 *
 * Owns:     a tree belongs to its root; json_free(root) frees all of it. Children given to a parent
 * belong to the parent. Threads:  one at a time. Fails:    json_parse: ERR_MALFORMED with line and
 * column. Reading what is not there gives empty text, 0 or NULL. Limits:   JSON_DEPTH_MAX nested,
 * texts must be UTF-8 (a bad text is written as empty). Promise:  objects keep the order in which
 * keys were set. */
#ifndef QQ_JSON_JSON_H
#define QQ_JSON_JSON_H

#include "common/base/err.h"
#include "common/base/str.h"

#define JSON_DEPTH_MAX 64

struct arena;
struct json;

enum json_kind {
    JSON_KIND_NULL,
    JSON_KIND_BOOL,
    JSON_KIND_INT,
    JSON_KIND_REAL,
    JSON_KIND_TEXT,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT
};
enum json_kind json_kind(const struct json *value);         /* of what is not there: NULL */
bool json_same(const struct json *a, const struct json *b); /* keys in any order */
struct json *json_clone(const struct json *value);          /* all of it; the caller's */
double json_double(const struct json *number);              /* of either kind; 0: it is none */

struct json *json_new_object(void);
struct json *json_new_array(void);
void json_free(struct json *root); /* NULL is legal */

void json_set_str(struct json *object, const char *key, struct str value);
void json_set_int(struct json *object, const char *key, int64_t value);
void json_set_bool(struct json *object, const char *key, bool value);
void json_set_null(struct json *object, const char *key);
struct json *json_set_object(struct json *object,
                             const char *key); /* a new child, owned by the parent */
struct json *json_set_array(struct json *object, const char *key);
/* Parses `text` and sets it; a text that is not JSON is set as a string. */
void json_set_raw(struct json *object, const char *key, struct str text);
/* The value becomes the parent's. */
void json_set_value(struct json *object, const char *key, struct json *value);
void json_add_value(struct json *array, struct json *value);
void json_remove(struct json *object, const char *key);
struct json *json_child(struct json *parent, const char *key); /* to be changed; NULL: not there */
struct json *json_add_object(struct json *array);
void json_add_str(struct json *array, struct str value);
void json_add_int(struct json *array, int64_t value);

MUST_USE enum err json_parse(struct str text, struct json **out_root);
const struct json *json_get(const struct json *object, const char *key); /* NULL: not there */
struct str json_get_str(const struct json *object,
                        const char *key); /* empty: not there or not text */
int64_t json_get_int(const struct json *object, const char *key);
bool json_get_bool(const struct json *object, const char *key);
size_t json_count(const struct json *array_or_object); /* 0 for anything else */
const struct json *json_at(const struct json *array, size_t index);
struct str json_key_at(const struct json *object, size_t index); /* in order; O(index) */
/* Walks over an object in order: *at is NULL before the first. False behind the last. */
bool json_next(const struct json *object, void **at, const char **out_key,
               const struct json **out_value);
struct str json_text(const struct json *value); /* of a JSON string; empty otherwise */

struct str json_write(const struct json *root, struct arena *a);        /* compact */
struct str json_write_sorted(const struct json *root, struct arena *a); /* equal: equal text */
struct str json_write_plain(const struct json *root, struct arena *a);  /* ASCII alone */
struct str json_write_lines(const struct json *root, struct arena *a);  /* for people: indented */

#endif
