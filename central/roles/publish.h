/* publish.h — commands by which a rule comes into force and goes out again, by the word of named
 * users; for rule.c.
 *
 * Owns:     nothing.
 * Threads:  the one of the command.
 * Fails:    ERR_USAGE nobody's word; ERR_DENIED a user whose role may not, or who proposed it;
 * ERR_INVALID faults, which were printed; as rule_store.h.
 * Limits:   as proposal.h.
 * Promise:  a running hub takes it up by itself. */
#ifndef QQ_ROLES_PUBLISH_H
#define QQ_ROLES_PUBLISH_H

#include "central/roles/hub.h"

int32_t publish_today(const struct hub *h);
MUST_USE enum err publish_propose(struct hub *h, struct arena *a,
                                  const struct options_words *words);
MUST_USE enum err publish_approve(struct hub *h, struct arena *a,
                                  const struct options_words *words);
MUST_USE enum err publish_refuse(struct hub *h, struct arena *a, const struct options_words *words);
MUST_USE enum err publish_retire(struct hub *h, struct arena *a, const struct options_words *words);
MUST_USE enum err publish_versions(struct hub *h, struct arena *a,
                                   const struct options_words *words);

#endif
