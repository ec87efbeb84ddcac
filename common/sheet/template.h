/* template.h — the empty sheet of a dataset for an office to fill in, from its declaration.
 *
 * Owns:     nothing.
 * Threads:  one.
 * Fails:    errors of book.h.
 * Limits:   as the dataset.
 * Promise:  what is filled in as the sheet says is read without a reminder: the headers are the
 * dataset's own, the sheet of notes bears the name that every import passes over. */
#ifndef QQ_SHEET_TEMPLATE_H
#define QQ_SHEET_TEMPLATE_H

#include "common/model/dataset.h"
#include "common/sheet/book.h"

/* Sheets of these names are for people and never read. */
#define TEMPLATE_NOTES "填表说明"
#define TEMPLATE_REASONS "退回说明" /* of a report of refused rows */

/* "惠民资金发放.模板.xlsx" */
struct str template_file_name(struct arena *a, const struct dataset *d);
bool template_is_for_people(struct str sheet_name);
/* What the note on a header says: what belongs there, an example, other names, in both languages.
 */
struct str template_note(struct arena *a, const struct dataset *d, size_t field);
/* Header, choices and sheet of notes; *out_sheet is the one to be filled in, its next row the first
 * of the records. */
void template_begin(struct book *b, const struct dataset *d, struct arena *a, size_t *out_sheet);
MUST_USE enum err template_write(const char *path, const struct dataset *d);

#endif
