#include "central/identity/name.h"
#include "central/store/identity_store.h"
#include "central/store/record_store.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"
#include "common/model/citizen.h"

/* For statements with two numbers. */
static enum err run(struct store *s, struct str sql, int64_t first, int64_t second)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, sql, &stmt));
    db_bind_int(stmt, 1, first);
    db_bind_int(stmt, 2, second);
    return db_run(stmt);
}

static enum err read_number(struct store *s, struct str sql, int64_t first, int64_t second,
                            int64_t *out)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, sql, &stmt));
    db_bind_int(stmt, 1, first);
    db_bind_int(stmt, 2, second);
    enum err e = db_step(stmt, &has_row);
    *out = e == OK && has_row ? db_column_int(stmt, 0) : 0;
    db_done(stmt);
    return e;
}

/* --- rows follow the links --- */

static enum err move_row(struct store *s, struct arena *a, const struct dataset *d, size_t field,
                         int64_t rid)
{
    struct value values[DATASET_FIELDS_MAX];
    struct written written;
    struct person_link link;
    struct str site;
    bool is_known = false;
    TRY(record_store_read(s, d, rid, a, values, &site));
    if (written_read(d, field, values, &written))
        TRY(person_store_read_link(s, written_key(a, &written), written.name, &link, &is_known));
    if (!is_known)
        return OK;
    return record_store_set_person(s, a, &(struct record_place){d, field, rid}, link.person,
                                   link.tier);
}

static enum err move_field(struct store *s, struct arena *a, const struct dataset *d, size_t field,
                           int64_t person)
{
    VEC(int64_t) rids = {0};
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   str_format(a, "SELECT rid FROM " STR_FMT " WHERE " STR_FMT "_person = ?1",
                              STR_ARG(d->id), STR_ARG(d->fields[field].id)),
                   &stmt));
    db_bind_int(stmt, 1, person);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&rids, a, db_column_int(stmt, 0));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    for (size_t i = 0; i < rids.count && e == OK; i++)
        e = move_row(s, a, d, field, rids.at[i]);
    return e;
}

/* The current rows of the person go where the links now say; rules look at both again, and other
 * processes forget what they remember. Older versions keep the person they were filed under. */
static enum err move_rows(struct store *s, struct arena *a, int64_t from, int64_t to)
{
    int64_t generation;
    for (size_t i = 0; i < s->catalog->dataset_count; i++) {
        const struct dataset *d = &s->catalog->datasets[i];
        for (size_t f = 0; f < d->field_count; f++)
            if (dataset_field_has_person(&d->fields[f]))
                TRY(move_field(s, a, d, f, from));
    }
    TRY(run(s, STR("INSERT OR IGNORE INTO dirty(person) VALUES (?1), (?2)"), from, to));
    TRY(store_note_get(s, STR(IDENTITY_GENERATION), 0, &generation));
    return store_note_set(s, STR(IDENTITY_GENERATION), generation + 1);
}

/* --- deciding --- */

static enum err put_event(struct store *s, struct str kind, const struct identity_event *event,
                          const struct identity_word *word, int64_t *out_event)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO identity_event(kind, pair, kept, moved, tier, score, "
                       "explanation, by, at_ms, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                       "?9, ?10)"),
                   &stmt));
    db_bind_text(stmt, 1, kind);
    db_bind_int(stmt, 2, event->pair);
    db_bind_int(stmt, 3, event->kept);
    db_bind_int(stmt, 4, event->moved);
    db_bind_int(stmt, 5, event->tier);
    db_bind_int(stmt, 6, event->score);
    db_bind_text(stmt, 7, event->explanation);
    db_bind_text(stmt, 8, word->by);
    db_bind_int(stmt, 9, word->now_ms);
    db_bind_text(stmt, 10, word->reason);
    TRY(db_run(stmt));
    *out_event = db_last_id(s->db);
    return OK;
}

/* Answers the open pairs that `which` selects by the clusters ?6 and ?7. */
static enum err answer(struct store *s, struct str which, const struct identity_event *event,
                       struct str decision, const struct identity_word *word)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db, which, &stmt));
    db_bind_text(stmt, 1, decision);
    db_bind_text(stmt, 2, word->by);
    db_bind_int(stmt, 3, word->now_ms);
    db_bind_text(stmt, 4, word->reason);
    db_bind_int(stmt, 5, event->id);
    db_bind_int(stmt, 6, event->kept);
    db_bind_int(stmt, 7, event->moved);
    return db_run(stmt);
}

#define ANSWER                                                                                     \
    "UPDATE identity_pair SET decision = ?1, decided_by = ?2, decided_ms = ?3, reason = ?4, "      \
    "event "                                                                                       \
    "= ?5 WHERE id IN "

/* Every question about the same two clusters has the same answer. */
static enum err answer_alike(struct store *s, const struct identity_event *event,
                             struct str decision, const struct identity_word *word)
{
    return answer(s,
                  STR(ANSWER "(SELECT id FROM identity_now WHERE decision = '' AND cluster = "
                             "min(?6, ?7) AND other_cluster = max(?6, ?7))"),
                  event, decision, word);
}

