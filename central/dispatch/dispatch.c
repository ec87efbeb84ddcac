#include "central/dispatch/dispatch.h"

enum err dispatch_turn(struct link *l, int64_t *out_sleep_ms)
{
    int64_t sleep_ms = DISPATCH_SLEEP_MAX_MS;
    TRY(link_send_turn(l, &sleep_ms));
    *out_sleep_ms = sleep_ms < DISPATCH_SLEEP_MAX_MS ? sleep_ms : DISPATCH_SLEEP_MAX_MS;
    return OK;
}
