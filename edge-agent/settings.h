/* settings.h — what agent.ini says.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the one that starts the program.
 * Fails:    as config/options.h.
 * Limits:   none.
 * Promise:  one table is the file, the environment, the command line and the help. */
#ifndef QQ_EDGE_AGENT_SETTINGS_H
#define QQ_EDGE_AGENT_SETTINGS_H

#include "common/config/options.h"

struct settings {
    const char *site, *county;
    const char *broker_url, *ca_file, *tls_cert_file, *tls_key_file;
    const char *sign_key_file, *open_key_file, *hub_sign_file, *hub_open_file;
    const char *catalog, *data, *drop;
    const char *page_address;
    int64_t page_port, settle_ms, heartbeat_seconds;
    const char *out;
    bool is_json;
};

extern const struct options settings_options;

#endif
