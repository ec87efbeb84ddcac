#include "tests/county/verdicts.h"

#include <stdio.h>

#include "tests/county/officials.h"
#include "tests/county/world/calendar.h"

#define PENALTIES_AND_JUDGMENTS 2623
#define JUDGMENTS 426
#define DISCIPLINES 1568

static const struct office *agency(struct world *w, enum offence offence)
{
    const struct office *found[OFFICES_COUNT];
    uint32_t count = 0;

    for (size_t i = 0; i < OFFICES_COUNT; i++)
        if (w->offices[i].chosen && w->offices[i].offence_mix >> offence & 1)
            found[count++] = &w->offices[i];
    return count ? found[dice_below(&w->dice, count)] : offices_with(w->offices, OFFICE_POLICE);
}

static int32_t until(const struct world *w, int32_t day)
{
    return day > w->today ? 0 : day;
}

/* The n-th number given out: none twice, and none that tells when its row was made. */
static uint32_t serial(const struct world *w, uint32_t n)
{
    uint32_t prime = w->scale <= 3 ? 9973 : w->scale <= 30 ? 99991 : 999983;

    return (uint32_t)((uint64_t)n * 6007u % prime);
}

struct penalty *verdicts_penalty(struct world *w, struct mention party, enum offence offence,
                                 int32_t offence_on, int32_t decided_on)
{
    struct penalty *p = WORLD_ADD(w->penalties);

    p->office = agency(w, offence);
    p->party = party;
    p->offence = offence;
    p->category = FINE;
    p->fine_fen = 50000;
    p->offence_on = offence_on;
    p->decided_on = decided_on;
    p->performed_on = until(w, calendar_add(decided_on, dice_range(&w->dice, 1, 15)));
    p->political = CITIZEN;
    (void)snprintf(p->no, sizeof p->no, "%s〔%d〕%05u号", p->office->prefix, decided_on / 10000,
                   serial(w, ++w->decisions));
    return p;
}

struct judgment *verdicts_judgment(struct world *w, struct mention party, int32_t judged_on,
                                   int32_t effective_on)
{
    static const char *const crimes[] = {"盗窃罪",     "故意伤害罪", "诈骗罪", "危险驾驶罪",
                                         "开设赌场罪", "寻衅滋事罪", "受贿罪", "挪用公款罪"};
    struct judgment *j = WORLD_ADD(w->judgments);

    j->party = party;
    j->intentional = true;
    j->crime = crimes[dice_below(&w->dice, 8)];
    j->sentence = FIXED_TERM;
    j->term = 12;
    j->judged_on = judged_on;
    j->effective_on = effective_on;
    j->political = CITIZEN;
    (void)snprintf(j->no, sizeof j->no, "（%d）黑1282刑初%u号", judged_on / 10000,
                   serial(w, ++w->verdicts));
    return j;
}

struct discipline *verdicts_discipline(struct world *w, const struct official *o, int32_t opened_on,
                                       int32_t decided_on)
{
    static const char *const facts[] = {"违反中央八项规定精神",   "违反廉洁纪律",
                                        "违反工作纪律，履职不力", "违反群众纪律",
                                        "违反生活纪律",           "虚报冒领，优亲厚友"};
    struct discipline *c = WORLD_ADD(w->disciplines);

    c->official = o;
    c->party = (struct mention){o->who, NULL, false};
    c->opened_on = opened_on;
    c->decided_on = decided_on;
    c->form = 2;
    c->party_sanction = o->political <= PROBATIONARY ? PARTY_WARNING : PARTY_NONE;
    c->public_sanction = o->political <= PROBATIONARY ? PUBLIC_NONE : PUBLIC_WARNING;
    c->facts = facts[dice_below(&w->dice, 6)];
    (void)snprintf(c->no, sizeof c->no, "肇纪立〔%d〕%u号", opened_on / 10000,
                   serial(w, ++w->cases));
    return c;
}

