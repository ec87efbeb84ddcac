#include "central/store/identity_store.h"

#include "central/identity/clue.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/vec.h"
#include "common/model/citizen.h"

struct side {
    struct str id18, name_key;
    int32_t birth;
};

static enum err read_side(struct store *s, struct arena *a, int64_t person, struct side *out)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT id18, name_key, birth FROM person WHERE id = ?1"), &stmt));
    db_bind_int(stmt, 1, person);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such person");
    if (e == OK)
        *out = (struct side){db_column_copy(stmt, 0, a), db_column_copy(stmt, 1, a),
                             (int32_t)db_column_int(stmt, 2)};
    db_done(stmt);
    return e;
}

/* What both have evidence of: the same, or not. */
static enum err compare_evidence(struct store *s, int64_t person, int64_t other,
                                 struct clue_set *out)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db,
                   STR("SELECT a.kind, max(a.key = b.key) FROM person_evidence AS a JOIN "
                       "person_evidence AS b ON b.person = ?2 AND b.kind = a.kind WHERE a.person = "
                       "?1 GROUP BY a.kind"),
                   &stmt));
    db_bind_int(stmt, 1, person);
    db_bind_int(stmt, 2, other);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        enum clue clue = clue_of_evidence((enum evidence_kind)db_column_int(stmt, 0));
        if (clue != CLUE_BIRTH)
            out->levels[clue] = db_column_int(stmt, 1) ? LINKAGE_AGREE : LINKAGE_DIFFER;
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    return e;
}

static bool is_of_one_county(const struct side *a, const struct side *b)
{
    return a->id18.len == CITIZEN_LENGTH && b->id18.len == CITIZEN_LENGTH &&
           str_equal(str_slice(a->id18, 0, 4), str_slice(b->id18, 0, 4));
}

struct question {
    struct str kind;
    bool is_worth_noting, is_asked;
};

/* Of one county: the same name and birthday in two counties are two people more often than one. */
static struct question question_of(const struct side *a, const struct side *b,
                                   const struct clue_set *c)
{
    bool is_t3 = clue_tier(c) == 3;
    if (c->levels[CLUE_NUMBER] == LINKAGE_AGREE)
        return (struct question){STR("same_number"), true, true};
    if (c->levels[CLUE_NAME] != LINKAGE_AGREE || c->levels[CLUE_BIRTH] == LINKAGE_DIFFER)
        return (struct question){STR("written"), false, false};
    if (a->id18.len && b->id18.len)
        return (struct question){STR("same_birth"), is_t3 || is_of_one_county(a, b),
                                 is_t3 || is_of_one_county(a, b)};
    bool is_held =
        c->levels[CLUE_PHONE] == LINKAGE_AGREE || c->levels[CLUE_ADDRESS] == LINKAGE_AGREE ||
        c->levels[CLUE_ACCOUNT] == LINKAGE_AGREE || c->levels[CLUE_UNIT] == LINKAGE_AGREE;
    return (struct question){STR("written"), is_held, is_t3};
}

/* Better evidence makes a question better while nobody has answered it. */
static enum err put_pair(struct store *s, struct arena *a, int64_t person, int64_t other,
                         const struct question *q, const struct clue_set *c, int64_t now_ms)
{
    struct db_stmt *stmt;
    TRY(db_prepare(s->db,
                   STR("INSERT INTO identity_pair(person, other, kind, tier, score, explanation, "
                       "is_asked, opened_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT "
                       "(person, other) DO UPDATE SET tier = ?4, score = ?5, explanation = ?6, "
                       "is_asked = ?7 WHERE decision = '' AND (tier, -score) > (?4, -?5)"),
                   &stmt));
    db_bind_int(stmt, 1, person);
    db_bind_int(stmt, 2, other);
    db_bind_text(stmt, 3, q->kind);
    db_bind_int(stmt, 4, clue_tier(c));
    db_bind_int(stmt, 5, clue_score(c));
    db_bind_text(stmt, 6, clue_format(a, c));
    db_bind_int(stmt, 7, q->is_asked);
    db_bind_int(stmt, 8, now_ms);
    return db_run(stmt);
}

enum err identity_store_ask(struct store *s, struct arena *a, int64_t person, int64_t other,
                            int64_t now_ms)
{
    struct side older;
    struct side younger;
    struct clue_set clues = {0};
    if (person > other)
        return identity_store_ask(s, a, other, person, now_ms);
    TRY(read_side(s, a, person, &older));
    TRY(read_side(s, a, other, &younger));
    clues.levels[CLUE_NUMBER] = clue_numbers(older.id18, younger.id18);
    clues.levels[CLUE_NAME] = clue_names(older.name_key, younger.name_key);
    clues.levels[CLUE_BIRTH] = clue_births(older.birth, younger.birth);
    TRY(compare_evidence(s, person, other, &clues));
    struct question q = question_of(&older, &younger, &clues);
    return q.is_worth_noting ? put_pair(s, a, person, other, &q, &clues, now_ms) : OK;
}

