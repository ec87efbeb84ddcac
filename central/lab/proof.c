#include "central/lab/proof.h"

#include "central/lab/draft.h"
#include "central/store/change_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"
#include "common/model/ddl.h"

struct proving {
    struct arena *arena;
    const struct rule *rule;
    struct db *db; /* in memory */
    struct store *store;
};

static enum err begin(struct proving *p, struct arena *a, const struct catalog *c,
                      const struct rule *r)
{
    *p = (struct proving){.arena = a, .rule = r};
    TRY(db_open(STR("sqlite::memory:"), 0, &p->db));
    TRY(store_open(p->db, c, &p->store));
    TRY(finding_store_prepare(p->store));
    return change_store_prepare(p->store, &p->rule, 1);
}

static void done(struct proving *p)
{
    store_close(p->store);
    db_close(p->db);
}

static void bind_fields(struct db_stmt *s, const struct given_row *row)
{
    const struct dataset *d = row->dataset;
    int person = DDL_FIRST_FIELD + (int)d->field_count;
    for (size_t i = 0; i < d->field_count; i++) {
        const struct value *v = &row->values[i];
        if (v->kind == VALUE_INT)
            db_bind_int(s, DDL_FIRST_FIELD + (int)i, v->number);
        else if (v->kind == VALUE_TEXT)
            db_bind_text(s, DDL_FIRST_FIELD + (int)i, v->text);
        if (!dataset_field_has_person(&d->fields[i]))
            continue;
        if (row->persons[i]) {
            db_bind_int(s, person, row->persons[i]);
            db_bind_int(s, person + 1, row->tiers[i]);
        }
        person += 2;
    }
}

/* Each row is a record of its own: keys are the merge's business, not the rule's. */
static enum err put_row(struct proving *p, const struct given_row *row, int64_t number)
{
    struct db_stmt *s;
    TRY(db_prepare(p->db, ddl_insert(p->arena, row->dataset), &s));
    db_bind_blob(s, DDL_KEY_HASH, str_make(&number, sizeof number));
    db_bind_blob(s, DDL_ROW_HASH, str_make(&number, sizeof number));
    for (int i = DDL_VERSION; i < DDL_FIRST_FIELD; i++)
        db_bind_int(s, i, number);
    db_bind_int(s, DDL_RECORDED_HUB, row->recorded_ms);
    db_bind_text(s, DDL_OP, STR("new"));
    db_bind_text(s, DDL_SITE, row->site);
    bind_fields(s, row);
    return db_run(s);
}

static bool is_about(const struct rule *r, const struct finding_found *f, struct str subject)
{
    int64_t person;
    if (!rule_is_of_persons(r))
        return str_equal(f->key, subject);
    return str_to_i64(subject, &person) && f->hit.subject == person;
}

static bool has_case_of(const struct proving *p, const struct proof *proof,
                        const struct finding_found *f)
{
    for (size_t i = 0; i < proof->case_count; i++)
        if (is_about(p->rule, f, proof->cases[i].given.subject))
            return true;
    return false;
}

static void share_out(struct proving *p, const struct finding_evaluation *all, struct proof *proof)
{
    proof->strangers = NEW_ARRAY(p->arena, const struct finding_found *, all->found_count + 1);
    for (size_t i = 0; i < proof->case_count; i++) {
        struct proof_case *c = &proof->cases[i];
        c->hits = NEW_ARRAY(p->arena, const struct finding_found *, all->found_count + 1);
        for (size_t k = 0; k < all->found_count; k++)
            if (is_about(p->rule, &all->found[k], c->given.subject))
                c->hits[c->hit_count++] = &all->found[k];
    }
    for (size_t k = 0; k < all->found_count; k++)
        if (!has_case_of(p, proof, &all->found[k]))
            proof->strangers[proof->stranger_count++] = &all->found[k];
}

static bool is_same(const struct finding_evaluation *x, const struct finding_evaluation *y)
{
    bool is = x->found_count == y->found_count;
    for (size_t i = 0; is && i < x->found_count; i++)
        is = x->found[i].hit.subject == y->found[i].hit.subject &&
             x->found[i].hit.tier == y->found[i].hit.tier &&
             str_equal(x->found[i].hit.episode, y->found[i].hit.episode) &&
             hash_equal(&x->found[i].hit.result, &y->found[i].hit.result);
    return is;
}

