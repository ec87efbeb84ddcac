#include "common/model/loader.h"

#include "common/base/check.h"
#include "common/base/map.h"
#include "common/base/vec.h"
#include "common/model/expr.h"
#include "common/model/mapping.h"
#include "common/model/reading.h"
#include "common/model/type.h"

/* id "zh" en "en" behind the keyword of a block */
static void read_head(struct reading *r, struct str *out_id, struct str *out_zh, struct str *out_en)
{
    if (reading_name(r, out_id) && reading_texts(r, out_zh, out_en))
        reading_end(r);
}

static void fault_unknown(struct reading *r)
{
    r->at = 0;
    reading_fault(r, "decl.keyword", STR("不认识的语句"), STR("this statement is unknown here"));
}

/* Notes that `name` stands for what `node` declares; false when it stands for something else: a
 * cell or header could then mean either, and nothing is guessed. */
static bool claim_name(struct map *names, struct str name, const struct decl_node *node)
{
    const struct decl_node *before = map_get(names, name);
    if (!before)
        map_put(names, name, node);
    return !before || before == node;
}

static bool claim_code(struct map *names, const struct vocab_code *c, const struct decl_node *node)
{
    bool is_own = claim_name(names, c->code, node);
    is_own = claim_name(names, c->zh, node) && is_own;
    is_own = claim_name(names, c->en, node) && is_own;
    for (size_t i = 0; i < c->alias_count; i++)
        is_own = claim_name(names, c->aliases[i], node) && is_own;
    return is_own;
}

static bool claim_field(struct arena *a, struct map *names, const struct field *f,
                        const struct decl_node *node)
{
    bool is_own = claim_name(names, f->id, node);
    is_own = claim_name(names, mapping_plain_header(a, f->zh), node) && is_own;
    is_own = claim_name(names, mapping_plain_header(a, f->en), node) && is_own;
    for (size_t i = 0; i < f->alias_count; i++)
        is_own = claim_name(names, mapping_plain_header(a, f->aliases[i]), node) && is_own;
    return is_own;
}

void loader_vocab(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                  struct problem_list *problems, struct vocab *out)
{
    VEC(struct vocab_code) codes = {0};
    struct reading head = reading_of(a, file, node, problems);
    struct map names;
    map_init(&names, a);
    *out = (struct vocab){0};
    read_head(&head, &out->id, &out->zh, &out->en);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        struct vocab_code c = {0};
        if (str_equal(decl_keyword(r.node), STR("version"))) {
            if (reading_int(&r, &out->version))
                reading_end(&r);
        } else if (!str_equal(decl_keyword(r.node), STR("code"))) {
            fault_unknown(&r);
        } else if (reading_word(&r, &c.code) && reading_texts(&r, &c.zh, &c.en) &&
                   reading_aliases(&r, &c.aliases, &c.alias_count) && reading_end(&r)) {
            if (!claim_code(&names, &c, r.node))
                reading_fault(&r, "vocab.twice", STR("代码或其名称与另一项重复"),
                              STR("the code or one of its names stands for another one already"));
            VEC_PUSH(&codes, a, c);
        }
    }
    out->codes = codes.at;
    out->code_count = codes.count;
    if (codes.count == 0)
        decl_problem(problems, file, node, NULL, "vocab.empty", STR("词表中没有代码"),
                     STR("the vocabulary has no codes"));
}

/* A bound of `between`, in the unit of a person; kept in the unit of the value. */
static bool read_bound(struct reading *r, const struct field *f, int64_t *out)
{
    const struct decl_token *t = reading_peek(r);
    bool is_negative = reading_take_punct(r, "-");
    t = reading_peek(r);
    int digits = f->kind == FIELD_MONEY                               ? 2
                 : f->kind == FIELD_PERCENT                           ? 2
                 : f->kind == FIELD_AREA || f->kind == FIELD_QUANTITY ? 4
                                                                      : 0;
    if (t && t->kind == DECL_DATE && f->kind == FIELD_DATE) {
        *out = t->number;
    } else if (t && t->kind == DECL_NUMBER && t->scale <= digits) {
        int64_t n = t->number;
        for (int i = t->scale; i < digits; i++)
            n *= 10;
        *out = is_negative ? -n : n;
    } else {
        reading_fault(r, "field.bound", STR("此处应为范围的一端"),
                      STR("a bound of the range is expected here"));
        return false;
    }
    r->at++;
    return true;
}

