/* offices.h — the 90 units of the county: who they are, how many officials they have, which records
 * they keep.
 *
 * Owns:     one constant table.
 * Threads:  any.
 * Fails:    never.
 * Limits:   OFFICES_COUNT units; OFFICES_LEAST is the smallest useful mix (all six record keepers
 * and two townships). Promise:  a smaller county is a beginning of the larger one's choice, never
 * another mix. */
#ifndef COUNTY_OFFICES_H
#define COUNTY_OFFICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OFFICES_COUNT 90
#define OFFICES_TOWNS 22
#define OFFICES_LEAST 8

enum office_role {
    OFFICE_PLAIN,
    OFFICE_TOWN,
    OFFICE_COMMISSION, /* discipline cases */
    OFFICE_PERSONNEL,  /* the list of units */
    OFFICE_COURT,      /* judgments */
    OFFICE_POLICE,     /* penalties, deaths */
    OFFICE_CIVIL,      /* deaths: funerals */
    OFFICE_HEALTH,     /* deaths, penalties */
    OFFICE_ENFORCER,   /* penalties */
};

struct office {
    char site[4]; /* t01 … t22, d01 … d68 */
    char unit_code[16];
    char division[10];
    char uscc[19];
    const char *name;
    const char *prefix; /* of decision numbers; NULL: decides no penalties */
    enum office_role role;
    uint16_t offence_mix; /* bit per offence that it punishes */
    bool is_key;
    uint16_t weight; /* share of the officials */
    size_t town;     /* index into places, for townships */
    bool chosen;
};

/* Fills the table; `wanted` of the offices are chosen. */
void offices_make(struct office out[OFFICES_COUNT], size_t wanted);
/* The chosen office with this role (there is one for each keeper of records). */
const struct office *offices_with(const struct office all[OFFICES_COUNT], enum office_role role);
/* The unit of this name; when it is not chosen, the commission, which asked for its records. */
const struct office *offices_named(const struct office all[OFFICES_COUNT], const char *name);
/* GB 32100 number of an organisation: class (two characters) and a serial. */
void offices_uscc(const char *class_code, uint32_t serial, char out[19]);

#endif
