/* xls.h — an old Excel workbook (XLS, BIFF 8; BIFF 5 as far as FreeXL goes) copied into an XLSX
 * one, sheet by sheet, row by row, so that there is one reader of workbooks; in a process of its
 * own, since the bytes come from anywhere and the library that reads them is written in old C.
 *
 * Owns:     nothing.
 * Threads:  the loop thread; waits for the copy.
 * Fails:    ERR_MALFORMED with a problem that says what to do; ERR_IO, ERR_FULL.
 * Limits:   XLS_BYTES_MAX of the file; XLS_SECONDS_MAX of processor time and XLS_MEMORY_MAX of
 * memory for the copy, whatever the file does.
 * Promise:  rows and columns keep their places; numbers stay numbers and dates become text as
 * YYYY-MM-DD. Whatever the bytes do to the library, this process lives. */
#ifndef QQ_SHEET_XLS_H
#define QQ_SHEET_XLS_H

#include "common/base/err.h"
#include "common/base/problem.h"

#define XLS_BYTES_MAX ((int64_t)64 << 20)
#define XLS_SECONDS_MAX 20
#define XLS_MEMORY_MAX ((uint64_t)1 << 30)
#define XLS_HEAD_BYTES 8

/* By its first bytes, whatever its name: the container of old Office files. */
bool xls_looks_so(struct str head);
MUST_USE enum err xls_to_xlsx(const char *from, const char *to, struct problem_list *problems);

#endif
