/* settings.h — the hub's settings: one table, one struct.
 *
 * Owns:     nothing; texts are the arena's.
 * Threads:  the one that starts the program.
 * Fails:    as config/options.h.
 * Limits:   as config/options.h.
 * Promise:  every key is explained by --help. */
#ifndef QQ_ROLES_SETTINGS_H
#define QQ_ROLES_SETTINGS_H

#include "common/config/options.h"

struct settings {
    const char *county, *broker_url, *ca_file;
    const char *intake_tls_cert_file, *intake_tls_key_file, *intake_open_key_file;
    const char *dispatch_tls_cert_file, *dispatch_tls_key_file, *dispatch_sign_key_file;
    const char *sites_file, *catalog, *data;
    const char *console_address;
    int64_t console_port;
    const char *today; /* YYYY-MM-DD; empty: the clock */
    bool is_json, is_full;
    const char *role, *password_file, *out, *against, *golden, *by, *ocds, *settings, *key;
    int64_t limit;
};

extern const struct options settings_options;

/* The same for a command that needs no hub: nothing must be given. */
struct options settings_without_hub(struct arena *a);
/* The setting `today` as YYYYMMDD; 0 when it is empty. ERR_USAGE when it is no date. */
MUST_USE enum err settings_today(const struct settings *s, int32_t *out_today);

#endif
