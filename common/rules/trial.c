#include "common/rules/trial.h"

#include "common/base/arena.h"

enum trial_reason trial_judge(const struct rule *r, const struct trial_facts *facts)
{
    if (facts->population >= r->share_from && facts->flagged * 100 > facts->population * r->share)
        return TRIAL_SHARE;
    if (r->floor && facts->decided >= RULE_FLOOR_DECISIONS &&
        facts->confirmed * 100 < facts->decided * r->floor)
        return TRIAL_PRECISION;
    return TRIAL_NONE;
}

struct str trial_word(enum trial_reason reason)
{
    return reason == TRIAL_SHARE       ? STR("share")
           : reason == TRIAL_PRECISION ? STR("precision")
                                       : STR_NONE;
}

enum trial_reason trial_named(struct str word)
{
    return str_equal(word, STR("share"))       ? TRIAL_SHARE
           : str_equal(word, STR("precision")) ? TRIAL_PRECISION
                                               : TRIAL_NONE;
}

void trial_explain(struct arena *a, enum trial_reason reason, int64_t counted, int64_t of,
                   struct str *out_zh, struct str *out_en)
{
    long long n = (long long)counted;
    long long m = (long long)of;
    if (reason == TRIAL_SHARE) {
        *out_zh =
            str_format(a, "命中 %lld 人，占 %lld 人的比例过高，已转入试运行，待人工放行", n, m);
        *out_en =
            str_format(a, "flags %lld of %lld persons: in trial until a person releases it", n, m);
        return;
    }
    *out_zh = str_format(a, "已判断 %lld 条中仅查实 %lld 条，已转入试运行，待人工放行", m, n);
    *out_en = str_format(a, "%lld of %lld decisions confirmed: in trial until a person releases it",
                         n, m);
}
