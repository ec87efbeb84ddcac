#include "central/roles/rule_print.h"

#include "common/base/arena.h"
#include "common/base/hex.h"
#include "common/json/json.h"

#include <stdio.h>

static void print(struct arena *a, struct json *root)
{
    struct str text = json_write(root, a);
    fwrite(text.ptr, 1, text.len, stdout);
    fputc('\n', stdout);
    json_free(root);
}

static void put_rule(struct arena *a, struct json *o, const struct rule *r)
{
    json_set_str(o, "rule", r->id);
    json_set_str(o, "zh", r->zh);
    json_set_str(o, "en", r->en);
    json_set_int(o, "version", r->version);
    json_set_str(o, "status", str_of(rule_status_name(r->status)));
    json_set_str(o, "hash", hex_encode(a, hash_str(&r->hash)));
}

static void put_problem(struct json *o, const struct problem *p)
{
    json_set_str(o, "severity", p->severity == PROBLEM_ERROR ? STR("error") : STR("warning"));
    json_set_str(o, "code", p->code);
    json_set_str(o, "file", p->file);
    json_set_int(o, "line", p->line);
    json_set_int(o, "column", p->column);
    json_set_str(o, "zh", p->zh);
    json_set_str(o, "en", p->en);
}

void rule_print_checked(struct arena *a, bool is_json, const struct rule *const *rules,
                        size_t count, const struct problem_list *problems)
{
    if (is_json) {
        struct json *root = json_new_object();
        struct json *sound = json_set_array(root, "rules");
        struct json *faults = json_set_array(root, "problems");
        for (size_t i = 0; i < count; i++)
            put_rule(a, json_add_object(sound), rules[i]);
        for (size_t i = 0; i < problems->items.count; i++)
            put_problem(json_add_object(faults), &problems->items.at[i]);
        print(a, root);
        return;
    }
    for (size_t i = 0; i < count; i++)
        printf(STR_FMT " " STR_FMT " / " STR_FMT " %s\n", STR_ARG(rules[i]->id),
               STR_ARG(rules[i]->zh), STR_ARG(rules[i]->en), rule_status_name(rules[i]->status));
    for (size_t i = 0; i < problems->items.count; i++)
        printf(STR_FMT "\n", STR_ARG(problem_format(a, &problems->items.at[i])));
}

static void put_hits(struct json *list, const struct finding_found *const *hits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(list);
        json_set_int(o, "subject", hits[i]->hit.subject);
        json_set_str(o, "key", hits[i]->key);
        json_set_str(o, "episode", hits[i]->hit.episode);
        json_set_int(o, "level", hits[i]->hit.level);
        json_set_int(o, "tier", hits[i]->hit.tier);
        json_set_int(o, "amount_fen", hits[i]->hit.amount_fen);
        json_set_str(o, "say_zh", hits[i]->say_zh);
        json_set_str(o, "say_en", hits[i]->say_en);
    }
}

static void print_proof_json(struct arena *a, const struct rule *r, const struct proof *proof)
{
    struct json *root = json_new_object();
    put_rule(a, root, r);
    struct json *cases = json_set_array(root, "cases");
    for (size_t i = 0; i < proof->case_count; i++) {
        const struct proof_case *c = &proof->cases[i];
        struct json *o = json_add_object(cases);
        json_set_str(o, "subject", c->given.subject);
        json_set_str(o, "claim", c->given.claim);
        json_set_str(o, "expected", c->given.is_hit ? STR("hit") : STR("clear"));
        json_set_str(o, "found", c->hit_count ? STR("hit") : STR("clear"));
        json_set_bool(o, "right", proof_is_right(c));
        put_hits(json_set_array(o, "hits"), c->hits, c->hit_count);
    }
    put_hits(json_set_array(root, "strangers"), proof->strangers, proof->stranger_count);
    struct json *lacking = json_set_array(root, "lacking");
    for (size_t i = 0; i < proof->lacking_count; i++)
        json_add_str(lacking, proof->lacking[i]);
    json_set_bool(root, "dirty_same", proof->is_dirty_same);
    json_set_bool(root, "passed", proof->is_passed);
    print(a, root);
}

