#include "common/finding/finding.h"

static const struct fsm_state lives[] = {
    [FINDING_NEW] = {"new",
                     TO(FINDING_CONTINUING) | TO(FINDING_ENDED) | TO(FINDING_SUPERSEDED) |
                         TO(FINDING_WITHDRAWN),
                     false},
    [FINDING_CONTINUING] = {"continuing",
                            TO(FINDING_ENDED) | TO(FINDING_SUPERSEDED) | TO(FINDING_WITHDRAWN),
                            false},
    [FINDING_ENDED] = {"ended", TO(FINDING_NEW), false},
    [FINDING_SUPERSEDED] = {"superseded", TO(FINDING_NEW), false},
    [FINDING_WITHDRAWN] = {"withdrawn", 0, true},
};
const struct fsm finding_lives = FSM(lives);

/* A decision can be changed by a person who looks again; a site's later answer reopens nothing that
 * the centre has decided. */
static const struct fsm_state decisions[] = {
    [FINDING_TO_VERIFY] = {"to_verify",
                           TO(FINDING_SITE_ANSWERED) | TO(FINDING_CONFIRMED) | TO(FINDING_REFUTED) |
                               TO(FINDING_UNCLEAR),
                           false},
    [FINDING_SITE_ANSWERED] = {"site_answered",
                               TO(FINDING_SITE_ANSWERED) | TO(FINDING_CONFIRMED) |
                                   TO(FINDING_REFUTED) | TO(FINDING_UNCLEAR),
                               false},
    [FINDING_CONFIRMED] = {"confirmed", TO(FINDING_REFUTED) | TO(FINDING_UNCLEAR), true},
    [FINDING_REFUTED] = {"refuted", TO(FINDING_CONFIRMED) | TO(FINDING_UNCLEAR), true},
    [FINDING_UNCLEAR] = {"unclear", TO(FINDING_CONFIRMED) | TO(FINDING_REFUTED), true},
};
const struct fsm finding_decisions = FSM(decisions);

static bool is_present(const struct finding_hit *h)
{
    return h->life == FINDING_NEW || h->life == FINDING_CONTINUING;
}

static int compare(const struct finding_hit *a, const struct finding_hit *b)
{
    if (a->subject != b->subject)
        return a->subject < b->subject ? -1 : 1;
    return str_compare(a->episode, b->episode);
}

static enum finding_change_kind kind_of(const struct finding_hit *before,
                                        const struct finding_hit *after)
{
    if (!is_present(before))
        return FINDING_APPEARS;
    return hash_equal(&before->result, &after->result) && before->tier == after->tier
               ? FINDING_STAYS
               : FINDING_CHANGES;
}

size_t finding_reconcile(const struct finding_hit *before, size_t before_count,
                         const struct finding_hit *after, size_t after_count,
                         struct finding_change *out_changes)
{
    size_t i = 0;
    size_t k = 0;
    size_t n = 0;
    while (i < before_count || k < after_count) {
        int order = i == before_count ? 1 : k == after_count ? -1 : compare(&before[i], &after[k]);
        if (order < 0) {
            if (is_present(&before[i]))
                out_changes[n++] = (struct finding_change){FINDING_DISAPPEARS, &before[i], NULL};
            i++;
        } else if (order > 0) {
            out_changes[n++] = (struct finding_change){FINDING_APPEARS, NULL, &after[k++]};
        } else {
            if (before[i].life != FINDING_WITHDRAWN) /* what a person withdrew stays withdrawn */
                out_changes[n++] =
                    (struct finding_change){kind_of(&before[i], &after[k]), &before[i], &after[k]};
            i++;
            k++;
        }
    }
    return n;
}

static void add_number(struct sha256 *s, int64_t n)
{
    char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)((uint64_t)n >> (56 - 8 * i));
    sha256_add(s, str_make(bytes, sizeof bytes));
}

struct hash finding_result_hash(const struct hash *rule, struct str episode, int64_t subject,
                                int level, int64_t amount_fen, const struct value *values,
                                size_t value_count)
{
    struct sha256 s;
    sha256_init(&s);
    sha256_add(&s, hash_str(rule));
    add_number(&s, subject);
    add_number(&s, (int64_t)episode.len);
    sha256_add(&s, episode);
    add_number(&s, level);
    add_number(&s, amount_fen);
    for (size_t i = 0; i < value_count; i++) {
        add_number(&s, values[i].kind);
        add_number(&s,
                   values[i].kind == VALUE_TEXT ? (int64_t)values[i].text.len : values[i].number);
        if (values[i].kind == VALUE_TEXT)
            sha256_add(&s, values[i].text);
    }
    return sha256_done(&s);
}
