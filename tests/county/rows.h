/* rows.h — the columns of each dataset's files, and a row of the world as cells of them.
 *
 * Owns:     the layouts (constant); a row's texts are in the caller's struct row.
 * Threads:  any, one at a time for each row.
 * Fails:    never.
 * Limits:   SHEET_COLUMNS_MAX columns.
 * Promise:  written from data-model.md by hand: shares nothing with the project's declarations. */
#ifndef COUNTY_ROWS_H
#define COUNTY_ROWS_H

#include "tests/county/row.h"
#include "tests/county/world/world.h"

enum dataset {
    UNIT,
    OFFICIAL,
    BENEFIT_ENROL,
    BENEFIT_PAY,
    DEATHS,
    PENALTY,
    JUDGMENT,
    DISCIPLINE_CASE,
    DATASETS
};
extern const struct layout rows_layouts[DATASETS];

/* revision > 0: the same key with another phone or account, as a correction brings it. */
void rows_unit(const struct office *o, struct row *out);
void rows_official(const struct official *o, unsigned revision, struct row *out);
void rows_enrol(const struct town *t, const struct enrol *e, struct row *out);
/* The account that somebody is paid to, and its bank; a revision is a corrected one. */
void rows_account(const struct person *who, unsigned revision, char out[32]);
const char *rows_bank(const struct person *who, unsigned revision);
void rows_pay(const struct town *t, const struct pay *p, unsigned revision, struct row *out);
void rows_death(const struct death *d, enum death_source source, struct row *out);
void rows_penalty(const struct penalty *p, struct row *out);
void rows_judgment(const struct judgment *j, struct row *out);
void rows_discipline(const struct discipline *c, struct row *out);

#endif
