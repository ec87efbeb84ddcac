#include "common/sync/credit.h"

/* Below the first mark nothing is held back; between the two, less and less; behind the second the
 * queue would overflow, and what overflows has to be sent again. */
#define FIRST_MARK 250
#define SECOND_MARK 750

struct credit credit_grant(unsigned load, bool is_full)
{
    if (is_full)
        return (struct credit){1, CREDIT_BUSY_MAX_MS};
    if (load < FIRST_MARK)
        return (struct credit){CREDIT_MOST, 0};
    if (load < SECOND_MARK)
        return (struct credit){
            1 + (CREDIT_MOST - 1) * (uint64_t)(SECOND_MARK - load) / (SECOND_MARK - FIRST_MARK), 0};
    unsigned over = load < 1000 ? load : 1000;
    return (struct credit){1, CREDIT_BUSY_MIN_MS + (int64_t)(over - SECOND_MARK) * 9 *
                                                       CREDIT_BUSY_MIN_MS / (1000 - SECOND_MARK)};
}
