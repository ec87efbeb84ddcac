/* authority.h — the county authority: a self-signed P-256 certificate and what it signs.
 *
 * Owns:     the authority's key while open; authority_close wipes it.
 * Threads:  one.
 * Fails:    ERR_MALFORMED for keys and certificates that do not parse; ERR_USAGE for a host name
 * that is neither a name nor an address. Limits:   AUTHORITY_HOSTS_MAX names in a certificate.
 * Promise:  the only file that writes X.509. Certificates live AUTHORITY_DAYS, the authority itself
 * AUTHORITY_ROOT_DAYS; all begin a day early, for clocks that are slow. */
#ifndef QQ_PROVISIONING_AUTHORITY_H
#define QQ_PROVISIONING_AUTHORITY_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/world.h"

#define AUTHORITY_DAYS 730
#define AUTHORITY_ROOT_DAYS 3650
#define AUTHORITY_HOSTS_MAX 32

struct arena;
struct authority;

struct authority_request {
    struct str common_name;  /* what the broker takes for the user's name */
    struct str key_pem;      /* of the one who is certified */
    const struct str *hosts; /* names and addresses of a server; none: a client */
    size_t host_count;
    int64_t now_ms;
};

MUST_USE enum err authority_make(struct random *random, struct arena *a, struct str name,
                                 int64_t now_ms, struct str *out_key_pem,
                                 struct str *out_certificate_pem);
MUST_USE enum err authority_open(struct random *random, struct str key_pem,
                                 struct str certificate_pem, struct authority **out_authority);
void authority_close(struct authority *au);
MUST_USE enum err authority_issue(struct authority *au, struct arena *a,
                                  const struct authority_request *request,
                                  struct str *out_certificate_pem);
MUST_USE enum err authority_read_expiry(struct str certificate_pem, int64_t *out_expiry_ms);

#endif
