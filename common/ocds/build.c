#include "common/ocds/build.h"

#include "common/base/arena.h"
#include "common/model/type.h"

#include <string.h>

#define PREFIX "ocds-zd" /* of our own processes; not registered */
#define SCHEME "CN-USCC"

void build_init(struct build *b, const struct ocds *o, struct arena *a)
{
    *b = (struct build){.o = o, .arena = a};
    map_init(&b->processes, a);
    map_init(&b->projects, a);
    map_init(&b->elements, a);
}

void build_free(struct build *b)
{
    for (size_t i = 0; i < b->list.count; i++)
        json_free(b->list.at[i]->root);
    b->list.count = 0;
}

static bool is_list(const struct ocds *o, struct str name)
{
    for (size_t i = 0; i < o->list_count; i++)
        if (str_equal(o->lists[i], name))
            return true;
    return false;
}

/* The object at the end of the steps, made on the way; of a list the first. */
static struct json *reach(struct build *b, struct json *from, const struct ocds_path *p,
                          size_t steps)
{
    for (size_t i = 0; i < steps; i++) {
        const char *key = str_copy_z(b->arena, p->steps[i]);
        struct json *next = json_child(from, key);
        if (is_list(b->o, p->steps[i])) {
            if (!next)
                next = json_set_array(from, key);
            if (json_count(next) == 0)
                json_set_str(json_add_object(next), "id", STR("1"));
            next = (struct json *)(uintptr_t)json_at(next, 0);
        } else if (!next) {
            next = json_set_object(from, key);
        }
        from = next;
    }
    return from;
}

static struct str text_of(struct build *b, const struct field *f, const struct value *v)
{
    struct field plain = *f;
    plain.unit_factor = 0;
    if (v->kind == VALUE_NULL)
        return STR_NONE;
    if (f->kind == FIELD_DATE)
        return str_format(b->arena, "%04d-%02d-%02dT00:00:00+08:00", (int)(v->number / 10000),
                          (int)(v->number / 100 % 100), (int)(v->number % 100));
    if (f->kind == FIELD_DATETIME)
        return str_format(b->arena, "%04d-%02d-%02dT%02d:%02d:%02d+08:00",
                          (int)(v->number / 10000000000), (int)(v->number / 100000000 % 100),
                          (int)(v->number / 1000000 % 100), (int)(v->number / 10000 % 100),
                          (int)(v->number / 100 % 100), (int)(v->number % 100));
    return f->kind == FIELD_CODE || v->kind == VALUE_TEXT ? v->text
                                                          : type_format(b->arena, &plain, v);
}

static void put_money(struct build *b, struct json *into, const char *key, int64_t fen)
{
    struct json *value = json_set_object(into, key);
    if (fen % 100 == 0)
        json_set_int(value, "amount", fen / 100);
    else
        json_set_raw(value, "amount",
                     str_format(b->arena, "%s%lld.%02d", fen < 0 ? "-" : "",
                                (long long)((fen < 0 ? -fen : fen) / 100),
                                (int)((fen < 0 ? -fen : fen) % 100)));
    json_set_str(value, "currency", STR("CNY"));
}

/* "tenderers" → "tenderer": the role that the list says. */
static struct str role_of(struct str step)
{
    return str_ends(step, STR("s")) ? str_slice(step, 0, step.len - 1) : step;
}

static struct json *party_of(struct json *root, struct str id)
{
    struct json *parties = json_child(root, "parties");
    if (!parties)
        parties = json_set_array(root, "parties");
    for (size_t i = 0; i < json_count(parties); i++)
        if (str_equal(json_get_str(json_at(parties, i), "id"), id))
            return (struct json *)(uintptr_t)json_at(parties, i);
    struct json *party = json_add_object(parties);
    json_set_str(party, "id", id);
    return party;
}

static struct str put_party(struct build *b, struct json *root, struct str code, struct str role)
{
    struct str id = str_format(b->arena, SCHEME "-" STR_FMT, STR_ARG(code));
    struct json *party = party_of(root, id);
    struct json *identifier = json_set_object(party, "identifier");
    json_set_str(identifier, "scheme", STR(SCHEME));
    json_set_str(identifier, "id", code);
    struct json *roles = json_child(party, "roles");
    if (!roles)
        roles = json_set_array(party, "roles");
    for (size_t i = 0; i < json_count(roles); i++)
        if (str_equal(json_text(json_at(roles, i)), role))
            return id;
    json_add_str(roles, role);
    return id;
}

static struct str recode(const struct ocds_field *f, struct str text)
{
    for (size_t i = 0; i < f->code_count; i++)
        if (str_equal(text, f->codes[i].ours))
            return f->codes[i].theirs;
    return text;
}

static bool is_path(const struct ocds_path *p, const char *step)
{
    return p->count == 1 && str_equal(p->steps[0], str_of(step));
}

