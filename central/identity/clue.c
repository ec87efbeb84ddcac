#include "central/identity/clue.h"

#include "central/identity/chinese.h"
#include "central/identity/company.h"
#include "central/identity/name.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/model/nearest.h"

#define PHONE_DIGITS_MIN 7
#define MOBILE_DIGITS 11

/* Points in the sense of linkage.h. A number that differs weighs most against: that is what it is
 * for. A name is as common as others make it, so that it weighs less than a phone. */
static const struct {
    const char *word;
    struct str zh, en;
    int points[LINKAGE_AGREE + 1];
} clues[CLUE_COUNT] = {
    [CLUE_NUMBER] = {"number",
                     STR_INIT("证件号码"),
                     STR_INIT("identity number"),
                     {[LINKAGE_AGREE] = 10, [LINKAGE_NEAR] = 2, [LINKAGE_DIFFER] = -6}},
    [CLUE_NAME] = {"name",
                   STR_INIT("姓名"),
                   STR_INIT("name"),
                   {[LINKAGE_AGREE] = 4, [LINKAGE_NEAR] = 2, [LINKAGE_DIFFER] = -8}},
    [CLUE_BIRTH] = {"birth",
                    STR_INIT("出生日期"),
                    STR_INIT("birth date"),
                    {[LINKAGE_AGREE] = 5, [LINKAGE_NEAR] = 1, [LINKAGE_DIFFER] = -5}},
    [CLUE_PHONE] = {"phone",
                    STR_INIT("电话"),
                    STR_INIT("phone"),
                    {[LINKAGE_AGREE] = 6, [LINKAGE_DIFFER] = -1}},
    [CLUE_ADDRESS] = {"address",
                      STR_INIT("地址"),
                      STR_INIT("address"),
                      {[LINKAGE_AGREE] = 5, [LINKAGE_DIFFER] = -1}},
    [CLUE_ACCOUNT] = {"account",
                      STR_INIT("银行账号"),
                      STR_INIT("bank account"),
                      {[LINKAGE_AGREE] = 7, [LINKAGE_DIFFER] = -1}},
    [CLUE_UNIT] = {"unit",
                   STR_INIT("单位"),
                   STR_INIT("unit"),
                   {[LINKAGE_AGREE] = 3, [LINKAGE_DIFFER] = -1}},
};

static const char *const level_words[] = {
    [LINKAGE_MISSING] = "missing",
    [LINKAGE_DIFFER] = "differ",
    [LINKAGE_NEAR] = "near",
    [LINKAGE_AGREE] = "agree",
};

static bool agrees(const struct clue_set *c, enum clue clue)
{
    return c->levels[clue] == LINKAGE_AGREE;
}

int clue_tier(const struct clue_set *c)
{
    bool is_known = agrees(c, CLUE_NAME) && agrees(c, CLUE_BIRTH);
    bool is_held = agrees(c, CLUE_PHONE) || agrees(c, CLUE_ADDRESS) || agrees(c, CLUE_ACCOUNT);
    return is_known && is_held ? 3 : 4;
}

int clue_score(const struct clue_set *c)
{
    int score = 0;
    for (size_t i = 0; i < CLUE_COUNT; i++)
        score += clues[i].points[c->levels[i]];
    return score;
}

struct str clue_format(struct arena *a, const struct clue_set *c)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < CLUE_COUNT; i++)
        buf_format(&out, "%s%s %s", i ? "; " : "", clues[i].word, level_words[c->levels[i]]);
    return buf_str(&out);
}

struct clue_set clue_parse(struct str text)
{
    struct clue_set c = {0};
    while (text.len) {
        struct str level = str_trim(str_cut(&text, ';'));
        struct str word = str_cut(&level, ' ');
        for (size_t i = 0; i < CLUE_COUNT; i++)
            for (size_t k = 0; k < COUNT_OF(level_words); k++)
                if (str_equal(word, str_of(clues[i].word)) &&
                    str_equal(level, str_of(level_words[k])))
                    c.levels[i] = (enum linkage_level)k;
    }
    return c;
}

