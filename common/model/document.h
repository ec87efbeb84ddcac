/* document.h — what the hub may ask of a site: the facts it shows, the answers it takes, its
 * deadline.
 *
 * Owns:     nothing; types live in the catalog's arena.
 * Threads:  any, read only.
 * Fails:    faults of a declaration, and of an answer against its type, are problems.
 * Limits:   DOCUMENT_ANSWERS_MAX answer fields.
 * Promise:  the officer's form, the check of the answer on both ends and the deadline come from the
 * same declaration. */
#ifndef QQ_MODEL_DOCUMENT_H
#define QQ_MODEL_DOCUMENT_H

#include "common/decl/decl.h"

#define DOCUMENT_ANSWERS_MAX 16

enum answer_kind { ANSWER_CHOICE, ANSWER_TEXT, ANSWER_MONEY, ANSWER_DATE };

struct answer_choice {
    struct str code, zh, en;
};

struct answer_field { /* `answer verdict one of (confirmed "属实" en "Confirmed", …) required
                         "核实结论" en "Verdict"` */
    struct str id, zh, en;
    enum answer_kind kind;
    const struct answer_choice *choices;
    size_t choice_count;
    bool is_required;
    uint32_t length_max; /* characters */
};

struct document_type {
    struct str id, zh, en;
    int64_t version;
    int64_t due_days; /* calendar days from sending */
    struct str instructions_zh, instructions_en;
    const struct answer_field *answers;
    size_t answer_count;
    struct str file;
};

struct answer_value {
    struct str id, text; /* as typed; choices by code, money in yuan, date YYYY-MM-DD */
};

/* Checks an answer against its type; returns false when an error was added. */
bool document_check_answer(const struct document_type *t, const struct answer_value *values,
                           size_t count, struct problem_list *problems);

#endif
