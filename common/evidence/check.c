#include "common/evidence/check.h"

#include "common/base/arena.h"
#include "common/model/record.h"
#include "common/rules/explain.h"

void check_add(struct check *c, enum check_state state, struct str part, struct str zh,
               struct str en)
{
    VEC_PUSH(&c->parts, c->arena, (struct check_part){state, part, zh, en});
    c->is_right = c->is_right && state != CHECK_WRONG;
}

static enum check_state state_of(bool is_right)
{
    return is_right ? CHECK_RIGHT : CHECK_WRONG;
}

/* Two sentences for right and wrong. */
struct words {
    struct str part, right_zh, right_en, wrong_zh, wrong_en;
};

static void add(struct check *c, bool is_right, const struct words *w)
{
    check_add(c, state_of(is_right), w->part, is_right ? w->right_zh : w->wrong_zh,
              is_right ? w->right_en : w->wrong_en);
}

static void check_form(struct check *c, struct str file, const struct signature *s)
{
    struct str again = pack_file(c->arena, pack_write(c->arena, &c->pack), s);
    size_t at = 0;
    while (at < file.len && at < again.len && file.ptr[at] == again.ptr[at])
        at++;
    if (str_equal(file, again))
        check_add(c, CHECK_RIGHT, STR("form"), STR("文件各字节与其内容一致"),
                  STR("every byte of the file is what its contents give"));
    else
        check_add(c, CHECK_WRONG, STR("form"),
                  str_format(c->arena, "从第 %zu 个字节起，文件与其自身内容不符", at + 1),
                  str_format(c->arena,
                             "from byte %zu on the file is not what its own contents give",
                             at + 1));
}

static void check_rule(struct check *c)
{
    const struct pack *p = &c->pack;
    add(c, hash_equal(&p->rule->hash, &p->result.rule_hash),
        &(struct words){STR("rule"), STR("规则文本的哈希与疑点所用规则一致"),
                        STR("the hash of the rule's text is that of the rule it was found by"),
                        STR("规则文本与疑点所用规则不符"),
                        STR("the rule's text is not that of the rule it was found by")});
}

static void check_row(struct check *c, size_t index)
{
    const struct pack *p = &c->pack;
    const struct pack_row *row = &p->rows[index];
    struct record r = {.dataset = row->dataset, .values = row->values};
    struct hash row_hash = record_hash(&r);
    struct hash key_hash = record_key_hash(&r);
    const struct rule_source *s = row->source >= 0 && (size_t)row->source < p->rule->source_count
                                      ? &p->rule->sources[row->source]
                                      : NULL;
    bool is_of_rule = s && s->dataset == row->dataset && str_equal(s->role, row->role);
    bool is_right = hash_equal(&row_hash, &row->row_hash) &&
                    hash_equal(&key_hash, &row->key_hash) && is_of_rule;
    struct arena *a = c->arena;
    struct str zh =
        str_format(a, "证据第 %zu 行（" STR_FMT "）", index + 1, STR_ARG(row->dataset->zh));
    struct str en =
        str_format(a, "evidence row %zu (" STR_FMT ")", index + 1, STR_ARG(row->dataset->en));
    check_add(c, state_of(is_right), str_format(a, "row %zu", index + 1),
              str_format(a, STR_FMT "%s", STR_ARG(zh),
                         is_right ? "：内容与哈希一致" : "：内容与哈希或规则不符，已被改动"),
              str_format(a, STR_FMT ": %s", STR_ARG(en),
                         is_right
                             ? "its values give its hashes"
                             : "its values do not give its hashes, or no rule asks for it; it was "
                               "changed"));
}

