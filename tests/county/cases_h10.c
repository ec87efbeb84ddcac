/* H10: paid twice for one month. */
#include "tests/county/cases.h"

#include <stdio.h>

#include "tests/county/benefits.h"
#include "tests/county/world/calendar.h"

enum h10_twist {
    TWO_TOWNS,
    TWO_TOWNS_OLD_ID,
    PAIR_ONE_TOWN,
    PAIR_TWO_TOWNS,
    MOVED_STILL_PAID, /* the old township went on after the month of the move */
    MOVED_CLEANLY,
    MOVED_THAT_MONTH, /* both paid for the month of the move; the old one stopped in it */
    COMPATIBLE,
    TWO_BATCHES,
    CHANGED_PROGRAMME,
    TWO_NAMESAKES,
};

struct h10_kind {
    uint8_t count;
    bool planted;
    enum programme programme, second;
    int32_t fen, second_fen;
    int32_t least, most; /* months paid twice */
    int32_t ages[2];
    enum h10_twist twist;
    const char *why;
};

static const struct h10_kind h10_kinds[] = {
    {12, true, DIBAO, DIBAO, 42000, 36500, 1, 11, {40, 80}, TWO_TOWNS, "两乡镇同月发低保"},
    {8, true, GAOLING, GAOLING, 10000, 10000, 1, 11, {83, 96}, TWO_TOWNS, "两乡镇同月发高龄津贴"},
    {5, true, CANBU, CANBU, 12000, 10000, 1, 11, {40, 80}, TWO_TOWNS, "两乡镇同月发残补"},
    {6, true, JUMIN, JUMIN, 15300, 13900, 1, 2, {64, 90}, TWO_TOWNS, "两乡镇同月发居民养老"},
    {5,
     true,
     DIBAO,
     DIBAO,
     42000,
     42000,
     2,
     9,
     {55, 80},
     TWO_TOWNS_OLD_ID,
     "两乡镇同月发低保，一处为十五位证件号"},
    {6, true, DIBAO, TEKUN, 36500, 78000, 1, 11, {62, 80}, PAIR_ONE_TOWN, "同月享低保与特困"},
    {4,
     true,
     DIBAO,
     TEKUN,
     36500,
     78000,
     1,
     11,
     {62, 80},
     PAIR_TWO_TOWNS,
     "两乡镇分别发低保与特困"},
    {3, true, TEKUN, GUER, 78000, 120000, 1, 6, {6, 15}, PAIR_ONE_TOWN, "同月享特困与孤儿"},
    {7, true, TEKUN, GAOLING, 78000, 10000, 1, 11, {83, 95}, PAIR_ONE_TOWN, "同月享特困与高龄"},
    {4,
     true,
     DIBAO,
     DIBAO,
     42000,
     42000,
     2,
     2,
     {40, 80},
     MOVED_STILL_PAID,
     "迁居后原乡镇又发两个月"},
    {15, false, DIBAO, DIBAO, 42000, 42000, 0, 0, {40, 80}, MOVED_CLEANLY, "迁居，前后月份不重"},
    {15,
     false,
     DIBAO,
     DIBAO,
     42000,
     42000,
     0,
     0,
     {40, 80},
     MOVED_THAT_MONTH,
     "迁居当月两处各发，原处当月停发"},
    {10, false, DIBAO, CANBU, 42000, 10000, 0, 0, {40, 80}, COMPATIBLE, "低保与残补可同享"},
    {10, false, DIBAO, DIBAO, 42000, 5000, 0, 0, {40, 80}, TWO_BATCHES, "同乡镇两批次补发"},
    {5,
     false,
     DIBAO,
     TEKUN,
     42000,
     78000,
     0,
     0,
     {62, 80},
     CHANGED_PROGRAMME,
     "由低保转特困，月份不重"},
    {5, false, GAOLING, GAOLING, 10000, 10000, 0, 0, {83, 95}, TWO_NAMESAKES, "两乡镇同名两人"},
};

static struct mention plain(const struct person *who)
{
    return (struct mention){who, NULL, false};
}

/* Enrolled and paid at one township; a head of household of its own when it is not the person's
 * own. */
static int64_t benefit(struct world *w, struct town *t, struct mention payee, bool is_guest,
                       enum programme programme, int32_t fen, int32_t months[2], int32_t stopped)
{
    struct enrol *e = benefits_enrol(w, t, payee.who, programme, fen);

