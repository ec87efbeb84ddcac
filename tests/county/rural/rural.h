/* rural.h — library 3: what the villages of a township own, let, owe, book and publish.
 *
 * Owns:     nothing; people stand in the town.
 * Threads:  one.
 * Fails:    as files.h.
 * Limits:   one village is held at a time.
 * Promise:  30,315 rows at scale 1 in all. Every contract has its asset, its seven steps in order,
 * its rent on the books; every voucher balances; members' dividends are their shares'; each quarter
 * was published within ten days. */
#ifndef COUNTY_RURAL_RURAL_H
#define COUNTY_RURAL_RURAL_H

#include "tests/county/files.h"

enum {
    RURAL_ORG,
    RURAL_ASSET,
    RURAL_CONTRACT,
    RURAL_STEP,
    RURAL_LEDGER,
    RURAL_DEBT,
    RURAL_MEMBER,
    RURAL_DISCLOSURE,
    RURAL_DATASETS
};

extern const struct layout rural_layouts[RURAL_DATASETS];
/* Debts with the two columns that delete a row and say why. */
extern const struct layout rural_settled_layout;

/* `land`: 1/100 mu in the hands of the households, by village. */
void rural_town(struct book *b, struct world *w, struct town *t, const int64_t *land);

#endif
