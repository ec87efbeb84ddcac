/* P01: punished and not dealt with. P02: sentenced and not expelled. */
#include "tests/county/cases.h"

#include <stdio.h>

#include "tests/county/officials.h"
#include "tests/county/verdicts.h"
#include "tests/county/world/calendar.h"

enum twist {
    AS_IS,
    DECIDED_60, /* days before today, to the day */
    DECIDED_59,
    PENALTY_REVOKED,
    CASE_LINKED,
    CASE_LINKED_OLD_ID, /* and named by 15 digits in the case register */
    CASE_SAME_PERIOD,   /* decided, without the decision's number */
    CASE_OPEN,          /* opened only */
    CASE_EARLIER,       /* another matter, closed before the act */
    CASE_WEAK,          /* a case, but no expulsion */
    CASE_EXPELLED,
    CASE_DISMISSED,
    LEFT_BEFORE, /* the day before */
    LEFT_AFTER,
    NAMESAKE,
    NUMBER_OF_ANOTHER, /* the official's number under a name that is quite another */
    OLD_ID,
    TRADITIONAL,
    MISSPELT,
    EFFECTIVE_90,
    EFFECTIVE_89,
    NOT_EFFECTIVE,
};

struct p01_kind {
    uint8_t count; /* at scale 1 */
    bool planted;
    enum offence offence;
    enum penalty_kind category;
    int32_t yuan;
    enum twist twist;
    const char *why;
};

static const struct p01_kind p01_kinds[] = {
    {3, true, PROSTITUTION, DETENTION, 0, AS_IS, "嫖娼，无案件"},
    {2, true, DRUGS, DETENTION, 0, AS_IS, "吸毒，无案件"},
    {3, true, GAMBLING, FINE, 500, AS_IS, "赌博，罚款不足千元也算"},
    {4, true, DRUNK, SUSPENSION, 1500, AS_IS, "酒驾，无案件"},
    {1, true, DRUNK, FINE, 1000, DECIDED_60, "酒驾，决定日正好六十天前"},
    {1, true, DRUNK, FINE, 2000, LEFT_AFTER, "违法时在职，之后离任"},
    {4, true, ASSAULT, DETENTION, 0, AS_IS, "治安拘留，无案件"},
    {2, true, MARKET_RULES, FINE, 1000, AS_IS, "罚款正好一千元"},
    {2, true, BUILDING_RULES, FINE, 8000, AS_IS, "罚款八千元"},
    {1, true, GAMBLING, FINE, 3000, CASE_EARLIER, "此前另有一案，与本次无关"},
    {1, true, GAMBLING, DETENTION, 0, OLD_ID, "处罚登记为十五位证件号"},
    {1, true, DRUNK, FINE, 1800, TRADITIONAL, "处罚登记姓氏为繁体"},
    {1, true, THEFT, DETENTION, 0, MISSPELT, "处罚登记姓名一字音近"},
    {3, false, DRUNK, FINE, 1500, DECIDED_59, "决定日五十九天前，宽限未满"},
    {3, false, GAMBLING, DETENTION, 0, PENALTY_REVOKED, "处罚已撤销"},
    {3, false, DRUNK, SUSPENSION, 1500, CASE_LINKED, "已立案，按文号关联"},
    {1, false, DRUNK, FINE, 1500, CASE_LINKED_OLD_ID, "已立案，案件登记为十五位证件号"},
    {2, false, GAMBLING, FINE, 2000, CASE_SAME_PERIOD, "同期已有处分，未写文号"},
    {1, false, PROSTITUTION, DETENTION, 0, CASE_OPEN, "同期已立案，尚未决定"},
    {3, false, DISORDER, DETENTION, 0, LEFT_BEFORE, "违法前一日已离任"},
    {3, false, DRUGS, DETENTION, 0, NAMESAKE, "同名另一人"},
    {2, false, MARKET_RULES, FINE, 999, AS_IS, "罚款九百九十九元"},
    {2, false, TRAFFIC, FINE, 2000, AS_IS, "一般交通违法，罚款虽高"},
    {3, false, GAMBLING, DETENTION, 0, NUMBER_OF_ANOTHER, "证件号相同而姓名完全不同"},
};

struct p02_kind {
    uint8_t count;
    bool planted, intentional;
    enum sentence sentence;
    int32_t term, probation;
    enum twist twist;
    const char *why;
};

