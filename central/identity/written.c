#include "central/identity/written.h"

#include "central/identity/clue.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/thing.h"
#include "common/model/citizen.h"

static const struct value *value_of(const struct written *w, enum evidence_kind kind)
{
    for (size_t i = 0; i < w->field->evidence_count; i++)
        if (w->field->evidence[i].kind == kind)
            return &w->values[w->field->evidence[i].field];
    return NULL;
}

static bool has_evidence(const struct written *w)
{
    for (size_t i = 0; i < w->field->evidence_count; i++)
        if (w->values[w->field->evidence[i].field].kind != VALUE_NULL)
            return true;
    return false;
}

bool written_read(const struct dataset *d, size_t field, const struct value *values,
                  struct written *out)
{
    const struct field *f = &d->fields[field];
    const struct value *number = &values[field];
    if (!dataset_field_has_person(f) || values[f->person_name].kind != VALUE_TEXT)
        return false;
    *out = (struct written){STR_NONE, values[f->person_name].text, f, values};
    if (number->kind == VALUE_TEXT) {
        out->number = number->text;
        return f->kind == FIELD_CITIZEN || citizen_check(number->text) == CITIZEN_FINE;
    }
    /* a party without a number may be an organisation */
    return f->kind == FIELD_CITIZEN && has_evidence(out);
}

int32_t written_birth(const struct written *w)
{
    const struct value *v = value_of(w, EVIDENCE_BIRTH);
    if (w->number.len)
        return citizen_birth(w->number);
    return v && v->kind == VALUE_INT ? (int32_t)v->number : 0;
}

struct str written_evidence(struct arena *a, const struct written *w, enum evidence_kind kind)
{
    const struct value *v = value_of(w, kind);
    if (!v || v->kind == VALUE_NULL)
        return STR_NONE;
    if (v->kind == VALUE_INT)
        return str_format(a, "%lld", (long long)v->number);
    return clue_normalise(a, kind, v->text);
}

uint64_t written_fingerprint(const struct written *w)
{
    uint64_t print = 0;
    for (size_t i = 0; i < w->field->evidence_count; i++) {
        const struct value *v = &w->values[w->field->evidence[i].field];
        uint64_t part = v->kind == VALUE_TEXT ? str_hash(v->text) : (uint64_t)v->number;
        print = print * 31 + part + w->field->evidence[i].kind;
    }
    return print;
}

struct str written_key(struct arena *a, const struct written *w)
{
    struct buf text;
    if (w->number.len)
        return w->number;
    buf_init(&text, a);
    for (size_t k = 0; k < EVIDENCE_KINDS; k++) {
        struct str value = written_evidence(a, w, (enum evidence_kind)k);
        if (value.len)
            buf_format(&text, "%zu|" STR_FMT "|", k, STR_ARG(value));
    }
    return str_format(a, "~%016llx", (unsigned long long)-thing_id(buf_str(&text)));
}

int written_tier(struct arena *a, const struct written *w)
{
    static const enum evidence_kind strong[] = {EVIDENCE_PHONE, EVIDENCE_ADDRESS, EVIDENCE_ACCOUNT};
    for (size_t i = 0; i < sizeof strong / sizeof *strong; i++)
        if (written_birth(w) && written_evidence(a, w, strong[i]).len)
            return 3;
    return 4;
}
