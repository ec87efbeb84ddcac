#include "provisioning/broker.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/wire/envelope.h"

#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#define PACKET_HEAD_BYTES 4096 /* topic and properties around an envelope */

/* Who may what, exactly; who is not named may nothing. */
struct str broker_rights(const struct county *c, const struct register_list *list)
{
    struct buf out;
    struct str county = c->code;
    buf_init(&out, c->arena);
    buf_format(&out,
               "# Written by qingqu-provision broker: the user is the CN of the certificate.\n"
               "user hub-intake\n"
               "topic read qq/1/" STR_FMT "/up/+\n"
               "topic read qq/1/" STR_FMT "/state/+\n"
               "topic write qq/1/" STR_FMT "/hub/hub-intake\n\n"
               "user hub-dispatch\n"
               "topic write qq/1/" STR_FMT "/down/+\n"
               "topic write qq/1/" STR_FMT "/hub/hub-dispatch\n",
               STR_ARG(county), STR_ARG(county), STR_ARG(county), STR_ARG(county), STR_ARG(county));
    for (size_t i = 0; i < list->sites.count; i++) {
        struct str id = list->sites.at[i].id;
        if (list->sites.at[i].is_revoked)
            continue;
        buf_format(&out,
                   "\nuser " STR_FMT "\n"
                   "topic write qq/1/" STR_FMT "/up/" STR_FMT "\n"
                   "topic write qq/1/" STR_FMT "/state/" STR_FMT "\n"
                   "topic read qq/1/" STR_FMT "/down/" STR_FMT "\n"
                   "topic read qq/1/" STR_FMT "/hub/+\n",
                   STR_ARG(id), STR_ARG(county), STR_ARG(id), STR_ARG(county), STR_ARG(id),
                   STR_ARG(county), STR_ARG(id), STR_ARG(county));
    }
    return buf_str(&out);
}

struct str broker_settings(const struct county *c, struct str folder, int64_t port,
                           const char *user)
{
    return str_format(
        c->arena,
        "# Written by qingqu-provision broker.\n"
        "user %s\n"
        "per_listener_settings false\n"
        "allow_anonymous false\n"
        "acl_file " STR_FMT "/rights.acl\n"
        "\n"
        "listener %lld\n"
        "cafile " STR_FMT "/ca.crt\n"
        "certfile " STR_FMT "/server.crt\n"
        "keyfile " STR_FMT "/server.key\n"
        "require_certificate true\n"
        "use_identity_as_username true\n"
        "tls_version tlsv1.2\n"
        "\n"
        "# What waits for an absent party survives a restart. Correctness does not rest on it: the "
        "ends\n"
        "# keep everything until the other end's own acknowledgement.\n"
        "persistence true\n"
        "persistence_location " STR_FMT "/\n"
        "autosave_interval 60\n"
        "persistent_client_expiration 7d\n"
        "\n"
        "# No limit that would drop in silence: what may be under way is bounded by the senders'\n"
        "# windows.\n"
        "max_inflight_messages 100\n"
        "max_queued_messages 0\n"
        "max_queued_bytes 0\n"
        "max_packet_size %zu\n"
        "\n"
        "log_dest stderr\n"
        "log_type error\n"
        "log_type warning\n"
        "log_type notice\n"
        "connection_messages true\n",
        user, STR_ARG(folder), (long long)port, STR_ARG(folder), STR_ARG(folder), STR_ARG(folder),
        STR_ARG(folder), ENVELOPE_BYTES_MAX + PACKET_HEAD_BYTES);
}

/* Mosquitto started by root becomes this user; it must be able to read the key. */
static const char *own_user(void)
{
    const struct passwd *p = getpwuid(geteuid());
    return p ? p->pw_name : "mosquitto";
}

enum err broker_write(const struct county *c, const struct register_list *list, struct str folder,
                      int64_t port)
{
    static const struct {
        const char *from, *to;
        unsigned mode;
    } files[] = {
        {"keys/broker-tls.key", "server.key", 0600},
        {"keys/broker-tls.crt", "server.crt", 0644},
        {"authority/ca.crt", "ca.crt", 0644},
    };
    char absolute[PATH_MAX];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        TRY(county_copy(c, county_path(c, "%s", files[i].from),
                        str_format(c->arena, STR_FMT "/%s", STR_ARG(folder), files[i].to),
                        files[i].mode));
    if (!realpath(str_copy_z(c->arena, folder), absolute))
        return fail(ERR_IO, STR_FMT ": no absolute path", STR_ARG(folder));
    TRY(county_write(c, str_format(c->arena, "%s/rights.acl", absolute), broker_rights(c, list),
                     0600));
    return county_write(c, str_format(c->arena, "%s/mosquitto.conf", absolute),
                        broker_settings(c, str_of(absolute), port, own_user()), 0644);
}