/* Officials whom the rule must let alone: too little, not their matter any more, or dealt with. */
static void punish_official(struct world *w)
{
    const struct official *o = officials_any(w);
    int32_t decided = calendar_add(w->today, -dice_range(&w->dice, 70, 380));
    int32_t offence_on = calendar_add(decided, -dice_range(&w->dice, 1, 20));
    struct mention party = {o->who, NULL, false};
    struct penalty *p;
    struct discipline *c;

    switch (dice_below(&w->dice, 4)) {
    case 0:
        p = verdicts_penalty(w, party, TRAFFIC, offence_on, decided);
        p->fine_fen = 5000 * dice_range(&w->dice, 1, 8);
        break;
    case 1:
        p = verdicts_penalty(w, party, OTHER_OFFENCE, offence_on, decided);
        p->category = WARNING;
        p->fine_fen = 0;
        break;
    case 2:
        p = verdicts_penalty(w, party, MARKET_RULES, offence_on, decided);
        p->fine_fen = 5000 * dice_range(&w->dice, 1, 19);
        break;
    default:
        p = verdicts_penalty(w, party, dice_chance(&w->dice, 500) ? DRUNK : GAMBLING, offence_on,
                             decided);
        p->fine_fen = 100000 * dice_range(&w->dice, 1, 3);
        c = verdicts_discipline(w, o, calendar_add(decided, 10), calendar_add(decided, 60));
        (void)snprintf(c->linked, sizeof c->linked, "%s", p->no);
        c->party_sanction = o->political <= PROBATIONARY ? PARTY_SERIOUS : PARTY_NONE;
        break;
    }
    p->political = o->political;
}

static void punish_company(struct world *w)
{
    static const char *const trades[] = {"商贸",     "建筑工程", "粮油", "食品",
                                         "农业科技", "物流",     "养殖", "环保"};
    static const char *const words[] = {"鑫源", "宏达", "北方", "龙江", "丰禾",
                                        "顺通", "金穗", "昌盛", "恒泰", "瑞丰"};
    static const enum offence offences[] = {MARKET_RULES, MARKET_RULES, ENVIRONMENT_HARM,
                                            BUILDING_RULES, OTHER_OFFENCE};
    int32_t decided = calendar_add(w->today, -dice_range(&w->dice, 1, 900));
    struct mention owner = {
        people_make(&w->people, &w->pool, &w->dice, 25, 65, world_any_place(w), NULL), NULL, false};
    struct penalty *p =
        verdicts_penalty(w, owner, offences[dice_below(&w->dice, 5)],
                         calendar_add(decided, -dice_range(&w->dice, 0, 45)), decided);

    p->kind = dice_chance(&w->dice, 560) ? LEGAL : TRADER;
    offices_uscc(p->kind == LEGAL ? "91" : "92", 30000000u + dice_below(&w->dice, 60000000u),
                 p->uscc);
    (void)snprintf(p->company, sizeof p->company, "肇东市%s%s%s", words[dice_below(&w->dice, 10)],
                   trades[dice_below(&w->dice, 8)], p->kind == LEGAL ? "有限公司" : "商店");
    p->fine_fen = 50000 * dice_range(&w->dice, 1, 120);
}

static void punish_citizen(struct world *w, const struct person *who)
{
    static const uint16_t often[OFFENCES] = {18, 22, 80, 210, 90, 110, 80, 190, 90, 30, 30, 50};
    int32_t decided = calendar_add(w->today, -dice_range(&w->dice, 1, 900));
    enum offence offence = (enum offence)dice_weighted(&w->dice, often, OFFENCES);
    bool old = people_has_old_id(who) && dice_chance(&w->dice, 30);
    struct penalty *p =
        verdicts_penalty(w, (struct mention){who, NULL, old}, offence,
                         calendar_add(decided, -dice_range(&w->dice, 0, 45)), decided);

    if (offence <= DISORDER && dice_chance(&w->dice, 450))
        p->category = DETENTION, p->fine_fen = 0;
    else if (dice_chance(&w->dice, 120))
        p->category = WARNING, p->fine_fen = 0;
    else
        p->fine_fen = 10000 * dice_range(&w->dice, 1, offence == TRAFFIC ? 10 : 60);
    if (dice_chance(&w->dice, 15))
        p->status = dice_chance(&w->dice, 500) ? REVOKED : CHANGED;
    if (dice_chance(&w->dice, 40))
        p->political = dice_chance(&w->dice, 700) ? MEMBER : LEAGUE;
}

