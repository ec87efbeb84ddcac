/* quality.h — what a file as a whole says of itself: its totals against its rows, how old they are,
 * what was deleted (indicators.md, group Q).
 *
 * Owns:     nothing; sentences live in the arena given.
 * Threads:  the loop thread.
 * Fails:    never: what is found are reminders, and facts for the hub.
 * Limits:   none.
 * Promise:  a pure function of the rows in their order: counted again after a crash it is the same.
 * Refused rows count in the totals, since the file's own total has them too. */
#ifndef QQ_EDGE_AGENT_INTAKE_QUALITY_H
#define QQ_EDGE_AGENT_INTAKE_QUALITY_H

#include "common/format/format.h"
#include "common/model/mapping.h"
#include "common/model/record.h"
#include "common/wire/message.h"

#define QUALITY_OLD_DAYS 90 /* Q09: an event so long before its report was filled in later */
#define QUALITY_OLD_SHARE_PERCENT 10
#define QUALITY_FACTS_MAX 8

struct quality {
    int64_t sums[DATASET_FIELDS_MAX]; /* of the sheet, by field, in the field's unit */
    uint64_t sheet_rows;
    uint64_t dated, old; /* rows that say of which day they speak, and those of long ago */
    uint64_t deleted, unexplained;
    uint64_t totals, totals_wrong; /* rows of totals, and those that do not agree */
    uint64_t missing;              /* Q08: rows that went without a word */
    uint64_t drift;                /* Q06: columns that came or went since the file before */
};

void quality_sheet(struct quality *q); /* a further sheet begins: its totals are its own */
/* A row of data, accepted or refused; `today` YYYYMMDD. */
void quality_row(struct quality *q, const struct record *r, int32_t today);
void quality_deletion(struct quality *q, bool is_explained);
/* A row of totals: compares each amount in it with the rows above. */
void quality_totals(struct quality *q, const struct mapping *m, const struct format_row *row,
                    struct arena *a, struct problem_list *problems);
/* Rows that earlier files of a `whole` dataset had and this one has not: q->missing of them. */
void quality_missing(const struct quality *q, struct str file, uint64_t row, struct arena *a,
                     struct problem_list *problems);
/* Q06: the header against that of the file before, whatever the order. Mended reports have columns
 * of ours, which do not count. */
void quality_header(struct quality *q, struct str before_file, const struct str *before,
                    size_t before_count, const struct str *now, size_t now_count, struct arena *a,
                    struct problem_list *problems);
/* At the end of the file. */
void quality_remind(const struct quality *q, struct arena *a, struct problem_list *problems);
/* What is not 0, for the hub; at most QUALITY_FACTS_MAX. */
size_t quality_facts(const struct quality *q, struct arena *a, struct message_answer_field *out);

#endif
