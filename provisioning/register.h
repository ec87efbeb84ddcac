/* register.h — the sites of the county: one CSV file, read by this program and by the hub.
 *
 * Owns:     nothing; texts are the county's arena's.
 * Threads:  one.
 * Fails:    ERR_MALFORMED for a register that cannot be read. Faults of an imported file are
 * problems, with row and column.
 * Limits:   REGISTER_SITES_MAX sites.
 * Promise:  importing the same file again changes nothing; a site is never removed, only revoked.
 */
#ifndef QQ_PROVISIONING_REGISTER_H
#define QQ_PROVISIONING_REGISTER_H

#include "common/base/problem.h"
#include "provisioning/county.h"

#define REGISTER_SITES_MAX 20000
#define REGISTER_ID_BYTES_MAX 32

struct register_site {
    struct str id, unit_code, name, kind, division, uscc;
    bool is_revoked;
};

struct register_list {
    VEC(struct register_site) sites;
};

/* No file yet: an empty register. */
MUST_USE enum err register_load(const struct county *c, struct register_list *out_list);
MUST_USE enum err register_save(const struct county *c, const struct register_list *list);
struct register_site *register_find(const struct register_list *list, struct str id);
/* Adds or updates; a fault is a problem (of row `row`) and leaves the list alone. */
bool register_add(const struct county *c, struct register_list *list,
                  const struct register_site *site, uint32_t row, struct problem_list *problems);
/* Rows with the Chinese headers of the county's list. *out_rows: how many were taken. */
MUST_USE enum err register_import(const struct county *c, struct register_list *list,
                                  struct str path, struct problem_list *problems, size_t *out_rows);
/* The register as the hub reads it; key paths are `sign_folder`/ID.sign.pub and
 * `open_folder`/ID.open.pub. */
struct str register_format(const struct county *c, const struct register_list *list,
                           const char *sign_folder, const char *open_folder);

#endif