/* Where a row stands: its process, and the element that it fills in. */
struct target {
    struct json *root, *here;
};

static void put_field(struct build *b, const struct ocds_table *t, const struct ocds_field *f,
                      const struct target *at, const struct value *v)
{
    const struct field *field = &t->dataset->fields[f->field];
    if (v->kind == VALUE_NULL || f->is_up || f->way == OCDS_POSITION || f->way == OCDS_AWARD ||
        is_path(&f->path, "ocid"))
        return;
    struct json *into = reach(b, f->is_root ? at->root : at->here, &f->path, f->path.count - 1);
    const char *key = str_copy_z(b->arena, f->path.steps[f->path.count - 1]);
    if (f->way == OCDS_MONEY)
        put_money(b, into, key, v->number);
    else if (f->way == OCDS_PARTY)
        json_set_str(into, key,
                     put_party(b, at->root, v->text, role_of(f->path.steps[f->path.count - 2])));
    else
        json_set_str(into, key, recode(f, text_of(b, field, v)));
}

/* Names stand in the list of parties too. */
static void name_parties(struct json *root, const struct json *organisation)
{
    struct str id = json_get_str(organisation, "id");
    struct str name = json_get_str(organisation, "name");
    if (str_starts(id, STR(SCHEME)) && name.len)
        json_set_str(party_of(root, id), "name", name);
}

static const struct value *value_at(const struct ocds_table *t, const struct value *values,
                                    bool (*is_wanted)(const struct ocds_field *f))
{
    const struct value *found = NULL;
    for (size_t i = 0; i < t->field_count; i++)
        if (is_wanted(&t->fields[i]) && values[t->fields[i].field].kind == VALUE_TEXT)
            found = &values[t->fields[i].field]; /* the last: the lot, not its project */
    return found;
}

static bool is_process(const struct ocds_field *f)
{
    return is_path(&f->path, "ocid");
}

static bool is_around(const struct ocds_field *f)
{
    return f->is_up;
}

static bool is_own_id(const struct ocds_field *f)
{
    return !f->is_root && !f->is_up && is_path(&f->path, "id");
}

static struct build_process *process_of(struct build *b, struct str key, struct str project)
{
    struct build_process *p = (struct build_process *)(uintptr_t)map_get(&b->processes, key);
    if (p)
        return p;
    p = NEW(b->arena, struct build_process);
    p->root = json_new_object();
    p->ocid = str_starts(key, STR("ocds-")) ? str_copy(b->arena, key)
              : project.len
                  ? str_format(b->arena, PREFIX STR_FMT "-" STR_FMT, STR_ARG(project), STR_ARG(key))
                  : str_format(b->arena, PREFIX "-" STR_FMT, STR_ARG(key));
    json_set_str(p->root, "ocid", p->ocid);
    map_put(&b->processes, str_copy(b->arena, key), p);
    VEC_PUSH(&b->list, b->arena, p);
    return p;
}

static struct json *list_at(struct build *b, struct json *from, const struct ocds_path *each,
                            size_t first)
{
    for (size_t i = first; i + 1 < each->count; i++) {
        const char *key = str_copy_z(b->arena, each->steps[i]);
        struct json *next = json_child(from, key);
        from = next ? next : json_set_object(from, key);
    }
    const char *last = str_copy_z(b->arena, each->steps[each->count - 1]);
    struct json *list = json_child(from, last);
    return list ? list : json_set_array(from, last);
}

static struct str element_key(struct build *b, const struct ocds_path *each, struct str id)
{
    return str_format(b->arena, STR_FMT "|" STR_FMT, STR_ARG(each->steps[0]), STR_ARG(id));
}

struct element {
    struct json *root, *here;
};

static struct json *add_element(struct build *b, const struct ocds_table *t, struct json *root,
                                struct json *list, const struct value *id)
{
    struct json *here = json_add_object(list);
    struct str name = id ? id->text : str_format(b->arena, "%zu", json_count(list));
    json_set_str(here, "id", name);
    if (t->each.count == 1) {
        struct element *e = NEW(b->arena, struct element);
        *e = (struct element){root, here};
        map_put(&b->elements, element_key(b, &t->each, name), e);
    }
    return here;
}

static void say_always(struct build *b, const struct ocds_table *t, struct json *here)
{
    size_t last = t->always.count;
    if (last == 0)
        return;
    json_set_str(reach(b, here, &t->always, last - 1),
                 str_copy_z(b->arena, t->always.steps[last - 1]), t->always_says);
}

/* The table of the elements of a list of the process. */
static const struct ocds_table *table_of(const struct ocds *o, const char *list)
{
    for (size_t i = 0; i < o->table_count; i++)
        if (is_path(&o->tables[i].each, list))
            return &o->tables[i];
    return NULL;
}

