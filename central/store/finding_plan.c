#include "central/store/finding_store.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/vec.h"

struct step {
    int64_t id;
    int depth;
};

/* Steps come after the one they are part of. */
static int depth_under(const struct step *steps, size_t count, int64_t parent)
{
    for (size_t i = count; i > 0; i--)
        if (steps[i - 1].id == parent)
            return steps[i - 1].depth + 1;
    return 0;
}

enum err finding_store_plan(struct store *s, struct arena *a, const struct rule *r,
                            enum emit_scope scope, struct str *out_text)
{
    VEC(struct step) steps = {0};
    struct buf out;
    struct db_stmt *stmt;
    bool has_row;
    enum err e;
    buf_init(&out, a);
    TRY(db_prepare(s->db,
                   str_format(a, "EXPLAIN QUERY PLAN " STR_FMT,
                              STR_ARG(emit_findings(a, r, s->catalog, scope, DDL_SQLITE))),
                   &stmt));
    while ((e = db_step(stmt, &has_row)) == OK && has_row) {
        struct step step = {db_column_int(stmt, 0),
                            depth_under(steps.at, steps.count, db_column_int(stmt, 1))};
        VEC_PUSH(&steps, a, step);
        buf_format(&out, "%*s" STR_FMT "\n", 2 * step.depth, "", STR_ARG(db_column_bytes(stmt, 3)));
    }
    db_done(stmt);
    *out_text = buf_str(&out);
    return wrap(e, "plan of " STR_FMT, STR_ARG(r->id));
}
