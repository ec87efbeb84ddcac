/* dataset.h — what a dataset is: its fields, key, names in foreign files and checks, read from one
 * declaration.
 *
 * Owns:     nothing; everything lives in the catalog's arena and never changes after loading.
 * Threads:  any, read only.
 * Fails:    faults of a declaration are problems with file, line and column.
 * Limits:   DATASET_FIELDS_MAX fields, DATASET_KEY_MAX key fields.
 * Promise:  the only source of mapping, validation, tables, wire order and reference page of a
 * dataset. */
#ifndef QQ_MODEL_DATASET_H
#define QQ_MODEL_DATASET_H

#include "common/decl/decl.h"
#include "common/model/value.h"

#define DATASET_FIELDS_MAX 64
#define DATASET_KEY_MAX 6

struct expr;
struct catalog;

/* One row per kind in model/type.c: parse, check, format, SQL, reference text. */
enum field_kind {
    FIELD_TEXT,    /* value: text */
    FIELD_INT,     /* value: int */
    FIELD_MONEY,   /* value: int, fen (1/100 yuan); a column in 万元 is converted */
    FIELD_AREA,    /* value: int, 1/10,000 mu */
    FIELD_DATE,    /* value: int YYYYMMDD */
    FIELD_MONTH,   /* value: int YYYYMM */
    FIELD_BOOL,    /* value: int 0 or 1 */
    FIELD_CITIZEN, /* value: text; 18 characters as in the source, or 15 (GB 11643); X upper case */
    FIELD_USCC,    /* value: text, 18 characters (GB 32100) */
    FIELD_CODE,    /* value: text, a code of a vocabulary */
    FIELD_DIVISION, /* value: text, 6, 9 or 12 digits */
    FIELD_ACCOUNT,  /* value: text, bank account */
    FIELD_DATETIME, /* value: int YYYYMMDDhhmmss, China's time */
    FIELD_QUANTITY, /* value: int, 1/10,000 of the unit that another field names */
    FIELD_PERCENT,  /* value: int, 1/100 of a per cent */
    FIELD_PARTY,    /* value: text, a person's identity number or an organisation's credit code */
};

struct vocab_code {
    struct str code, zh, en;
    const struct str *aliases;
    size_t alias_count;
};

struct vocab {
    struct str id, zh, en;
    int64_t version;
    const struct vocab_code *codes;
    size_t code_count;
};

/* What else a row says of a person whom it names, beside name and number. */
enum evidence_kind {
    EVIDENCE_BIRTH,
    EVIDENCE_PHONE,
    EVIDENCE_ADDRESS,
    EVIDENCE_ACCOUNT,
    EVIDENCE_UNIT, /* where the person works, or what he stands for */
    EVIDENCE_KINDS
};

struct field_evidence {
    enum evidence_kind kind;
    size_t field;
};

struct field {
    struct str id; /* column name */
    enum field_kind kind;
    struct str zh, en; /* zh is the header of the template and of messages */
    const struct str *aliases;
    size_t alias_count;
    bool is_required, is_secret;
    bool has_range;
    int64_t least, most; /* in the unit of the value */
    uint32_t length_max; /* characters, FIELD_TEXT; 0: the type's own limit */
    int64_t unit_factor; /* money: fen per unit of the column (100, or 1,000,000 for 万元); area:
                            1/10,000 mu (10,000 for 亩, 15 for 平方米); 0: the type's own */
    const struct vocab *vocab; /* FIELD_CODE */
    int person_name; /* FIELD_CITIZEN or FIELD_PARTY with `person NAME`: index of the field with the
                      * name, else -1
                      */
    int company_name;                      /* FIELD_USCC with `company NAME`, likewise */
    const struct field_evidence *evidence; /* `person NAME with …` */
    size_t evidence_count;
};

struct dataset_check { /* `check EXPR "zh" en "en"`: a row for which it is false is refused */
    const struct expr *expr;
    struct str zh, en;
};

struct dataset {
    struct str id, zh, en;
    int64_t version, library;
    const struct field *fields;
    size_t field_count;
    size_t key[DATASET_KEY_MAX]; /* field indexes, in the order declared */
    size_t key_count;
    const struct dataset_check *checks;
    size_t check_count;
    int period_field; /* `period FIELD`: the date or month that says of which period a row speaks;
                         -1: none */
    bool is_whole;    /* `whole`: each file is the whole list, so what is missing in it has gone */
    struct str file;  /* for messages */
};

/* Whether the field names a person whom the hub resolves; of a party, when it is one. */
bool dataset_field_has_person(const struct field *f);
/* -1: no such field. */
int dataset_field(const struct dataset *d, struct str id);

#endif
