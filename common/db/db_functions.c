#include "common/db/db_functions.h"

#include "common/base/check.h"
#include "common/base/date.h"
#include "common/base/likeness.h"
#include "common/base/thing.h"
#include "common/base/utf8.h"
#include "common/base/workday.h"
#include "common/db/db_aggregates.h"
#include "common/model/citizen.h"
#include "common/stats/sample.h"
#include "common/stats/tail.h"

#define WORKDAYS_MAX 10000 /* forty years */
#define AGE_MAX 130
#define DAY_MIN 10101
#define DAY_MAX 99991231

static void give(struct db_call *c, int64_t value)
{
    c->out = (struct db_value){.type = DB_INT, .whole = value};
}

static void give_real(struct db_call *c, bool has_value, const double *value)
{
    c->out = (struct db_value){.type = has_value ? DB_REAL : DB_NULL, .real = *value};
}

static void days(struct db_call *c)
{
    give(c, date_to_days((int32_t)c->in[0].whole));
}

static void months(struct db_call *c)
{
    give(c, date_month_index((int32_t)c->in[0].whole));
}

/* A sum that left the calendar stops at its ends: later than any day stays later. */
static void ymd(struct db_call *c)
{
    int64_t first = date_to_days(DAY_MIN);
    int64_t last = date_to_days(DAY_MAX);
    int64_t day = c->in[0].whole;
    give(c, date_from_days(day < first ? first : day > last ? last : day));
}

static void month_of(struct db_call *c)
{
    give(c, date_month_of((int32_t)c->in[0].whole));
}

static void hour(struct db_call *c)
{
    give(c, c->in[0].whole / 10000 % 100);
}

static void thing(struct db_call *c)
{
    give(c, thing_id(c->in[0].text));
}

/* A year without a notice is not guessed at: what counts working days there is unknown, and a rule
 * that compares with it does not hold. */
static bool is_known(const struct db_call *c, int argument)
{
    int64_t day = c->in[argument].whole;
    return day >= DAY_MIN && day <= DAY_MAX && date_is_valid((int32_t)day) &&
           workday_is_known(c->workdays, (int32_t)day);
}

static void is_workday(struct db_call *c)
{
    if (is_known(c, 0))
        give(c, workday_is(c->workdays, (int32_t)c->in[0].whole));
}

static void workdays(struct db_call *c)
{
    if (is_known(c, 0) && is_known(c, 1))
        give(c, workday_count(c->workdays, (int32_t)c->in[0].whole, (int32_t)c->in[1].whole));
}

static void workday_after(struct db_call *c)
{
    int64_t n = c->in[1].whole;
    if (!is_known(c, 0) || n < 0 || n > WORKDAYS_MAX)
        return;
    int32_t day = workday_add(c->workdays, (int32_t)c->in[0].whole, (int)n);
    if (workday_is_known(c->workdays, day))
        give(c, day);
}

/* 0: not to be believed. */
static int32_t birth_of(struct str id)
{
    enum citizen_verdict v = citizen_check(id);
    return v == CITIZEN_FINE || v == CITIZEN_DOUBT_REGION ? citizen_birth(id) : 0;
}

static void born(struct db_call *c)
{
    int32_t birth = birth_of(c->in[0].text);
    if (birth)
        give(c, birth);
}

static void age(struct db_call *c)
{
    int32_t birth = birth_of(c->in[0].text);
    int64_t day = c->in[1].whole;
    if (birth == 0 || day < birth || day > DAY_MAX)
        return;
    int64_t years = (day - birth) / 10000;
    if (years <= AGE_MAX)
        give(c, years);
}

static void similar(struct db_call *c)
{
    int percent = likeness_percent(c->arena, likeness_plain(c->arena, c->in[0].text),
                                   likeness_plain(c->arena, c->in[1].text));
    if (percent >= 0)
        give(c, percent);
}

static void contains(struct db_call *c)
{
    struct str word = likeness_plain(c->arena, c->in[1].text);
    if (word.len)
        give(c, str_contains(likeness_plain(c->arena, c->in[0].text), word));
}

static void begins(struct db_call *c)
{
    struct str rest = c->in[0].text;
    for (int64_t n = c->in[1].whole; n > 0 && rest.len; n--)
        utf8_next(&rest);
    c->out = (struct db_value){.type = DB_TEXT,
                               .text = str_slice(c->in[0].text, 0, c->in[0].text.len - rest.len)};
}

static void robust_z(struct db_call *c)
{
    double z = 0;
    give_real(c, sample_robust_z(c->in[0].real, c->in[1].real, c->in[2].real, &z), &z);
}

static void binomial_p(struct db_call *c)
{
    double p = 0;
    give_real(c, tail_binomial(c->in[0].whole, c->in[1].whole, c->in[2].real, &p), &p);
}

const struct db_function db_functions[] = {
    {"qq_days", "i", days, false, false},
    {"qq_months", "i", months, false, false},
    {"qq_ymd", "i", ymd, false, false},
    {"qq_month_of", "i", month_of, false, false},
    {"qq_hour", "i", hour, false, false},
    {"qq_is_workday", "i", is_workday, false, true},
    {"qq_workdays", "ii", workdays, false, true},
    {"qq_workday_add", "ii", workday_after, false, true},
    {"qq_born", "t", born, false, false},
    {"qq_age", "ti", age, false, false},
    {"qq_thing", "t", thing, false, false},
    {"qq_similar", "tt", similar, false, false},
    {"qq_contains", "tt", contains, false, false},
    {"qq_begins", "ti", begins, false, false},
    {"qq_robust_z", "rrr", robust_z, false, false},
    {"qq_binomial_p", "iir", binomial_p, false, false},
    {"qq_q1_x12", "i", db_q1_x12, true, false},
    {"qq_q3_x12", "i", db_q3_x12, true, false},
    {"qq_quantile", "rr", db_quantile, true, false},
    {"qq_median", "r", db_median, true, false},
    {"qq_mad", "r", db_mad, true, false},
    {"qq_fence_low", "rr", db_fence_low, true, false},
    {"qq_fence_high", "rr", db_fence_high, true, false},
    {"qq_stddev", "r", db_stddev, true, false},
    {"qq_benford1", "ii", db_benford1, true, false},
    {"qq_benford2", "ii", db_benford2, true, false},
    {"qq_chi2", "i", db_chi2, true, false},
    {"qq_chi2_p", "i", db_chi2_p, true, false},
};
const size_t db_functions_count = COUNT_OF(db_functions);

/* Values, aggregates, windows; the last line is for open data, whose tables are in SQLite alone. */
static const char shared[] =
    "abs ceil ceiling coalesce exp floor length like ln lower ltrim mod nullif power replace round "
    "rtrim sign sqrt substr substring trim upper "
    "avg count max min sum "
    "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank "
    "row_number "
    "json_array json_group_array";

bool db_function_is_allowed(struct str name)
{
    for (size_t i = 0; i < db_functions_count; i++)
        if (str_equal_fold(name, str_of(db_functions[i].name)))
            return true;
    for (struct str rest = str_of(shared); rest.len;)
        if (str_equal_fold(name, str_cut(&rest, ' ')))
            return true;
    return false;
}