static const struct p02_kind p02_kinds[] = {
    {3, true, true, FIXED_TERM, 30, 0, AS_IS, "故意犯罪判处有期徒刑，无处分"},
    {2, true, true, FIXED_TERM, 12, 18, AS_IS, "有期徒刑宣告缓刑，无处分"},
    {1, true, true, SHORT_DETENTION, 4, 0, AS_IS, "拘役，无处分"},
    {1, true, true, CONTROL, 6, 0, AS_IS, "管制，无处分"},
    {1, true, false, FIXED_TERM, 37, 0, AS_IS, "过失犯罪三十七个月，无处分"},
    {1, true, true, FIXED_TERM, 8, 0, EFFECTIVE_90, "生效正好九十天"},
    {1, true, true, FIXED_TERM, 18, 24, CASE_WEAK, "只给严重警告，未开除"},
    {1, false, true, FIXED_TERM, 14, 0, EFFECTIVE_89, "生效八十九天，宽限未满"},
    {1, false, true, FIXED_TERM, 20, 0, NOT_EFFECTIVE, "上诉期内，尚未生效"},
    {1, false, false, FIXED_TERM, 36, 0, AS_IS, "过失犯罪正好三十六个月"},
    {2, false, true, FIXED_TERM, 24, 0, CASE_EXPELLED, "已开除党籍"},
    {1, false, true, FIXED_TERM, 24, 36, CASE_DISMISSED, "已开除公职"},
    {1, false, true, FINE_ONLY, 0, 0, AS_IS, "单处罚金"},
    {1, false, true, EXEMPT, 0, 0, AS_IS, "免予刑事处罚"},
    {1, false, true, FIXED_TERM, 18, 0, LEFT_BEFORE, "判决四年前已离任"},
    {1, false, true, FIXED_TERM, 10, 0, NAMESAKE, "同名另一人"},
};

/* Where and when: a person in public office from long before the day. */
static struct official *someone(struct world *w, int32_t day, enum twist twist)
{
    int32_t ages[2] = {42, 59};
    int32_t from = calendar_add(day, -dice_range(&w->dice, 1100, 3500)), to = 0;
    struct official *o;

    if (twist == LEFT_BEFORE)
        to = calendar_add(day, -1);
    if (twist == LEFT_AFTER)
        to = calendar_add(day, 25);
    o = officials_add(w, world_any_office(w), ages, from, to);
    o->reserved = true;
    return o;
}

const char *cases_spell(struct world *w, struct person *who, enum cases_spelling how)
{
    char changed[NAMES_BYTES];

    if (how == SPELT_OTHERWISE) {
        names_other(&w->dice, who->male, who->name, changed);
        return world_keep(w, changed);
    }
    while (how == SPELT_TRADITIONAL ? !names_traditional(who->name, changed)
                                    : !names_misspell(who->name, changed))
        names_make(&w->dice, who->male, who->born / 10000, NULL, who->name);
    return world_keep(w, changed);
}

/* How the deciding office names the official. */
static struct mention mention(struct world *w, const struct official *o, enum twist twist)
{
    struct mention m = {o->who, NULL, twist == OLD_ID};

    if (twist == NAMESAKE) {
        struct person *other =
            people_make(&w->people, &w->pool, &w->dice, 25, 65, world_any_place(w), NULL);
        (void)snprintf(other->name, sizeof other->name, "%s", o->who->name);
        m.who = other;
    }
    if (twist == TRADITIONAL || twist == MISSPELT || twist == NUMBER_OF_ANOTHER)
        m.alias = cases_spell(w, o->who,
                              twist == TRADITIONAL ? SPELT_TRADITIONAL
                              : twist == MISSPELT  ? SPELT_ALIKE
                                                   : SPELT_OTHERWISE);
    return m;
}

static int32_t p01_level(const struct p01_kind *k)
{
    return k->offence <= DRUNK ? 5 : k->category == DETENTION ? 4 : 3;
}

static void p01_case(struct world *w, const struct official *o, const struct penalty *p,
                     enum twist twist)
{
    struct discipline *c;