static void judge_citizen(struct world *w, const struct person *who)
{
    static const uint16_t often[] = {2, 18, 66, 2, 0, 8, 4};
    int32_t judged = calendar_add(w->today, -dice_range(&w->dice, 1, 1000));
    struct judgment *j =
        verdicts_judgment(w, (struct mention){who, NULL, false}, judged,
                          until(w, calendar_add(judged, dice_range(&w->dice, 10, 30))));

    j->of_citizen = true;
    if (dice_chance(&w->dice, 150)) {
        j->intentional = false;
        j->crime = "交通肇事罪";
    }
    j->sentence = (enum sentence)dice_weighted(&w->dice, often, 7);
    j->term = j->sentence == FIXED_TERM        ? dice_range(&w->dice, 6, 120)
              : j->sentence <= SHORT_DETENTION ? 4
                                               : 0;
    if (j->sentence == FIXED_TERM && j->term <= 36 && dice_chance(&w->dice, 400))
        j->probation = 12 * dice_range(&w->dice, 1, 3);
}

/* An official who was sentenced and expelled, as it should be. */
static void judge_official(struct world *w)
{
    const struct official *o = officials_any(w);
    int32_t judged = calendar_add(w->today, -dice_range(&w->dice, 150, 380));
    struct judgment *j = verdicts_judgment(w, (struct mention){o->who, NULL, false}, judged,
                                           calendar_add(judged, 12));
    struct discipline *c =
        verdicts_discipline(w, o, calendar_add(judged, 15), calendar_add(judged, 70));

    j->term = dice_range(&w->dice, 12, 60);
    j->political = o->political;
    c->form = 4;
    c->party_sanction = o->political <= PROBATIONARY ? PARTY_EXPULSION : PARTY_NONE;
    c->public_sanction = PUBLIC_DISMISSAL;
    (void)snprintf(c->linked, sizeof c->linked, "%s", j->no);
}

static void discipline_any(struct world *w)
{
    static const uint16_t forms[] = {640, 290, 45, 25};
    const struct official *o = officials_any(w);
    int32_t opened = calendar_add(w->today, -dice_range(&w->dice, 1, 390));
    struct discipline *c = verdicts_discipline(
        w, o, opened, until(w, calendar_add(opened, dice_range(&w->dice, 5, 120))));
    bool member = o->political <= PROBATIONARY;

    c->form = 1 + (int32_t)dice_weighted(&w->dice, forms, 4);
    if (c->form == 1 || !c->decided_on) {
        c->party_sanction = PARTY_NONE;
        c->public_sanction = PUBLIC_NONE;
    } else if (c->form >= 3) {
        c->party_sanction =
            member ? (c->form == 4 ? PARTY_EXPULSION : PARTY_PROBATION) : PARTY_NONE;
        c->public_sanction = c->form == 4 ? PUBLIC_DISMISSAL : PUBLIC_REMOVAL;
        c->amount_fen = 1000000 * dice_range(&w->dice, 1, 90);
    }
}

void verdicts_fill(struct world *w)
{
    size_t judgments = world_scaled(w, JUDGMENTS, 1),
           both = world_scaled(w, PENALTIES_AND_JUDGMENTS, 1);
    size_t officials = world_scaled(w, 60, 2), sentenced = world_scaled(w, 6, 1);
    size_t cases = world_scaled(w, DISCIPLINES, 1);
    const struct person *who = NULL;

    /* In a county too small for more officials than the cases have, chance has nobody to choose. */
    for (size_t i = 0; i < w->officials.count && !who; i++)
        who = w->officials.at[i].reserved ? NULL : w->officials.at[i].who;
    for (; who && sentenced && w->judgments.count < judgments; sentenced--)
        judge_official(w);
    for (; who && officials && w->penalties.count + w->judgments.count < both; officials--)
        punish_official(w);
    while (who && w->disciplines.count < cases)
        discipline_any(w);
    while (w->judgments.count < judgments)
        judge_citizen(
            w, people_make(&w->people, &w->pool, &w->dice, 19, 70, world_any_place(w), NULL));
    for (who = NULL; w->penalties.count + w->judgments.count < both;) {
        if (dice_chance(&w->dice, 300)) {
            punish_company(w);
            continue;
        }
        if (!who || !dice_chance(&w->dice, 50)) /* a few come again */
            who = people_make(&w->people, &w->pool, &w->dice, 18, 72, world_any_place(w), NULL);
        punish_citizen(w, who);
    }
}