static void check_result(struct check *c)
{
    const struct pack *p = &c->pack;
    const struct pack_result *r = &p->result;
    struct hash hash =
        finding_result_hash(&p->rule->hash, p->finding.episode, p->finding.subject, (int)r->level,
                            r->amount_fen, r->values, p->rule->let_count);
    add(c, hash_equal(&hash, &r->hash),
        &(struct words){STR("result"), STR("结果哈希与规则、对象、级别、金额和各项数值一致"),
                        STR("the result hash is that of rule, subject, level, amount and values"),
                        STR("结果哈希不符：对象、级别、金额或数值已被改动"),
                        STR("the result hash does not fit: subject, level, amount or a value was "
                            "changed")});
    bool is_level = r->level >= 1 && r->level <= 5;
    add(c, is_level && explain_points((int)r->level, r->amount_fen) == p->finding.points,
        &(struct words){STR("points"), STR("风险分与级别、金额一致"),
                        STR("the risk points follow from level and amount"),
                        STR("风险分与级别、金额不符"),
                        STR("the risk points do not follow from level and amount")});
    struct str zh = explain_say(c->arena, p->rule, EXPLAIN_ZH, r->values, r->amount_fen);
    struct str en = explain_say(c->arena, p->rule, EXPLAIN_EN, r->values, r->amount_fen);
    add(c, str_equal(zh, r->say_zh) && str_equal(en, r->say_en),
        &(struct words){STR("sentence"), STR("说明文字与各项数值一致"),
                        STR("the sentence says what the values are"), STR("说明文字与各项数值不符"),
                        STR("the sentence does not say what the values are")});
}

static void check_signature(struct check *c, struct str file, const struct signature *s,
                            struct str key)
{
    struct arena *a = c->arena;
    struct signature signature = *s;
    struct signature_key named;
    bool is_read = signature_key(a, s->key, &named) == OK && str_equal(named.pem, s->key) &&
                   str_equal(named.suite, s->suite);
    if (is_read)
        c->key = named;
    if (key.len && signature_key(a, key, &c->key) != OK)
        is_read = false;
    signature.key = c->key.pem;
    bool is_of_key = is_read && str_equal(c->key.pem, named.pem);
    bool is_signed = is_of_key && signature_verify(a, STR(PACK_FORMAT), pack_signed_part(file),
                                                   &signature) == OK;
    add(c, is_signed,
        &(struct words){STR("signature"), STR("签名有效，签名后未被改动"),
                        STR("the signature fits: nothing was changed since it was signed"),
                        is_of_key ? STR("签名不符：签名后有内容被改动")
                                  : STR("签名不是指定公钥的持有者所作"),
                        is_of_key ? STR("the signature does not fit: something was changed since")
                                  : STR("it is not signed by the owner of the given key")});
    if (is_signed)
        check_add(c, key.len ? CHECK_RIGHT : CHECK_NOTE, STR("key"),
                  str_format(a,
                             key.len ? "签名公钥 " STR_FMT " 与所给公钥一致"
                                     : "签名公钥 " STR_FMT
                                       " 取自文件本身，请与县中心公布的公钥核对，或用 --key 指定",
                             STR_ARG(c->key.id)),
                  str_format(a,
                             key.len ? "signed by the given key, " STR_FMT
                                     : "the key " STR_FMT " comes with the file: compare it with "
                                       "the county's, or give that one with --key",
                             STR_ARG(c->key.id)));
}

void check_pack(struct arena *a, struct str file, struct str key, struct check *out_check)
{
    struct signature signature;
    struct check *c = out_check;
    *c = (struct check){.arena = a, .is_right = true};
    c->is_pack = pack_read(a, file, &c->pack, &signature) == OK;
    if (!c->is_pack) {
        check_add(c, CHECK_WRONG, STR("form"),
                  str_format(a, "文件不是完整的证据包（%s）", err_note()),
                  str_format(a, "the file is no whole evidence pack: %s", err_note()));
        return;
    }
    check_form(c, file, &signature);
    check_rule(c);
    check_result(c);
    for (size_t i = 0; i < c->pack.row_count; i++)
        check_row(c, i);
    check_signature(c, file, &signature, key);
}

void check_done(struct check *c)
{
    pack_done(&c->pack);
}
