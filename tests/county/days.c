#include "tests/county/days.h"

#include <stdio.h>

#define ROWS 12
#define DEATH_TURNS 97 /* days until a death may come again */

static struct slot open_slot(const struct book *b, const struct office *o, enum dataset dataset,
                             enum files_note note, const char *name)
{
    struct slot s = {o, &rows_layouts[dataset], note, "", NULL, false};

    (void)snprintf(s.name, sizeof s.name, "%s_第%u天.csv", name, b->day);
    return s;
}

/* A row made by chance; the planted ones keep what they say. */
static const struct pay *any_pay(const struct town *t, struct dice *d)
{
    size_t count = t->pays.count - t->pays_planted;

    return count ? &t->pays.at[t->pays_planted + dice_below(d, (uint32_t)count)] : NULL;
}

static void correct_payments(struct book *b, const struct town *t, struct dice *d, bool is_cut)
{
    struct slot s =
        open_slot(b, t->office, BENEFIT_PAY, is_cut ? NOTE_CUT : NOTE_CORRECTION, "账号更正");
    struct row row;

    for (int i = 0; i < ROWS; i++) {
        const struct pay *p = any_pay(t, d);
        if (!p)
            return;
        rows_pay(t, p, b->day, &row);
        files_row(b, &s, &row);
    }
    if (is_cut)
        files_cut(&s, &row);
    files_end(b, &s);
}

/* A second batch of the same township for a month that was paid: lawful, and late. */
static void pay_arrears(struct book *b, const struct town *t, struct dice *d)
{
    struct slot s = open_slot(b, t->office, BENEFIT_PAY, NOTE_LATE, "补发");
    struct row row;

    for (int i = 0; i < ROWS; i++) {
        const struct pay *p = any_pay(t, d);
        struct pay late;
        if (!p)
            return;
        late = *p;
        late.batch = (uint8_t)(10 + b->day % 20 * ROWS + (unsigned)i);
        late.fen = 100 * dice_range(d, 10, 60);
        rows_pay(t, &late, 0, &row);
        files_row(b, &s, &row);
    }
    files_end(b, &s);
}

void days_town(struct book *b, const struct town *t)
{
    struct dice d = dice_for(b->world->seed, t->office->site, 1000u + b->day);
    size_t index = (size_t)(t - b->world->towns);

    correct_payments(b, t, &d, index == b->day % b->world->town_count);
    if (dice_chance(&d, 500))
        pay_arrears(b, t, &d);
}

static void correct_officials(struct book *b, const struct office *o, struct dice *d)
{
    const struct world *w = b->world;
    struct slot s = open_slot(b, o, OFFICIAL, NOTE_CORRECTION, "干部信息更正");
    struct row row;
    int left = ROWS;

    for (size_t i = 0; i < w->officials.count && left > 0; i++) {
        const struct official *one = &w->officials.at[i];
        if (one->office != o || one->reserved || !dice_chance(d, 200))
            continue;
        rows_official(one, b->day, &row);
        files_row(b, &s, &row);
        left--;
    }
    files_end(b, &s);
}

/* Deaths that the other registers know and this one learns today; the day of death is the same. */
static void learn_deaths(struct book *b)
{
    const struct world *w = b->world;
    struct slot s = open_slot(b, offices_with(w->offices, OFFICE_HEALTH), DEATHS, NOTE_LATE,
                              "死亡医学证明补报");
    struct row row;
    int left = ROWS;

    for (size_t i = w->deaths_planted; i < w->deaths.count && left > 0; i++) {
        struct death learnt = w->deaths.at[i];
        if (learnt.died_on[BY_HEALTH] || i % DEATH_TURNS != b->day % DEATH_TURNS)
            continue;
        learnt.died_on[BY_HEALTH] =
            learnt.died_on[BY_POLICE] ? learnt.died_on[BY_POLICE] : learnt.died_on[BY_CIVIL];
        learnt.registered_on[BY_HEALTH] = w->today;
        rows_death(&learnt, BY_HEALTH, &row);
        files_row(b, &s, &row);
        left--;
    }
    files_end(b, &s);
}

void days_county(struct book *b)
{
    struct dice d = dice_for(b->world->seed, "days", b->day);

    for (size_t i = 0; i < OFFICES_COUNT; i++)
        if (b->world->offices[i].chosen && dice_chance(&d, 150))
            correct_officials(b, &b->world->offices[i], &d);
    learn_deaths(b);
}