/* A contract names its award; one without a tender is its own award. */
static void put_award(struct build *b, const struct ocds_table *t, const struct value *values,
                      struct build_process *p, struct json *here)
{
    struct str name = STR_NONE, code = STR_NONE;
    const struct ocds_field *by = NULL;
    for (size_t i = 0; i < t->field_count; i++) {
        const struct ocds_field *f = &t->fields[i];
        if (f->way != OCDS_AWARD || values[f->field].kind != VALUE_TEXT)
            continue;
        by = f;
        *(f->is_party ? &code : &name) = values[f->field].text;
    }
    if (!by)
        return;
    struct json *awards = json_child(p->root, "awards");
    struct str party = code.len ? put_party(b, p->root, code, STR("supplier")) : STR_NONE;
    const struct json *found = NULL;
    for (size_t i = 0; i < json_count(awards) && !found; i++) {
        const struct json *supplier = json_at(json_get(json_at(awards, i), "suppliers"), 0);
        if (party.len ? str_equal(json_get_str(supplier, "id"), party)
                      : str_equal(json_get_str(supplier, "name"), name))
            found = json_at(awards, i);
    }
    if (!found) {
        struct json *award = json_add_object(awards ? awards : json_set_array(p->root, "awards"));
        json_set_str(award, "id",
                     str_format(b->arena, "award-" STR_FMT, STR_ARG(json_get_str(here, "id"))));
        if (table_of(b->o, "awards"))
            say_always(b, table_of(b->o, "awards"), award);
        if (json_get(here, "value"))
            json_set_value(award, "value", json_clone(json_get(here, "value")));
        struct json *supplier = json_add_object(json_set_array(award, "suppliers"));
        if (party.len)
            json_set_str(supplier, "id", party);
        if (name.len)
            json_set_str(supplier, "name", name);
        name_parties(p->root, supplier);
        found = award;
    }
    json_set_str(here, str_copy_z(b->arena, by->path.steps[0]), json_get_str(found, "id"));
}

static void fill(struct build *b, const struct ocds_table *t, const struct value *values,
                 const struct target *at)
{
    for (size_t i = 0; i < t->field_count; i++)
        put_field(b, t, &t->fields[i], at, &values[t->fields[i].field]);
    static const char *const lists[] = {"tenderers", "suppliers"};
    for (size_t i = 0; i < 2; i++)
        if (json_get(at->here, lists[i]))
            name_parties(at->root, json_at(json_get(at->here, lists[i]), 0));
    if (json_get(at->root, "buyer"))
        name_parties(at->root, json_get(at->root, "buyer"));
}

void build_take(struct build *b, const struct ocds_table *t, const struct value *values)
{
    const struct value *around = value_at(t, values, is_around);
    const struct value *process = value_at(t, values, is_process);
    const struct value *id = value_at(t, values, is_own_id);
    struct build_process *p = NULL;
    struct target at = {0};
    if (around) { /* payments and milestones of a contract */
        const struct element *outer = map_get(&b->elements, element_key(b, &t->each, around->text));
        if (!outer) {
            b->lost++;
            return;
        }
        struct json *list = list_at(b, outer->here, &t->each, 1);
        at = (struct target){outer->root, add_element(b, t, outer->root, list, id)};
    } else {
        const struct value *key = process ? process : id;
        const struct value *first = t->field_count ? &values[t->fields[0].field] : NULL;
        bool has_project = t->each.count == 0 && first && first->kind == VALUE_TEXT;
        if (!key) {
            b->lost++;
            return;
        }
        p = has_project && first == key
                ? (struct build_process *)(uintptr_t)map_get(&b->projects, key->text)
                : NULL;
        if (!p)
            p = process_of(b, key->text, has_project && first != key ? first->text : STR_NONE);
        if (has_project && !map_get(&b->projects, first->text))
            map_put(&b->projects, str_copy(b->arena, first->text), p);
        at.root = p->root;
        at.here = t->each.count ? add_element(b, t, p->root, list_at(b, p->root, &t->each, 0), id)
                                : p->root;
    }
    fill(b, t, values, &at);
    say_always(b, t, at.here);
    if (p)
        put_award(b, t, values, p, at.here);
}

void build_finish(struct build *b, struct str date)
{
    for (size_t i = 0; i < b->list.count; i++) {
        struct build_process *p = b->list.at[i];
        json_set_str(p->root, "id",
                     str_format(b->arena, STR_FMT "-" STR_FMT, STR_ARG(p->ocid), STR_ARG(date)));
        json_set_str(p->root, "date", date);
        json_add_str(json_set_array(p->root, "tag"), STR("compiled"));
        json_set_str(p->root, "language", STR("zh"));
        json_set_str(p->root, "initiationType", STR("tender"));
    }
}