    if (is_guest) {
        e->head = benefits_person(w, t, 30, 60);
        e->relation = PARENT;
    }
    if (stopped)
        benefits_stop(w, e, stopped, "迁出");
    return benefits_pay(t, payee, programme, months, fen);
}

static void h10_planted(struct world *w, const struct h10_kind *k)
{
    size_t home = dice_below(&w->dice, (uint32_t)w->town_count);
    size_t away = (home + 1 + dice_below(&w->dice, (uint32_t)w->town_count - 1)) % w->town_count;
    struct town *a = &w->towns[home], *b = &w->towns[k->twist == PAIR_ONE_TOWN ? home : away];
    struct person *who = benefits_person(w, a, k->ages[0], k->ages[1]);
    int32_t n = dice_range(&w->dice, k->least, k->most), last = w->last_month, end = last,
            stopped = 0;
    int32_t first = k->programme == JUMIN ? last - 1 : benefits_first_month(w), from = last - n + 1;
    struct truth *truth;

    if (k->twist == MOVED_STILL_PAID) {
        from = last - 5;
        stopped = from;
        end = from + n;
    }
    (void)benefit(w, a, plain(who), false, k->programme, k->fen, (int32_t[]){first, end}, stopped);
    (void)benefit(w, b, (struct mention){who, NULL, k->twist == TWO_TOWNS_OLD_ID}, b != a,
                  k->second, k->second_fen, (int32_t[]){from, last}, 0);
    truth = world_truth(w, "H10", true, who->id, k->why);
    truth->months = n;
    truth->amount_fen = (int64_t)n * (k->fen + k->second_fen);
    truth->level = 3;
    (void)snprintf(truth->episode, sizeof truth->episode, "twice");
}

static void h10_lawful(struct world *w, const struct h10_kind *k)
{
    size_t home = dice_below(&w->dice, (uint32_t)w->town_count);
    struct town *a = &w->towns[home], *b = &w->towns[(home + 1) % w->town_count];
    struct person *who = benefits_person(w, a, k->ages[0], k->ages[1]), *other = who;
    int32_t first = benefits_first_month(w), last = w->last_month,
            moved = last - dice_range(&w->dice, 2, 8);
    int32_t end = last, from = first, stopped = 0;
    size_t at;

    switch (k->twist) {
    case TWO_NAMESAKES:
        other = benefits_person(w, b, k->ages[0], k->ages[1]);
        (void)snprintf(other->name, sizeof other->name, "%s", who->name);
        break;
    case MOVED_CLEANLY:
    case MOVED_THAT_MONTH:
        end = stopped = moved;
        from = k->twist == MOVED_CLEANLY ? moved + 1 : moved;
        break;
    case CHANGED_PROGRAMME:
        b = a;
        end = stopped = moved;
        from = moved + 1;
        break;
    case TWO_BATCHES:
        b = a;
        from = moved;
        break;
    case COMPATIBLE:
        b = dice_chance(&w->dice, 500) ? a : b;
        break;
    case TWO_TOWNS:
    case TWO_TOWNS_OLD_ID:
    case PAIR_ONE_TOWN:
    case PAIR_TWO_TOWNS:
    case MOVED_STILL_PAID:
        break;
    }
    (void)benefit(w, a, plain(who), false, k->programme, k->fen, (int32_t[]){first, end}, stopped);
    if (k->twist == CHANGED_PROGRAMME)
        a->enrols.at[a->enrols.count - 1].why = "转为特困";
    at = b->pays.count;
    if (k->twist == TWO_BATCHES) {
        (void)benefits_pay(b, plain(who), k->second, (int32_t[]){from, from}, k->second_fen);
        b->pays.at[at].batch = 2;
    } else {
        (void)benefit(w, b, plain(other), other == who && b != a, k->second, k->second_fen,
                      (int32_t[]){from, last}, 0);
    }
    (void)world_truth(w, "H10", false, who->id, k->why);
}

void cases_plant_h10(struct world *w)
{
    for (size_t i = 0; i < sizeof h10_kinds / sizeof *h10_kinds; i++)
        for (size_t n = world_scaled(w, h10_kinds[i].count, 1); n > 0; n--)
            (h10_kinds[i].planted ? h10_planted : h10_lawful)(w, &h10_kinds[i]);
}
