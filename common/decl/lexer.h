/* lexer.h — text of a declaration to tokens.
 *
 * Owns:     nothing; tokens live in the arena.
 * Threads:  any, one arena each.
 * Fails:    characters that fit nowhere, open strings and numbers over 14 digits become problems;
 * reading goes on behind them. Limits:   DECL_FILE_BYTES_MAX. Promise:  a line end inside
 * parentheses, or behind a comma or an operator, is no token. */
#ifndef QQ_DECL_LEXER_H
#define QQ_DECL_LEXER_H

#include "common/decl/decl.h"

enum lexer_kind { LEXER_TOKEN, LEXER_OPEN, LEXER_CLOSE, LEXER_END_OF_LINE, LEXER_END };

struct lexer {
    struct arena *arena;
    struct decl_file *file;
    struct problem_list *problems;
    struct str rest;
    uint32_t line, column;
    int parentheses;
    bool is_open_ended; /* the last token carries the statement over the line end */
};

void lexer_init(struct lexer *l, struct arena *a, struct decl_file *file, struct str text,
                struct problem_list *problems);
enum lexer_kind lexer_next(struct lexer *l, struct decl_token *out_token);

#endif
