/* files.h — which files each site drops, and the book of what was written.
 *
 * Owns:     the folder of one run and the book; a slot is the caller's between its first row and
 * files_end. Threads:  one. Fails:    ends the program with the reason when the folder is there
 * already or a file cannot be written. Limits:   FILES_NAME_BYTES for a file name. Promise:  a file
 * without rows is not made; on a later day the first load's files are made again only where the day
 * repeats them, and then byte for byte. */
#ifndef COUNTY_FILES_H
#define COUNTY_FILES_H

#include "tests/county/rows.h"

#define FILES_NAME_BYTES 96

enum files_note { NOTE_FIRST, NOTE_DUPLICATE, NOTE_CORRECTION, NOTE_LATE, NOTE_CUT, NOTE_DELETION };

struct slot {
    const struct office *office;
    const struct layout *layout;
    enum files_note note;
    char name[FILES_NAME_BYTES];
    struct sheet *sheet;
    bool is_skipped;
};

struct entry {
    const struct office *office;
    const struct layout *layout;
    enum files_note note;
    char name[FILES_NAME_BYTES];
    struct sheet_count count;
};

/* files.c writes the data, book.c the folder and what is said about it. */
struct book {
    const struct world *world;
    unsigned day; /* 0: the first load */
    char folder[512];
    LIST(struct entry) entries;
};

void files_open(struct book *b, const struct world *w, const char *out, unsigned day);
/* A file of the first load that nothing has been written into yet. */
struct slot files_slot(const struct office *office, const struct layout *layout, const char *name);
void files_row(struct book *b, struct slot *s, const struct row *row);
void files_cut(struct slot *s, const struct row *row);
void files_end(struct book *b, struct slot *s);
/* The township's payments and enrolments. */
void files_town(struct book *b, const struct town *t);
/* Everything that is not by township. */
void files_county(struct book *b);
/* sites.csv and truth.jsonl (first load), expected.json; frees the book. */
void files_close(struct book *b);
/* 0 … n − 1 in an order by chance; the caller frees it. */
size_t *files_shuffled(const struct world *w, const char *purpose, size_t n);

#endif
