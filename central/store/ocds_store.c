#include "central/store/ocds_store.h"

#include "common/base/arena.h"
#include "common/base/buf.h"

/* A release under way: its parts come one behind the other. */
struct gathering {
    struct str ocid, release_id;
    struct buf content;
    int64_t next, parts;
    bool is_whole;
};

static void begin(struct gathering *g, struct arena *a, struct str ocid, struct str id,
                  int64_t parts)
{
    *g = (struct gathering){str_copy(a, ocid), str_copy(a, id), {0}, 1, parts, true};
    buf_init(&g->content, a);
}

static enum err give(const struct gathering *g,
                     enum err (*take)(void *context, const struct ocds_stored *r), void *context)
{
    if (g->ocid.len == 0 || !g->is_whole || g->next != g->parts + 1)
        return OK;
    return take(context, &(struct ocds_stored){g->ocid, g->release_id, buf_str(&g->content)});
}

static void add(struct gathering *g, int64_t part, int64_t parts, struct str content)
{
    if (part > g->parts) /* of an older, longer version */
        return;
    g->is_whole = g->is_whole && part == g->next && parts == g->parts;
    buf_put(&g->content, content);
    g->next++;
}

enum err ocds_store_each(struct store *s, struct arena *a,
                         enum err (*take)(void *context, const struct ocds_stored *r),
                         void *context)
{
    struct gathering g = {0};
    struct db_stmt *stmt;
    bool has_row = false;
    if (!catalog_dataset(s->catalog, STR("ocds_release")))
        return OK;
    TRY(db_prepare(s->db,
                   STR("SELECT ocid, release_id, part, parts, content FROM ocds_release ORDER BY "
                       "ocid, release_id, part"),
                   &stmt));
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        struct str ocid = db_column_bytes(stmt, 0);
        struct str id = db_column_bytes(stmt, 1);
        if (!str_equal(ocid, g.ocid) || !str_equal(id, g.release_id)) {
            e = give(&g, take, context);
            begin(&g, a, ocid, id, db_column_int(stmt, 3));
        }
        add(&g, db_column_int(stmt, 2), db_column_int(stmt, 3), db_column_bytes(stmt, 4));
        if (e == OK)
            e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e == OK ? give(&g, take, context) : e;
}
