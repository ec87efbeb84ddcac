/* county — makes the reference county: what 90 sites drop, and the truth about it. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/county/benefits.h"
#include "tests/county/cases.h"
#include "tests/county/days.h"
#include "tests/county/inspection/inspection.h"
#include "tests/county/masters/masters.h"
#include "tests/county/officials.h"
#include "tests/county/powers/powers.h"
#include "tests/county/registers/registers.h"
#include "tests/county/residents.h"
#include "tests/county/rural/rural.h"
#include "tests/county/trading/trading.h"
#include "tests/county/verdicts.h"
#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

struct options {
    uint64_t seed;
    double scale;
    size_t sites;
    int32_t today;
    unsigned day;
    const char *out;
};

static const char help[] =
    "Usage: county [OPTION]... --out DIR\n"
    "Make the files that the sites of the reference county drop, and the truth about them.\n"
    "\n"
    "      --seed S        the same seed makes the same county (default 1)\n"
    "      --scale X       0.01 to 100; 1 is the reference volume (default 1)\n"
    "      --sites N       8 to 90 (default 90)\n"
    "      --today DATE    YYYY-MM-DD, the day that grace periods end on (default 2026-11-24)\n"
    "      --day N         instead of the first load, what comes N days later: DIR/day-N\n"
    "      --out DIR       where to write: sites.csv, sites/, truth.jsonl, expected.json\n"
    "      --help          display this help and exit\n"
    "\n"
    "Exit status: 0 made, 1 could not write, 2 wrong usage.\n";

static int usage(const char *option, const char *value)
{
    (void)fprintf(stderr, "county: --%s: %s\nTry 'county --help' for more information.\n", option,
                  value);
    return 2;
}

static bool read_number(const char *text, uint64_t most, uint64_t *out)
{
    char *end;

    *out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && *out <= most;
}

/* 0: go on. */
static int read_option(struct options *o, const char *name, const char *value)
{
    uint64_t n = 0;
    char *end;

    if (strcmp(name, "seed") == 0)
        return read_number(value, UINT64_MAX, &o->seed) ? 0
                                                        : usage(name, "a whole number is needed");
    if (strcmp(name, "scale") == 0) {
        o->scale = strtod(value, &end);
        return *value && !*end && o->scale >= 0.01 && o->scale <= 100
                   ? 0
                   : usage(name, "0.01 to 100 is possible");
    }
    if (strcmp(name, "sites") == 0) {
        if (!read_number(value, OFFICES_COUNT, &n) || n < OFFICES_LEAST)
            return usage(name, "8 (six keepers of records and two townships) to 90 is possible");
        o->sites = n;
        return 0;
    }
    if (strcmp(name, "today") == 0)
        return calendar_parse(value, &o->today) ? 0 : usage(name, "a day is needed as YYYY-MM-DD");
    if (strcmp(name, "day") == 0) {
        if (!read_number(value, 1000, &n))
            return usage(name, "0 to 1000 is possible");
        o->day = (unsigned)n;
        return 0;
    }
    o->out = value;
    return 0;
}

/* Everything of a township, so that no two of them are held at a time. */
static void make_town(struct world *w, struct book *b, struct town *t)
{
    int64_t land[PLACE_VILLAGES_MAX] = {0};

    benefits_fill(w, t);
    files_town(b, t);
    masters_accounts(b, t);
    if (b->day > 0)
        days_town(b, t);
    residents_fill(w, t);
    registers_town(b, t);
    registers_land(b, t, land);
    rural_town(b, w, t, land);
    world_forget_town(t);
}

static void make(const struct options *o)
{
    struct world w;
    struct book book;

    world_open(&w, o->seed, o->scale, o->sites, o->today);
    files_open(&book, &w, o->out, o->day);
    cases_plant_penalties(&w);
    cases_plant_h01(&w);
    cases_plant_h10(&w);
    w.deaths_planted = w.deaths.count;
    officials_fill(&w);
    verdicts_fill(&w);
    for (size_t i = 0; i < w.town_count; i++)
        make_town(&w, &book, &w.towns[i]);
    benefits_fill_deaths(&w);
    files_county(&book);
    registers_officials(&book);
    registers_lists(&book, &w);
    trading_drop(&book, &w);
    inspection_drop(&book);
    masters_drop(&book, &w);
    powers_drop(&book, &w);
    if (o->day > 0)
        days_county(&book);
    files_close(&book);
    world_close(&w);
}

int main(int argc, char **argv)
{
    static const struct option long_options[] = {
        {"seed", required_argument, NULL, 'o'},  {"scale", required_argument, NULL, 'o'},
        {"sites", required_argument, NULL, 'o'}, {"today", required_argument, NULL, 'o'},
        {"day", required_argument, NULL, 'o'},   {"out", required_argument, NULL, 'o'},
        {"help", no_argument, NULL, 'h'},        {NULL, 0, NULL, 0}};
    struct options options = {1, 1.0, OFFICES_COUNT, 20261124, 0, NULL};
    int c, which = 0, fault;

    while ((c = getopt_long(argc, argv, "", long_options, &which)) != -1) {
        if (c == 'h')
            return fputs(help, stdout) < 0;
        if (c != 'o') {
            (void)fputs("Try 'county --help' for more information.\n", stderr);
            return 2;
        }
        if ((fault = read_option(&options, long_options[which].name, optarg)) != 0)
            return fault;
    }
    if (optind < argc)
        return usage("out", "no other arguments are taken");
    if (!options.out || !*options.out)
        return usage("out", "a folder is needed");
    make(&options);
    return 0;
}
