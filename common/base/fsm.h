/* fsm.h — state machines as tables: the same table guards the move, names the state and prints the
 * CHECK of its column.
 *
 * Owns:     nothing; tables are static.
 * Threads:  any.
 * Fails:    fsm_allows says no; it is the caller who refuses.
 * Limits:   32 states.
 * Promise:  a state without a way out says so by is_final. */
#ifndef QQ_BASE_FSM_H
#define QQ_BASE_FSM_H

#include "common/base/str.h"

#define TO(state) (UINT32_C(1) << (state))

struct fsm_state {
    const char *name;
    uint32_t next; /* bits of the states one may go to */
    bool is_final;
};

struct fsm {
    const struct fsm_state *states;
    size_t count;
};

#define FSM(table)                                                                                 \
    {                                                                                              \
        (table), sizeof(table) / sizeof((table)[0])                                                \
    }

bool fsm_allows(const struct fsm *m, size_t from, size_t to);
bool fsm_find(const struct fsm *m, struct str name, size_t *out_state);
struct str fsm_to_check(const struct fsm *m, struct arena *a,
                        const char *column); /* "column IN ('a','b')" */
struct str fsm_to_dot(const struct fsm *m, struct arena *a,
                      const char *title); /* Graphviz, for the reference pages */

#endif
