#include "common/os/random.h"

#include "common/base/check.h"

#include <errno.h>
#include <sys/random.h>

static void fill(struct random *r, void *bytes, size_t len)
{
    (void)r;
    unsigned char *out = bytes;
    while (len) {
        ssize_t n = getrandom(out, len, 0);
        if (n < 0 && errno == EINTR)
            continue;
        ASSERT(n > 0);
        out += n;
        len -= (size_t)n;
    }
}

struct random *random_real(void)
{
    static const struct random real = {fill};
    return (struct random *)(uintptr_t)&real;
}
