#include "central/roles/settings.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/date.h"

#define AT(name) offsetof(struct settings, name)

static const struct option table[] = {
    {.key = "county",
     .kind = OPTION_TEXT,
     .offset = AT(county),
     .initial = NULL,
     .help = "code of the county"},
    {.key = "broker_url",
     .kind = OPTION_TEXT,
     .offset = AT(broker_url),
     .initial = NULL,
     .help = "address of the broker, like ssl://hub.example:8883"},
    {.key = "ca_file",
     .kind = OPTION_PATH,
     .offset = AT(ca_file),
     .initial = "ca.crt",
     .help = "certificate of the county's authority"},
    {.key = "intake_tls_cert_file",
     .kind = OPTION_PATH,
     .offset = AT(intake_tls_cert_file),
     .initial = "intake/tls.crt",
     .help = "certificate of the intake role"},
    {.key = "intake_tls_key_file",
     .kind = OPTION_PATH,
     .offset = AT(intake_tls_key_file),
     .initial = "intake/tls.key",
     .help = "its key"},
    {.key = "intake_open_key_file",
     .kind = OPTION_PATH,
     .offset = AT(intake_open_key_file),
     .initial = "intake/open.key",
     .help = "key that opens what sites send; only intake reads it"},
    {.key = "dispatch_tls_cert_file",
     .kind = OPTION_PATH,
     .offset = AT(dispatch_tls_cert_file),
     .initial = "dispatch/tls.crt",
     .help = "certificate of the dispatch role"},
    {.key = "dispatch_tls_key_file",
     .kind = OPTION_PATH,
     .offset = AT(dispatch_tls_key_file),
     .initial = "dispatch/tls.key",
     .help = "its key"},
    {.key = "dispatch_sign_key_file",
     .kind = OPTION_PATH,
     .offset = AT(dispatch_sign_key_file),
     .initial = "dispatch/sign.key",
     .help = "key that signs what leaves the hub; dispatch and `evidence export` read it"},
    {.key = "sites_file",
     .kind = OPTION_PATH,
     .offset = AT(sites_file),
     .initial = "sites.csv",
     .help = "register of the sites with their public keys"},
    {.key = "catalog",
     .kind = OPTION_PATH,
     .offset = AT(catalog),
     .initial = "catalog",
     .help = "folder with the declarations of datasets, documents and rules"},
    {.key = "data",
     .kind = OPTION_PATH,
     .offset = AT(data),
     .initial = "data",
     .help = "folder for the database"},
    {.key = "console_address",
     .kind = OPTION_TEXT,
     .offset = AT(console_address),
     .initial = "127.0.0.1",
     .help = "address of the console; loopback until it has TLS"},
    {.key = "console_port",
     .kind = OPTION_INT,
     .offset = AT(console_port),
     .initial = "8090",
     .least = 0,
     .most = 65535,
     .help = "port of the console"},
    {.key = "today",
     .kind = OPTION_TEXT,
     .offset = AT(today),
     .initial = "",
     .help = "YYYY-MM-DD: the day that rules take for today; empty: the clock"},
    {.key = "json",
     .kind = OPTION_FLAG,
     .offset = AT(is_json),
     .initial = "false",
     .help = "print as JSON where there is output"},
    {.key = "full",
     .kind = OPTION_FLAG,
     .offset = AT(is_full),
     .initial = "false",
     .help = "evaluate: look at everybody"},
    {.key = "role",
     .kind = OPTION_TEXT,
     .offset = AT(role),
     .initial = "analyst",
     .help = "user add: the role of the user"},
    {.key = "password_file",
     .kind = OPTION_TEXT,
     .offset = AT(password_file),
     .initial = "",
     .help = "user add: file with the password"},
    {.key = "against",
     .kind = OPTION_TEXT,
     .offset = AT(against),
     .initial = "",
     .help = "ledger: an agent's database to compare with, import by import; more as words"},
    {.key = "golden",
     .kind = OPTION_TEXT,
     .offset = AT(golden),
     .initial = "",
     .help = "rule test: folder with cases.csv and the rows; else the one beside the file that is "
             "called as the rule"},
    {.key = "by",
     .kind = OPTION_TEXT,
     .offset = AT(by),
     .initial = "",
     .help = "rule publish, approve, refuse, retire: the user whose word it is"},
    {.key = "limit",
     .kind = OPTION_INT,
     .offset = AT(limit),
     .initial = "20",
     .least = 0,
     .most = 100000,
     .help = "rule diff: most hits that are named one by one"},
    {.key = "out",
     .kind = OPTION_TEXT,
     .offset = AT(out),
     .initial = "",
     .help = "catalog describe: folder for the pages; export, evidence export: the file"},
    {.key = "ocds",
     .kind = OPTION_TEXT,
     .offset = AT(ocds),
     .initial = "",
     .help = "indicators: the file of open contracting data"},
    {.key = "settings",
     .kind = OPTION_TEXT,
     .offset = AT(settings),
     .initial = "",
     .help = "indicators: file with thresholds, currency and what is left out"},
    {.key = "key",
     .kind = OPTION_TEXT,
     .offset = AT(key),
     .initial = "",
     .help = "evidence verify: file with the public key that must have signed"},
};

