/* lots.h — one lot from its approval to its award, with all that is written about it on the way.
 *
 * Owns:     nothing; names are borrowed from the parties and the world.
 * Threads:  one.
 * Fails:    as files.h.
 * Limits:   LOT_BIDS_MAX bids, 7 experts.
 * Promise:  the winner is the lowest or the second of the sound bids, at 72 to 92 % of the ceiling,
 * with the highest score; the next one is 6 % away. */
#ifndef COUNTY_TRADING_LOTS_H
#define COUNTY_TRADING_LOTS_H

#include "tests/county/trading/parties.h"
#include "tests/county/trading/trading.h"

#define LOT_BIDS_MAX 10

enum method { OPEN, INVITED, TALKS, CONSULT, QUOTE, SINGLE };
enum lot_state { LOT_ACTIVE, LOT_COMPLETE, LOT_CANCELLED, LOT_UNSUCCESSFUL };

struct lot {
    const struct office *buyer;
    char project[32], no[40], name[96];
    uint32_t serial, agency; /* both count on and on */
    enum lot_kind kind;
    enum method method;
    enum lot_state state;
    bool by_score;
    const char *item_code;
    int64_t ceiling, price; /* fen */
    int32_t noticed_on, closes_on, notified_on;
    const struct supplier *winner; /* NULL: none yet, or never */
};

/* The lot that its buyer puts out on this day; `turn` counts the buyer's lots. */
void lots_make(struct world *w, struct dice *d, const struct office *buyer, uint32_t turn,
               int32_t noticed_on, struct lot *out);
/* Lets it be bid for and awarded, as far as today allows, and writes everything but the contract.
 */
void lots_run(struct book *b, struct dice *d, struct parties *p, struct lot *lot,
              struct slot slots[TRADING_DATASETS]);

#endif
