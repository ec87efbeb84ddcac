/* options.h — a program's settings: one table says what there is, and file, environment and command
 * line fill a struct from it.
 *
 * Owns:     nothing; texts are the arena's.
 * Threads:  the one that starts the program.
 * Fails:    ERR_USAGE: what is wrong, where, and the nearest name there is; errors of file_read.
 * Limits:   a file of OPTIONS_FILE_BYTES_MAX.
 * Promise:  initial value < file < environment (QINGQU_KEY) < command line (--key value). */
#ifndef QQ_CONFIG_OPTIONS_H
#define QQ_CONFIG_OPTIONS_H

#include "common/base/err.h"
#include "common/base/str.h"

#include <stddef.h>
#include <stdint.h>

#define OPTIONS_FILE_BYTES_MAX ((size_t)1024 * 1024)
#define OPTIONS_WORDS_MAX 512 /* the databases of every site of a county */

struct arena;
struct buf;

enum option_kind {
    OPTION_TEXT, /* const char *, ended by NUL */
    OPTION_PATH, /* the same; a relative one in the file (or in the table, when there is a file) is
                    relative to the file's folder, elsewhere to the working folder */
    OPTION_INT,  /* int64_t between least and most */
    OPTION_FLAG, /* bool: true/false, yes/no, on/off, 1/0; a bare --key is true */
};

struct option {
    const char *key; /* "page_port": also --page-port and QINGQU_PAGE_PORT */
    enum option_kind kind;
    size_t offset;       /* offsetof the field in the program's struct */
    const char *initial; /* as one would write it; "" is empty, NULL says that it must be given */
    int64_t least, most; /* OPTION_INT only */
    const char *help;    /* one sentence, for --help and the sample file */
};

struct options {
    const char *program; /* "qingqu-agent" */
    const char *usage;   /* what stands behind the name, a line per command; shown by --help */
    const struct option *table;
    size_t count;
};

/* What the command line says besides settings: `run`, `import FILE`. */
struct options_words {
    struct str at[OPTIONS_WORDS_MAX];
    size_t count;
    struct str file; /* of --config FILE (or QINGQU_CONFIG); empty: none */
    bool is_help, is_version;
};

/* Fills *out_values (the struct the offsets belong to). With --help or --version nothing else is
 * looked at. `--` ends the settings; all behind it are words. */
MUST_USE enum err options_read(const struct options *o, int argc, const char *const *argv,
                               struct arena *a, void *out_values, struct options_words *out_words);
void options_write_help(const struct options *o, struct buf *out);
/* The settings file with every key, its help and its initial value. */
void options_write_sample(const struct options *o, struct buf *out);

#endif
