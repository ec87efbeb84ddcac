/* ocds.h — how open contracting data is merged and which of its paths are fields of library 2, read
 * from one declaration (Open Contracting Data Standard 1.1, release-schema.json and its merging
 * rules).
 *
 * Owns:     nothing; everything lives in the arena given.
 * Threads:  any, read only.
 * Fails:    faults of the declaration are problems with file, line and column.
 * Limits:   OCDS_TABLES_MAX tables of DATASET_FIELDS_MAX fields.
 * Promise:  adding a path or a table is a line there and no C.
 *
 *     ocds release "…" en "…" {
 *         version 1
 *         omit id, date, tag                   # of a release, not of what is known now
 *         whole additionalClassifications      # lists that are replaced, not merged by id
 *         list items, suppliers                # steps of paths that are lists
 *         table bid each bids.details {        # a row of dataset `bid` for each of these
 *             field lot_no      root ocid      # a path from the release
 *             field bidder_uscc party tenderers.id   # the credit code of the organisation it names
 *             field price       money value    # amount and currency
 *             field state       status code (valid valid, disqualified rejected)
 *             field payment_no  position       # 1, 2, … within its list
 *             field winner      award awardID suppliers.name   # through the award it names
 *             always state done        # every row says so; what says otherwise is no row
 *         }
 *     } */
#ifndef QQ_OCDS_OCDS_H
#define QQ_OCDS_OCDS_H

#include "common/decl/decl.h"
#include "common/model/catalog.h"

#define OCDS_TABLES_MAX 16
#define OCDS_CODES_MAX 16
#define OCDS_NAMES_MAX 16
#define OCDS_PATH_MAX 8 /* steps */

struct ocds_path {
    struct str steps[OCDS_PATH_MAX];
    size_t count;
};

enum ocds_way {
    OCDS_PLAIN,
    OCDS_MONEY,    /* of a value: amount in yuan */
    OCDS_PARTY,    /* of an organisation's id: its credit code, by the list of parties */
    OCDS_POSITION, /* in its list, from 1 */
    OCDS_AWARD,    /* `path` names an award, `then` is what of it */
};

struct ocds_field {
    int field; /* of the dataset */
    enum ocds_way way;
    bool is_root, is_up; /* path from the release; from the element around the list */
    bool is_party;       /* OCDS_AWARD: the credit code of the organisation that `then` names */
    struct ocds_path path, then;
    struct {
        struct str theirs, ours;
    } codes[OCDS_CODES_MAX];
    size_t code_count;
};

struct ocds_table {
    const struct dataset *dataset;
    struct ocds_path each;   /* lists on the way; count 0: one row a process */
    struct ocds_path when;   /* must be there; count 0: always */
    struct ocds_path always; /* what every row says there; count 0: nothing */
    struct str always_says;
    struct ocds_field fields[DATASET_FIELDS_MAX];
    size_t field_count;
};

struct ocds {
    struct str omit[OCDS_NAMES_MAX], whole[OCDS_NAMES_MAX], lists[OCDS_NAMES_MAX];
    size_t omit_count, whole_count, list_count;
    struct ocds_table *tables;
    size_t table_count;
};

struct json;
struct reading;

/* What is there, NULL: nothing. Of a list on the way the first counts. */
const struct json *ocds_path_follow(const struct json *from, const struct ocds_path *p,
                                    struct arena *a);
/* "tender.tenderPeriod.endDate", one token. */
bool ocds_path_read(struct reading *r, struct ocds_path *out);

/* False: something is wrong with the declaration. */
bool ocds_load(struct arena *a, const struct catalog *catalog, const struct decl_file *file,
               const struct decl_node *node, struct problem_list *problems, struct ocds *out);

#endif
