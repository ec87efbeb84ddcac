#include "provisioning/county.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/config/options.h"
#include "common/os/file.h"
#include "common/seal/key_file.h"
#include "common/seal/suite.h"

#include <stdarg.h>
#include <stdio.h>

struct settings {
    const char *county, *name, *broker_url, *broker_host;
};

static const struct option table[] = {
    {"county", OPTION_TEXT, offsetof(struct settings, county), NULL, 0, 0,
     "division code, six digits"},
    {"name", OPTION_TEXT, offsetof(struct settings, name), NULL, 0, 0, "what the county is called"},
    {"broker_url", OPTION_TEXT, offsetof(struct settings, broker_url), NULL, 0, 0,
     "where sites and hub find the broker"},
    {"broker_host", OPTION_TEXT, offsetof(struct settings, broker_host), NULL, 0, 0,
     "names and addresses in the broker's certificate, with commas between"},
};
static const struct options file_options = {"qingqu-provision", "", table, COUNT_OF(table)};

struct str county_path(const struct county *c, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ASSERT(len > 0 && (size_t)len < sizeof text);
    return str_format(c->arena, STR_FMT "/%s", STR_ARG(c->folder), text);
}

bool county_is_code(struct str code)
{
    bool is_code = code.len == 6;
    for (size_t i = 0; i < code.len; i++)
        is_code = is_code && code.ptr[i] >= '0' && code.ptr[i] <= '9';
    return is_code;
}

static enum err split_hosts(struct county *c, struct str list)
{
    c->host_count = 0;
    while (list.len > 0) {
        struct str host = str_trim(str_cut(&list, ','));
        if (host.len == 0)
            continue;
        if (c->host_count == AUTHORITY_HOSTS_MAX)
            return fail(ERR_USAGE, "more than %d broker hosts", AUTHORITY_HOSTS_MAX);
        c->hosts[c->host_count++] = host;
    }
    return c->host_count ? OK : fail(ERR_USAGE, "no broker host");
}

enum err county_load(struct county *c)
{
    struct settings s;
    struct options_words words;
    struct str path = county_path(c, "county.ini");
    if (!county_has(path, c->arena))
        return fail(ERR_MISSING,
                    "there is no county in " STR_FMT ": qingqu-provision init makes one",
                    STR_ARG(c->folder));
    const char *const argv[] = {"qingqu-provision", "--config", str_copy_z(c->arena, path)};
    TRY(options_read(&file_options, 3, argv, c->arena, &s, &words));
    c->code = str_of(s.county);
    c->name = str_of(s.name);
    c->broker_url = str_of(s.broker_url);
    return split_hosts(c, str_of(s.broker_host));
}

enum err county_save(const struct county *c)
{
    struct buf out;
    buf_init(&out, c->arena);
    buf_format(&out,
               "# Written by qingqu-provision init.\ncounty = " STR_FMT "\nname = " STR_FMT
               "\nbroker_url = " STR_FMT "\nbroker_host = ",
               STR_ARG(c->code), STR_ARG(c->name), STR_ARG(c->broker_url));
    for (size_t i = 0; i < c->host_count; i++)
        buf_format(&out, "%s" STR_FMT, i ? "," : "", STR_ARG(c->hosts[i]));
    buf_put_char(&out, '\n');
    return county_write(c, county_path(c, "county.ini"), buf_str(&out), 0644);
}

enum err county_unlock(struct county *c, struct str passphrase)
{
    struct str locked, key, certificate;
    TRY(county_read(c, county_path(c, "authority/ca.key"), &locked));
    TRY(county_read(c, county_path(c, "authority/ca.crt"), &certificate));
    TRY(wrap(key_file_unlock(c->arena, passphrase, locked, &key), "the authority's key"));
    enum err e = authority_open(c->random, key, certificate, &c->authority);
    suite_wipe((void *)(uintptr_t)key.ptr, key.len);
    return e;
}

bool county_has(struct str path, struct arena *a)
{
    struct file_info info;
    return file_stat(str_copy_z(a, path), &info) == OK;
}

