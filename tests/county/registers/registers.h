/* registers.h — the reference sources: what the state's registers say about the people of the
 * county.
 *
 * Owns:     nothing; residents stand in their town, officials in the world.
 * Threads:  one.
 * Fails:    as files.h.
 * Limits:   one township at a time; RESIDENTS_SCALE_MAX bounds the registers of people.
 * Promise:  nobody of a planted case is named; who lives on support owns one home at most and no
 * vehicle and works for no firm; the dismissed are not paid; the imprisoned receive nothing; the
 * land of a household is at least what it is paid for. */
#ifndef COUNTY_REGISTERS_REGISTERS_H
#define COUNTY_REGISTERS_REGISTERS_H

#include "tests/county/files.h"

enum {
    REGISTER_HOUSEHOLD,
    REGISTER_VEHICLE,
    REGISTER_ESTATE,
    REGISTER_LAND,
    REGISTER_INSURANCE,
    REGISTER_HOUSING,
    REGISTER_PAYROLL,
    REGISTER_PRISON,
    REGISTER_BAN,
    REGISTERS
};

extern const struct layout registers_layouts[REGISTERS];

/* Households, vehicles, real estate, and who works for firms. */
void registers_town(struct book *b, const struct town *t);
/* Land rights; adds the area (1/100 mu) to the sum of each of the township's villages. */
void registers_land(struct book *b, const struct town *t, int64_t *sums);
/* The same registers and the payroll, of those in public office. */
void registers_officials(struct book *b);
/* Prison terms, and the lists of the dishonest and banned. */
void registers_lists(struct book *b, struct world *w);

#endif
