/* Applications of a year, and the three steps that each of them takes. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/county/masters/masters.h"
#include "tests/county/powers/powers.h"
#include "tests/county/world/calendar.h"

#define APPROVALS 17082
#define YEAR 364
#define STEPS 3

enum result { GRANTED, DENIED, WITHDRAWN };

struct application {
    const struct office *office;
    const struct power *power;
    struct dice dice;
    char serial[32], clerks[STEPS][NAMES_BYTES];
    int32_t accepted_on, reviewed_on, closed_on; /* 0: not yet */
    int32_t paused;
    uint16_t limit;
    enum result result;
};

/* What a number of the year's applications is about. */
struct desk {
    const struct office *office;
    const struct power *power;
};

static bool is_of_person(const struct power *p, struct dice *d)
{
    bool is_private = !p->unit || p->kind == GRANT || p->kind == CONFIRM;
    return is_private ? dice_chance(d, 930) : dice_chance(d, 420);
}

static void plan(const struct world *w, struct application *a)
{
    static const char *const posts[STEPS] = {"receives", "reviews", "decides"};
    static const uint16_t results[] = {955, 33, 12};

    a->accepted_on = powers_office_day(calendar_add(w->today, -dice_range(&a->dice, 1, YEAR)));
    if (a->accepted_on > w->today) /* a day on which offices are open, whichever day is today */
        a->accepted_on = calendar_add(a->accepted_on, -28);
    a->limit = powers_limit(a->power, a->accepted_on);
    a->paused = dice_chance(&a->dice, 40) ? dice_range(&a->dice, 3, 15) : 0;
    /* Calendar days are at least as many as working days. */
    a->closed_on = powers_office_day(
        calendar_add(a->accepted_on, dice_range(&a->dice, a->limit / 3 + 1, a->limit)));
    a->reviewed_on = powers_office_day(calendar_add(
        a->accepted_on, (calendar_days(a->closed_on) - calendar_days(a->accepted_on)) / 2));
    a->result = (enum result)dice_weighted(&a->dice, results, 3);
    for (uint32_t i = 0; i < STEPS; i++)
        powers_clerk(a->office, posts[i],
                     (uint32_t)a->power->kind * 8 + (i ? 0 : dice_below(&a->dice, 3)),
                     a->clerks[i]);
}

static void write_step(struct book *b, const struct application *a, int32_t n, struct slot *s)
{
    static const char *const names[STEPS] = {"受理", "审核", "决定"};
    static const char *const opinions[STEPS] = {"材料齐全，予以受理", "经审核，符合法定条件",
                                                "准予许可"};
    static const int32_t begins[STEPS] = {510, 810, 930}, finishes[STEPS] = {610, 910, 1030};
    int32_t ends[STEPS] = {a->accepted_on, a->reviewed_on, a->closed_on};
    int32_t from = n ? ends[n - 1] : a->accepted_on;
    bool is_done = ends[n] <= b->world->today;
    struct row r;

    row_begin(&r);
    row_text(&r, a->serial);
    row_text(&r, a->office->unit_code);
    row_number(&r, n + 1);
    row_text(&r, names[n]);
    row_text(&r, a->clerks[n]);
    row_moment(&r, from, begins[n] + (int32_t)(dice_hash(a->serial) % 60));
    row_moment(&r, is_done ? ends[n] : 0, finishes[n]);
    row_text(&r, !is_done || (n && a->result != GRANTED) ? NULL : opinions[n]);
    files_row(b, s, &r);
}

static void write_applicant(struct world *w, struct application *a, struct row *r)
{
    char uscc[19], name[64];

    if (is_of_person(a->power, &a->dice)) {
        size_t town = a->office->role == OFFICE_TOWN ? a->office->town : world_any_place(w);
        const struct person *who = people_make(&w->people, &w->pool, &a->dice, 20, 70, town, NULL);
        row_number(r, 0);
        row_text(r, who->name);
        row_number(r, 0);
        row_text(r, who->id);
        return;
    }
    masters_firm(masters_open_firm(w, &a->dice), uscc, name);
    row_number(r, 1);
    row_format(r, "%s", name);
    row_number(r, 1);
    row_format(r, "%s", uscc);
}

