#include "central/merge/merge.h"

struct merge_decision merge_decide(const struct merge_current *current, bool is_deletion,
                                   const struct hash *row_hash, struct str site)
{
    bool is_present = current->is_there && !current->is_deleted;
    bool is_foreign = is_present && !str_equal(current->site, site);
    if (is_deletion)
        return (struct merge_decision){is_present ? MERGE_DELETE : MERGE_ABSENT, is_foreign};
    if (!is_present)
        return (struct merge_decision){MERGE_NEW, false};
    if (hash_equal(&current->row_hash, row_hash))
        return (struct merge_decision){MERGE_SAME, false};
    return (struct merge_decision){MERGE_CHANGE, is_foreign};
}
