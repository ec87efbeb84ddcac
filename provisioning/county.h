/* county.h — the folder that is the authority's memory: who the county is, its keys, its register
 * of sites. Plain files, so that it can be looked at, copied and kept in a safe.
 *
 * Owns:     nothing; texts are the arena's.
 * Threads:  one.
 * Fails:    ERR_MISSING: no county here (`init` makes one); errors of file.h.
 * Limits:   files of COUNTY_FILE_BYTES_MAX.
 * Promise:  each file is replaced at once, private ones with mode 0600; what is there is never made
 * anew, so every command can be repeated after an interruption. */
#ifndef QQ_PROVISIONING_COUNTY_H
#define QQ_PROVISIONING_COUNTY_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/world.h"
#include "provisioning/authority.h"

#define COUNTY_FILE_BYTES_MAX ((size_t)16 * 1024 * 1024)
#define COUNTY_RENEW_DAYS 90 /* a certificate that ends sooner is replaced when one comes by */

struct county {
    struct arena *arena;
    struct clock *clock;
    struct random *random;
    uint32_t passphrase_rounds; /* for a new authority */
    struct str folder;
    struct str code, name, broker_url;
    struct str hosts[AUTHORITY_HOSTS_MAX]; /* of the broker */
    size_t host_count;
    struct authority *authority; /* NULL until county_unlock */
};

MUST_USE enum err county_load(struct county *c);
MUST_USE enum err county_save(const struct county *c);
MUST_USE enum err county_unlock(struct county *c, struct str passphrase);
bool county_is_code(struct str code); /* six digits */

/* Paths below the folder, from a printf format. */
struct str county_path(const struct county *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
MUST_USE enum err county_read(const struct county *c, struct str path, struct str *out_bytes);
MUST_USE enum err county_write(const struct county *c, struct str path, struct str bytes,
                               unsigned mode); /* makes the folder */
bool county_has(struct str path, struct arena *a);

/* A private key at `path`, made when it is not there; *out_public: its public half, at
 * `public_path`. */
MUST_USE enum err county_need_key(const struct county *c, struct str path, struct str public_path);
/* A certificate for the TLS key at `key_path` (made when missing), made when missing or near its
 * end. */
MUST_USE enum err county_need_certificate(const struct county *c, struct str key_path,
                                          struct str certificate_path, struct str common_name,
                                          bool is_server);
MUST_USE enum err county_copy(const struct county *c, struct str from, struct str to,
                              unsigned mode);
/* The catalog's declarations, folder by folder. */
MUST_USE enum err county_copy_catalog(const struct county *c, struct str from, struct str to);

#endif
