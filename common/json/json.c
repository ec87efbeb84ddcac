#include "common/json/json.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <jansson.h>

/* struct json is the library's json_t under a name of ours, so that no other file needs its header.
 */
static json_t *in(const struct json *j)
{
    return (json_t *)(uintptr_t)j;
}

static struct json *out(json_t *j)
{
    return (struct json *)j;
}

enum json_kind json_kind(const struct json *value)
{
    if (!value)
        return JSON_KIND_NULL;
    switch (json_typeof(in(value))) {
    case JSON_NULL:
        return JSON_KIND_NULL;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_KIND_BOOL;
    case JSON_INTEGER:
        return JSON_KIND_INT;
    case JSON_REAL:
        return JSON_KIND_REAL;
    case JSON_STRING:
        return JSON_KIND_TEXT;
    case JSON_ARRAY:
        return JSON_KIND_ARRAY;
    case JSON_OBJECT:
        return JSON_KIND_OBJECT;
    }
    return JSON_KIND_NULL;
}

bool json_same(const struct json *a, const struct json *b)
{
    return json_equal(in(a), in(b));
}

struct json *json_clone(const struct json *value)
{
    json_t *copy = json_deep_copy(in(value));
    ASSERT(copy != NULL);
    return out(copy);
}

double json_double(const struct json *number)
{
    return json_number_value(in(number));
}

struct json *json_new_object(void)
{
    return out(json_object());
}

struct json *json_new_array(void)
{
    return out(json_array());
}

void json_free(struct json *root)
{
    json_decref(in(root));
}

static void set(struct json *object, const char *key, json_t *value)
{
    ASSERT(json_is_object(in(object)));
    ASSERT(json_object_set_new(in(object), key, value) == 0);
}

static void add(struct json *array, json_t *value)
{
    ASSERT(json_is_array(in(array)));
    ASSERT(json_array_append_new(in(array), value) == 0);
}

static json_t *text_of(struct str value)
{
    json_t *text = json_stringn(value.len ? value.ptr : "", value.len);
    return text ? text : json_string(""); /* not UTF-8 */
}

void json_set_str(struct json *object, const char *key, struct str value)
{
    set(object, key, text_of(value));
}

void json_set_int(struct json *object, const char *key, int64_t value)
{
    set(object, key, json_integer(value));
}

void json_set_bool(struct json *object, const char *key, bool value)
{
    set(object, key, json_boolean(value));
}

void json_set_null(struct json *object, const char *key)
{
    set(object, key, json_null());
}

struct json *json_set_object(struct json *object, const char *key)
{
    json_t *child = json_object();
    set(object, key, child);
    return out(child);
}

struct json *json_set_array(struct json *object, const char *key)
{
    json_t *child = json_array();
    set(object, key, child);
    return out(child);
}

void json_set_raw(struct json *object, const char *key, struct str text)
{
    json_t *value = text.len ? json_loadb(text.ptr, text.len, JSON_DECODE_ANY, NULL) : NULL;
    set(object, key, value ? value : text_of(text));
}

void json_set_value(struct json *object, const char *key, struct json *value)
{
    set(object, key, in(value));
}

void json_add_value(struct json *array, struct json *value)
{
    add(array, in(value));
}

void json_remove(struct json *object, const char *key)
{
    json_object_del(in(object), key);
}

struct json *json_child(struct json *parent, const char *key)
{
    return out(json_object_get(in(parent), key));
}

struct json *json_add_object(struct json *array)
{
    json_t *child = json_object();
    add(array, child);
    return out(child);
}

void json_add_str(struct json *array, struct str value)
{
    add(array, text_of(value));
}

void json_add_int(struct json *array, int64_t value)
{
    add(array, json_integer(value));
}

/* The library's own limit of nesting is 2048, far more than any message here; deep nesting is
 * refused before it parses. */
static bool is_too_deep(struct str text)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > JSON_DEPTH_MAX)
                return true;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return false;
}

enum err json_parse(struct str text, struct json **out_root)
{
    if (is_too_deep(text))
        return fail(ERR_MALFORMED, "JSON is nested deeper than %d", JSON_DEPTH_MAX);
    json_error_t error;
    json_t *root = json_loadb(text.len ? text.ptr : "", text.len, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        return fail(ERR_MALFORMED, "JSON does not parse at line %d, column %d", error.line,
                    error.column);
    *out_root = out(root);
    return OK;
}

const struct json *json_get(const struct json *object, const char *key)
{
    return out(json_object_get(in(object), key));
}

struct str json_text(const struct json *value)
{
    const char *text = json_string_value(in(value));
    return text ? str_make(text, json_string_length(in(value))) : STR_NONE;
}

struct str json_get_str(const struct json *object, const char *key)
{
    return json_text(json_get(object, key));
}

int64_t json_get_int(const struct json *object, const char *key)
{
    return json_integer_value(in(json_get(object, key)));
}

bool json_get_bool(const struct json *object, const char *key)
{
    return json_is_true(in(json_get(object, key)));
}

size_t json_count(const struct json *value)
{
    return json_is_array(in(value)) ? json_array_size(in(value)) : json_object_size(in(value));
}

const struct json *json_at(const struct json *array, size_t index)
{
    return out(json_array_get(in(array), index));
}

struct str json_key_at(const struct json *object, size_t index)
{
    void *at = json_object_iter(in(object));
    for (size_t i = 0; at && i < index; i++)
        at = json_object_iter_next(in(object), at);
    return at ? str_of(json_object_iter_key(at)) : STR_NONE;
}

bool json_next(const struct json *object, void **at, const char **out_key,
               const struct json **out_value)
{
    *at = *at ? json_object_iter_next(in(object), *at) : json_object_iter(in(object));
    if (!*at)
        return false;
    *out_key = json_object_iter_key(*at);
    *out_value = out(json_object_iter_value(*at));
    return true;
}

static struct str dump(const struct json *root, struct arena *a, size_t form)
{
    size_t len = json_dumpb(in(root), NULL, 0, form);
    char *bytes = arena_take_raw(a, len + 1);
    ASSERT(json_dumpb(in(root), bytes, len, form) == len);
    return str_make(bytes, len);
}

struct str json_write(const struct json *root, struct arena *a)
{
    return dump(root, a, JSON_COMPACT | JSON_ENCODE_ANY);
}

struct str json_write_sorted(const struct json *root, struct arena *a)
{
    return dump(root, a, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
}

struct str json_write_plain(const struct json *root, struct arena *a)
{
    return dump(root, a, JSON_COMPACT | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
}

struct str json_write_lines(const struct json *root, struct arena *a)
{
    return dump(root, a, JSON_INDENT(2) | JSON_ENCODE_ANY);
}
