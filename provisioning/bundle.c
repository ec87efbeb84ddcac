#include "provisioning/bundle.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/os/file.h"

/* The certificates of the hub's side. */
static const struct {
    const char *file, *common_name;
    bool is_server;
} certificates[] = {
    {"intake-tls", "hub-intake", false},
    {"dispatch-tls", "hub-dispatch", false},
    {"console-tls", "hub-console", true},
    {"broker-tls", "broker", true},
};

enum err bundle_make_hub_keys(const struct county *c, bool is_other_hosts)
{
    TRY(county_need_key(c, county_path(c, "keys/hub-open.key"),
                        county_path(c, "keys/hub-open.pub")));
    TRY(county_need_key(c, county_path(c, "keys/hub-sign.key"),
                        county_path(c, "keys/hub-sign.pub")));
    for (size_t i = 0; i < COUNT_OF(certificates); i++) {
        struct str certificate = county_path(c, "keys/%s.crt", certificates[i].file);
        if (is_other_hosts && certificates[i].is_server && county_has(certificate, c->arena))
            TRY(file_remove(str_copy_z(c->arena, certificate)));
        TRY(county_need_certificate(c, county_path(c, "keys/%s.key", certificates[i].file),
                                    certificate, str_of(certificates[i].common_name),
                                    certificates[i].is_server));
    }
    return OK;
}

static struct str agent_ini(const struct county *c, const struct register_site *site)
{
    return str_format(
        c->arena,
        "# Settings of the edge agent of one site, written by qingqu-provision.\n"
        "# Relative paths are relative to this file. qingqu-agent --help explains every setting.\n"
        "\n"
        "# Who this is. The certificate and the keys belong to this id alone.\n"
        "site = " STR_FMT "\n"
        "county = " STR_FMT "\n"
        "\n"
        "# Where the broker is, and how to know it. Files ending in .key are secret.\n"
        "broker_url = " STR_FMT "\n"
        "ca_file = ca.crt\n"
        "tls_cert_file = tls.crt\n"
        "tls_key_file = tls.key\n"
        "\n"
        "# This site's own keys, and the hub's public ones.\n"
        "sign_key_file = sign.key\n"
        "open_key_file = open.key\n"
        "hub_sign_file = hub-sign.pub\n"
        "hub_open_file = hub-open.pub\n"
        "\n"
        "# Declarations of datasets and documents; the agent's database; where the office drops "
        "its "
        "files.\n"
        "catalog = catalog\n"
        "data = data\n"
        "drop = drop\n"
        "\n"
        "# The officer's page.\n"
        "page_address = 127.0.0.1\n"
        "page_port = 8080\n",
        STR_ARG(site->id), STR_ARG(c->code), STR_ARG(c->broker_url));
}

/* The register's copies of the public keys come last: they say that the bundle is complete. */
enum err bundle_make_site(const struct county *c, const struct register_site *site,
                          struct str catalog, bool is_renewed)
{
    struct str id = str_copy(c->arena, site->id);
    const char *name = str_copy_z(c->arena, id);
    struct str registered[] = {county_path(c, "sites/%s.sign.pub", name),
                               county_path(c, "sites/%s.open.pub", name)};
    struct str keys[] = {county_path(c, "bundles/%s/sign.key", name),
                         county_path(c, "bundles/%s/open.key", name)};
    struct str publics[] = {county_path(c, "bundles/%s/sign.pub", name),
                            county_path(c, "bundles/%s/open.pub", name)};
    struct str settings = county_path(c, "bundles/%s/agent.ini", name);
    if (county_has(registered[0], c->arena) && !county_has(keys[0], c->arena) && !is_renewed)
        return fail(ERR_EXISTS,
                    STR_FMT ": its keys were handed out and its bundle is no longer here; --renew "
                            "makes new keys, the old ones end then",
                    STR_ARG(id));
    for (size_t i = 0; i < 2; i++)
        TRY(county_need_key(c, keys[i], publics[i]));
    TRY(county_need_certificate(c, county_path(c, "bundles/%s/tls.key", name),
                                county_path(c, "bundles/%s/tls.crt", name), id, false));
    TRY(county_copy(c, county_path(c, "authority/ca.crt"),
                    county_path(c, "bundles/%s/ca.crt", name), 0644));
    TRY(county_copy(c, county_path(c, "keys/hub-sign.pub"),
                    county_path(c, "bundles/%s/hub-sign.pub", name), 0644));
    TRY(county_copy(c, county_path(c, "keys/hub-open.pub"),
                    county_path(c, "bundles/%s/hub-open.pub", name), 0644));
    TRY(county_copy_catalog(c, catalog, county_path(c, "bundles/%s/catalog", name)));
    if (!county_has(settings, c->arena)) /* an officer may have changed it */
        TRY(county_write(c, settings, agent_ini(c, site), 0644));
    TRY(county_copy(c, county_path(c, "bundles/%s/tls.crt", name),
                    county_path(c, "sites/%s.tls.crt", name), 0644));
    for (size_t i = 0; i < 2; i++)
        TRY(county_copy(c, publics[i], registered[i], 0644));
    return OK;
}

