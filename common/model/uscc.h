/* uscc.h — the unified social credit code of GB 32100, with the organisation code of GB 11714
 * inside it.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    uscc_check says what is wrong.
 * Limits:   none.
 * Promise:  rural collectives (N1, N2, N3) are valid; an inner organisation code that does not
 * check is a doubt only. */
#ifndef QQ_MODEL_USCC_H
#define QQ_MODEL_USCC_H

#include "common/base/str.h"

#define USCC_LENGTH 18

enum uscc_verdict {
    USCC_FINE,
    USCC_DOUBT_CLASS,        /* first two characters are no known authority and class */
    USCC_DOUBT_ORGANISATION, /* characters 9–17 do not check by GB 11714 */
    USCC_BAD_LENGTH,
    USCC_BAD_ALPHABET,
    USCC_BAD_CHECK,
};

enum uscc_verdict uscc_check(struct str code); /* upper case */
/* Of 18 characters: a known class, and an organisation code inside that checks, whatever the last
 * character says. */
bool uscc_has_organisation(struct str code);

#endif