struct person_words { /* of `person NAME with FIELD as KIND, …`, until all fields are known */
    struct str name;
    struct str company; /* of `company NAME` */
    struct str fields[EVIDENCE_KINDS];
    enum evidence_kind kinds[EVIDENCE_KINDS];
    size_t count;
};

static const struct {
    const char *word;
    enum field_kind kind;
} evidence_kinds[EVIDENCE_KINDS] = {
    [EVIDENCE_BIRTH] = {"birth", FIELD_DATE},     [EVIDENCE_PHONE] = {"phone", FIELD_TEXT},
    [EVIDENCE_ADDRESS] = {"address", FIELD_TEXT}, [EVIDENCE_ACCOUNT] = {"account", FIELD_ACCOUNT},
    [EVIDENCE_UNIT] = {"unit", FIELD_TEXT},
};

/* A field that is called like a kind is of that kind. */
static bool read_evidence(struct reading *r, struct person_words *p)
{
    do {
        struct str kind;
        size_t k = 0;
        bool is_twice = false;
        if (p->count == EVIDENCE_KINDS || !reading_word(r, &p->fields[p->count]))
            break;
        kind = p->fields[p->count];
        if (reading_take_word(r, "as") && !reading_word(r, &kind))
            return false;
        while (k < EVIDENCE_KINDS && !str_equal(kind, str_of(evidence_kinds[k].word)))
            k++;
        for (size_t i = 0; i < p->count; i++)
            is_twice = is_twice || p->kinds[i] == (enum evidence_kind)k;
        if (k == EVIDENCE_KINDS || is_twice) {
            r->at--;
            reading_fault(
                r, "field.evidence",
                STR("with 之后为字段，用途为 birth、phone、address、account 或 unit，各一个"),
                STR("fields follow `with`, one as each of birth, phone, address, "
                    "account, unit"));
            return false;
        }
        p->kinds[p->count++] = (enum evidence_kind)k;
    } while (reading_take_punct(r, ","));
    return true;
}

/* The words between the type and the texts. */
static bool read_modifiers(struct reading *r, struct field *f, struct person_words *out_person)
{
    int64_t most;
    struct str unit;
    for (;;) {
        if (reading_take_word(r, "required")) {
            f->is_required = true;
        } else if (reading_take_word(r, "secret")) {
            f->is_secret = true;
        } else if (reading_take_word(r, "max")) {
            if (!reading_int(r, &most) || most < 1 || most > UINT32_MAX) {
                reading_fault(r, "field.max", STR("max 之后应为正整数"),
                              STR("a positive number is expected behind max"));
                return false;
            }
            f->length_max = (uint32_t)most;
        } else if (reading_take_word(r, "person")) {
            if (!reading_word(r, &out_person->name) ||
                (reading_take_word(r, "with") && !read_evidence(r, out_person)))
                return false;
        } else if (reading_take_word(r, "company")) {
            if (!reading_word(r, &out_person->company))
                return false;
        } else if (reading_take_word(r, "unit")) {
            if (!reading_word(r, &unit))
                return false;
            if (!str_equal(unit, STR("元")) && !str_equal(unit, STR("万元"))) {
                r->at--;
                reading_fault(r, "field.unit", STR("单位应为元或万元"),
                              STR("the unit is 元 or 万元"));
                return false;
            }
            f->unit_factor = str_equal(unit, STR("万元")) ? 1000000 : 100;
        } else if (reading_take_word(r, "between")) {
            f->has_range = true;
            if (!read_bound(r, f, &f->least))
                return false;
            if (!reading_take_word(r, "and")) {
                reading_fault(r, "field.and", STR("此处应为 and"),
                              STR("expected: between A and B"));
                return false;
            }
            if (!read_bound(r, f, &f->most))
                return false;
            if (f->least > f->most || type_of(f->kind)->value != VALUE_INT) {
                r->at--;
                reading_fault(r, "field.range", STR("只有数值字段有范围，且前端不大于后端"),
                              STR("a range is of numbers, the smaller one first"));
                return false;
            }
        } else {
            return true;
        }
    }
}

