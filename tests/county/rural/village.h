/* village.h — one village's collective while its rows are made.
 *
 * Owns:     its leases; people stand in the town.
 * Threads:  one.
 * Fails:    ends the program when memory is out.
 * Limits:   none but memory.
 * Promise:  the village's numbers of rows add up to its share of the county's rural rows. */
#ifndef COUNTY_RURAL_VILLAGE_H
#define COUNTY_RURAL_VILLAGE_H

#include "tests/county/rural/rural.h"
#include "tests/county/world/places.h"

#define RURAL_STEPS 7
#define RURAL_QUARTERS 4

enum asset_sort { HOUSE, MACHINE, FIELD, FOREST, WATER, RESERVE };

/* What is let, and so must come in every year. */
struct lease {
    const struct person *party;
    char no[40];
    int32_t from;
    int64_t annual; /* fen */
};

struct village {
    struct world *world;
    struct town *town;
    const struct place_village *place;
    size_t index, cursor; /* cursor: how far the village's residents have been asked */
    char org_no[24], name[48];
    const struct person *head;
    struct dice dice;
    int64_t land; /* in the hands of the households, 1/100 mu */
    size_t assets, contracts, vouchers, debts, members;
    LIST(struct lease) leases;
};

void village_open(struct village *v, struct world *w, struct town *t, size_t index, size_t rows);
void village_close(struct village *v);
/* The next grown-up head of a household; a new one when all have been asked. */
const struct person *village_somebody(struct village *v);
/* One that holds a post in the village, always the same. */
void village_clerk(const struct village *v, const char *post, char out[NAMES_BYTES]);
/* 64 signs of a file that is named beside a row. */
void village_file_hash(struct village *v, struct row *r);

/* Assets, the contracts on some of them, and the seven steps that led to each contract. */
void village_assets(struct book *b, struct village *v, struct slot slots[RURAL_DATASETS]);
/* A year of vouchers of two lines each. */
void village_ledger(struct book *b, struct village *v, struct slot *s);

#endif