    switch ((int)twist) {
    case CASE_LINKED:
    case CASE_LINKED_OLD_ID:
        c = verdicts_discipline(w, o, calendar_add(p->decided_on, 5),
                                calendar_add(p->decided_on, 50));
        (void)snprintf(c->linked, sizeof c->linked, "%s", p->no);
        c->party.old = twist == CASE_LINKED_OLD_ID;
        break;
    case CASE_SAME_PERIOD:
        (void)verdicts_discipline(w, o, calendar_add(p->offence_on, 8),
                                  calendar_add(p->decided_on, 40));
        break;
    case CASE_OPEN:
        c = verdicts_discipline(w, o, calendar_add(p->decided_on, 12), 0);
        c->party_sanction = PARTY_NONE;
        c->public_sanction = PUBLIC_NONE;
        break;
    case CASE_EARLIER:
        (void)verdicts_discipline(w, o, calendar_add(p->offence_on, -300),
                                  calendar_add(p->offence_on, -220));
        break;
    default:
        break;
    }
}

static void p01(struct world *w, const struct p01_kind *k)
{
    int32_t ago = k->twist == DECIDED_60   ? 60
                  : k->twist == DECIDED_59 ? 59
                                           : dice_range(&w->dice, 75, 380);
    int32_t decided = calendar_add(w->today, -ago);
    int32_t offence_on = calendar_add(decided, -dice_range(&w->dice, 1, 20));
    struct official *o = someone(w, offence_on, k->twist);
    struct penalty *p =
        verdicts_penalty(w, mention(w, o, k->twist), k->offence, offence_on, decided);
    struct truth *t;

    p->category = k->category;
    p->fine_fen = 100 * k->yuan;
    p->status = k->twist == PENALTY_REVOKED ? REVOKED : VALID;
    p01_case(w, o, p, k->twist);
    p->political = o->political; /* as he said when he was asked */
    t = world_truth(w, "P01", k->planted, o->who->id, k->why);
    (void)snprintf(t->episode, sizeof t->episode, "%s", p->no);
    t->amount_fen = p->fine_fen;
    t->level = k->planted ? p01_level(k) : 0;
}

static void p02_case(struct world *w, struct official *o, const struct judgment *j,
                     enum twist twist)
{
    int32_t opened = calendar_add(j->judged_on, 10), decided = calendar_add(j->judged_on, 70);
    struct discipline *c;

    if (twist != CASE_WEAK && twist != CASE_EXPELLED && twist != CASE_DISMISSED)
        return;
    o->political = MEMBER;
    o->joined = o->joined ? o->joined : 19990701;
    c = verdicts_discipline(w, o, opened, decided);
    c->form = twist == CASE_WEAK ? 2 : 4;
    c->party_sanction = twist == CASE_WEAK       ? PARTY_SERIOUS
                        : twist == CASE_EXPELLED ? PARTY_EXPULSION
                                                 : PARTY_NONE;
    c->public_sanction = twist == CASE_DISMISSED ? PUBLIC_DISMISSAL : PUBLIC_NONE;
    (void)snprintf(c->linked, sizeof c->linked, "%s", j->no);
}

static void p02(struct world *w, const struct p02_kind *k)
{
    int32_t ago = k->twist == EFFECTIVE_90   ? 90
                  : k->twist == EFFECTIVE_89 ? 89
                                             : dice_range(&w->dice, 130, 380);
    int32_t effective = calendar_add(w->today, -ago), judged = calendar_add(effective, -12);
    struct official *o =
        someone(w, k->twist == LEFT_BEFORE ? calendar_add(judged, -1499) : judged, k->twist);
    struct judgment *j = verdicts_judgment(w, mention(w, o, k->twist), judged, effective);
    struct truth *t;

    j->intentional = k->intentional;
    if (!k->intentional)
        j->crime = "交通肇事罪";
    j->sentence = k->sentence;
    j->term = k->term;
    j->probation = k->probation;
    if (k->twist == NOT_EFFECTIVE)
        j->effective_on = 0;
    p02_case(w, o, j, k->twist);
    j->political = o->political;
    t = world_truth(w, "P02", k->planted, o->who->id, k->why);
    (void)snprintf(t->episode, sizeof t->episode, "%s", j->no);
    t->months = k->term;
    t->level = k->planted ? 5 : 0;
}

void cases_plant_penalties(struct world *w)
{
    for (size_t i = 0; i < sizeof p01_kinds / sizeof *p01_kinds; i++)
        for (size_t n = world_scaled(w, p01_kinds[i].count, 1); n > 0; n--)
            p01(w, &p01_kinds[i]);
    for (size_t i = 0; i < sizeof p02_kinds / sizeof *p02_kinds; i++)
        for (size_t n = world_scaled(w, p02_kinds[i].count, 1); n > 0; n--)
            p02(w, &p02_kinds[i]);
}
