#include "central/store/company_store.h"

#include "central/identity/company.h"
#include "common/base/arena.h"
#include "common/base/vec.h"
#include "common/model/uscc.h"

struct known { /* under one name */
    struct str uscc, name;
    int64_t codes;
};

struct search {
    struct store *store;
    struct arena *arena;
    struct map names; /* normalised → struct known */
    VEC(struct company_proposal) proposals;
};

static void learn(struct search *x, struct str uscc, struct str name)
{
    enum uscc_verdict verdict = uscc_check(uscc);
    struct str key = company_normalise(x->arena, name);
    struct known *known = (struct known *)map_get(&x->names, key);
    if (verdict >= USCC_BAD_LENGTH || key.len == 0)
        return;
    if (!known) {
        known = NEW(x->arena, struct known);
        *known = (struct known){str_copy(x->arena, uscc), str_copy(x->arena, name), 1};
        map_put(&x->names, key, known);
    } else if (!str_equal(known->uscc, uscc)) {
        known->codes++;
    }
}

static enum err learn_field(struct search *x, const struct dataset *d, const struct field *f)
{
    struct db_stmt *stmt;
    bool has_row;
    struct str name = d->fields[f->company_name].id;
    TRY(db_prepare(
        x->store->db,
        str_format(x->arena,
                   "SELECT DISTINCT " STR_FMT ", " STR_FMT " FROM " STR_FMT " WHERE " STR_FMT
                   " IS NOT NULL AND " STR_FMT " IS NOT NULL ORDER BY 1, 2",
                   STR_ARG(f->id), STR_ARG(name), STR_ARG(d->id), STR_ARG(f->id), STR_ARG(name)),
        &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        learn(x, db_column_bytes(stmt, 0), db_column_bytes(stmt, 1));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e;
}

static void propose(struct search *x, const struct dataset *d, const struct field *f,
                    struct str name, int64_t rows)
{
    struct str key = company_normalise(x->arena, name);
    const struct known *known = map_get(&x->names, key);
    bool is_branch = !known;
    if (is_branch)
        known = map_get(&x->names, company_head(key));
    if (!known)
        return;
    struct company_proposal p = {.dataset = d->id,
                                 .field = f->id,
                                 .name = str_copy(x->arena, name),
                                 .uscc = known->uscc,
                                 .uscc_name = known->name,
                                 .rows = rows,
                                 .codes = known->codes,
                                 .is_branch = is_branch};
    VEC_PUSH(&x->proposals, x->arena, p);
}

static enum err propose_field(struct search *x, const struct dataset *d, const struct field *f)
{
    struct db_stmt *stmt;
    bool has_row;
    struct str name = d->fields[f->company_name].id;
    TRY(db_prepare(x->store->db,
                   str_format(x->arena,
                              "SELECT " STR_FMT ", count(*) FROM " STR_FMT " WHERE " STR_FMT
                              " IS NULL AND " STR_FMT " IS NOT NULL GROUP BY 1 ORDER BY 1",
                              STR_ARG(name), STR_ARG(d->id), STR_ARG(f->id), STR_ARG(name)),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        propose(x, d, f, db_column_bytes(stmt, 0), db_column_int(stmt, 1));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e;
}

static enum err each_code(struct search *x,
                          enum err (*look)(struct search *x, const struct dataset *d,
                                           const struct field *f))
{
    const struct catalog *c = x->store->catalog;
    for (size_t i = 0; i < c->dataset_count; i++)
        for (size_t f = 0; f < c->datasets[i].field_count; f++)
            if (c->datasets[i].fields[f].company_name >= 0)
                TRY(look(x, &c->datasets[i], &c->datasets[i].fields[f]));
    return OK;
}

enum err company_store_proposals(struct store *s, struct arena *a,
                                 struct company_proposal **out_proposals, size_t *out_count)
{
    struct search x = {.store = s, .arena = a};
    map_init(&x.names, a);
    TRY(each_code(&x, learn_field));
    TRY(each_code(&x, propose_field));
    *out_proposals = x.proposals.at;
    *out_count = x.proposals.count;
    return OK;
}
