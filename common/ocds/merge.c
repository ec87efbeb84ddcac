#include "common/ocds/merge.h"

#include "common/base/arena.h"
#include "common/base/map.h"

#include <stdlib.h>
#include <string.h>

struct merging {
    const struct ocds *o;
    struct arena *arena; /* for keys of lists; emptied by nobody before the end */
    const struct json *release;
    bool is_versioned;
};

struct dated {
    const struct json *release;
    struct str date;
    size_t at;
};

static int by_date(const void *a, const void *b)
{
    const struct dated *x = a;
    const struct dated *y = b;
    int order = str_compare(x->date, y->date);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

static bool is_named(const struct str *names, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(names[i], str_of(key)))
            return true;
    return false;
}

static bool is_merged_by_id(const struct merging *m, const char *key, const struct json *list)
{
    size_t n = json_count(list);
    if (is_named(m->o->whole, m->o->whole_count, key))
        return false;
    for (size_t i = 0; i < n; i++)
        if (json_kind(json_at(list, i)) != JSON_KIND_OBJECT)
            return false;
    return true;
}

/* The next version of a value, unless it is the last one again. */
static void put_version(const struct merging *m, struct json *into, const char *key,
                        const struct json *value)
{
    struct json *versions = json_child(into, key);
    if (!versions || json_kind(versions) != JSON_KIND_ARRAY)
        versions = json_set_array(into, key);
    size_t n = json_count(versions);
    if (n && json_same(json_get(json_at(versions, n - 1), "value"), value))
        return;
    struct json *version = json_add_object(versions);
    json_set_str(version, "releaseDate", json_get_str(m->release, "date"));
    json_set_str(version, "releaseID", json_get_str(m->release, "id"));
    if (json_get(m->release, "tag"))
        json_set_value(version, "releaseTag", json_clone(json_get(m->release, "tag")));
    json_set_value(version, "value", json_clone(value));
}

static void put_leaf(const struct merging *m, struct json *into, const char *key,
                     const struct json *value)
{
    if (m->is_versioned)
        put_version(m, into, key, value);
    else if (json_kind(value) == JSON_KIND_NULL)
        json_remove(into, key);
    else
        json_set_value(into, key, json_clone(value));
}

static void merge_object(const struct merging *m, struct json *into, const struct json *from,
                         int depth, bool is_listed);

/* "1" and 1 are one id, as they are for whoever reads the file. */
static struct str id_of(struct arena *a, const struct json *object)
{
    const struct json *id = json_get(object, "id");
    if (!id || json_kind(id) == JSON_KIND_NULL)
        return STR_NONE;
    return json_kind(id) == JSON_KIND_TEXT ? json_text(id) : json_write(id, a);
}

static void merge_list(const struct merging *m, struct json *into, const struct json *from,
                       int depth)
{
    struct map known;
    map_init(&known, m->arena);
    for (size_t i = 0; i < json_count(into); i++) {
        struct str id = id_of(m->arena, json_at(into, i));
        if (id.len) /* copied: a thing gets its id anew from each release */
            map_put(&known, str_copy(m->arena, id), json_at(into, i));
    }
    for (size_t i = 0; i < json_count(from); i++) {
        const struct json *one = json_at(from, i);
        struct str id = id_of(m->arena, one);
        struct json *target = id.len ? (struct json *)(uintptr_t)map_get(&known, id) : NULL;
        if (!target) {
            target = json_add_object(into);
            if (id.len)
                map_put(&known, str_copy(m->arena, id), target);
        }
        merge_object(m, target, one, depth, true);
    }
}

static void merge_value(const struct merging *m, struct json *into, const char *key,
                        const struct json *value, int depth)
{
    enum json_kind kind = json_kind(value);
    struct json *child = json_child(into, key);
    bool is_same_kind = child && json_kind(child) == kind;
    if (kind == JSON_KIND_OBJECT) {
        if (!is_same_kind)
            child = json_set_object(into, key);
        merge_object(m, child, value, depth, false);
        if (json_count(child) == 0)
            json_remove(into, key); /* nothing was said, or all of it taken back */
    } else if (kind == JSON_KIND_ARRAY && json_count(value) && is_merged_by_id(m, key, value)) {
        if (!is_same_kind)
            child = json_set_array(into, key);
        merge_list(m, child, value, depth);
    } else {
        put_leaf(m, into, key, value);
    }
}

static void merge_object(const struct merging *m, struct json *into, const struct json *from,
                         int depth, bool is_listed)
{
    void *at = NULL;
    const char *key;
    const struct json *value;
    while (json_next(from, &at, &key, &value)) {
        if (depth == 0 && (is_named(m->o->omit, m->o->omit_count, key) || strcmp(key, "ocid") == 0))
            continue;
        if (is_listed && strcmp(key, "id") == 0) /* what a thing of a list is known by */
            json_set_value(into, key, json_clone(value));
        else
            merge_value(m, into, key, value, depth + 1);
    }
}

static struct dated *sorted(const struct json *const *releases, size_t count, struct arena *a,
                            size_t *out_count)
{
    struct dated *list = NEW_ARRAY(a, struct dated, count + 1);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (json_kind(releases[i]) == JSON_KIND_OBJECT)
            list[n++] = (struct dated){releases[i], json_get_str(releases[i], "date"), i};
    qsort(list, n, sizeof *list, by_date);
    *out_count = n;
    return list;
}

static struct json *merge(const struct ocds *o, const struct json *const *releases, size_t count,
                          struct arena *a, bool is_versioned)
{
    size_t n;
    struct dated *list = sorted(releases, count, a, &n);
    struct json *into = json_new_object();
    struct str ocid = n ? json_get_str(list[n - 1].release, "ocid") : STR_NONE;
    if (!is_versioned && n) {
        struct str date = list[n - 1].date;
        json_add_str(json_set_array(into, "tag"), STR("compiled"));
        json_set_str(into, "id", str_format(a, STR_FMT "-" STR_FMT, STR_ARG(ocid), STR_ARG(date)));
        json_set_str(into, "date", date);
    }
    json_set_str(into, "ocid", ocid);
    for (size_t i = 0; i < n; i++) {
        struct merging m = {o, a, list[i].release, is_versioned};
        merge_object(&m, into, list[i].release, 0, false);
    }
    return into;
}

struct json *ocds_merge_compiled(const struct ocds *o, const struct json *const *releases,
                                 size_t count, struct arena *a)
{
    return merge(o, releases, count, a, false);
}

struct json *ocds_merge_versioned(const struct ocds *o, const struct json *const *releases,
                                  size_t count, struct arena *a)
{
    return merge(o, releases, count, a, true);
}