static enum err evaluate(struct proving *p, struct proof *proof)
{
    struct finding_evaluation all;
    struct finding_evaluation dirty;
    struct str *subjects = NEW_ARRAY(p->arena, struct str, proof->case_count + 1);
    for (size_t i = 0; i < proof->case_count; i++)
        subjects[i] = proof->cases[i].given.subject;
    TRY(change_store_only(p->store, p->rule, subjects, proof->case_count));
    TRY(finding_store_evaluate(p->store, p->arena, p->rule, EMIT_ALL, GIVEN_TODAY, &all));
    TRY(finding_store_evaluate(p->store, p->arena, p->rule, EMIT_DIRTY, GIVEN_TODAY, &dirty));
    share_out(p, &all, proof);
    proof->is_dirty_same = proof->stranger_count || is_same(&all, &dirty);
    return OK;
}

static bool has_claim(const struct proof *proof, struct str kind)
{
    for (size_t i = 0; i < proof->case_count; i++) {
        struct str claim = proof->cases[i].given.claim;
        if (str_starts(claim, kind) && str_starts(str_skip(claim, kind.len), STR(": ")))
            return true;
    }
    return false;
}

/* Every rule is shown what it must find, what it must not, and what lies just beside; every check
 * in the subject's favour is seen to speak. */
static void find_lacking(struct proving *p, struct proof *proof)
{
    static const struct str always[] = {STR_INIT("hit"), STR_INIT("clear"), STR_INIT("near miss")};
    const struct rule *r = p->rule;
    proof->lacking = NEW_ARRAY(p->arena, struct str, COUNT_OF(always) + RULE_CONDITIONS_MAX);
    for (size_t i = 0; i < COUNT_OF(always) + r->unless_count; i++) {
        struct str kind = i < COUNT_OF(always)
                              ? always[i]
                              : str_format(p->arena, "unless " STR_FMT,
                                           STR_ARG(r->unless[i - COUNT_OF(always)].id));
        if (!has_claim(proof, kind))
            proof->lacking[proof->lacking_count++] = kind;
    }
}

bool proof_is_right(const struct proof_case *c)
{
    return c->given.is_hit == (c->hit_count > 0);
}

static void judge(struct proof *proof)
{
    proof->is_passed =
        proof->is_dirty_same && proof->stranger_count == 0 && proof->lacking_count == 0;
    for (size_t i = 0; i < proof->case_count; i++)
        proof->is_passed = proof->is_passed && proof_is_right(&proof->cases[i]);
}

static enum err prove(struct proving *p, const char *folder, struct problem_list *problems,
                      struct proof *out)
{
    struct given_row *rows;
    struct given_case *cases;
    size_t row_count;
    size_t errors = problems->errors;
    TRY(given_cases(p->arena, folder, problems, &cases, &out->case_count));
    TRY(given_rows(p->arena, p->store->catalog, folder, problems, &rows, &row_count));
    if (problems->errors != errors)
        return OK;
    out->cases = NEW_ARRAY(p->arena, struct proof_case, out->case_count + 1);
    for (size_t i = 0; i < out->case_count; i++)
        out->cases[i].given = cases[i];
    for (size_t i = 0; i < row_count; i++)
        TRY(put_row(p, &rows[i], (int64_t)i + 1));
    TRY(evaluate(p, out));
    find_lacking(p, out);
    judge(out);
    return OK;
}

enum err proof_run(struct arena *a, const struct catalog *c, const struct rule *r,
                   const char *folder, struct problem_list *problems, bool *out_is_run,
                   struct proof *out_proof)
{
    struct proving p;
    size_t errors = problems->errors;
    bool is_sound = false;
    *out_proof = (struct proof){0};
    enum err e = begin(&p, a, c, r);
    if (e == OK)
        e = draft_prepare(p.store, a, r, problems, &is_sound);
    if (e == OK && is_sound)
        e = prove(&p, folder, problems, out_proof);
    done(&p);
    *out_is_run = problems->errors == errors;
    return wrap(e, "rule " STR_FMT, STR_ARG(r->id));
}

enum err proof_prepare(struct arena *a, const struct catalog *c, const struct rule *r,
                       struct problem_list *problems, bool *out_is_sound)
{
    struct proving p;
    enum err e = begin(&p, a, c, r);
    if (e == OK)
        e = draft_prepare(p.store, a, r, problems, out_is_sound);
    done(&p);
    return wrap(e, "rule " STR_FMT, STR_ARG(r->id));
}