static void print_case(const struct proof_case *c)
{
    printf("%s  %s  " STR_FMT "  " STR_FMT "\n", proof_is_right(c) ? "相符 ok   " : "不符 WRONG",
           c->hit_count ? "命中 hit  " : "未命中 clear", STR_ARG(c->given.subject),
           STR_ARG(c->given.claim));
    for (size_t i = 0; i < c->hit_count && !proof_is_right(c); i++)
        printf("    [" STR_FMT "] " STR_FMT "\n        " STR_FMT "\n",
               STR_ARG(c->hits[i]->hit.episode), STR_ARG(c->hits[i]->say_zh),
               STR_ARG(c->hits[i]->say_en));
}

void rule_print_proof(struct arena *a, bool is_json, const struct rule *r,
                      const struct proof *proof)
{
    if (is_json) {
        print_proof_json(a, r, proof);
        return;
    }
    size_t right = 0;
    for (size_t i = 0; i < proof->case_count; i++) {
        print_case(&proof->cases[i]);
        right += proof_is_right(&proof->cases[i]);
    }
    for (size_t i = 0; i < proof->stranger_count; i++)
        printf("无案例的命中 a hit without a case: %lld " STR_FMT " [" STR_FMT "]\n",
               (long long)proof->strangers[i]->hit.subject, STR_ARG(proof->strangers[i]->key),
               STR_ARG(proof->strangers[i]->hit.episode));
    for (size_t i = 0; i < proof->lacking_count; i++)
        printf("缺少案例 no case for: " STR_FMT "\n", STR_ARG(proof->lacking[i]));
    if (!proof->is_dirty_same)
        printf("增量结果与全量不同 the dirty alone give another result than everything\n");
    printf(STR_FMT " %s: %zu/%zu\n", STR_ARG(r->id),
           proof->is_passed ? "通过 passed" : "未通过 FAILED", right, proof->case_count);
}

static const struct finding_found *shown_of(const struct effect_change *c)
{
    return c->after ? c->after : c->before;
}

static void put_change(struct json *o, const struct effect_change *c)
{
    const struct finding_found *f = shown_of(c);
    json_set_str(o, "change", str_of(effect_word(c->kind)));
    json_set_int(o, "finding", c->finding);
    json_set_int(o, "subject", f->hit.subject);
    json_set_str(o, "key", f->key);
    json_set_str(o, "episode", f->hit.episode);
    if (c->before) {
        json_set_int(o, "level_before", c->before->hit.level);
        json_set_int(o, "amount_fen_before", c->before->hit.amount_fen);
    }
    if (c->after) {
        json_set_int(o, "level", c->after->hit.level);
        json_set_int(o, "amount_fen", c->after->hit.amount_fen);
    }
}

static void print_effect_json(struct arena *a, const struct rule_effect *e, size_t limit)
{
    struct json *root = json_new_object();
    const struct effect *x = e->effect;
    if (e->older)
        put_rule(a, json_set_object(root, "older"), e->older);
    put_rule(a, json_set_object(root, "newer"), e->newer);
    json_set_bool(root, "older_dead", x->is_older_dead);
    json_set_int(root, "before", (int64_t)x->before);
    json_set_int(root, "after", (int64_t)x->after);
    json_set_int(root, "appear", (int64_t)x->appear);
    json_set_int(root, "disappear", (int64_t)x->disappear);
    json_set_int(root, "change", (int64_t)x->change);
    json_set_int(root, "stay", (int64_t)x->stay);
    json_set_int(root, "took_ms", e->took_ms);
    struct json *changes = json_set_array(root, "changes");
    for (size_t i = 0; i < x->count && i < limit; i++)
        put_change(json_add_object(changes), &x->changes[i]);
    print(a, root);
}

