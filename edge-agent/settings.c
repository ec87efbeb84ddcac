#include "edge-agent/settings.h"

#include "common/base/check.h"

#define TEXT(name, value, words)                                                                   \
    {                                                                                              \
        .key = #name, .kind = OPTION_TEXT, .offset = offsetof(struct settings, name),              \
        .initial = (value), .help = (words)                                                        \
    }
#define PATH(name, value, words)                                                                   \
    {                                                                                              \
        .key = #name, .kind = OPTION_PATH, .offset = offsetof(struct settings, name),              \
        .initial = (value), .help = (words)                                                        \
    }
#define INT(name, value, low, high, words)                                                         \
    {                                                                                              \
        .key = #name, .kind = OPTION_INT, .offset = offsetof(struct settings, name),               \
        .initial = (value), .least = (low), .most = (high), .help = (words)                        \
    }

static const struct option table[] = {
    TEXT(site, NULL, "id of this site, the CN of its certificate"),
    TEXT(county, NULL, "code of the county"),
    TEXT(broker_url, NULL, "address of the broker, like ssl://hub.example:8883"),
    PATH(ca_file, "ca.crt", "certificate of the county's authority"),
    PATH(tls_cert_file, "tls.crt", "certificate of this site"),
    PATH(tls_key_file, "tls.key", "its key"),
    PATH(sign_key_file, "sign.key", "key with which this site signs what it sends"),
    PATH(open_key_file, "open.key", "key with which this site opens what it gets"),
    PATH(hub_sign_file, "hub-sign.pub", "public key with which the hub's messages are verified"),
    PATH(hub_open_file, "hub-open.pub", "public key for which messages to the hub are sealed"),
    PATH(catalog, "catalog", "folder with the declarations of datasets and documents"),
    PATH(data, "data", "folder for the database"),
    PATH(drop, "drop", "folder into which the officer puts files"),
    TEXT(page_address, "127.0.0.1", "address of the officer's page; loopback only"),
    INT(page_port, "8610", 0, 65535, "port of the officer's page; 0 takes a free one"),
    INT(settle_ms, "2000", 0, 3600000, "how long a file must stand still before it is read"),
    INT(heartbeat_seconds, "60", 1, 86400, "how often the hub is told that this site is well"),
    PATH(out, "", "template: where the workbook goes; empty: into this folder"),
    {.key = "json",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct settings, is_json),
     .initial = "false",
     .help = "print as JSON where there is output"},
};

const struct options settings_options = {
    .program = "qingqu-agent",
    .usage = "run --config agent.ini           serve this site until it is stopped\n"
             "import FILE --config agent.ini   put a file into the drop folder and read it\n"
             "status [--json] --config agent.ini   what waits, what was sent, what arrived\n"
             "template DATASET | template all  [--out PATH]   sheets for the office to fill in\n"
             "new-epoch --config agent.ini     begin anew after site and hub disagreed",
    .table = table,
    .count = COUNT_OF(table),
};