/* Whoever is told apart from one of a cluster is told apart from all of it. */
static enum err answer_implied(struct store *s, const struct identity_event *event,
                               const struct identity_word *word)
{
    return answer(s,
                  STR(ANSWER "(SELECT n.id FROM identity_now AS n JOIN identity_now AS d ON "
                             "d.decision = 'different' AND d.cluster = n.cluster AND "
                             "d.other_cluster = n.other_cluster WHERE n.decision = '' AND "
                             "(n.cluster IN (?6, ?7) OR n.other_cluster IN (?6, ?7)))"),
                  event, STR("different"), word);
}

static enum err merge(struct store *s, struct arena *a, int64_t kept, int64_t moved)
{
    TRY(run(s, STR("UPDATE person SET merged_into = ?1 WHERE id = ?2"), kept, moved));
    TRY(run(s, STR("UPDATE person SET cluster = ?1 WHERE id = ?2 OR cluster = ?2"), kept, moved));
    return move_rows(s, a, moved, kept);
}

/* Somebody has said that two of the one and the other are not the same. */
static enum err are_told_apart(struct store *s, int64_t one, int64_t other, bool *out)
{
    int64_t n;
    TRY(read_number(s,
                    STR("SELECT count(*) FROM identity_now WHERE decision = 'different' AND "
                        "cluster = min(?1, ?2) AND other_cluster = max(?1, ?2)"),
                    one, other, &n));
    *out = n > 0;
    return OK;
}

/* The older id, of those that have a number: what findings show is never less than it was. */
static enum err kept_of(struct store *s, int64_t one, int64_t other, int64_t *out_kept)
{
    return read_number(
        s, STR("SELECT id FROM person WHERE id IN (?1, ?2) ORDER BY id18 = '', id LIMIT 1"), one,
        other, out_kept);
}

enum err identity_store_decide(struct store *s, struct arena *a, int64_t pair, struct str decision,
                               const struct identity_word *word, int64_t *out_event)
{
    struct identity_pair p;
    struct identity_event event;
    bool is_apart = false;
    bool is_same = str_equal(decision, STR("same"));
    TRY(identity_store_get(s, a, pair, &p));
    bool is_one = p.cluster == p.other_cluster;
    if (is_same && !is_one)
        TRY(are_told_apart(s, p.cluster, p.other_cluster, &is_apart));
    if (p.decision.len || is_apart || (!is_same && is_one))
        return fail(ERR_INVALID, "it contradicts an earlier decision");
    event = (struct identity_event){.pair = pair,
                                    .kept = p.cluster,
                                    .tier = p.tier,
                                    .score = p.score,
                                    .explanation = p.explanation};
    if (is_same && !is_one) {
        TRY(kept_of(s, p.cluster, p.other_cluster, &event.kept));
        event.moved = event.kept == p.cluster ? p.other_cluster : p.cluster;
    }
    TRY(put_event(s, decision, &event, word, out_event));
    struct identity_event answered = {
        .id = *out_event, .kept = p.cluster, .moved = p.other_cluster};
    TRY(answer_alike(s, &answered, decision, word));
    if (!event.moved)
        return OK;
    TRY(merge(s, a, event.kept, event.moved));
    answered.kept = event.kept;
    return answer_implied(s, &answered, word);
}

/* --- splitting --- */

/* The new person is called as it is written; the pair keeps the two apart. */
static enum err add_part(struct store *s, struct arena *a, const struct identity_way *way,
                         int64_t *out_person)
{
    char upgraded[CITIZEN_LENGTH];
    struct str id18 = way->number.len == CITIZEN_LENGTH ? way->number : STR("");
    if (way->number.len == CITIZEN_LENGTH_OLD) {
        citizen_upgrade(way->number, upgraded);
        id18 = str_copy(a, str_make(upgraded, sizeof upgraded));
    }
    struct str key = way->number.ptr[0] == '~' ? STR("") : id18;
    return person_store_add(s, key, way->name, name_normalise(a, way->name), citizen_birth(key),
                            out_person);
}

static enum err note_way(struct store *s, int64_t event, const struct identity_way *way,
                         int64_t person)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO identity_event_way(event, number, name, person) VALUES (?1, "
                       "?2, ?3, ?4)"),
                   &stmt));
    db_bind_int(stmt, 1, event);
    db_bind_text(stmt, 2, way->number);
    db_bind_text(stmt, 3, way->name);
    db_bind_int(stmt, 4, way->home);
    TRY(db_run(stmt));
    TRY(db_prepare(s->db, STR("UPDATE person_link SET person = ?3 WHERE number = ?1 AND name = ?2"),
                   &stmt));
    db_bind_text(stmt, 1, way->number);
    db_bind_text(stmt, 2, way->name);
    db_bind_int(stmt, 3, person);
    return db_run(stmt);
}

