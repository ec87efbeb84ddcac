#include "common/evidence/pack_parts.h"

#include "common/base/arena.h"
#include "common/base/hex.h"

static void set_value(struct json *o, const char *key, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
        json_set_null(o, key);
        return;
    case VALUE_INT:
        json_set_int(o, key, v->number);
        return;
    case VALUE_TEXT:
        json_set_str(o, key, v->text);
        return;
    }
}

static void put_result(struct arena *a, struct json *o, const struct pack *p)
{
    pack_part_write(a, o, pack_result_parts, &p->result);
    struct json *values = json_set_object(o, "values");
    for (size_t i = 0; i < p->rule->let_count; i++)
        set_value(values, str_copy_z(a, p->rule->lets[i].id), &p->result.values[i]);
}

/* All that stands in the declaration too: written from it, for a reader who does not know the
 * language of rules. */
void pack_rule_write(struct arena *a, struct json *o, const struct rule *r)
{
    json_set_str(o, "id", r->id);
    json_set_str(o, "zh", r->zh);
    json_set_str(o, "en", r->en);
    json_set_int(o, "version", r->version);
    json_set_str(o, "hash", hex_encode(a, hash_str(&r->hash)));
    json_set_str(o, "basis", r->basis);
    json_set_str(o, "check_zh", r->check_zh);
    json_set_str(o, "check_en", r->check_en);
    struct json *params = json_set_array(o, "parameters");
    for (size_t i = 0; i < r->param_count; i++) {
        struct json *x = json_add_object(params);
        json_set_str(x, "id", r->params[i].id);
        json_set_str(x, "zh", r->params[i].zh);
        json_set_str(x, "en", r->params[i].en);
        json_set_int(x, "value", r->params[i].value);
    }
    struct json *tried = json_set_array(o, "tried");
    for (size_t i = 0; i < r->unless_count; i++) {
        struct json *x = json_add_object(tried);
        json_set_str(x, "id", r->unless[i].id);
        json_set_str(x, "zh", r->unless[i].zh);
        json_set_str(x, "en", r->unless[i].en);
    }
}

static void put_row(struct arena *a, struct json *o, const struct pack_row *row)
{
    const struct dataset *d = row->dataset;
    json_set_str(o, "dataset", d->id);
    json_set_str(o, "dataset_zh", d->zh);
    json_set_str(o, "dataset_en", d->en);
    pack_part_write(a, o, pack_row_parts, row);
    struct json *values = json_set_object(o, "values");
    struct json *persons = json_set_object(o, "persons");
    for (size_t i = 0; i < d->field_count; i++) {
        const char *key = str_copy_z(a, d->fields[i].id);
        set_value(values, key, &row->values[i]);
        if (!row->persons[i].person)
            continue;
        struct json *x = json_set_object(persons, key);
        json_set_int(x, "person", row->persons[i].person);
        json_set_int(x, "tier", row->persons[i].tier);
        json_set_str(x, "how", row->persons[i].how);
    }
    pack_part_write(a, json_set_object(o, "batch"), pack_batch_parts, &row->batch);
}

static void put_declarations(struct arena *a, struct json *list, const struct pack *p)
{
    struct catalog_file *files;
    size_t count;
    pack_declarations(a, p->catalog, p->rule, &files, &count);
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(list);
        json_set_str(o, "path", files[i].path);
        json_set_str(o, "text", files[i].text);
    }
}

struct str pack_write(struct arena *a, const struct pack *p)
{
    struct json *root = json_new_object();
    json_set_str(root, "format", STR(PACK_FORMAT));
    pack_part_write(a, root, pack_head_parts, p);
    pack_part_write(a, json_set_object(root, "finding"), pack_finding_parts, &p->finding);
    put_result(a, json_set_object(root, "result"), p);
    pack_rule_write(a, json_set_object(root, "rule"), p->rule);
    struct json *sources = json_set_array(root, "freshness");
    for (size_t i = 0; i < p->source_count; i++)
        pack_part_write(a, json_add_object(sources), pack_source_parts, &p->sources[i]);
    struct json *rows = json_set_array(root, "evidence");
    for (size_t i = 0; i < p->row_count; i++)
        put_row(a, json_add_object(rows), &p->rows[i]);
    put_declarations(a, json_set_array(root, "declarations"), p);
    struct str text = json_write(root, a);
    json_free(root);
    return text;
}

#define FILE_HEAD "{\"pack\":"
#define FILE_MIDDLE ",\"signature\":"

struct str pack_file(struct arena *a, struct str written, const struct signature *s)
{
    struct json *o = json_new_object();
    json_set_str(o, "suite", s->suite);
    json_set_str(o, "key", s->key);
    json_set_str(o, "value", hex_encode(a, str_make(s->value, sizeof s->value)));
    struct str signature = json_write(o, a);
    json_free(o);
    return str_format(a, FILE_HEAD STR_FMT FILE_MIDDLE STR_FMT "}\n", STR_ARG(written),
                      STR_ARG(signature));
}

struct str pack_signed_part(struct str file)
{
    if (!str_starts(file, STR(FILE_HEAD)))
        return STR_NONE;
    for (size_t end = file.len; end > STR(FILE_HEAD).len; end--)
        if (str_starts(str_skip(file, end), STR(FILE_MIDDLE)))
            return str_slice(file, STR(FILE_HEAD).len, end);
    return STR_NONE;
}
