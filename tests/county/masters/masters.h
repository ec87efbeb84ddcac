/* masters.h — divisions, duties, rates, firms, accounts, relatives.
 *
 * Owns:     nothing that outlives a call; relatives and the firms' people stand in no other
 * register. Threads:  one. Fails:    as files.h. Limits:   MASTERS_FIRMS at the scale, at most ten
 * times as many. Promise:  no planted person is named but as the holder of the account that he is
 * paid to; a firm of a number is always the same. */
#ifndef COUNTY_MASTERS_MASTERS_H
#define COUNTY_MASTERS_MASTERS_H

#include "tests/county/files.h"

enum {
    MASTER_DIVISION,
    MASTER_DUTY,
    MASTER_RATE,
    MASTER_DISPOSAL,
    MASTER_ACCOUNT,
    MASTER_KIN,
    MASTERS
};

extern const struct layout masters_layouts[MASTERS];

/* How many firms there are; at least a few dozen. */
size_t masters_firms(const struct world *w);
/* The firm of a number: its credit code and name. */
void masters_firm(uint32_t number, char uscc[19], char name[64]);
/* The number of one that is in business. */
uint32_t masters_open_firm(const struct world *w, struct dice *d);
/* The accounts that a township pays to; its payments must be there. */
void masters_accounts(struct book *b, const struct town *t);
void masters_firm_accounts(struct book *b);
void masters_companies(struct book *b, struct world *w);
void masters_kin(struct book *b, struct world *w);
void masters_lists(struct book *b);
/* All but the townships' accounts. */
void masters_drop(struct book *b, struct world *w);

#endif