enum err identity_store_split(struct store *s, struct arena *a, int64_t cluster, size_t way,
                              const struct identity_word *word, int64_t *out_event)
{
    struct identity_way *ways;
    size_t count;
    int64_t part;
    int64_t kept;
    TRY(read_number(s, STR("SELECT coalesce(cluster, id) + ?2 FROM person WHERE id = ?1"), cluster,
                    0, &kept));
    TRY(identity_store_ways(s, a, cluster, &ways, &count));
    if (way >= count || kept != cluster)
        return fail(ERR_MISSING, "no such way of writing");
    if (count < 2)
        return fail(ERR_INVALID, "there is one way of writing only");
    TRY(add_part(s, a, &ways[way], &part));
    TRY(run(s,
            STR("INSERT INTO identity_pair(person, other, kind, tier, score, explanation, "
                "is_asked, opened_ms) VALUES (?1, ?2, 'split', 4, 0, '', 0, 0)"),
            cluster, part));
    struct identity_event event = {.pair = db_last_id(s->db),
                                   .kept = cluster,
                                   .moved = part,
                                   .tier = 4,
                                   .explanation = STR("")};
    TRY(put_event(s, STR("split"), &event, word, out_event));
    event.id = *out_event;
    TRY(answer_alike(s, &event, STR("different"), word));
    TRY(note_way(s, *out_event, &ways[way], part));
    return move_rows(s, a, cluster, part);
}

/* --- undoing --- */

/* A later merge or split of either of the two rests on this decision. */
static enum err is_rested_on(struct store *s, const struct identity_event *e, bool *out)
{
    int64_t n;
    TRY(read_number(s,
                    STR("SELECT count(*) FROM identity_event AS v JOIN identity_now AS n ON n.id = "
                        "?1 WHERE v.id > ?2 AND v.undone_ms = 0 AND v.moved <> 0 AND (v.kept IN "
                        "(n.cluster, n.other_cluster) OR v.moved IN (n.cluster, "
                        "n.other_cluster))"),
                    e->pair, e->id, &n));
    *out = n > 0;
    return OK;
}

static enum err unmerge(struct store *s, struct arena *a, const struct identity_event *e)
{
    TRY(run(s,
            STR("UPDATE person SET merged_into = NULL, cluster = NULL WHERE id = ?1 AND "
                "merged_into = ?2"),
            e->moved, e->kept));
    TRY(run(s,
            STR("WITH RECURSIVE part(id) AS (SELECT id FROM person WHERE merged_into = ?1 UNION "
                "ALL SELECT p.id FROM person AS p JOIN part ON p.merged_into = part.id) UPDATE "
                "person SET cluster = ?1 WHERE id IN part AND cluster = ?2"),
            e->moved, e->kept));
    return move_rows(s, a, e->kept, e->moved);
}

/* The part stays what it is called, as one of the cluster: its number may be written again. */
static enum err unsplit(struct store *s, struct arena *a, const struct identity_event *e)
{
    TRY(run(s,
            STR("UPDATE person_link SET person = w.person FROM identity_event_way AS w WHERE "
                "w.event = ?1 AND w.number = person_link.number AND w.name = person_link.name AND "
                "person_link.person = ?2"),
            e->id, e->moved));
    TRY(run(s, STR("UPDATE person SET merged_into = ?1, cluster = ?1 WHERE id = ?2"), e->kept,
            e->moved));
    TRY(run(s, STR("DELETE FROM identity_pair WHERE id = ?1 AND other = ?2 AND kind = 'split'"),
            e->pair, e->moved));
    return move_rows(s, a, e->moved, e->kept);
}

static enum err read_event(struct store *s, int64_t id, struct identity_event *out, bool *out_split)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT pair, kept, moved, kind = 'split' FROM identity_event WHERE id = ?1 "
                       "AND undone_ms = 0"),
                   &stmt));
    db_bind_int(stmt, 1, id);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such decision, or it was undone");
    if (e == OK) {
        *out = (struct identity_event){.id = id,
                                       .pair = db_column_int(stmt, 0),
                                       .kept = db_column_int(stmt, 1),
                                       .moved = db_column_int(stmt, 2)};
        *out_split = db_column_int(stmt, 3) != 0;
    }
    db_done(stmt);
    return e;
}

enum err identity_store_undo(struct store *s, struct arena *a, int64_t event,
                             const struct identity_word *word)
{
    struct identity_event e;
    struct db_stmt *stmt;
    bool is_split;
    bool is_used;
    TRY(read_event(s, event, &e, &is_split));
    TRY(is_rested_on(s, &e, &is_used));
    if (is_used)
        return fail(ERR_INVALID, "a later decision rests on it");
    TRY(db_prepare(s->db,
                   STR("UPDATE identity_event SET undone_by = ?2, undone_ms = ?3, undone_reason = "
                       "?4 WHERE id = ?1"),
                   &stmt));
    db_bind_int(stmt, 1, event);
    db_bind_text(stmt, 2, word->by);
    db_bind_int(stmt, 3, word->now_ms);
    db_bind_text(stmt, 4, word->reason);
    TRY(db_run(stmt));
    if (is_split)
        return unsplit(s, a, &e);
    TRY(run(s,
            STR("UPDATE identity_pair SET decision = '', decided_by = '', decided_ms = 0, reason = "
                "'', event = ?2 WHERE event = ?1"),
            event, 0));
    return e.moved ? unmerge(s, a, &e) : OK;
}