static struct str say(struct arena *a, const struct clue_set *c, bool is_zh)
{
    static const struct {
        enum linkage_level level;
        struct str zh, en;
    } parts[] = {{LINKAGE_AGREE, STR_INIT("相同："), STR_INIT("The same: ")},
                 {LINKAGE_NEAR, STR_INIT("相近："), STR_INIT("Nearly the same: ")},
                 {LINKAGE_DIFFER, STR_INIT("不同："), STR_INIT("Different: ")}};
    struct buf out;
    buf_init(&out, a);
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        size_t count = 0;
        for (size_t i = 0; i < CLUE_COUNT; i++) {
            if (c->levels[i] != parts[p].level)
                continue;
            if (count++ == 0) {
                buf_put_z(&out, out.len && !is_zh ? " " : "");
                buf_put(&out, is_zh ? parts[p].zh : parts[p].en);
            } else {
                buf_put_z(&out, is_zh ? "、" : ", ");
            }
            buf_put(&out, is_zh ? clues[i].zh : clues[i].en);
        }
        buf_put_z(&out, count == 0 ? "" : is_zh ? "。" : ".");
    }
    return buf_str(&out);
}

struct str clue_say_zh(struct arena *a, const struct clue_set *c)
{
    return say(a, c, true);
}

struct str clue_say_en(struct arena *a, const struct clue_set *c)
{
    return say(a, c, false);
}

enum linkage_level clue_names(struct str a, struct str b)
{
    switch (name_compare(a, b)) {
    case NAME_EQUAL:
        return LINKAGE_AGREE;
    case NAME_NEAR:
        return LINKAGE_NEAR;
    case NAME_OTHER:
        return LINKAGE_DIFFER;
    }
    return LINKAGE_DIFFER;
}

enum linkage_level clue_numbers(struct str a, struct str b)
{
    if (a.len == 0 || b.len == 0)
        return LINKAGE_MISSING;
    if (str_equal(a, b))
        return LINKAGE_AGREE;
    /* one digit mistyped changes the check character as well, were it made anew */
    return nearest_distance(a, b) <= 2 ? LINKAGE_NEAR : LINKAGE_DIFFER;
}

enum linkage_level clue_births(int32_t a, int32_t b)
{
    return a == 0 || b == 0 ? LINKAGE_MISSING : a == b ? LINKAGE_AGREE : LINKAGE_DIFFER;
}

enum clue clue_of_evidence(enum evidence_kind kind)
{
    switch (kind) {
    case EVIDENCE_BIRTH:
        return CLUE_BIRTH;
    case EVIDENCE_PHONE:
        return CLUE_PHONE;
    case EVIDENCE_ADDRESS:
        return CLUE_ADDRESS;
    case EVIDENCE_ACCOUNT:
        return CLUE_ACCOUNT;
    case EVIDENCE_UNIT:
    case EVIDENCE_KINDS:
        return CLUE_UNIT;
    }
    return CLUE_UNIT;
}

/* Digits alone; "+86 138…" and "0086138…" are the number behind them. */
static struct str phone(struct arena *a, struct str text)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            buf_put_char(&out, text.ptr[i]);
    struct str digits = buf_str(&out);
    struct str bare = str_starts(digits, STR("00")) ? str_skip(digits, 2) : digits;
    if (str_starts(bare, STR("86")) && bare.len == MOBILE_DIGITS + 2)
        return str_skip(bare, 2);
    return digits.len < PHONE_DIGITS_MIN ? STR_NONE : digits;
}

static struct str account(struct arena *a, struct str text)
{
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' && text.ptr[i] != '-')
            buf_put_char(&out, text.ptr[i]);
    return buf_str(&out);
}

struct str clue_normalise(struct arena *a, enum evidence_kind kind, struct str value)
{
    switch (kind) {
    case EVIDENCE_PHONE:
        return phone(a, chinese_usual(a, value));
    case EVIDENCE_ACCOUNT:
        return account(a, chinese_usual(a, value));
    case EVIDENCE_UNIT:
        return company_normalise(a, value);
    case EVIDENCE_BIRTH:
    case EVIDENCE_ADDRESS:
    case EVIDENCE_KINDS:
        return name_normalise(a, value);
    }
    return value;
}