static void print_version(const struct rule *r)
{
    if (r)
        printf(STR_FMT " v%lld", STR_ARG(r->id), (long long)r->version);
    else
        printf("无 none");
}

static void print_change(const struct effect_change *c)
{
    static const char *const words[] = {[FINDING_APPEARS] = "新增 appears",
                                        [FINDING_CHANGES] = "变化 changes",
                                        [FINDING_STAYS] = "不变 stays",
                                        [FINDING_DISAPPEARS] = "消失 disappears"};
    const struct finding_found *f = shown_of(c);
    printf("%s  ", words[c->kind]);
    if (f->key.len)
        printf(STR_FMT, STR_ARG(f->key));
    else
        printf("%lld", (long long)f->hit.subject);
    printf(" [" STR_FMT "]", STR_ARG(f->hit.episode));
    if (c->before)
        printf("  L%d", c->before->hit.level);
    if (c->before && c->after)
        printf(" →");
    if (c->after)
        printf(" L%d", c->after->hit.level);
    if (c->finding)
        printf("  疑点 finding %lld", (long long)c->finding);
    putchar('\n');
}

void rule_print_effect(struct arena *a, bool is_json, const struct rule_effect *e, size_t limit)
{
    const struct effect *x = e->effect;
    if (is_json) {
        print_effect_json(a, e, limit);
        return;
    }
    print_version(e->older);
    printf(" → ");
    print_version(e->newer);
    printf("：命中 hits %zu → %zu，新增 appear %zu，消失 disappear %zu，变化 change %zu，不变 stay "
           "%zu（%lld ms）\n",
           x->before, x->after, x->appear, x->disappear, x->change, x->stay, (long long)e->took_ms);
    if (x->is_older_dead)
        printf("旧版本算不出，按没有旧版本比较 the older could not be computed: as if there was "
               "none\n");
    for (size_t i = 0; i < x->count && i < limit; i++)
        print_change(&x->changes[i]);
    if (x->count > limit)
        printf("… 另有 and %zu more\n", x->count - limit);
}

static void put_version(struct arena *a, struct json *o, const struct rule_version *v)
{
    json_set_int(o, "id", v->id);
    json_set_str(o, "rule", v->rule);
    json_set_int(o, "version", v->version);
    json_set_str(o, "status", str_of(rule_store_states.states[v->status].name));
    json_set_str(o, "hash", hex_encode(a, hash_str(&v->hash)));
    json_set_str(o, "proposed_by", v->proposed_by);
    json_set_int(o, "proposed_ms", v->proposed_ms);
    json_set_str(o, "decided_by", v->decided_by);
    json_set_int(o, "decided_ms", v->decided_ms);
    json_set_str(o, "retired_by", v->retired_by);
    json_set_int(o, "valid_from", v->valid_from);
    json_set_int(o, "valid_to", v->valid_to);
    json_set_int(o, "appear", v->appear);
    json_set_int(o, "disappear", v->disappear);
    json_set_int(o, "change", v->change);
}

void rule_print_versions(struct arena *a, bool is_json, const struct rule_version *rows,
                         size_t count)
{
    static const char *const words[] = {[RULE_VERSION_DRAFT] = "待批 draft",
                                        [RULE_VERSION_REFUSED] = "未批 refused",
                                        [RULE_VERSION_PUBLISHED] = "施行 published",
                                        [RULE_VERSION_RETIRED] = "退出 retired"};
    struct json *root = is_json ? json_new_array() : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct rule_version *v = &rows[i];
        if (is_json)
            put_version(a, json_add_object(root), v);
        else
            printf(STR_FMT " v%lld  %s  提出 proposed " STR_FMT "  决定 decided " STR_FMT
                           "  %d–%d  +%lld −%lld ~%lld\n",
                   STR_ARG(v->rule), (long long)v->version, words[v->status],
                   STR_ARG(v->proposed_by), STR_ARG(v->decided_by), v->valid_from, v->valid_to,
                   (long long)v->appear, (long long)v->disappear, (long long)v->change);
    }
    if (is_json)
        print(a, root);
}
