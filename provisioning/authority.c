#include "provisioning/authority.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/date.h"
#include "common/seal/suite.h"

#include <arpa/inet.h>
#include <mbedtls/asn1write.h>
#include <mbedtls/oid.h>
#include <mbedtls/x509_crt.h>
#include <stdlib.h>
#include <string.h>

#define PEM_BYTES_MAX 8192
#define SERIAL_BYTES 16
#define SAN_BYTES_MAX 2048
#define SAN_DNS 2 /* RFC 5280, GeneralName */
#define SAN_ADDRESS 7

struct authority {
    struct random *random;
    mbedtls_pk_context key;
    mbedtls_x509_crt certificate;
};

static int fill(void *random, unsigned char *out, size_t len)
{
    struct random *r = random;
    r->fill(r, out, len);
    return 0;
}

/* mbedTLS wants PEM with a NUL behind it. */
static enum err parse_key(mbedtls_pk_context *pk, struct str pem)
{
    unsigned char text[PEM_BYTES_MAX];
    if (pem.len >= sizeof text)
        return fail(ERR_MALFORMED, "a key of %zu bytes", pem.len);
    memcpy(text, pem.ptr, pem.len);
    text[pem.len] = 0;
    int failed = mbedtls_pk_parse_key(pk, text, pem.len + 1, NULL, 0);
    suite_wipe(text, sizeof text);
    return failed ? fail(ERR_MALFORMED, "not a private key in PEM") : OK;
}

static enum err parse_certificate(mbedtls_x509_crt *crt, struct str pem)
{
    unsigned char text[PEM_BYTES_MAX];
    if (pem.len >= sizeof text)
        return fail(ERR_MALFORMED, "a certificate of %zu bytes", pem.len);
    memcpy(text, pem.ptr, pem.len);
    text[pem.len] = 0;
    return mbedtls_x509_crt_parse(crt, text, pem.len + 1)
               ? fail(ERR_MALFORMED, "not a certificate in PEM")
               : OK;
}

static void set_validity(mbedtls_x509write_cert *w, int64_t now_ms, int64_t days)
{
    char text[2][16];
    int64_t at[2] = {now_ms - DATE_DAY_MS, now_ms + days * DATE_DAY_MS};
    for (int i = 0; i < 2; i++) {
        struct date_parts p = date_split_ms(at[i], 0);
        struct tm tm = {.tm_year = p.year - 1900,
                        .tm_mon = p.month - 1,
                        .tm_mday = p.day,
                        .tm_hour = p.hour,
                        .tm_min = p.minute,
                        .tm_sec = p.second};
        ASSERT(strftime(text[i], sizeof text[i], "%Y%m%d%H%M%S", &tm) == 14);
    }
    ASSERT(mbedtls_x509write_crt_set_validity(w, text[0], text[1]) == 0);
}

static void set_serial(mbedtls_x509write_cert *w, struct random *random)
{
    unsigned char bytes[SERIAL_BYTES];
    mbedtls_mpi serial;
    fill(random, bytes, sizeof bytes);
    bytes[0] = (unsigned char)((bytes[0] & 0x3f) | 0x40); /* positive, never shortened */
    mbedtls_mpi_init(&serial);
    ASSERT(mbedtls_mpi_read_binary(&serial, bytes, sizeof bytes) == 0);
    ASSERT(mbedtls_x509write_crt_set_serial(w, &serial) == 0);
    mbedtls_mpi_free(&serial);
}

static bool is_host_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '-' && c != '.')
            return false;
    }
    return s.len > 0 && s.len <= 253;
}

