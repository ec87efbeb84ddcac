#include "common/os/clock.h"
#include "common/os/random.h"
#include "common/seal/password.h"
#include "provisioning/commands.h"

int main(int argc, char **argv)
{
    struct commands_world world = {clock_real(), random_real(), PASSWORD_ROUNDS};
    return (int)commands_run(argc, (const char *const *)argv, &world);
}
