#include "tests/integration/broker.h"

#include "common/os/process.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static int wait_for(int64_t pid)
{
    bool has_ended = false;
    int status = -1;
    while (!has_ended) {
        assert_int_equal(process_has_ended(pid, &has_ended, &status), OK);
        usleep(1000);
    }
    return status;
}

void broker_shell(const char *command)
{
    int64_t pid;
    const char *const arguments[] = {"sh", "-ec", command, NULL};
    assert_int_equal(process_start("/bin/sh", arguments, &pid), OK);
    assert_int_equal(wait_for(pid), 0);
}

static struct sockaddr_in loopback(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int broker_free_port(void)
{
    struct sockaddr_in address = loopback(0);
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, len), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    close(fd);
    return ntohs(address.sin_port);
}

void broker_wait_for_port(int port)
{
    struct sockaddr_in address = loopback(port);
    for (int i = 0; i < 1000; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        int code = connect(fd, (struct sockaddr *)&address, sizeof address);
        close(fd);
        if (code == 0)
            return;
        usleep(10000);
    }
    fail_msg("nothing listens on port %d", port);
}

static void make_certificates(const struct broker *b)
{
    static const char script[] =
        "exec 2>openssl.log\n"
        "authority() {\n"
        "  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \\\n"
        "    -subj /CN=$1 -keyout $1.key -out $1.pem\n"
        "}\n"
        "certificate() {\n"
        "  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=$2 \\\n"
        "    -keyout $2.key -out $2.csr\n"
        "  echo subjectAltName=IP:127.0.0.1 >extensions\n"
        "  openssl x509 -req -in $2.csr -CA $1.pem -CAkey $1.key -CAcreateserial -days 2 \\\n"
        "    -extfile extensions -out $2.pem\n"
        "}\n"
        "authority ca; authority other\n"
        "for name in broker hub s-01 s-02; do certificate ca $name; done\n"
        "certificate other stranger\n";
    char command[sizeof script + 128];
    snprintf(command, sizeof command, "cd %s\n%s", b->folder, script);
    broker_shell(command);
}

static void write_file(const struct broker *b, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", b->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void configure(const struct broker *b)
{
    char text[1024];
    snprintf(text, sizeof text,
             "user root\nallow_anonymous false\npersistence false\nlog_dest file %s/broker.log\n"
             "acl_file %s/rights\nmax_queued_messages 10000\nlistener %d 127.0.0.1\n"
             "cafile %s/ca.pem\ncertfile %s/broker.pem\nkeyfile %s/broker.key\n"
             "require_certificate true\nuse_identity_as_username true\n",
             b->folder, b->folder, b->port, b->folder, b->folder, b->folder);
    write_file(b, "broker.conf", text);
    write_file(b, "rights",
               "user hub\ntopic read qq/1/qs/up/#\ntopic read qq/1/qs/state/#\n"
               "topic write qq/1/qs/down/#\ntopic write qq/1/qs/hub/hub\n"
               "pattern read qq/1/qs/hub/+\npattern write qq/1/qs/up/%u\n"
               "pattern write qq/1/qs/state/%u\npattern read qq/1/qs/down/%u\n");
}

struct broker *broker_new(void)
{
    struct broker *b = calloc(1, sizeof *b);
    assert_non_null(b);
    strcpy(b->folder, "mqtt_test_XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    b->port = broker_free_port();
    snprintf(b->url, sizeof b->url, "ssl://127.0.0.1:%d", b->port);
    make_certificates(b);
    configure(b);
    return b;
}

void broker_free(struct broker *b)
{
    char command[128];
    broker_kill(b);
    snprintf(command, sizeof command, "rm -r %s", b->folder);
    broker_shell(command);
    free(b);
}

void broker_start(struct broker *b)
{
    char path[96];
    snprintf(path, sizeof path, "%s/broker.conf", b->folder);
    const char *const arguments[] = {"mosquitto", "-c", path, NULL};
    assert_int_equal(process_start(MOSQUITTO, arguments, &b->pid), OK);
    broker_wait_for_port(b->port);
}

void broker_kill(struct broker *b)
{
    if (b->pid == 0)
        return;
    process_kill(b->pid);
    wait_for(b->pid);
    b->pid = 0;
}
