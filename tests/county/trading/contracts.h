/* contracts.h — a contract from its signature to its last payment.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    as files.h.
 * Limits:   PAYMENT_YEARS of payments, counted back from today's year.
 * Promise:  what follows from a contract depends on the seed and its number alone, so it need not
 * be held. */
#ifndef COUNTY_TRADING_CONTRACTS_H
#define COUNTY_TRADING_CONTRACTS_H

#include "tests/county/trading/lots.h"

#define PAYMENT_YEARS 5

struct contract {
    const struct office *buyer;
    const struct supplier *supplier, *labour; /* labour: does a part of it, or NULL */
    char lot_no[40], name[96];                /* no lot: too small for a tender */
    enum lot_kind kind;
    int64_t amount; /* fen */
    int32_t signed_on;
    uint32_t serial;
};

/* The contract that the award led to; false: not signed before today. */
bool contracts_from_lot(const struct world *w, struct dice *d, const struct parties *p,
                        const struct lot *lot, struct contract *out);
/* One below every limit, agreed without a tender. */
void contracts_small(struct world *w, struct dice *d, const struct parties *p,
                     struct contract *out);
/* Writes it and what became of it; payments go to the slot of their year. */
void contracts_run(struct book *b, const struct contract *c, struct slot slots[TRADING_DATASETS],
                   struct slot payments[PAYMENT_YEARS]);

#endif
