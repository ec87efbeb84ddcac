/* broker.h — a Mosquitto on loopback with certificates and rights of its own, for tests.
 *
 * Owns:     the broker's process and its folder (made in the working folder, removed at the end).
 * Threads:  one.
 * Fails:    as a cmocka assertion.
 * Limits:   county "qs"; clients hub, s-01, s-02 and stranger (of another authority).
 * Promise:  listens on a port that was free; dies with the test. */
#ifndef QQ_TESTS_BROKER_H
#define QQ_TESTS_BROKER_H

#include <stdint.h>

struct broker {
    char folder[64]; /* ca.pem, NAME.pem, NAME.key */
    char url[64];
    int port;
    int64_t pid; /* 0: not running */
};

struct broker *broker_new(void);
void broker_free(struct broker *b);
void broker_start(struct broker *b); /* returns when it accepts connections */
void broker_kill(struct broker *b);  /* SIGKILL */
/* Runs a shell command that must succeed. */
void broker_shell(const char *command);
int broker_free_port(void);
void broker_wait_for_port(int port);

#endif