/* Subject alternative names; the library has no writer for them. DER is written backwards. */
static enum err set_hosts(mbedtls_x509write_cert *w, const struct authority_request *r)
{
    unsigned char der[SAN_BYTES_MAX], address[16], *p = der + sizeof der;
    size_t total = 0;
    if (r->host_count > AUTHORITY_HOSTS_MAX)
        return fail(ERR_USAGE, "more than %d host names", AUTHORITY_HOSTS_MAX);
    for (size_t i = r->host_count; i-- > 0;) {
        char name[254];
        struct str host = r->hosts[i];
        if (host.len >= sizeof name)
            return fail(ERR_USAGE, "a host name of %zu bytes", host.len);
        memcpy(name, host.ptr, host.len);
        name[host.len] = 0;
        bool is_v4 = inet_pton(AF_INET, name, address) == 1;
        bool is_v6 = !is_v4 && inet_pton(AF_INET6, name, address) == 1;
        if (!is_v4 && !is_v6 && !is_host_name(host))
            return fail(ERR_USAGE, "'" STR_FMT "' is neither a host name nor an address",
                        STR_ARG(host));
        struct str bytes = is_v4 ? str_make(address, 4) : is_v6 ? str_make(address, 16) : host;
        unsigned char tag = MBEDTLS_ASN1_CONTEXT_SPECIFIC;
        tag = (unsigned char)(tag | (is_v4 || is_v6 ? SAN_ADDRESS : SAN_DNS));
        int len = mbedtls_asn1_write_tagged_string(&p, der, tag, bytes.ptr, bytes.len);
        if (len < 0)
            return fail(ERR_USAGE, "host names together too long");
        total += (size_t)len;
    }
    int head = mbedtls_asn1_write_len(&p, der, total);
    ASSERT(head > 0);
    ASSERT(mbedtls_asn1_write_tag(&p, der, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE) == 1);
    ASSERT(mbedtls_x509write_crt_set_extension(w, MBEDTLS_OID_SUBJECT_ALT_NAME,
                                               MBEDTLS_OID_SIZE(MBEDTLS_OID_SUBJECT_ALT_NAME), 0, p,
                                               (size_t)(der + sizeof der - p)) == 0);
    return OK;
}

static void set_purpose(mbedtls_x509write_cert *w, bool is_server)
{
    unsigned char der[64], *p = der + sizeof der;
    const char *oid = is_server ? MBEDTLS_OID_SERVER_AUTH : MBEDTLS_OID_CLIENT_AUTH;
    int len = mbedtls_asn1_write_oid(&p, der, oid, strlen(oid));
    ASSERT(len > 0);
    ASSERT(mbedtls_asn1_write_len(&p, der, (size_t)len) > 0);
    ASSERT(mbedtls_asn1_write_tag(&p, der, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE) == 1);
    ASSERT(mbedtls_x509write_crt_set_extension(w, MBEDTLS_OID_EXTENDED_KEY_USAGE,
                                               MBEDTLS_OID_SIZE(MBEDTLS_OID_EXTENDED_KEY_USAGE), 0,
                                               p, (size_t)(der + sizeof der - p)) == 0);
    ASSERT(mbedtls_x509write_crt_set_basic_constraints(w, 0, -1) == 0);
    ASSERT(mbedtls_x509write_crt_set_key_usage(w, MBEDTLS_X509_KU_DIGITAL_SIGNATURE) == 0);
}

static void begin_certificate(mbedtls_x509write_cert *w, mbedtls_pk_context *subject,
                              mbedtls_pk_context *issuer)
{
    mbedtls_x509write_crt_init(w);
    mbedtls_x509write_crt_set_version(w, MBEDTLS_X509_CRT_VERSION_3);
    mbedtls_x509write_crt_set_md_alg(w, MBEDTLS_MD_SHA256);
    mbedtls_x509write_crt_set_subject_key(w, subject);
    mbedtls_x509write_crt_set_issuer_key(w, issuer);
}

static struct str finish_certificate(mbedtls_x509write_cert *w, struct arena *a,
                                     struct random *random)
{
    unsigned char *pem = arena_take(a, PEM_BYTES_MAX);
    ASSERT(mbedtls_x509write_crt_set_subject_key_identifier(w) == 0);
    ASSERT(mbedtls_x509write_crt_set_authority_key_identifier(w) == 0);
    ASSERT(mbedtls_x509write_crt_pem(w, pem, PEM_BYTES_MAX, fill, random) == 0);
    return str_of((const char *)pem);
}

