/* decl.h — the one grammar for everything declared: datasets, vocabularies, documents, rules.
 *
 * Owns:     nothing; nodes and texts live in the arena given to decl_parse.
 * Threads:  any, one arena each.
 * Fails:    faults of the text become problems with file, line and column, all of them at once;
 * nodes are made for the rest. Limits:   DECL_FILE_BYTES_MAX a file, DECL_DEPTH_MAX nested blocks.
 * Promise:  the reader knows no keyword: statements are words, strings, numbers, punctuation, and
 * blocks of statements.
 *
 * A file is a list of statements. A statement is a run of tokens on one line, or on several when an
 * open ( or a trailing comma or operator carries it on; it may end with a block { … } of
 * statements. # begins a comment. */
#ifndef QQ_DECL_DECL_H
#define QQ_DECL_DECL_H

#include "common/base/problem.h"
#include "common/base/str.h"

#define DECL_FILE_BYTES_MAX ((size_t)1024 * 1024)
#define DECL_DEPTH_MAX 16

enum decl_token_kind {
    DECL_WORD, /* letters, digits, _ and Chinese characters; dotted words (pay.amount) are one token
                */
    DECL_STRING, /* "…" with \" \\ \n; text without the quotes */
    DECL_NUMBER, /* 12  1_000_000  0.01; text without the underscores */
    DECL_DATE,   /* 2000-01-01; number is YYYYMMDD */
    DECL_PUNCT,  /* ( ) , = != < <= > >= + - * / [ ] : */
};

struct decl_token {
    enum decl_token_kind kind;
    struct str text;
    int64_t number; /* DECL_NUMBER: value × 10^scale; DECL_DATE: YYYYMMDD */
    uint8_t scale;  /* digits behind the point */
    uint32_t line, column;
};

struct decl_node {
    const struct decl_token *tokens;
    size_t token_count; /* at least 1, the first is usually the keyword */
    const struct decl_node *children;
    size_t child_count;
    bool has_block;
    uint32_t line, column;
};

struct decl_file {
    struct str name; /* as given, for messages */
    struct str text; /* all of it */
    const struct decl_node *nodes;
    size_t count;
};

/* Reads a whole file. Returns false when any error was added to `problems`; *out is filled all the
 * same. */
bool decl_parse(struct arena *a, struct str name, struct str text, struct problem_list *problems,
                struct decl_file *out);
/* Adds an error at a token (or at the node when token is NULL). */
void decl_problem(struct problem_list *l, const struct decl_file *f, const struct decl_node *n,
                  const struct decl_token *t, const char *code, struct str zh, struct str en);
bool decl_word_is(const struct decl_token *t, const char *word);
struct str decl_keyword(const struct decl_node *n); /* text of the first token */

#endif