static bool read_field(struct reading *r, loader_vocab_fn find, const void *context,
                       struct field *f, struct person_words *out_person)
{
    struct str word;
    if (!reading_name(r, &f->id) || !reading_word(r, &word))
        return false;
    const struct type *type = type_named(word);
    if (!type) {
        r->at--;
        reading_fault(r, "field.type", STR("没有这种字段类型"), STR("there is no such field type"));
        return false;
    }
    f->kind = type->kind;
    f->person_name = -1;
    f->company_name = -1;
    f->unit_factor = f->kind == FIELD_AREA ? 10000 : 100;
    if (f->kind == FIELD_CODE) {
        struct str id;
        if (!reading_word(r, &id))
            return false;
        f->vocab = find(context, id);
        if (!f->vocab) {
            r->at--;
            reading_fault(r, "field.vocab", STR("没有这个词表"),
                          STR("there is no such vocabulary"));
            return false;
        }
    }
    return read_modifiers(r, f, out_person) && reading_texts(r, &f->zh, &f->en) &&
           reading_aliases(r, &f->aliases, &f->alias_count) && reading_end(r);
}

static void read_key(struct reading *r, struct dataset *d)
{
    do {
        struct str id;
        if (!reading_word(r, &id))
            return;
        int field = dataset_field(d, id);
        r->at--;
        if (field < 0)
            reading_fault(r, "key.field", STR("主键中的字段不存在"),
                          STR("the key names a field that is not there"));
        else if (d->key_count == DATASET_KEY_MAX)
            reading_fault(r, "key.size", STR("主键字段过多"), STR("the key has too many fields"));
        else
            d->key[d->key_count++] = (size_t)field;
        if (field >= 0 && !d->fields[field].is_required)
            reading_fault(r, "key.required", STR("主键字段必须是 required"),
                          STR("a key field must be required"));
        r->at++;
    } while (reading_take_punct(r, ","));
    reading_end(r);
}

static void read_check(struct reading *r, struct dataset *d, struct dataset_check *out)
{
    out->expr =
        expr_parse(r->arena, r->file, r->node, &r->at, d->fields, d->field_count, r->problems);
    if (out->expr && reading_texts(r, &out->zh, &out->en))
        reading_end(r);
}

static void read_period(struct reading *r, struct dataset *d)
{
    struct str id;
    if (!reading_word(r, &id))
        return;
    d->period_field = dataset_field(d, id);
    if (d->period_field >= 0 && (d->fields[d->period_field].kind == FIELD_DATE ||
                                 d->fields[d->period_field].kind == FIELD_MONTH)) {
        reading_end(r);
        return;
    }
    r->at--;
    reading_fault(r, "dataset.period", STR("period 之后应为日期或月份字段"),
                  STR("period names a field that is a date or a month"));
}

struct people { /* by field */
    struct person_words words[DATASET_FIELDS_MAX];
    const struct decl_node *nodes[DATASET_FIELDS_MAX];
};

static void link_person(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                        struct problem_list *problems, const struct dataset *d,
                        const struct person_words *p, struct field *f)
{
    struct field_evidence *evidence = NEW_ARRAY(a, struct field_evidence, p->count);
    f->person_name = dataset_field(d, p->name);
    if (!dataset_field_has_person(f))
        decl_problem(problems, file, node, NULL, "field.person",
                     STR("person 用于证件号码字段，其后是姓名字段"),
                     STR("person stands at an identity number and names a field"));
    for (size_t i = 0; i < p->count; i++) {
        int field = dataset_field(d, p->fields[i]);
        if (field < 0 || d->fields[field].kind != evidence_kinds[p->kinds[i]].kind) {
            decl_problem(problems, file, node, NULL, "field.evidence",
                         STR("with 之后的字段不存在，或类型不符"),
                         STR("a field behind `with` is not there, or of another type"));
            return;
        }
        evidence[i] = (struct field_evidence){p->kinds[i], (size_t)field};
    }
    f->evidence = evidence;
    f->evidence_count = p->count;
}

