#include "edge-agent/selfcheck/own_evidence.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/vec.h"
#include "common/model/type.h"

struct place { /* a row that the statement named */
    size_t hit, source;
    int64_t rid;
};

static enum err fill_subjects(struct db *db, const struct own_subject *subjects, size_t count)
{
    struct db_stmt *stmt;
    TRY(db_exec(db, STR("CREATE TEMP TABLE IF NOT EXISTS hit_subject(subject INTEGER PRIMARY KEY, "
                        "key TEXT); DELETE FROM hit_subject")));
    TRY(db_prepare(db, STR("INSERT OR IGNORE INTO hit_subject(subject, key) VALUES (?1, ?2)"),
                   &stmt));
    for (size_t i = 0; i < count; i++) {
        db_bind_int(stmt, 1, subjects[i].number);
        if (subjects[i].key.len)
            db_bind_text(stmt, 2, subjects[i].key);
        TRY(db_run(stmt));
    }
    return OK;
}

/* found->count: of a hit that was counted and not kept. */
static size_t hit_of(const struct own_hits *found, int64_t subject, struct str episode)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->subjects[i].number == subject && str_equal(found->hits[i].episode, episode))
            return i;
    return found->count;
}

static struct str show(struct arena *a, const struct rule_source *s, struct db_stmt *stmt,
                       bool is_zh)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < s->shown_count; i++) {
        const struct field *f = s->shown[i];
        int column = (int)i + 2;
        if (f->is_secret || db_column_is_null(stmt, column))
            continue;
        struct value v = db_column_is_text(stmt, column)
                             ? value_text(db_column_copy(stmt, column, a))
                             : value_int(db_column_int(stmt, column));
        buf_format(&out, is_zh ? "%s" STR_FMT "：" STR_FMT : "%s" STR_FMT ": " STR_FMT,
                   out.len == 0 ? ""
                   : is_zh      ? "；"
                                : "; ",
                   STR_ARG(is_zh ? f->zh : f->en), STR_ARG(type_format(a, f, &v)));
    }
    return buf_str(&out);
}

static enum err read_row(struct db *db, struct arena *a, const struct rule_source *s, int64_t rid,
                         struct self_hit_row *out)
{
    struct buf sql;
    struct db_stmt *stmt;
    bool has_row = false;
    buf_init(&sql, a);
    buf_put_z(&sql, "SELECT i.import_id, x.row_no");
    for (size_t i = 0; i < s->shown_count; i++)
        buf_format(&sql, ", x." STR_FMT, STR_ARG(s->shown[i]->id));
    buf_format(&sql,
               " FROM rec_" STR_FMT " AS x JOIN own_import AS i ON i.number = x.batch_id WHERE "
               "x.rid = ?1",
               STR_ARG(s->dataset->id));
    TRY(db_prepare(db, buf_str(&sql), &stmt));
    db_bind_int(stmt, 1, rid);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && has_row)
        *out = (struct self_hit_row){.import_id = db_column_copy(stmt, 0, a),
                                     .row = (uint64_t)db_column_int(stmt, 1),
                                     .shown_zh = show(a, s, stmt, true),
                                     .shown_en = show(a, s, stmt, false)};
    db_done(stmt);
    return e == OK && !has_row ? fail(ERR_MISSING, "a row of the evidence") : e;
}

static enum err find_places(struct db *db, const struct catalog *catalog, struct arena *a,
                            const struct own_hits *found, struct place **out_places,
                            size_t *out_count)
{
    VEC(struct place) places = {0};
    struct db_stmt *stmt = NULL;
    bool has_row = true;
    db_guard_begin(db, INT64_MAX);
    enum err e = db_prepare(db, emit_evidence(a, found->rule, catalog, DDL_SQLITE), &stmt);
    if (e == OK)
        db_bind_int(stmt, 1, found->today);
    while (e == OK && (e = db_step(stmt, &has_row)) == OK && has_row) {
        struct place p = {hit_of(found, db_column_int(stmt, EMIT_E_SUBJECT),
                                 db_column_bytes(stmt, EMIT_E_EPISODE)),
                          (size_t)db_column_int(stmt, EMIT_E_SOURCE),
                          db_column_int(stmt, EMIT_E_RID)};
        if (p.hit < found->count)
            VEC_PUSH(&places, a, p);
    }
    db_done(stmt);
    db_guard_end(db);
    *out_places = places.at;
    *out_count = places.count;
    return e;
}

enum err own_evidence_add(struct db *db, const struct catalog *catalog, struct arena *a,
                          const struct own_hits *found)
{
    struct place *places = NULL;
    size_t count = 0;
    if (found->count == 0)
        return OK;
    TRY(fill_subjects(db, found->subjects, found->count));
    TRY(find_places(db, catalog, a, found, &places, &count));
    struct self_hit_row **rows = NEW_ARRAY(a, struct self_hit_row *, found->count);
    for (size_t i = 0; i < count; i++) {
        const struct place *p = &places[i];
        struct self_hit *h = &found->hits[p->hit];
        if (h->row_count == SELF_HIT_ROWS_MAX)
            continue;
        if (!rows[p->hit])
            h->rows = rows[p->hit] = NEW_ARRAY(a, struct self_hit_row, SELF_HIT_ROWS_MAX);
        TRY(read_row(db, a, &found->rule->sources[p->source], p->rid, &rows[p->hit][h->row_count]));
        h->row_count++;
    }
    return OK;
}
