/* citizen.h — the citizen identity number of GB 11643: 18 characters with a check character, or the
 * older 15 digits.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    citizen_check says what is wrong; only length, alphabet and check character make a
 * number unusable. Limits:   none. Promise:  a region or a birth date that cannot be is a doubt,
 * never a refusal: strict checks refuse real people (indicators Q01). */
#ifndef QQ_MODEL_CITIZEN_H
#define QQ_MODEL_CITIZEN_H

#include "common/base/str.h"

#define CITIZEN_LENGTH 18
#define CITIZEN_LENGTH_OLD 15

enum citizen_verdict {
    CITIZEN_FINE,
    CITIZEN_DOUBT_BIRTH,  /* the birth date is no date, or lies before 1850 */
    CITIZEN_DOUBT_REGION, /* the first two digits are no province */
    CITIZEN_BAD_LENGTH,
    CITIZEN_BAD_ALPHABET,
    CITIZEN_BAD_CHECK,
};

enum citizen_verdict citizen_check(struct str id); /* X may be lower case */
char citizen_check_character(struct str first17);  /* ISO 7064 MOD 11-2 over 17 digits */
/* 15 digits → 18 characters: century 19, check character added. `out` has room for 18. */
void citizen_upgrade(struct str id15, char out[CITIZEN_LENGTH]);
int32_t citizen_birth(struct str id); /* YYYYMMDD, unchecked; 0 when the length is neither */
int citizen_sex(struct str id);       /* GB/T 2261.1: 1 male, 2 female; 0 unknown */

#endif
