#include "central/lab/proposal.h"

#include "central/lab/draft.h"
#include "central/lab/proof.h"
#include "common/base/arena.h"

bool proposal_may_write(struct str role)
{
    return str_equal(role, STR("analyst")) || str_equal(role, STR("approver"));
}

bool proposal_may_retire(struct str role)
{
    return str_equal(role, STR("approver"));
}

static void add_fault(struct problem_list *problems, const struct rule *r, const char *code,
                      struct str zh, struct str en)
{
    const struct decl_node *rule = &r->file->nodes[0];
    const struct decl_node *at = rule;
    for (size_t i = 0; i < rule->child_count; i++)
        if (str_equal(decl_keyword(&rule->children[i]), STR("version")))
            at = &rule->children[i];
    decl_problem(problems, r->file, at, NULL, code, zh, en);
}

static bool is_above(struct arena *a, const struct rule *r, int64_t version,
                     struct problem_list *problems)
{
    if (r->version <= version)
        add_fault(problems, r, "rule.version",
                  str_format(a, "版本号须大于 %lld", (long long)version),
                  str_format(a, "the version must be higher than %lld", (long long)version));
    return r->version > version;
}

static enum err read_sound(const struct library *l, struct arena *a,
                           const struct catalog_file *text, struct problem_list *problems,
                           const struct rule **out_rule)
{
    bool is_sound = false;
    const struct catalog *c = l->store->catalog;
    const struct rule *r = draft_read(a, c, text, l->rules, l->count, problems);
    if (r)
        TRY(proof_prepare(a, c, r, problems, &is_sound));
    *out_rule = is_sound ? r : NULL;
    return OK;
}

/* What the rows that are here make of it: too dear, or a statement that fails only when it runs. */
static enum err weigh(const struct library *l, struct arena *a, int32_t today,
                      struct problem_list *problems, bool *out_is_sound, struct proposal *p)
{
    enum err e = effect_weigh(l->store, a, p->older, p->newer, today, &p->effect);
    *out_is_sound = e == OK;
    if (e == ERR_STOPPED)
        add_fault(problems, p->newer, "rule.dear", STR("在现有数据上运行超出计算预算，已停止"),
                  STR("on the rows that are here it went over its budget and was stopped"));
    else if (e == ERR_INVALID || e == ERR_DENIED)
        add_fault(problems, p->newer, "rule.sql", STR("在现有数据上运行时语句出错"),
                  STR("a statement of it fails on the rows that are here"));
    else
        return e;
    return OK;
}

enum err proposal_look(const struct library *l, struct arena *a, const struct catalog_file *text,
                       int32_t today, struct problem_list *problems, bool *out_is_sound,
                       struct proposal *out_proposal)
{
    struct proposal p = {0};
    int64_t version;
    *out_is_sound = false;
    if (text->text.len > PROPOSAL_TEXT_BYTES_MAX) {
        problem_add(problems, (struct problem){.severity = PROBLEM_ERROR,
                                               .code = STR("rule.long"),
                                               .file = text->path,
                                               .line = 1,
                                               .column = 1,
                                               .zh = STR("规则文本过长，最多 64 KiB"),
                                               .en = STR("the text is longer than 64 KiB")});
        return OK;
    }
    TRY(read_sound(l, a, text, problems, &p.newer));
    if (!p.newer)
        return OK;
    TRY(library_version(l, a, p.newer->id, &version));
    if (!is_above(a, p.newer, version, problems))
        return OK;
    p.older = library_rule(l, p.newer->id);
    TRY(weigh(l, a, today, problems, out_is_sound, &p));
    *out_proposal = p;
    return OK;
}

enum err proposal_make(const struct library *l, const struct proposal *p, struct str text,
                       const struct rule_word *word, int64_t *out_id)
{
    const struct effect *e = &p->effect;
    struct rule_version v = {.rule = p->newer->id,
                             .version = p->newer->version,
                             .zh = p->newer->zh,
                             .en = p->newer->en,
                             .text = text,
                             .hash = p->newer->hash,
                             .proposed_by = word->by,
                             .proposed_ms = word->now_ms,
                             .before = (int64_t)e->before,
                             .after = (int64_t)e->after,
                             .appear = (int64_t)e->appear,
                             .disappear = (int64_t)e->disappear,
                             .change = (int64_t)e->change};
    return rule_store_propose(l->store, &v, out_id);
}

enum err proposal_again(const struct library *l, struct arena *a, const struct rule_version *v,
                        int32_t today, struct problem_list *problems, bool *out_is_sound,
                        struct proposal *out_proposal)
{
    struct proposal p = {0};
    struct catalog_file file = {v->rule, v->text};
    *out_is_sound = false;
    TRY(read_sound(l, a, &file, problems, &p.newer));
    if (!p.newer)
        return OK;
    const struct rule *now = library_rule(l, v->rule);
    p.older = now && !hash_equal(&now->hash, &p.newer->hash) ? now : NULL;
    TRY(weigh(l, a, today, problems, out_is_sound, &p));
    *out_proposal = p;
    return OK;
}

enum err proposal_approve(const struct library *l, struct arena *a, int64_t id,
                          const struct rule_word *word, struct problem_list *problems,
                          bool *out_is_let_in)
{
    struct rule_version v;
    const struct rule *r;
    *out_is_let_in = false;
    TRY(rule_store_get(l->store, a, id, &v));
    struct catalog_file file = {v.rule, v.text};
    TRY(read_sound(l, a, &file, problems, &r));
    const struct rule *now = library_rule(l, v.rule);
    if (!r || (v.status == RULE_VERSION_DRAFT && !is_above(a, r, now ? now->version : 0, problems)))
        return OK;
    TRY(db_begin(l->store->db));
    TRY(db_end(l->store->db, rule_store_publish(l->store, a, id, word)));
    *out_is_let_in = true;
    return OK;
}