static void link_company(const struct decl_file *file, const struct decl_node *node,
                         struct problem_list *problems, const struct dataset *d, struct str name,
                         struct field *f)
{
    f->company_name = dataset_field(d, name);
    if (f->kind != FIELD_USCC || f->company_name < 0 ||
        d->fields[f->company_name].kind != FIELD_TEXT)
        decl_problem(problems, file, node, NULL, "field.company",
                     STR("company 用于信用代码字段，其后是名称字段"),
                     STR("company stands at a credit code and names a field"));
}

static void read_fields(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                        loader_vocab_fn find, const void *context, struct problem_list *problems,
                        struct dataset *out)
{
    struct people *people = NEW(a, struct people);
    struct field *fields = NEW_ARRAY(a, struct field, DATASET_FIELDS_MAX);
    struct map names;
    size_t count = 0;
    map_init(&names, a);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        struct field f = {0};
        struct person_words person = {0};
        if (!str_equal(decl_keyword(r.node), STR("field")) ||
            !read_field(&r, find, context, &f, &person))
            continue;
        if (count == DATASET_FIELDS_MAX) {
            decl_problem(problems, file, r.node, NULL, "dataset.fields", STR("字段过多"),
                         STR("the dataset has too many fields"));
            break;
        }
        people->words[count] = person;
        people->nodes[count] = r.node;
        fields[count++] = f;
        out->field_count = count;
        out->fields = fields;
        if ((size_t)dataset_field(out, f.id) != count - 1)
            decl_problem(problems, file, r.node, &r.node->tokens[1], "field.twice", STR("字段重复"),
                         STR("this field stands here already"));
        else if (!claim_field(a, &names, &f, r.node))
            decl_problem(problems, file, r.node, &r.node->tokens[1], "field.name",
                         STR("字段的表头或同义词与另一字段重复"),
                         STR("a header or synonym of this field means another field already"));
    }
    for (size_t i = 0; i < count; i++) {
        if (people->words[i].name.len)
            link_person(a, file, people->nodes[i], problems, out, &people->words[i], &fields[i]);
        if (people->words[i].company.len)
            link_company(file, people->nodes[i], problems, out, people->words[i].company,
                         &fields[i]);
    }
}

void loader_dataset(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                    loader_vocab_fn find, const void *context, struct problem_list *problems,
                    struct dataset *out)
{
    *out = (struct dataset){.file = file->name, .period_field = -1};
    struct reading head = reading_of(a, file, node, problems);
    VEC(struct dataset_check) checks = {0};
    bool has_key = false;
    read_head(&head, &out->id, &out->zh, &out->en);
    read_fields(a, file, node, find, context, problems, out);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        struct str keyword = decl_keyword(r.node);
        if (str_equal(keyword, STR("version")) || str_equal(keyword, STR("library"))) {
            if (reading_int(&r, str_equal(keyword, STR("version")) ? &out->version : &out->library))
                reading_end(&r);
        } else if (str_equal(keyword, STR("key"))) {
            has_key = true;
            read_key(&r, out);
        } else if (str_equal(keyword, STR("period"))) {
            read_period(&r, out);
        } else if (str_equal(keyword, STR("whole"))) {
            out->is_whole = true;
            reading_end(&r);
        } else if (str_equal(keyword, STR("check"))) {
            struct dataset_check check = {0};
            read_check(&r, out, &check);
            VEC_PUSH(&checks, a, check);
        } else if (!str_equal(keyword, STR("field"))) {
            fault_unknown(&r);
        }
    }
    out->checks = checks.at;
    out->check_count = checks.count;
    if (!has_key)
        decl_problem(problems, file, node, NULL, "dataset.key", STR("数据集没有主键"),
                     STR("the dataset has no key"));
    if (out->version < 1)
        decl_problem(problems, file, node, NULL, "dataset.version", STR("数据集没有版本号"),
                     STR("the dataset has no version"));
}

bool dataset_field_has_person(const struct field *f)
{
    return (f->kind == FIELD_CITIZEN || f->kind == FIELD_PARTY) && f->person_name >= 0;
}

int dataset_field(const struct dataset *d, struct str id)
{
    for (size_t i = 0; i < d->field_count; i++)
        if (str_equal(d->fields[i].id, id))
            return (int)i;
    return -1;
}
