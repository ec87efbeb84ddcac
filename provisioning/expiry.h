/* expiry.h — when every certificate of the county ends, the nearest first.
 *
 * Owns:     nothing; results are the county's arena's.
 * Threads:  one.
 * Fails:    errors of county.h; a certificate that does not parse is listed as ended.
 * Limits:   none.
 * Promise:  counts what EXPIRY_WARN_DAYS and less are left for. */
#ifndef QQ_PROVISIONING_EXPIRY_H
#define QQ_PROVISIONING_EXPIRY_H

#include "common/base/vec.h"
#include "provisioning/county.h"

#define EXPIRY_WARN_DAYS 60

struct expiry {
    struct str path; /* below the county's folder */
    int64_t ends_ms;
    int64_t days_left; /* negative: ended */
};

struct expiry_list {
    VEC(struct expiry) items;
    size_t ending; /* within EXPIRY_WARN_DAYS */
};

MUST_USE enum err expiry_read(const struct county *c, struct expiry_list *out_list);

#endif
