/* parties.h — who bids, who judges bids, and who runs the tenders.
 *
 * Owns:     the lists of suppliers and experts; their people stand in the world.
 * Threads:  one.
 * Fails:    ends the program when memory is out.
 * Limits:   LABOUR_SHARE of the suppliers never bid: they are there to be subcontractors.
 * Promise:  no two suppliers share a person, a phone, an account, an address of the net or a
 * machine; no supplier or expert is in public office. */
#ifndef COUNTY_TRADING_PARTIES_H
#define COUNTY_TRADING_PARTIES_H

#include "tests/county/files.h"

enum lot_kind { WORKS, GOODS, SERVICES, LOT_KINDS };

struct supplier {
    char uscc[19], name[64];
    const struct person *delegate;
    uint32_t number;
    uint32_t bids, wins, refusals; /* so far: nobody always loses, and nobody is often refused */
};

#define PARTIES_AGENCIES 14

struct expert {
    char no[16];
    const struct person *who;
    const char *employer, *field;
    uint16_t sessions, with[PARTIES_AGENCIES]; /* so far, and with each agency */
};

struct parties {
    LIST(struct supplier) suppliers[LOT_KINDS], labour;
    LIST(struct expert) experts;
};

void parties_open(struct parties *p, struct world *w);
void parties_close(struct parties *p);
/* Every firm of them in the register of companies: old enough, at work, each with people of its
 * own.
 */
void parties_register(struct book *b, struct world *w, const struct parties *p);
/* `count` different ones that bid for this kind of thing, the one that is most behind with winning
 * first. */
void parties_bidders(struct parties *p, struct dice *d, enum lot_kind kind, size_t count,
                     struct supplier *out[]);
/* One who bid often and was never refused, none of the `count` others; NULL: nobody. */
struct supplier *parties_seasoned(struct parties *p, struct dice *d, enum lot_kind kind,
                                  size_t count, struct supplier *const others[]);
/* `count` different experts, none of whom this agency sees at every second of his sessions. */
void parties_panel(struct parties *p, struct dice *d, uint32_t agency, size_t count,
                   const struct expert *out[]);
/* The agencies of the county take turns. */
const char *parties_agency(uint32_t turn, char uscc[19]);
void parties_account(const struct supplier *s, struct row *r);

#endif
