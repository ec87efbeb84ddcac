/* format.h — bytes of a table file become rows of cells, whatever the encoding, the delimiter and
 * the line ends.
 *
 * Owns:     its buffers, in the arena given, and a conversion handle until format_close.
 * Threads:  one at a time.
 * Fails:    ERR_MALFORMED: not a table at all (a problem says what it is); errors of the source.
 * What is wrong inside a row is a problem, and reading goes on behind it. Limits:   the FORMAT_*
 * numbers below; memory is FORMAT_MEMORY_BYTES however long the file. Promise:  cells are valid
 * UTF-8; the same bytes give the same rows and row numbers every time. */
#ifndef QQ_FORMAT_FORMAT_H
#define QQ_FORMAT_FORMAT_H

#include "common/base/err.h"
#include "common/base/problem.h"
#include "common/format/encoding.h"

#define FORMAT_CELL_BYTES_MAX ((size_t)64 * 1024)
#define FORMAT_COLUMNS_MAX 512
#define FORMAT_ROW_BYTES_MAX ((size_t)1024 * 1024)
#define FORMAT_BLOCK_BYTES ((size_t)64 * 1024)
#define FORMAT_MEMORY_BYTES (FORMAT_ROW_BYTES_MAX + FORMAT_BLOCK_BYTES * 5 + (size_t)64 * 1024)

struct arena;
struct format;

/* Where the bytes come from; the caller embeds this as its first member. *out_len 0 is the end. */
struct format_source {
    enum err (*read)(struct format_source *s, char *bytes, size_t room, size_t *out_len);
    /* What workbooks need: from anywhere; out_len 0 behind the end. NULL: tables of text alone. */
    enum err (*read_at)(struct format_source *s, int64_t offset, char *bytes, size_t room,
                        size_t *out_len);
    int64_t size;
};

/* Bytes that lie in memory, as a source: {{.read = format_read_bytes}, text, step}; with
 * format_whole_bytes for workbooks too. */
struct format_bytes {
    struct format_source source; /* first member */
    struct str rest;
    size_t step; /* most bytes a read gives; 0: as many as there is room for */
    struct str whole;
};
enum err format_read_bytes(struct format_source *s, char *bytes, size_t room, size_t *out_len);
struct format_bytes format_whole_bytes(struct str bytes);

/* Rows of the n-th sheet of a workbook, from 0, are numbered from n × FORMAT_SHEET_ROWS: one number
 * says where a row stands. */
#define FORMAT_SHEET_ROWS 10000000

struct format_row {
    const struct str *cells; /* views, valid until the next call */
    size_t count;
    uint64_t number;       /* as a spreadsheet counts, from 1, empty rows included; and the sheet */
    uint32_t sheet;        /* from 0, hidden ones left out; a table of text is one sheet */
    struct str sheet_name; /* empty for a table of text */
    bool is_empty;         /* no cell holds anything but blanks */
    bool is_damaged;       /* a problem was added: this row must not be used */
};

MUST_USE enum err format_open(struct format_source *source, struct arena *a,
                              struct problem_list *problems, struct format **out_format);
void format_close(struct format *f); /* NULL is legal */
/* ERR_MISSING at the end. Problems of the row go to `problems`. */
MUST_USE enum err format_next_row(struct format *f, struct problem_list *problems,
                                  struct format_row *out_row);
/* "UTF-8", "GB18030 BOM", "XLSX": as far as read; `room` holds it. */
struct str format_name(const struct format *f, char *room, size_t room_len);
uint32_t format_sheet_count(const struct format *f);

#endif
