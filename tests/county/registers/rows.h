/* rows.h — the rows of the registers that residents and officials share.
 *
 * Owns:     nothing.
 * Threads:  any, one at a time for each row.
 * Fails:    never.
 * Limits:   REGISTER_BLOCK things of one township, of which there are OFFICES_TOWNS and one more.
 * Promise:  two serial numbers never give one plate or one unit of real estate. */
#ifndef COUNTY_REGISTERS_ROWS_H
#define COUNTY_REGISTERS_ROWS_H

#include "tests/county/registers/registers.h"

#define REGISTER_BLOCK 1000000u

enum estate_use { ESTATE_HOME, ESTATE_SHOP, ESTATE_OTHER };
enum estate_way { ESTATE_BOUGHT, ESTATE_INHERITED, ESTATE_BUILT };
enum insurance { INSURANCE_PENSION, INSURANCE_MEDICAL };

/* Somebody who pays in, by month. */
struct contribution {
    const struct person *who;
    const char *employer, *employer_uscc;
    int32_t month; /* running */
    int64_t base;
};

/* One owner's part of a unit of real estate. */
struct estate {
    const struct person *owner;
    uint32_t serial;
    int32_t share; /* hundredths of a per cent */
    enum estate_use use;
    bool is_built; /* by themselves, never bought: whoever is supported lives so */
};

/* Which unit the register came from and up to which day it reaches. */
void register_source(struct row *r, const struct book *b, const char *unit);
void register_household(struct row *r, const struct book *b, const struct resident *one,
                        const char *household);
void register_vehicle(struct row *r, const struct book *b, const struct person *owner,
                      uint32_t serial);
void register_estate(struct row *r, const struct book *b, const struct estate *e);
void register_insurance(struct row *r, const struct book *b, const struct contribution *c,
                        enum insurance kind);
void register_housing(struct row *r, const struct book *b, const struct contribution *c);

#endif
