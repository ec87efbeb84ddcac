#include "tests/support/workbook.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <zip.h>

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS_OPEN                                                                             \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static void put(zip_t *z, const char *name, struct str text)
{
    zip_source_t *from = zip_source_buffer(z, text.ptr, text.len, 0);
    ASSERT(from && zip_file_add(z, name, from, ZIP_FL_ENC_UTF_8) >= 0);
}

static void put_frame(zip_t *z)
{
    put(z, "_rels/.rels",
        STR(RELATIONS_OPEN "<Relationship Id=\"w\" Type=\"" RELATIONS
                           "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
    put(z, "xl/_rels/workbook.xml.rels",
        STR(RELATIONS_OPEN "<Relationship Id=\"s\" Type=\"" RELATIONS
                           "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"));
}

static struct str drain(struct arena *a, zip_source_t *s)
{
    zip_stat_t st;
    ASSERT(zip_source_open(s) == 0 && zip_source_stat(s, &st) == 0);
    char *bytes = NEW_ARRAY(a, char, st.size + 1);
    ASSERT(zip_source_read(s, bytes, st.size) == (zip_int64_t)st.size);
    zip_source_close(s);
    return str_make(bytes, st.size);
}

struct str workbook_pack(struct arena *a, const struct workbook_parts *parts)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *s = zip_source_buffer_create(NULL, 0, 0, &error);
    ASSERT(s != NULL);
    zip_source_keep(s);
    zip_t *z = zip_open_from_source(s, ZIP_TRUNCATE, &error);
    ASSERT(z != NULL);
    put_frame(z);
    put(z, "xl/workbook.xml",
        parts->workbook.len
            ? parts->workbook
            : STR("<workbook xmlns:r=\"" RELATIONS
                  "\"><sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"));
    put(z, "xl/worksheets/sheet1.xml", parts->sheet);
    if (parts->shared.len)
        put(z, "xl/sharedStrings.xml", parts->shared);
    if (parts->styles.len)
        put(z, "xl/styles.xml", parts->styles);
    ASSERT(zip_close(z) == 0);
    struct str bytes = drain(a, s);
    zip_source_free(s);
    zip_error_fini(&error);
    return bytes;
}
