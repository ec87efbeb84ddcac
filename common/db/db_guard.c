#include "common/db/db_guard.h"

void db_guard_restart(struct db_guard *g, int64_t now_us)
{
    g->steps_left = g->steps_max;
    g->rows_left = g->budget.rows;
    g->bytes_left = g->budget.result_bytes;
    g->until_us = now_us + g->budget.ms * 1000;
    g->limit = DB_LIMIT_NONE;
}

static bool stop(struct db_guard *g, bool is_over, enum db_limit limit)
{
    if (is_over)
        g->limit = limit;
    return !is_over;
}

bool db_guard_take_steps(struct db_guard *g, int64_t steps, int64_t now_us)
{
    g->steps_left -= steps;
    return stop(g, g->steps_left <= 0, DB_LIMIT_STEPS) &&
           stop(g, now_us >= g->until_us, DB_LIMIT_TIME);
}

bool db_guard_take_row(struct db_guard *g, int64_t bytes)
{
    g->rows_left--;
    g->bytes_left -= bytes;
    return stop(g, g->rows_left < 0 || g->bytes_left < 0, DB_LIMIT_ROWS);
}
