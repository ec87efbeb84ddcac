/* xlsx_number.h — a number of a workbook as the cell shows it to people: dates by their format,
 * digits without the noise of binary fractions.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  any.
 * Fails:    never.
 * Limits:   serial days 0 to 2,958,465 (9999-12-31).
 * Promise:  a number so long that the program which wrote it has cut its digits is shown in
 * scientific notation, so that nobody takes it for an identity number. */
#ifndef QQ_FORMAT_XLSX_NUMBER_H
#define QQ_FORMAT_XLSX_NUMBER_H

#include "common/base/str.h"

#include <stdbool.h>

enum xlsx_style { XLSX_PLAIN, XLSX_DATE, XLSX_TIME, XLSX_DATETIME, XLSX_PERCENT };

struct arena;

/* Of a built-in number format (ECMA-376 part 1, 18.8.30), the Chinese ones included. */
enum xlsx_style xlsx_number_style(int64_t id);
/* Of a format's code, like yyyy"年"m"月"d"日" or 0.00%. */
enum xlsx_style xlsx_number_style_of(struct str code);
/* `text` is the number as it stands in the file; what is none comes back as it is. */
struct str xlsx_number_show(struct arena *a, struct str text, enum xlsx_style style, bool is_1904);

#endif
