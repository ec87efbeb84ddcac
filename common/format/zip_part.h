/* zip_part.h — the parts of a zip archive, inflated as a stream: workbooks are such archives.
 *
 * Owns:     the archive and at most one open part at a time.
 * Threads:  one.
 * Fails:    ERR_MALFORMED no archive, a broken or encrypted part, or one that blows up; ERR_MISSING
 * no such part; errors of the source.
 * Limits:   ZIP_PARTS_MAX parts; ZIP_PART_BYTES_MAX inflated bytes of one, and beyond
 * ZIP_FREE_BYTES no more than ZIP_RATIO_MAX times its packed size.
 * Promise:  memory does not grow with the archive; names of parts never become paths. */
#ifndef QQ_FORMAT_ZIP_PART_H
#define QQ_FORMAT_ZIP_PART_H

#include "common/format/format.h"

#define ZIP_PARTS_MAX 4096
#define ZIP_PART_BYTES_MAX (INT64_C(2) << 30)
#define ZIP_FREE_BYTES (INT64_C(64) << 20)
#define ZIP_RATIO_MAX 250

struct zip_part;

/* The source must have read_at. Closing leaves the arena as it is. */
MUST_USE enum err zip_part_open_archive(struct format_source *source, struct arena *a,
                                        struct zip_part **out_zip);
void zip_part_close_archive(struct zip_part *z); /* NULL is legal */
/* `name` as in the archive; closes the part that was open. Over `bytes_max` inflated bytes
 * (ZIP_PART_BYTES_MAX at most) the part is malformed. */
MUST_USE enum err zip_part_open(struct zip_part *z, struct str name, int64_t bytes_max);
/* *out_len 0: the end. */
MUST_USE enum err zip_part_read(struct zip_part *z, char *bytes, size_t room, size_t *out_len);

#endif
