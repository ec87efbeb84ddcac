#include "central/evidence/rerun.h"

#include "central/store/change_store.h"
#include "central/store/evidence_store.h"
#include "central/store/finding_store.h"

static enum err put_rows(struct store *s, const struct pack *p)
{
    TRY(db_begin(s->db));
    enum err e = OK;
    for (size_t i = 0; i < p->row_count && e == OK; i++)
        e = evidence_store_put_row(s, &p->rows[i]);
    return db_end(s->db, e);
}

static enum err find(struct store *s, struct arena *a, const struct pack *p, bool *out_is_equal)
{
    struct finding_evaluation all;
    TRY(change_store_prepare(s, NULL, 0));
    TRY(put_rows(s, p));
    TRY(finding_store_evaluate(s, a, p->rule, EMIT_ALL, (int32_t)p->result.today, &all));
    for (size_t i = 0; i < all.found_count; i++)
        *out_is_equal = *out_is_equal || hash_equal(&all.found[i].hit.result, &p->result.hash);
    return OK;
}

static enum err run(struct arena *a, const struct pack *p, bool *out_is_equal)
{
    struct db *db = NULL;
    struct store *s = NULL;
    *out_is_equal = false;
    TRY(db_open(STR("sqlite::memory:"), 0, &db));
    enum err e = store_open(db, p->catalog, &s);
    if (e == OK)
        e = find(s, a, p, out_is_equal);
    store_close(s);
    db_close(db);
    return e;
}

void rerun_pack(struct check *c)
{
    bool is_equal;
    enum err e = run(c->arena, &c->pack, &is_equal);
    if (e == OK && is_equal)
        check_add(c, CHECK_RIGHT, STR("rerun"), STR("仅用包内证据重新运行规则，得到同一结果哈希"),
                  STR("the rule run over the rows of the pack alone gives the same result hash"));
    else
        check_add(c, CHECK_NOTE, STR("rerun"),
                  STR("该规则还要看证据以外的数据（如他人数据或有无记录），"
                      "仅凭包内证据不能重新得出；请在中心用 replay 核对"),
                  STR("the rule also looks at rows that are no evidence, so the pack alone does "
                      "not decide; `replay` at the hub does"));
}
