/* broker.h — Mosquitto's configuration and the rights of every party (protocol.md 2).
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    errors of county.h.
 * Limits:   none.
 * Promise:  default deny: who has no line in the list of rights may do nothing; a revoked site has
 * none. Nothing is dropped in silence: queues have no limit but the senders' windows. */
#ifndef QQ_PROVISIONING_BROKER_H
#define QQ_PROVISIONING_BROKER_H

#include "provisioning/register.h"

struct str broker_rights(const struct county *c, const struct register_list *list);
struct str broker_settings(const struct county *c, struct str folder, int64_t port,
                           const char *user);
MUST_USE enum err broker_write(const struct county *c, const struct register_list *list,
                               struct str folder, int64_t port);

#endif