static void write_application(struct book *b, struct world *w, struct application *a,
                              struct slot *approvals, struct slot *steps)
{
    bool is_closed = a->closed_on <= w->today;
    bool is_licence = is_closed && a->result == GRANTED && a->power->kind == PERMIT;
    int32_t until[STEPS] = {0, a->accepted_on, a->reviewed_on};
    struct row r;
    char code[16];

    powers_code(a->power, code);
    row_begin(&r);
    row_text(&r, a->serial);
    row_text(&r, a->office->unit_code);
    row_text(&r, code);
    row_text(&r, a->power->name);
    write_applicant(w, a, &r);
    row_text(&r, NULL);
    row_date(&r, a->accepted_on);
    row_number(&r, a->limit);
    row_number(&r, a->paused ? a->paused : SHEET_NONE);
    row_date(&r, is_closed ? a->closed_on : 0);
    row_number(&r, is_closed ? (int64_t)a->result : SHEET_NONE);
    for (size_t i = 0; i < STEPS; i++)
        row_text(&r, i < 2 || is_closed ? a->clerks[i] : NULL);
    if (is_licence)
        row_format(&r, "许%s", a->serial);
    else
        row_text(&r, NULL);
    row_date(&r, is_licence ? a->closed_on : 0);
    row_date(&r, is_licence ? calendar_add(a->closed_on, 365 * 5) : 0);
    files_row(b, approvals, &r);
    for (int32_t n = 0; n < STEPS; n++)
        if (until[n] <= w->today)
            write_step(b, a, n, steps);
}

static void run_desk(struct book *b, struct world *w, const struct desk *at, size_t count,
                     struct slot slots[2])
{
    struct application a = {.office = at->office, .power = at->power};
    char code[16];

    powers_code(at->power, code);
    for (size_t i = 0; i < count; i++) {
        a.dice = dice_for(w->seed ^ dice_hash(at->office->unit_code), code, i);
        plan(w, &a);
        (void)snprintf(a.serial, sizeof a.serial, "%d%s%05u", a.accepted_on, code + 4,
                       (unsigned)i + 1);
        write_application(b, w, &a, &slots[0], &slots[1]);
    }
}

void powers_approvals(struct book *b, struct world *w)
{
    struct desk *desks = calloc(OFFICES_COUNT * powers_count, sizeof *desks);
    uint16_t *weights = calloc(OFFICES_COUNT * powers_count, sizeof *weights);
    size_t count = 0, total = world_scaled(w, APPROVALS, 40);

    if (!desks || !weights) {
        fputs("county: out of memory\n", stderr);
        exit(1);
    }
    for (size_t o = 0; o < OFFICES_COUNT; o++)
        for (size_t n = 0; n < powers_count; n++)
            if (w->offices[o].chosen && powers[n].weight &&
                powers_is_held(&powers[n], &w->offices[o])) {
                desks[count] = (struct desk){&w->offices[o], &powers[n]};
                /* A township's share of what all of them do. */
                weights[count++] = powers[n].unit ? powers[n].weight : powers[n].weight / 22 + 1;
            }
    for (size_t o = 0, i = 0; o < OFFICES_COUNT; o++) {
        struct slot slots[2] = {
            files_slot(&w->offices[o], &powers_layouts[POWER_APPROVAL], "审批服务台账.csv"),
            files_slot(&w->offices[o], &powers_layouts[POWER_STEP], "审批环节明细.csv")};
        for (; i < count && desks[i].office == &w->offices[o]; i++)
            run_desk(b, w, &desks[i], world_share(total, weights, count, i), slots);
        files_end(b, &slots[0]);
        files_end(b, &slots[1]);
    }
    free(desks);
    free(weights);
}