enum err county_read(const struct county *c, struct str path, struct str *out_bytes)
{
    return file_read(str_copy_z(c->arena, path), COUNTY_FILE_BYTES_MAX, c->arena, out_bytes);
}

static struct str folder_of(struct str path)
{
    while (path.len > 0 && path.ptr[path.len - 1] != '/')
        path.len--;
    return str_slice(path, 0, path.len ? path.len - 1 : 0);
}

enum err county_write(const struct county *c, struct str path, struct str bytes, unsigned mode)
{
    TRY(file_make_folder(str_copy_z(c->arena, folder_of(path)), 0700));
    return file_replace(str_copy_z(c->arena, path), bytes, mode);
}

static enum err write_if_other(const struct county *c, struct str path, struct str bytes,
                               unsigned mode)
{
    struct str old;
    if (county_has(path, c->arena) && county_read(c, path, &old) == OK && str_equal(old, bytes))
        return OK;
    return county_write(c, path, bytes, mode);
}

enum err county_copy(const struct county *c, struct str from, struct str to, unsigned mode)
{
    struct str bytes;
    TRY(county_read(c, from, &bytes));
    return write_if_other(c, to, bytes, mode);
}

enum err county_copy_catalog(const struct county *c, struct str from, struct str to)
{
    struct str *paths;
    size_t count = 0;
    TRY(file_list_tree(str_copy_z(c->arena, from), STR(".decl"), c->arena, &paths, &count));
    if (count == 0)
        return fail(ERR_MISSING, "no declarations (*.decl) in " STR_FMT, STR_ARG(from));
    for (size_t i = 0; i < count; i++) {
        struct str source =
            str_format(c->arena, STR_FMT "/" STR_FMT, STR_ARG(from), STR_ARG(paths[i]));
        struct str target =
            str_format(c->arena, STR_FMT "/" STR_FMT, STR_ARG(to), STR_ARG(paths[i]));
        TRY(county_copy(c, source, target, 0644));
    }
    return OK;
}

static enum err public_of(const struct county *c, struct str private_pem, struct str *out_public)
{
    struct suite *suite = suite_p256.make(c->arena);
    struct suite_secret secret;
    enum err e = suite_p256.read_secret(suite, private_pem, &secret);
    if (e == OK)
        *out_public = suite_p256.write_public(suite, c->arena, &secret.public);
    suite_wipe(&secret, sizeof secret);
    suite_p256.free(suite);
    return e;
}

/* The private half first: interrupted in between, the next run writes the public half that fits. */
enum err county_need_key(const struct county *c, struct str path, struct str public_path)
{
    struct str private_pem, public_pem;
    if (county_has(path, c->arena)) {
        TRY(county_read(c, path, &private_pem));
        TRY(wrap(public_of(c, private_pem, &public_pem), STR_FMT, STR_ARG(path)));
    } else {
        TRY(keyring_generate(SUITE_P256, c->random, c->arena, &private_pem, &public_pem));
        TRY(county_write(c, path, private_pem, 0600));
    }
    return write_if_other(c, public_path, public_pem, 0644);
}

enum err county_need_certificate(const struct county *c, struct str key_path,
                                 struct str certificate_path, struct str common_name,
                                 bool is_server)
{
    struct str key, old, public_pem, certificate;
    int64_t now_ms = clock_wall_ms(c->clock), expiry_ms = 0;
    ASSERT(c->authority != NULL);
    if (!county_has(key_path, c->arena)) {
        TRY(keyring_generate(SUITE_P256, c->random, c->arena, &key, &public_pem));
        TRY(county_write(c, key_path, key, 0600));
    } else {
        TRY(county_read(c, key_path, &key));
        if (county_has(certificate_path, c->arena) &&
            county_read(c, certificate_path, &old) == OK &&
            authority_read_expiry(old, &expiry_ms) == OK &&
            expiry_ms > now_ms + COUNTY_RENEW_DAYS * DATE_DAY_MS)
            return OK;
    }
    struct authority_request request = {common_name, key, c->hosts, is_server ? c->host_count : 0,
                                        now_ms};
    TRY(authority_issue(c->authority, c->arena, &request, &certificate));
    return county_write(c, certificate_path, certificate, 0644);
}
