/* ddl.h — a dataset to the SQL of its table and view at the hub, for either dialect.
 *
 * Owns:     nothing; texts live in the arena.
 * Threads:  any.
 * Fails:    never.
 * Limits:   none.
 * Promise:  table rec_<dataset> keeps every version; view <dataset> shows the current, undeleted
 * rows: what rules read. A field added later is added to the table, never another one's place
 * taken. */
#ifndef QQ_MODEL_DDL_H
#define QQ_MODEL_DDL_H

#include "common/model/dataset.h"

enum ddl_dialect { DDL_SQLITE, DDL_POSTGRES };

/* The columns before the fields, in order; ddl_insert has a parameter for each but rid. */
#define DDL_META                                                                                   \
    "rid, key_hash, row_hash, version, op, site, batch_id, row_no, recorded_edge, recorded_hub, "  \
    "valid_from, valid_to, quality"
enum ddl_parameter {
    DDL_KEY_HASH = 1,
    DDL_ROW_HASH,
    DDL_VERSION,
    DDL_OP, /* 'new', 'change', 'delete' */
    DDL_SITE,
    DDL_BATCH_ID,
    DDL_ROW_NO,
    DDL_RECORDED_EDGE,
    DDL_RECORDED_HUB,
    DDL_VALID_FROM,
    DDL_QUALITY,
    DDL_FIRST_FIELD, /* then one per field, then X_person and X_tier of each field with a person, in
                        order of fields */
};

struct str ddl_create(struct arena *a, const struct dataset *d, enum ddl_dialect dialect);
/* What brings a table with these columns to the dataset's present form; empty when nothing is
 * missing. */
struct str ddl_migrate(struct arena *a, const struct dataset *d, enum ddl_dialect dialect,
                       const struct str *columns, size_t column_count);
struct str ddl_insert(struct arena *a, const struct dataset *d);
size_t ddl_person_count(const struct dataset *d);

#endif
