/* H01: paid after death. */
#include "tests/county/cases.h"

#include <stdio.h>

#include "tests/county/benefits.h"
#include "tests/county/world/calendar.h"

#define NO_PROGRAMME PROGRAMMES

enum h01_twist {
    AFTER_DEATH,
    AFTER_DEATH_ENDED, /* noticed and stopped since */
    PAY_OLD_ID,
    DEATH_OLD_ID,
    DEATH_ALIKE, /* the register's clerk misspelt the name */
    DEATH_TRADITIONAL,
    ONCE_A_YEAR,
    MONTH_OF_DEATH, /* nothing later */
    MONTH_AFTER,
    FUNERAL_GRANT,
    DEAD_NAMESAKE,
    DEAD_OTHER_NAME, /* the register carries the payee's number under quite another name */
    DEAD_OTHER_NAME_OLD_ID,
};

struct h01_kind {
    uint8_t count; /* at scale 1 */
    bool planted;
    enum programme programme, second;
    int32_t fen;
    int32_t least, most; /* months after the death that count */
    int32_t ages[2];
    enum h01_twist twist;
    const char *why;
};

static const struct h01_kind h01_kinds[] = {
    {16, true, DIBAO, NO_PROGRAMME, 42000, 1, 2, {50, 88}, AFTER_DEATH, "死亡后低保多发一至两个月"},
    {8, true, JUMIN, NO_PROGRAMME, 15300, 1, 2, {64, 92}, AFTER_DEATH, "死亡后居民养老多发"},
    {6, true, LIANGBU, NO_PROGRAMME, 112520, 1, 1, {45, 80}, ONCE_A_YEAR, "死亡后仍发粮补"},
    {20, true, DIBAO, NO_PROGRAMME, 36500, 3, 11, {50, 88}, AFTER_DEATH, "死亡后低保连发数月"},
    {10,
     true,
     GAOLING,
     NO_PROGRAMME,
     10000,
     3,
     11,
     {83, 96},
     AFTER_DEATH,
     "死亡后高龄津贴连发数月"},
    {8,
     true,
     CANBU,
     NO_PROGRAMME,
     12000,
     3,
     9,
     {45, 80},
     AFTER_DEATH_ENDED,
     "死亡后残补连发数月，后已停"},
    {6, true, DIBAO, CANBU, 31000, 3, 11, {50, 80}, AFTER_DEATH, "死亡后低保与残补同发"},
    {12, true, DIBAO, NO_PROGRAMME, 36500, 12, 12, {50, 88}, AFTER_DEATH, "死亡一年以上仍发低保"},
    {6,
     true,
     GAOLING,
     NO_PROGRAMME,
     10000,
     12,
     12,
     {84, 97},
     AFTER_DEATH,
     "死亡一年以上仍发高龄津贴"},
    {10,
     true,
     TEKUN,
     NO_PROGRAMME,
     78000,
     7,
     11,
     {64, 88},
     AFTER_DEATH,
     "死亡后特困供养金逾五千元"},
    {8, true, DIBAO, NO_PROGRAMME, 42000, 3, 9, {55, 88}, PAY_OLD_ID, "发放登记为十五位证件号"},
    {5, true, GAOLING, NO_PROGRAMME, 10000, 3, 9, {83, 95}, DEATH_OLD_ID, "死亡登记为十五位证件号"},
    {3, true, DIBAO, NO_PROGRAMME, 42000, 3, 9, {50, 88}, DEATH_ALIKE, "死亡登记姓名一字音近"},
    {2, true, DIBAO, NO_PROGRAMME, 42000, 3, 9, {50, 88}, DEATH_TRADITIONAL, "死亡登记姓氏为繁体"},
    {25, false, DIBAO, NO_PROGRAMME, 42000, 0, 0, {50, 88}, MONTH_AFTER, "只发到死亡次月"},
    {15, false, GAOLING, NO_PROGRAMME, 10000, 0, 0, {83, 96}, MONTH_OF_DEATH, "只发到死亡当月"},
    {30, false, DIBAO, NO_PROGRAMME, 36500, 0, 0, {55, 88}, FUNERAL_GRANT, "之后只有丧葬补助"},
    {20, false, DIBAO, NO_PROGRAMME, 36500, 0, 0, {50, 88}, DEAD_NAMESAKE, "死者为同名另一人"},
    {20,
     false,
     JUMIN,
     NO_PROGRAMME,
     13900,
     0,
     0,
     {64, 88},
     DEAD_OTHER_NAME,
     "死亡登记证件号相同而姓名完全不同"},
    {10,
     false,
     DIBAO,
     NO_PROGRAMME,
     36500,
     0,
     0,
     {55, 88},
     DEAD_OTHER_NAME_OLD_ID,
     "死亡登记十五位号相同而姓名完全不同"},
};

static struct town *any_town(struct world *w)
{
    return &w->towns[dice_below(&w->dice, (uint32_t)w->town_count)];
}

