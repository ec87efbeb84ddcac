/* compile_parts.h — one walk over the tokens of an expression; for compile*.c alone: operators in
 * compile.c, what stands between them in compile_operand.c, what has arguments in compile_call.c.
 *
 * Owns:     nothing; texts live in the arena of the scope.
 * Threads:  any.
 * Fails:    the first fault is a problem; from then on the parts mean nothing.
 * Limits:   COMPILE_DEPTH_MAX nested, COMPILE_TEXT_MAX bytes an expression.
 * Promise:  each function steps over what it compiled. */
#ifndef QQ_RULES_COMPILE_PARTS_H
#define QQ_RULES_COMPILE_PARTS_H

#include "common/rules/compile.h"

#define COMPILE_TEXT_MAX 8192

struct compiler {
    const struct compile_scope *scope;
    const struct decl_node *node;
    size_t at;
    int depth;
    bool has_failed;
    struct rule_source inner; /* of `exists`, while its condition is read */
    bool has_inner;
    bool is_inside; /* of an aggregate */
};

struct compile_part {
    struct str sql;
    enum rule_type type;
    const struct vocab *vocab;
    bool is_literal;
    int64_t number; /* of a numeric literal, as written × 10^scale */
    int scale;
};

const struct decl_token *compile_peek(const struct compiler *c, size_t ahead); /* NULL: the end */
bool compile_take_word(struct compiler *c, const char *word);
bool compile_take_punct(struct compiler *c, const char *text);
void compile_expect(struct compiler *c, const char *punct);
struct compile_part compile_fault(struct compiler *c, const char *code, struct str zh,
                                  struct str en);
struct compile_part compile_print(struct compiler *c, enum rule_type type, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A number beside money means yuan, beside an area mu. */
void compile_fit(struct compiler *c, struct compile_part *literal,
                 const struct compile_part *other);

struct compile_part compile_or(struct compiler *c); /* a whole expression */
struct compile_part compile_primary(struct compiler *c);
struct compile_part compile_function(struct compiler *c, struct str name);
struct compile_part compile_exists(struct compiler *c); /* behind the word */

#endif
