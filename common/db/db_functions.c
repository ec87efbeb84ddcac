#include "common/db/db_functions.h"

#include "common/base/check.h"
#include "common/base/date.h"

static int64_t days(int64_t ymd)
{
    return date_to_days((int32_t)ymd);
}

static int64_t months(int64_t ym)
{
    return date_month_index((int32_t)ym);
}

/* A sum that left the calendar stops at its ends: later than any day stays later. */
static int64_t ymd(int64_t day)
{
    int64_t first = date_to_days(10101);
    int64_t last = date_to_days(99991231);
    return date_from_days(day < first ? first : day > last ? last : day);
}

static int64_t month_of(int64_t day)
{
    return date_month_of((int32_t)day);
}

const struct db_function db_functions[] = {
    {"qq_days", days},         /* YYYYMMDD → days since 1970-01-01 */
    {"qq_months", months},     /* YYYYMM → year × 12 + month − 1 */
    {"qq_ymd", ymd},           /* days since 1970-01-01 → YYYYMMDD */
    {"qq_month_of", month_of}, /* YYYYMMDD → YYYYMM */
};
const size_t db_functions_count = COUNT_OF(db_functions);