enum err identity_store_seek(struct store *s, struct arena *a, int64_t person, bool has_birth,
                             int64_t now_ms)
{
    struct db_stmt *stmt;
    int64_t found[IDENTITY_SEEK_MAX];
    size_t count = 0;
    bool has_row;
    TRY(db_prepare(s->db,
                   has_birth
                       ? STR("SELECT o.id FROM person AS p JOIN person AS o ON o.name_key = "
                             "p.name_key AND o.birth = p.birth AND o.id <> p.id WHERE p.id = ?1 "
                             "ORDER BY o.id LIMIT ?2")
                       : STR("SELECT o.id FROM person AS p JOIN person AS o ON o.name_key = "
                             "p.name_key AND o.id <> p.id WHERE p.id = ?1 ORDER BY o.id LIMIT ?2"),
                   &stmt));
    db_bind_int(stmt, 1, person);
    db_bind_int(stmt, 2, IDENTITY_SEEK_MAX);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        found[count++] = db_column_int(stmt, 0);
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    for (size_t i = 0; i < count && e == OK; i++)
        e = identity_store_ask(s, a, person, found[i], now_ms);
    return e;
}

#define PAIR_COLUMNS                                                                               \
    "x.id, x.person, x.other, x.tier, x.score, x.is_asked, x.opened_ms, x.decided_ms, "            \
    "coalesce(a.cluster, a.id), coalesce(b.cluster, b.id), x.kind, x.explanation, x.decision, "    \
    "x.decided_by, x.reason, a.id18, b.id18, a.name, b.name "
#define PAIR_TABLES                                                                                \
    "FROM identity_pair AS x JOIN person AS a ON a.id = x.person JOIN person AS b ON b.id = "      \
    "x.other "

static struct identity_pair read_pair(struct db_stmt *stmt, struct arena *a)
{
    struct identity_pair p;
    int64_t *numbers[] = {&p.id,       &p.person,    &p.other,      &p.tier,    &p.score,
                          &p.is_asked, &p.opened_ms, &p.decided_ms, &p.cluster, &p.other_cluster};
    struct str *texts[] = {&p.kind,   &p.explanation,  &p.decision, &p.decided_by, &p.reason,
                           &p.number, &p.other_number, &p.name,     &p.other_name};
    int at = 0;
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        *numbers[i] = db_column_int(stmt, at++);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        *texts[i] = db_column_copy(stmt, at++, a);
    struct clue_set clues = clue_parse(p.explanation);
    p.say_zh = clue_say_zh(a, &clues);
    p.say_en = clue_say_en(a, &clues);
    return p;
}

/* Open ones whose two were made one by other decisions answer themselves. */
#define LIST_FILTER                                                                                \
    "WHERE x.is_asked AND (?1 = '' OR x.kind = ?1) AND (?2 = 0 OR x.decision = '' AND "            \
    "coalesce(a.cluster, a.id) <> coalesce(b.cluster, b.id)) "

static enum err count_pairs(struct store *s, const struct identity_filter *f, int64_t *out_total)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT count(*) " PAIR_TABLES LIST_FILTER), &stmt));
    db_bind_text(stmt, 1, f->kind);
    db_bind_int(stmt, 2, f->is_open);
    enum err e = db_step(stmt, &has_row);
    if (e == OK)
        *out_total = db_column_int(stmt, 0);
    db_done(stmt);
    return e;
}

enum err identity_store_count_open(struct store *s, int64_t *out_count)
{
    return count_pairs(s, &(struct identity_filter){.kind = STR(""), .is_open = true}, out_count);
}

enum err identity_store_list(struct store *s, struct arena *a, const struct identity_filter *f,
                             struct identity_pair **out_pairs, size_t *out_count,
                             int64_t *out_total, int64_t *out_next)
{
    VEC(struct identity_pair) pairs = {0};
    struct db_stmt *stmt;
    bool has_row;
    int64_t limit = f->limit < 1 || f->limit > IDENTITY_PAGE_MAX ? IDENTITY_PAGE_MAX : f->limit;
    TRY(count_pairs(s, f, out_total));
    TRY(db_prepare(
        s->db,
        STR("SELECT " PAIR_COLUMNS PAIR_TABLES LIST_FILTER
            "AND (?3 = 0 OR (x.tier, -x.score, x.id) > (SELECT tier, -score, id FROM "
            "identity_pair WHERE id = ?3)) ORDER BY x.tier, x.score DESC, x.id LIMIT ?4"),
        &stmt));
    db_bind_text(stmt, 1, f->kind);
    db_bind_int(stmt, 2, f->is_open);
    db_bind_int(stmt, 3, f->after);
    db_bind_int(stmt, 4, limit);
    enum err e = db_step(stmt, &has_row);
    while (e == OK && has_row) {
        VEC_PUSH(&pairs, a, read_pair(stmt, a));
        e = db_step(stmt, &has_row);
    }
    db_done(stmt);
    *out_pairs = pairs.at;
    *out_count = pairs.count;
    *out_next = (int64_t)pairs.count == limit ? pairs.at[pairs.count - 1].id : 0;
    return e;
}

enum err identity_store_get(struct store *s, struct arena *a, int64_t pair,
                            struct identity_pair *out_pair)
{
    struct db_stmt *stmt;
    bool has_row;
    TRY(db_prepare(s->db, STR("SELECT " PAIR_COLUMNS PAIR_TABLES "WHERE x.id = ?1"), &stmt));
    db_bind_int(stmt, 1, pair);
    enum err e = db_step(stmt, &has_row);
    if (e == OK && !has_row)
        e = fail(ERR_MISSING, "no such pair of persons");
    if (e == OK)
        *out_pair = read_pair(stmt, a);
    db_done(stmt);
    return e;
}
