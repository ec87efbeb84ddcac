#include "tests/county/world/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

#define BLOCK_PEOPLE 1024
#define DAYS_MAX 80000
#define DAY_PEOPLE_MAX 499

struct people_block {
    struct people_block *next;
    struct person people[BLOCK_PEOPLE];
};

static void *obtain(size_t count, size_t size)
{
    void *p = calloc(count, size);

    if (!p) {
        fputs("county: out of memory\n", stderr);
        exit(1);
    }
    return p;
}

void people_init(struct people *p, int32_t today)
{
    p->taken = obtain(DAYS_MAX, sizeof *p->taken);
    p->today = today;
}

void people_done(struct people *p)
{
    free(p->taken);
}

static struct person *take(struct people_pool *pool)
{
    if (!pool->first || pool->used == BLOCK_PEOPLE) {
        struct people_block *block = obtain(1, sizeof *block);
        block->next = pool->first;
        pool->first = block;
        pool->used = 0;
    }
    return &pool->first->people[pool->used++];
}

struct person *people_copy(struct people_pool *pool, const struct person *who)
{
    struct person *copy = take(pool);

    *copy = *who;
    return copy;
}

void people_forget(struct people_pool *pool)
{
    while (pool->first) {
        struct people_block *next = pool->first->next;
        free(pool->first);
        pool->first = next;
    }
    pool->used = 0;
}

/* The county changed its code three times; newcomers brought their own. */
static const char *county_code(struct dice *d, int32_t year)
{
    static const char *const elsewhere[] = {"230102", "230603", "231224", "232103", "230206"};

    if (dice_chance(d, 40))
        return elsewhere[dice_below(d, 5)];
    return year < 1982 ? "232122" : year < 1986 ? "232322" : year < 1999 ? "232303" : "231282";
}

static char check_digit(const char *digits)
{
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;

    for (int i = 0; i < 17; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

struct person *people_make(struct people *p, struct people_pool *pool, struct dice *d,
                           int32_t age_from, int32_t age_to, size_t town, const char *relative)
{
    struct person *who = take(pool);
    int32_t today = calendar_days(p->today), epoch = calendar_days(19000101);
    int32_t day = today - age_to * 365 - age_to / 4 +
                  (int32_t)dice_below(d, (uint32_t)((age_to - age_from) * 365 + 1));
    uint32_t serial;
    char digits[24];

    who->male = dice_chance(d, 510);
    while (p->taken[day - epoch][who->male] >= DAY_PEOPLE_MAX)
        day++;
    who->born = calendar_ymd(day);
    who->town = (uint16_t)town;
    who->village = (uint16_t)dice_below(d, (uint32_t)places[town].village_count);
    names_make(d, who->male, who->born / 10000, relative, who->name);
    /* 499 is prime: the serial walks through all numbers of the day in an order that looks like
     * chance. */
    serial = (p->taken[day - epoch][who->male]++ * 37u + (uint32_t)day * 101u) % DAY_PEOPLE_MAX;
    (void)snprintf(digits, sizeof digits, "%s%08d%03u", county_code(d, who->born / 10000),
                   who->born, (unsigned)(serial * 2 + (who->male ? 1 : 2)) % 1000);
    (void)snprintf(who->id, sizeof who->id, "%.17s%c", digits, check_digit(digits));
    return who;
}

bool people_has_old_id(const struct person *who)
{
    return who->born < 19860101;
}

void people_old_id(const struct person *who, char out[16])
{
    (void)snprintf(out, 16, "%.6s%.9s", who->id, who->id + 8);
}

int32_t people_age(const struct person *who, int32_t on)
{
    return (on - who->born) / 10000;
}