static struct str hub_ini(const struct county *c)
{
    return str_format(
        c->arena,
        "# Settings of the hub, written by qingqu-provision.\n"
        "# Relative paths are relative to this file. qingqu-hub --help explains every setting.\n"
        "\n"
        "county = " STR_FMT "\n"
        "broker_url = " STR_FMT "\n"
        "ca_file = ca.crt\n"
        "\n"
        "# Intake opens what sites send; it cannot sign.\n"
        "intake_tls_cert_file = intake/tls.crt\n"
        "intake_tls_key_file = intake/tls.key\n"
        "intake_open_key_file = intake/open.key\n"
        "\n"
        "# Dispatch signs what goes to sites; it cannot open.\n"
        "dispatch_tls_cert_file = dispatch/tls.crt\n"
        "dispatch_tls_key_file = dispatch/tls.key\n"
        "dispatch_sign_key_file = dispatch/sign.key\n"
        "\n"
        "# The register of sites with their public keys; qingqu-provision hub bundle renews it.\n"
        "sites_file = sites.csv\n"
        "\n"
        "# Declarations of datasets, documents and rules; the hub's database.\n"
        "catalog = catalog\n"
        "data = data\n"
        "\n"
        "# The console's page.\n"
        "console_address = 127.0.0.1\n"
        "console_port = 8090\n",
        STR_ARG(c->code), STR_ARG(c->broker_url));
}

static enum err copy_hub_keys(const struct county *c)
{
    static const struct {
        const char *from, *to;
        unsigned mode;
    } files[] = {
        {"authority/ca.crt", "hub/ca.crt", 0644},
        {"keys/hub-open.key", "hub/intake/open.key", 0600},
        {"keys/intake-tls.key", "hub/intake/tls.key", 0600},
        {"keys/intake-tls.crt", "hub/intake/tls.crt", 0644},
        {"keys/hub-sign.key", "hub/dispatch/sign.key", 0600},
        {"keys/dispatch-tls.key", "hub/dispatch/tls.key", 0600},
        {"keys/dispatch-tls.crt", "hub/dispatch/tls.crt", 0644},
        {"keys/console-tls.key", "hub/console/tls.key", 0600},
        {"keys/console-tls.crt", "hub/console/tls.crt", 0644},
    };
    for (size_t i = 0; i < COUNT_OF(files); i++)
        TRY(county_copy(c, county_path(c, "%s", files[i].from), county_path(c, "%s", files[i].to),
                        files[i].mode));
    return OK;
}

enum err bundle_make_hub(const struct county *c, const struct register_list *list,
                         struct str catalog, size_t *out_waiting)
{
    struct register_list known = {0};
    size_t waiting = 0;
    TRY(copy_hub_keys(c));
    for (size_t i = 0; i < list->sites.count; i++) {
        const char *id = str_copy_z(c->arena, list->sites.at[i].id);
        struct str sign = county_path(c, "sites/%s.sign.pub", id);
        struct str open = county_path(c, "sites/%s.open.pub", id);
        if (!county_has(sign, c->arena) || !county_has(open, c->arena)) {
            waiting++;
            continue;
        }
        TRY(county_copy(c, sign, county_path(c, "hub/intake/peers/%s.sign.pub", id), 0644));
        TRY(county_copy(c, open, county_path(c, "hub/dispatch/peers/%s.open.pub", id), 0644));
        VEC_PUSH(&known.sites, c->arena, list->sites.at[i]);
    }
    TRY(county_copy_catalog(c, catalog, county_path(c, "hub/catalog")));
    struct str settings = county_path(c, "hub/hub.ini");
    if (!county_has(settings, c->arena))
        TRY(county_write(c, settings, hub_ini(c), 0644));
    /* Last: a site stands in the register only when its keys are there. */
    TRY(county_write(c, county_path(c, "hub/sites.csv"),
                     register_format(c, &known, "intake/peers", "dispatch/peers"), 0644));
    *out_waiting = waiting;
    return OK;
}
