#include "common/format/zip_part.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <string.h>
#include <zip.h>

#define NAME_BYTES_MAX 512

struct zip_part {
    struct format_source *source;
    int64_t at; /* in the archive's bytes */
    enum err e; /* of the source, while the library only says that it failed */
    zip_error_t error;
    zip_t *zip;
    zip_file_t *file;
    int64_t packed, inflated, bytes_max; /* of the part that is open */
};

/* What the library asks of a source: the archive's bytes, wherever they are. */
static zip_int64_t serve(void *context, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
    struct zip_part *z = context;
    size_t got = 0;
    switch ((int)command) {
    case ZIP_SOURCE_OPEN:
        z->at = 0;
        return 0;
    case ZIP_SOURCE_READ:
        z->e = z->source->read_at(z->source, z->at, data, (size_t)len, &got);
        z->at += (int64_t)got;
        if (z->e != OK) {
            zip_error_set(&z->error, ZIP_ER_READ, 0);
            return -1;
        }
        return (zip_int64_t)got;
    case ZIP_SOURCE_SEEK: {
        zip_int64_t to = zip_source_seek_compute_offset(
            (zip_uint64_t)z->at, (zip_uint64_t)z->source->size, data, len, &z->error);
        if (to < 0)
            return -1;
        z->at = to;
        return 0;
    }
    case ZIP_SOURCE_TELL:
        return z->at;
    case ZIP_SOURCE_STAT: {
        zip_stat_t *st = data;
        zip_stat_init(st);
        st->valid = ZIP_STAT_SIZE;
        st->size = (zip_uint64_t)z->source->size;
        return sizeof *st;
    }
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&z->error, data, len);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_STAT,
            ZIP_SOURCE_ERROR, ZIP_SOURCE_CLOSE, ZIP_SOURCE_FREE, ZIP_SOURCE_SUPPORTS, -1);
    default:
        zip_error_set(&z->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static enum err broken(const struct zip_part *z, const char *what)
{
    return z->e != OK ? z->e : fail(ERR_MALFORMED, "zip archive: %s", what);
}

enum err zip_part_open_archive(struct format_source *source, struct arena *a,
                               struct zip_part **out_zip)
{
    ASSERT(source->read_at);
    struct zip_part *z = NEW(a, struct zip_part);
    z->source = source;
    zip_error_init(&z->error);
    zip_source_t *from = zip_source_function_create(serve, z, NULL);
    ASSERT(from != NULL);
    z->zip = zip_open_from_source(from, ZIP_RDONLY, &z->error);
    if (!z->zip) {
        zip_source_free(from);
        enum err e = broken(z, "it does not open");
        zip_part_close_archive(z);
        return e;
    }
    if (zip_get_num_entries(z->zip, 0) > ZIP_PARTS_MAX) {
        zip_part_close_archive(z);
        return fail(ERR_MALFORMED, "zip archive: more than %d parts", ZIP_PARTS_MAX);
    }
    *out_zip = z;
    return OK;
}

static void close_part(struct zip_part *z)
{
    if (z->file)
        zip_fclose(z->file);
    z->file = NULL;
}

void zip_part_close_archive(struct zip_part *z)
{
    if (!z)
        return;
    close_part(z);
    if (z->zip)
        zip_discard(z->zip);
    z->zip = NULL;
    zip_error_fini(&z->error);
}

enum err zip_part_open(struct zip_part *z, struct str name, int64_t bytes_max)
{
    char text[NAME_BYTES_MAX];
    zip_stat_t st;
    close_part(z);
    if (name.len >= sizeof text)
        return fail(ERR_MISSING, "zip archive: no such part");
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    zip_int64_t index = zip_name_locate(z->zip, text, ZIP_FL_NOCASE);
    if (index < 0)
        return fail(ERR_MISSING, "zip archive: no such part");
    if (zip_stat_index(z->zip, (zip_uint64_t)index, 0, &st) != 0 ||
        !(st.valid & ZIP_STAT_COMP_SIZE))
        return broken(z, "a part has no size");
    z->file = zip_fopen_index(z->zip, (zip_uint64_t)index, 0);
    if (!z->file)
        return broken(z, "a part does not open");
    z->packed = (int64_t)st.comp_size;
    z->inflated = 0;
    z->bytes_max = bytes_max < ZIP_PART_BYTES_MAX ? bytes_max : ZIP_PART_BYTES_MAX;
    return OK;
}

/* By what was really inflated: the size that the archive states may lie. */
enum err zip_part_read(struct zip_part *z, char *bytes, size_t room, size_t *out_len)
{
    ASSERT(z->file);
    zip_int64_t got = zip_fread(z->file, bytes, room);
    if (got < 0)
        return broken(z, "a part does not inflate");
    z->inflated += got;
    if (z->inflated > z->bytes_max ||
        (z->inflated > ZIP_FREE_BYTES && z->inflated / ZIP_RATIO_MAX > z->packed))
        return fail(ERR_MALFORMED, "zip archive: a part blows up");
    *out_len = (size_t)got;
    return OK;
}