enum err authority_make(struct random *random, struct arena *a, struct str name, int64_t now_ms,
                        struct str *out_key_pem, struct str *out_certificate_pem)
{
    struct str key_pem, public_pem;
    mbedtls_pk_context key;
    mbedtls_x509write_cert w;
    TRY(keyring_generate(SUITE_P256, random, a, &key_pem, &public_pem));
    mbedtls_pk_init(&key);
    ASSERT(parse_key(&key, key_pem) == OK);
    begin_certificate(&w, &key, &key);
    const char *subject = str_copy_z(a, str_format(a, "CN=" STR_FMT, STR_ARG(name)));
    ASSERT(mbedtls_x509write_crt_set_subject_name(&w, subject) == 0);
    ASSERT(mbedtls_x509write_crt_set_issuer_name(&w, subject) == 0);
    set_validity(&w, now_ms, AUTHORITY_ROOT_DAYS);
    set_serial(&w, random);
    ASSERT(mbedtls_x509write_crt_set_basic_constraints(&w, 1, 0) == 0);
    ASSERT(mbedtls_x509write_crt_set_key_usage(&w, MBEDTLS_X509_KU_KEY_CERT_SIGN |
                                                       MBEDTLS_X509_KU_CRL_SIGN) == 0);
    *out_certificate_pem = finish_certificate(&w, a, random);
    *out_key_pem = key_pem;
    mbedtls_x509write_crt_free(&w);
    mbedtls_pk_free(&key);
    return OK;
}

enum err authority_open(struct random *random, struct str key_pem, struct str certificate_pem,
                        struct authority **out_authority)
{
    struct authority *au = calloc(1, sizeof *au);
    enum err e;
    ASSERT(au != NULL);
    au->random = random;
    mbedtls_pk_init(&au->key);
    mbedtls_x509_crt_init(&au->certificate);
    if ((e = parse_key(&au->key, key_pem)) != OK)
        goto done;
    if ((e = parse_certificate(&au->certificate, certificate_pem)) != OK)
        goto done;
    if (mbedtls_pk_check_pair(&au->certificate.pk, &au->key) != 0) {
        e = fail(ERR_INVALID, "the authority's key and certificate are not a pair");
        goto done;
    }
    *out_authority = au;
    return OK;

done:
    authority_close(au);
    return e;
}

void authority_close(struct authority *au)
{
    if (!au)
        return;
    mbedtls_pk_free(&au->key);
    mbedtls_x509_crt_free(&au->certificate);
    free(au);
}

enum err authority_issue(struct authority *au, struct arena *a,
                         const struct authority_request *request, struct str *out_certificate_pem)
{
    mbedtls_pk_context key;
    mbedtls_x509write_cert w;
    enum err e;
    char issuer[256];
    mbedtls_pk_init(&key);
    begin_certificate(&w, &key, &au->key);
    if ((e = parse_key(&key, request->key_pem)) != OK)
        goto done;
    const char *subject =
        str_copy_z(a, str_format(a, "CN=" STR_FMT, STR_ARG(request->common_name)));
    if (mbedtls_x509write_crt_set_subject_name(&w, subject) != 0) {
        e = fail(ERR_INVALID, "a name that cannot stand in a certificate");
        goto done;
    }
    ASSERT(mbedtls_x509_dn_gets(issuer, sizeof issuer, &au->certificate.subject) > 0);
    ASSERT(mbedtls_x509write_crt_set_issuer_name(&w, issuer) == 0);
    set_validity(&w, request->now_ms, AUTHORITY_DAYS);
    set_serial(&w, au->random);
    set_purpose(&w, request->host_count > 0);
    if (request->host_count && (e = set_hosts(&w, request)) != OK)
        goto done;
    *out_certificate_pem = finish_certificate(&w, a, au->random);

done:
    mbedtls_x509write_crt_free(&w);
    mbedtls_pk_free(&key);
    return e;
}

enum err authority_read_expiry(struct str certificate_pem, int64_t *out_expiry_ms)
{
    mbedtls_x509_crt crt;
    mbedtls_x509_crt_init(&crt);
    enum err e = parse_certificate(&crt, certificate_pem);
    if (e == OK) {
        const mbedtls_x509_time *t = &crt.valid_to;
        int64_t days = date_to_days(date_make(t->year, t->mon, t->day));
        *out_expiry_ms =
            days * DATE_DAY_MS + (t->hour * 3600 + t->min * 60 + t->sec) * INT64_C(1000);
    }
    mbedtls_x509_crt_free(&crt);
    return e;
}
