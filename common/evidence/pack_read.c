#include "common/evidence/pack_parts.h"

#include "common/base/arena.h"
#include "common/base/hex.h"

struct packed { /* a pack on its way in */
    struct arena *arena;
    struct pack *pack;
};

/* What is not there is read as nothing, which writes other bytes than were read. */
static bool get_value(const struct json *o, struct str id, struct arena *a, struct value *out)
{
    const char *key = str_copy_z(a, id);
    switch (json_kind(json_get(o, key))) {
    case JSON_KIND_NULL:
        *out = value_null();
        return true;
    case JSON_KIND_INT:
        *out = value_int(json_get_int(o, key));
        return true;
    case JSON_KIND_TEXT:
        *out = value_text(str_copy(a, json_get_str(o, key)));
        return true;
    case JSON_KIND_BOOL:
    case JSON_KIND_REAL:
    case JSON_KIND_ARRAY:
    case JSON_KIND_OBJECT:
        return false;
    }
    return false;
}

static enum err read_catalog(struct packed *p, const struct json *list)
{
    struct problem_list problems;
    size_t count = json_count(list);
    if (count > CATALOG_FILES_MAX)
        return fail(ERR_MALFORMED, "too many declarations");
    struct catalog_file *files = NEW_ARRAY(p->arena, struct catalog_file, count + 1);
    for (size_t i = 0; i < count; i++)
        files[i] = (struct catalog_file){json_get_str(json_at(list, i), "path"),
                                         json_get_str(json_at(list, i), "text")};
    problem_list_init(&problems, p->arena, 1);
    p->pack->read = catalog_build(files, count, &problems);
    p->pack->catalog = p->pack->read;
    return p->pack->read ? OK : fail(ERR_MALFORMED, "the declarations have faults");
}

static enum err read_rule(struct packed *p, struct str id)
{
    struct problem_list problems;
    const struct rule **rules;
    size_t count;
    problem_list_init(&problems, p->arena, 1);
    if (!rule_load_all(p->arena, p->pack->catalog, &problems, &rules, &count))
        return fail(ERR_MALFORMED, "the declaration of the rule has faults");
    for (size_t i = 0; i < count; i++)
        if (str_equal(rules[i]->id, id))
            p->pack->rule = rules[i];
    return p->pack->rule ? OK : fail(ERR_MALFORMED, "the rule is not declared");
}

static enum err read_result(struct packed *p, const struct json *o)
{
    struct pack_result *r = &p->pack->result;
    struct value *values = NEW_ARRAY(p->arena, struct value, p->pack->rule->let_count + 1);
    const struct json *list = json_get(o, "values");
    bool is_read = pack_part_read(o, pack_result_parts, p->arena, r);
    for (size_t i = 0; i < p->pack->rule->let_count; i++)
        is_read = is_read && get_value(list, p->pack->rule->lets[i].id, p->arena, &values[i]);
    r->values = values;
    return is_read ? OK : fail(ERR_MALFORMED, "the result does not read");
}

static enum err read_row(struct packed *p, const struct json *o, struct pack_row *out)
{
    const struct dataset *d = catalog_dataset(p->pack->catalog, json_get_str(o, "dataset"));
    if (!d)
        return fail(ERR_MALFORMED, "a row of a dataset that is not declared");
    struct value *values = NEW_ARRAY(p->arena, struct value, d->field_count + 1);
    struct pack_person *persons = NEW_ARRAY(p->arena, struct pack_person, d->field_count + 1);
    bool is_read = pack_part_read(o, pack_row_parts, p->arena, out) &&
                   pack_part_read(json_get(o, "batch"), pack_batch_parts, p->arena, &out->batch);
    for (size_t i = 0; i < d->field_count && is_read; i++) {
        const struct json *person =
            json_get(json_get(o, "persons"), str_copy_z(p->arena, d->fields[i].id));
        is_read = get_value(json_get(o, "values"), d->fields[i].id, p->arena, &values[i]);
        persons[i] =
            (struct pack_person){json_get_int(person, "person"), json_get_int(person, "tier"),
                                 str_copy(p->arena, json_get_str(person, "how"))};
    }
    out->dataset = d;
    out->values = values;
    out->persons = persons;
    return is_read ? OK : fail(ERR_MALFORMED, "a row does not read");
}

static enum err read_lists(struct packed *p, const struct json *o)
{
    const struct json *rows = json_get(o, "evidence");
    const struct json *sources = json_get(o, "freshness");
    size_t row_count = json_count(rows);
    size_t source_count = json_count(sources);
    if (row_count > PACK_ROWS_MAX || source_count > PACK_ROWS_MAX)
        return fail(ERR_MALFORMED, "too many rows");
    struct pack_row *out_rows = NEW_ARRAY(p->arena, struct pack_row, row_count + 1);
    struct pack_source *out_sources = NEW_ARRAY(p->arena, struct pack_source, source_count + 1);
    for (size_t i = 0; i < row_count; i++)
        TRY(read_row(p, json_at(rows, i), &out_rows[i]));
    for (size_t i = 0; i < source_count; i++)
        if (!pack_part_read(json_at(sources, i), pack_source_parts, p->arena, &out_sources[i]))
            return fail(ERR_MALFORMED, "a source does not read");
    p->pack->rows = out_rows;
    p->pack->row_count = row_count;
    p->pack->sources = out_sources;
    p->pack->source_count = source_count;
    return OK;
}

static enum err read_signature(struct packed *p, const struct json *o, struct signature *out)
{
    out->suite = str_copy(p->arena, json_get_str(o, "suite"));
    out->key = str_copy(p->arena, json_get_str(o, "key"));
    return hex_decode(json_get_str(o, "value"), out->value, sizeof out->value)
               ? OK
               : fail(ERR_MALFORMED, "the signature does not read");
}

static enum err read_all(struct packed *p, const struct json *root, struct signature *out_signature)
{
    const struct json *o = json_get(root, "pack");
    if (!str_equal(json_get_str(o, "format"), STR(PACK_FORMAT)))
        return fail(ERR_MALFORMED, "not a " PACK_FORMAT);
    if (!pack_part_read(o, pack_head_parts, p->arena, p->pack) ||
        !pack_part_read(json_get(o, "finding"), pack_finding_parts, p->arena, &p->pack->finding))
        return fail(ERR_MALFORMED, "the head does not read");
    TRY(read_catalog(p, json_get(o, "declarations")));
    TRY(read_rule(p, json_get_str(json_get(o, "rule"), "id")));
    TRY(read_result(p, json_get(o, "result")));
    TRY(read_lists(p, o));
    return read_signature(p, json_get(root, "signature"), out_signature);
}

enum err pack_read(struct arena *a, struct str file, struct pack *out_pack,
                   struct signature *out_signature)
{
    struct json *root = NULL;
    struct packed p = {a, out_pack};
    *out_pack = (struct pack){.made_ms = 0};
    if (file.len > PACK_BYTES_MAX)
        return fail(ERR_TOO_LARGE, "a pack of %zu bytes", file.len);
    TRY(json_parse(file, &root));
    enum err e = read_all(&p, root, out_signature);
    json_free(root);
    if (e != OK)
        pack_done(out_pack);
    return e;
}

void pack_done(struct pack *p)
{
    catalog_free(p->read);
    p->read = NULL;
}