static struct mention plain(const struct person *who)
{
    return (struct mention){who, NULL, false};
}

/* Pays from the first month on and returns what came in more than one month after the death. */
static int64_t pay_on(struct world *w, struct town *t, struct mention payee,
                      enum programme programme, int32_t fen, int32_t death_month, int32_t end)
{
    int32_t first = programme == JUMIN ? w->last_month - 1 : benefits_first_month(w),
            late = death_month + 2;
    struct enrol *e = benefits_enrol(w, t, payee.who, programme, fen);

    if (end < w->last_month)
        benefits_stop(w, e, end, "死亡");
    if (first < late)
        (void)benefits_pay(t, payee, programme, (int32_t[]){first, late - 1}, fen);
    return benefits_pay(t, payee, programme, (int32_t[]){late > first ? late : first, end}, fen);
}

static int32_t h01_level(int32_t months, int64_t fen)
{
    return months >= 12 || fen >= 500000 ? 4 : months >= 3 ? 3 : 1;
}

static void h01_planted(struct world *w, const struct h01_kind *k)
{
    struct town *t = any_town(w);
    struct person *who = benefits_person(w, t, k->ages[0], k->ages[1]);
    int32_t months = dice_range(&w->dice, k->least, k->most), end = w->last_month;
    struct mention payee = {who, NULL, k->twist == PAY_OLD_ID},
                   dead = {who, NULL, k->twist == DEATH_OLD_ID};
    int32_t death_month;
    struct truth *truth;
    int64_t fen;

    if (k->twist == DEATH_ALIKE || k->twist == DEATH_TRADITIONAL)
        dead.alias = cases_spell(w, who, k->twist == DEATH_ALIKE ? SPELT_ALIKE : SPELT_TRADITIONAL);
    if (k->twist == AFTER_DEATH_ENDED)
        end -= dice_range(&w->dice, 1, BENEFITS_MONTHS - 1 - months);
    if (k->twist == ONCE_A_YEAR) {
        end = calendar_last(w->last_month, 6);
        death_month = end - 2 - dice_range(&w->dice, 0, 6);
        (void)benefits_enrol(w, t, who, k->programme, k->fen);
        fen = benefits_pay(t, payee, k->programme, (int32_t[]){end, end}, k->fen);
    } else {
        death_month = end - 1 - months;
        fen = pay_on(w, t, payee, k->programme, k->fen, death_month, end);
        if (k->second != NO_PROGRAMME)
            fen += pay_on(w, t, payee, k->second, 10000, death_month, end);
    }
    (void)benefits_death(w, dead, calendar_in_month(death_month, dice_range(&w->dice, 2, 27)), 0);
    truth = world_truth(w, "H01", true, who->id, k->why);
    (void)snprintf(truth->episode, sizeof truth->episode, "death");
    truth->months = months;
    truth->amount_fen = fen;
    truth->level = h01_level(months, fen);
}

static void h01_lawful(struct world *w, const struct h01_kind *k)
{
    struct town *t = any_town(w);
    struct person *who = benefits_person(w, t, k->ages[0], k->ages[1]), *dead = who;
    int32_t death_month = w->last_month - dice_range(&w->dice, 4, 9), end = w->last_month;
    struct mention named = plain(who);

    if (k->twist <= FUNERAL_GRANT)
        end = death_month + (k->twist == MONTH_OF_DEATH ? 0 : 1);
    if (k->twist == FUNERAL_GRANT) {
        int32_t later = death_month + dice_range(&w->dice, 3, 4);
        (void)benefits_pay(t, named, SANGZANG, (int32_t[]){later, later},
                           100000 * dice_range(&w->dice, 18, 50));
    }
    if (k->twist == DEAD_NAMESAKE) {
        dead = benefits_person(w, any_town(w), k->ages[0], k->ages[1]);
        (void)snprintf(dead->name, sizeof dead->name, "%s", who->name);
        named = plain(dead);
    }
    if (k->twist == DEAD_OTHER_NAME || k->twist == DEAD_OTHER_NAME_OLD_ID) {
        named.alias = cases_spell(w, who, SPELT_OTHERWISE);
        named.old = k->twist == DEAD_OTHER_NAME_OLD_ID;
    }
    /* Nothing is late: the whole of it ends with `end`. */
    (void)pay_on(w, t, plain(who), k->programme, k->fen, end - 2, end);
    (void)benefits_death(w, named, calendar_in_month(death_month, dice_range(&w->dice, 2, 27)), 0);
    (void)world_truth(w, "H01", false, who->id, k->why);
}

void cases_plant_h01(struct world *w)
{
    for (size_t i = 0; i < sizeof h01_kinds / sizeof *h01_kinds; i++)
        for (size_t n = world_scaled(w, h01_kinds[i].count, 1); n > 0; n--)
            (h01_kinds[i].planted ? h01_planted : h01_lawful)(w, &h01_kinds[i]);
}
