#include "central/identity/resolve.h"

struct resolve_answer resolve_person(struct str name, bool was_15,
                                     const struct resolve_candidate *candidates, size_t count)
{
    struct resolve_answer best = {0, was_15 ? 2 : 1, 0};
    enum name_match best_match = NAME_OTHER;
    for (size_t i = 0; i < count; i++) {
        enum name_match match = name_compare(name, candidates[i].name);
        if (match == NAME_NEAR && was_15)
            continue;
        if (match < best_match) {
            best_match = match;
            best.person = candidates[i].person;
            best.candidate = i;
        }
    }
    if (best.person && best_match == NAME_NEAR)
        best.tier = 2;
    return best;
}
