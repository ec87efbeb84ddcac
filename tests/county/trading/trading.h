/* trading.h — library 2: a year of tenders, and the contracts of three years with their payments.
 *
 * Owns:     nothing that outlives a call; persons stand in the world.
 * Threads:  one.
 * Fails:    as files.h.
 * Limits:   all lots and contracts of the county are held at a time, bids and payments are not.
 * Promise:  lawful by construction: at least three sound bids from strangers, prices apart, the
 * winner's price in the contract, at most 30 % paid before the acceptance and never over the
 * contract. */
#ifndef COUNTY_TRADING_TRADING_H
#define COUNTY_TRADING_TRADING_H

#include "tests/county/files.h"

enum {
    TRADING_APPROVAL,
    TRADING_TENDER,
    TRADING_BID,
    TRADING_EXPERT,
    TRADING_SCORE,
    TRADING_AWARD,
    TRADING_CONTRACT,
    TRADING_CHANGE,
    TRADING_MILESTONE,
    TRADING_ACCEPTANCE,
    TRADING_SUBCONTRACT,
    TRADING_PAYMENT,
    TRADING_COMPANY,
    TRADING_ROLE,
    TRADING_DATASETS
};

extern const struct layout trading_layouts[TRADING_DATASETS];

void trading_drop(struct book *b, struct world *w);

#endif
