#include "central/evidence/replay.h"

#include "central/store/change_store.h"
#include "common/base/arena.h"

static const struct rule *known_rule(const struct replay_rules *rules, const struct hash *hash)
{
    for (size_t i = 0; i < rules->count; i++)
        if (hash_equal(&rules->at[i]->hash, hash))
            return rules->at[i];
    return NULL;
}

/* NULL: it does not load, since the datasets have become others. */
static const struct rule *load(struct arena *a, const struct catalog *c,
                               const struct catalog_file *text, const struct hash *hash)
{
    struct problem_list problems;
    struct decl_file *file = NEW(a, struct decl_file);
    problem_list_init(&problems, a, 1);
    if (!decl_parse(a, text->path, text->text, &problems, file))
        return NULL;
    for (size_t i = 0; i < file->count; i++) {
        const struct rule *r = str_equal(decl_keyword(&file->nodes[i]), STR("rule"))
                                   ? rule_load(a, file, &file->nodes[i], c, &problems)
                                   : NULL;
        if (r && hash_equal(&r->hash, hash))
            return r;
    }
    return NULL;
}

/* *out_rule NULL: it is not known any more. */
static enum err rule_with(struct store *s, struct arena *a, const struct replay_rules *rules,
                          const struct hash *hash, const struct rule **out_rule)
{
    struct catalog_file text;
    *out_rule = known_rule(rules, hash);
    if (*out_rule)
        return OK;
    enum err e = result_store_rule_text(s, a, hash, &text);
    if (e == OK)
        *out_rule = load(a, s->catalog, &text, hash);
    return e == ERR_MISSING ? OK : e;
}

static enum err look(struct store *s, struct arena *a, const struct rule *r,
                     const struct finding_row *f, struct replay *out)
{
    struct finding_evaluation all;
    TRY(change_store_one(s, f->subject, f->key));
    TRY(finding_store_evaluate(s, a, r, EMIT_DIRTY, out->then.when.today, &all));
    out->verdict = REPLAY_GONE;
    for (size_t i = 0; i < all.found_count; i++) {
        const struct finding_hit *hit = &all.found[i].hit;
        if (hit->subject != f->subject || !str_equal(hit->episode, f->episode))
            continue;
        bool is_equal = hash_equal(&hit->result, &out->then.hash) && hit->tier == out->then.tier;
        out->verdict = is_equal ? REPLAY_EQUAL : REPLAY_DIFFERS;
        out->now = all.found[i];
    }
    return OK;
}

enum err replay_result(struct store *s, struct arena *a, const struct replay_rules *rules,
                       const struct finding_row *f, struct replay *out)
{
    const struct rule *r;
    out->is_other_catalog = !hash_equal(&out->then.catalog, &s->catalog->hash);
    out->verdict = REPLAY_RULELESS;
    TRY(rule_with(s, a, rules, &out->then.rule_hash, &r));
    out->rule = r;
    TRY(result_store_moved_since(s, &out->then.when.mark, &out->moved));
    if (!r)
        return OK;
    enum err e = result_store_go_back(s, a, &out->then.when.mark);
    if (e == OK)
        e = look(s, a, r, f, out);
    enum err back = result_store_come_back(s, a);
    return e == OK ? back : e;
}

static enum err replay_all(struct store *s, struct arena *a, const struct replay_rules *rules,
                           int64_t finding, struct replay **out_replays, size_t *out_count)
{
    struct finding_row f;
    struct result *results;
    TRY(finding_store_get(s, a, finding, &f));
    TRY(result_store_of(s, a, finding, &results, out_count));
    *out_replays = NEW_ARRAY(a, struct replay, *out_count + 1);
    for (size_t i = 0; i < *out_count; i++) {
        (*out_replays)[i].then = results[i];
        TRY(replay_result(s, a, rules, &f, &(*out_replays)[i]));
    }
    return OK;
}

enum err replay_finding(struct store *s, struct arena *a, const struct replay_rules *rules,
                        int64_t finding, struct replay **out_replays, size_t *out_count)
{
    TRY(db_begin_read(s->db));
    enum err e = replay_all(s, a, rules, finding, out_replays, out_count);
    return db_end(s->db, e);
}

static const struct {
    const char *word;
    struct str zh, en;
} verdicts[] = {
    [REPLAY_EQUAL] = {"equal", STR_INIT("按当时的数据、规则和日期重新计算，结果哈希一致"),
                      STR_INIT("computed again from the records, the rule and the day of then: the "
                               "result hash is equal")},
    [REPLAY_DIFFERS] = {"differs",
                        STR_INIT("重新计算得到同一疑点，但结果哈希不一致，请勿采信，须查明原因"),
                        STR_INIT("it is found again, but with another result hash: do not rely on "
                                 "it before the cause is known")},
    [REPLAY_GONE] = {"gone", STR_INIT("重新计算未得到该疑点，请勿采信，须查明原因"),
                     STR_INIT(
                         "it is not found again: do not rely on it before the cause is known")},
    [REPLAY_RULELESS] = {"ruleless",
                         STR_INIT("当时的规则文本已无处可查，或与现有数据集不再相容，无法重新计算"),
                         STR_INIT(
                             "the declaration of then is not known here; it cannot be computed "
                             "again")},
};

const char *replay_word(enum replay_verdict verdict)
{
    return verdicts[verdict].word;
}

void replay_explain(enum replay_verdict verdict, struct str *out_zh, struct str *out_en)
{
    *out_zh = verdicts[verdict].zh;
    *out_en = verdicts[verdict].en;
}
