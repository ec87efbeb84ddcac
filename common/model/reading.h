/* reading.h — walking over the tokens of one statement while a declaration is linked; for the
 * loaders of this layer.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    what does not fit is a problem at its token; reading functions then return false.
 * Limits:   none.
 * Promise:  a fault never ends the loading: the next statement is read. */
#ifndef QQ_MODEL_READING_H
#define QQ_MODEL_READING_H

#include "common/decl/decl.h"

struct reading {
    struct arena *arena;
    const struct decl_file *file;
    const struct decl_node *node;
    size_t at;
    struct problem_list *problems;
};

struct reading reading_of(struct arena *a, const struct decl_file *file,
                          const struct decl_node *node,
                          struct problem_list *problems);       /* behind the keyword */
const struct decl_token *reading_peek(const struct reading *r); /* NULL at the end */
bool reading_take_word(struct reading *r, const char *word);    /* steps over it when it is there */
bool reading_take_punct(struct reading *r, const char *text);
bool reading_word(struct reading *r,
                  struct str *out); /* any word or number as text (codes like 01) */
/* A name that becomes one of SQL: lower-case letters, digits and _, no word of SQL's own. */
bool reading_name(struct reading *r, struct str *out);
bool reading_string(struct reading *r, struct str *out);
bool reading_int(struct reading *r, int64_t *out);
/* "zh" [en "en"]; the Chinese is required. */
bool reading_texts(struct reading *r, struct str *out_zh, struct str *out_en);
/* alias "a", "b", … when it is there */
bool reading_aliases(struct reading *r, const struct str **out, size_t *out_count);
bool reading_end(struct reading *r); /* nothing may be left */
void reading_fault(struct reading *r, const char *code, struct str zh, struct str en);

#endif
