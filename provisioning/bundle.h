/* bundle.h — what one end needs to start: settings, trust anchors, its own keys, the others' public
 * ones, the first catalog.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    errors of county.h; ERR_EXISTS: the site's keys were handed out and its bundle is no
 * longer here.
 * Limits:   none.
 * Promise:  a bundle that is there is completed, never changed: the same command twice gives the
 * same keys. Private keys have mode 0600; intake's folder has no signing key, dispatch's no opening
 * key. */
#ifndef QQ_PROVISIONING_BUNDLE_H
#define QQ_PROVISIONING_BUNDLE_H

#include "provisioning/register.h"

/* The hub's own keys and certificates, and the broker's, into DIR/keys. `is_other_hosts`: servers'
 * certificates are made anew. */
MUST_USE enum err bundle_make_hub_keys(const struct county *c, bool is_other_hosts);
/* DIR/bundles/ID. `is_renewed`: new keys, even when the old ones were handed out. */
MUST_USE enum err bundle_make_site(const struct county *c, const struct register_site *site,
                                   struct str catalog, bool is_renewed);
/* DIR/hub. *out_waiting: sites without keys yet (no bundle made). */
MUST_USE enum err bundle_make_hub(const struct county *c, const struct register_list *list,
                                  struct str catalog, size_t *out_waiting);

#endif
