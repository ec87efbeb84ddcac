/* commands.h — the commands of qingqu-provision, from the command line to an exit code.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    by exit code, with a sentence on standard error.
 * Limits:   none.
 * Promise:  every command can be repeated: what is there stays, what is missing is made. */
#ifndef QQ_PROVISIONING_COMMANDS_H
#define QQ_PROVISIONING_COMMANDS_H

#include "common/base/world.h"

enum commands_exit {
    COMMANDS_OK = 0,
    COMMANDS_FAILED = 1,
    COMMANDS_USAGE = 2,
    COMMANDS_PARTLY = 3
};

struct commands_world {
    struct clock *clock;
    struct random *random;
    uint32_t passphrase_rounds; /* PASSWORD_ROUNDS; few in a test */
};

enum commands_exit commands_run(int argc, const char *const *argv,
                                const struct commands_world *world);

#endif