const struct options settings_options = {
    .program = "qingqu-hub",
    .usage =
        "run --config hub.ini                 all roles, each in a process of its own\n"
        "intake | analysis | dispatch | console --config hub.ini   one role\n"
        "status [--json]                      sites, rows, findings, prompts\n"
        "ledger [--json]                      rows accepted at the sites against rows here, "
        "per site and dataset\n"
        "ledger --against AGENT.DB [MORE…]    the same against the agents' own databases\n"
        "findings [--json]                    every finding with its subject\n"
        "evaluate [--full]                    run the rules now\n"
        "import FILE SOURCE                   read a file of a source that has no site: a table, "
        "or\n"
        "                                     open contracting data (OCDS 1.1, JSON)\n"
        "export ocds [OCID] [--out FILE]      its releases and what is known now, a record "
        "package\n"
        "indicators --ocds FILE [--settings FILE] [--catalog FOLDER]   OCP's red flags in it, as "
        "JSON;\n"
        "                                     needs no hub and no --config\n"
        "replay FINDING                       find it again from the records of then, compare "
        "hashes\n"
        "evidence export FINDING BY [--out FILE]   an evidence pack: all that it rests on, signed\n"
        "evidence verify FILE [--key FILE]    what of a pack is right; needs no hub and no "
        "settings\n"
        "replay-quarantine                    apply again what was set aside\n"
        "new-epoch SITE                       offer again what a site did not acknowledge, after\n"
        "                                     the hub came back from a backup\n"
        "rule check [FILE…]                   faults of a rule by line; without a file: the rules "
        "in force\n"
        "rule test FILE [--golden FOLDER]     what it finds in its cases beside what they claim\n"
        "rule diff [OLD] NEW [--limit N]      what NEW would find beside OLD, or beside the rule "
        "in\n"
        "                                     force: ids or files, on the rows that are here\n"
        "rule explain ID|FILE                 what it says, its statements, the plan and the "
        "indexes\n"
        "rule publish FILE --by USER          propose a version; it waits for another person\n"
        "rule approve ID --by OTHER           let the waiting version in; in force from then on\n"
        "rule refuse ID --by USER             it will not be in force\n"
        "rule retire ID --by USER             take out what was published\n"
        "rule versions [ID]                   who proposed and decided what, and what it changed\n"
        "rule release ID BY                   let a rule go that put itself into trial\n"
        "identity list [all] | explain PAIR   persons who may be one\n"
        "identity decide PAIR same|different|unclear BY REASON\n"
        "identity split PAIR WAY BY REASON    take a way of writing out of the pair's first "
        "person\n"
        "identity undo DECISION BY REASON     as it was before\n"
        "identity look-again                  read who is named by the rows that came earlier\n"
        "identity companies                   whose code may lack where a company is named\n"
        "user add NAME --role R --password_file F\n"
        "catalog describe --out DIR           reference pages of the catalog\n",
    .table = table,
    .count = COUNT_OF(table),
};

struct options settings_without_hub(struct arena *a)
{
    struct options out = settings_options;
    struct option *rows = NEW_ARRAY(a, struct option, COUNT_OF(table));
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        rows[i] = table[i];
        if (!rows[i].initial)
            rows[i].initial = "";
    }
    out.table = rows;
    return out;
}

enum err settings_today(const struct settings *s, int32_t *out_today)
{
    struct str rest = str_of(s->today);
    int64_t year;
    int64_t month;
    int64_t day;
    *out_today = 0;
    if (rest.len == 0)
        return OK;
    if (!str_to_i64(str_cut(&rest, '-'), &year) || !str_to_i64(str_cut(&rest, '-'), &month) ||
        !str_to_i64(rest, &day) || year < 1900 || year > 2200 ||
        !date_is_valid(date_make((int)year, (int)month, (int)day)))
        return fail(ERR_USAGE, "today: %s is no date like 2026-11-24", s->today);
    *out_today = date_make((int)year, (int)month, (int)day);
    return OK;
}
