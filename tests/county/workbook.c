#include "tests/county/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "tests/county/world/calendar.h"

#define EPOCH 18991230 /* serial 0 of the 1900 date system, for days after February 1900 */

enum part { TYPES, RELATIONS, BOOK, BOOK_RELATIONS, STYLES, SHEET, PARTS };

static const char *const names[PARTS] = {"[Content_Types].xml", "_rels/.rels",
                                         "xl/workbook.xml",     "xl/_rels/workbook.xml.rels",
                                         "xl/styles.xml",       "xl/worksheets/sheet1.xml"};

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN_SPACE "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE_SPACE "http://schemas.openxmlformats.org/package/2006/"
#define DOCUMENT_SPACE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MEDIA "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const char *const texts[SHEET] = {
    HEAD "<Types xmlns=\"" PACKAGE_SPACE "content-types\">"
         "<Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
         "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" MEDIA "sheet.main+xml\"/>"
         "<Override PartName=\"/xl/styles.xml\" ContentType=\"" MEDIA "styles+xml\"/>"
         "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" MEDIA
         "worksheet+xml\"/></Types>",
    HEAD "<Relationships xmlns=\"" PACKAGE_SPACE
         "relationships\"><Relationship Id=\"rId1\" Type=\"" DOCUMENT_SPACE
         "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    HEAD "<workbook xmlns=\"" MAIN_SPACE "\" xmlns:r=\"" DOCUMENT_SPACE
         "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    HEAD "<Relationships xmlns=\"" PACKAGE_SPACE
         "relationships\"><Relationship Id=\"rId1\" Type=\"" DOCUMENT_SPACE
         "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
         "Type=\"" DOCUMENT_SPACE "/styles\" Target=\"styles.xml\"/></Relationships>",
    HEAD
    "<styleSheet xmlns=\"" MAIN_SPACE
    "\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill><patternFill/></fill></fills>"
    "<borders count=\"1\"><border/></borders><cellStyleXfs "
    "count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf/>"
    "<xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"};

struct workbook {
    FILE *file;
    uint32_t crc_of[256], crc, size;
    uint32_t crcs[PARTS], sizes[PARTS], starts[PARTS];
    size_t rows, columns, merged_count;
    struct {
        size_t row, columns;
    } merged[WORKBOOK_MERGED];
};

static void make_table(uint32_t table[256])
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
}

static void put(struct workbook *w, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        w->crc = w->crc_of[(w->crc ^ (unsigned char)bytes[i]) & 0xff] ^ (w->crc >> 8);
    w->size += (uint32_t)count;
    (void)fwrite(bytes, 1, count, w->file);
}

static void put_z(struct workbook *w, const char *text)
{
    put(w, text, strlen(text));
}

static void little(FILE *f, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        (void)fputc((int)(value >> (8 * i) & 0xff), f);
}

/* What the local and the central header have in common: version 2.0, names in UTF-8, stored,
 * 1980-01-01. */
static void put_common(struct workbook *w, enum part p)
{
    little(w->file, 20, 2);
    little(w->file, 0x800, 2);
    little(w->file, 0, 4);
    little(w->file, 0x21, 2);
    little(w->file, w->crcs[p], 4);
    little(w->file, w->sizes[p], 4);
    little(w->file, w->sizes[p], 4);
    little(w->file, (uint32_t)strlen(names[p]), 2);
    little(w->file, 0, 2);
}

static void local_header(struct workbook *w, enum part p)
{
    little(w->file, 0x04034b50, 4);
    put_common(w, p);
    (void)fputs(names[p], w->file);
}

static void begin_part(struct workbook *w, enum part p)
{
    w->starts[p] = (uint32_t)ftell(w->file);
    local_header(w, p);
    w->crc = 0xffffffffu;
    w->size = 0;
}

/* Size and sum are known now: the header is written again. */
static void end_part(struct workbook *w, enum part p)
{
    w->crcs[p] = ~w->crc;
    w->sizes[p] = w->size;
    (void)fseek(w->file, (long)w->starts[p], SEEK_SET);
    local_header(w, p);
    (void)fseek(w->file, 0, SEEK_END);
}

static void central_directory(struct workbook *w)
{
    uint32_t start = (uint32_t)ftell(w->file), end;

    for (enum part p = 0; p < PARTS; p++) {
        little(w->file, 0x02014b50, 4);
        little(w->file, 20, 2);
        put_common(w, p);
        little(w->file, 0, 2);
        little(w->file, 0, 2);
        little(w->file, 0, 2);
        little(w->file, 0, 4);
        little(w->file, w->starts[p], 4);
        (void)fputs(names[p], w->file);
    }
    end = (uint32_t)ftell(w->file);
    little(w->file, 0x06054b50, 4);
    little(w->file, 0, 4);
    little(w->file, PARTS, 2);
    little(w->file, PARTS, 2);
    little(w->file, end - start, 4);
    little(w->file, start, 4);
    little(w->file, 0, 2);
}

struct workbook *workbook_open(FILE *file)
{
    struct workbook *w = calloc(1, sizeof *w);

    if (!w)
        return NULL;
    w->file = file;
    make_table(w->crc_of);
    for (enum part p = 0; p < SHEET; p++) {
        begin_part(w, p);
        put_z(w, texts[p]);
        end_part(w, p);
    }
    begin_part(w, SHEET);
    put_z(w, HEAD "<worksheet xmlns=\"" MAIN_SPACE "\"><sheetData>");
    return w;
}

/* Where the next cell stands, as A1; opens the row before its first one. */
static void place(struct workbook *w, char out[32])
{
    size_t column = w->columns++;

    if (column == 0) {
        (void)snprintf(out, 32, "<row r=\"%zu\">", w->rows + 1);
        put_z(w, out);
    }
    (void)snprintf(out, 32, "%c%zu", (char)('A' + (int)column), w->rows + 1);
}

void workbook_text(struct workbook *w, const char *text)
{
    char at[32];

    place(w, at);
    if (!*text)
        return;
    put_z(w, "<c r=\"");
    put_z(w, at);
    put_z(w, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    for (const char *p = text; *p; p++)
        if (*p == '<' || *p == '&')
            put_z(w, *p == '<' ? "&lt;" : "&amp;");
        else
            put(w, p, 1);
    put_z(w, "</t></is></c>");
}

void workbook_day(struct workbook *w, int32_t ymd)
{
    char at[32], cell[96];

    place(w, at);
    (void)snprintf(cell, sizeof cell, "<c r=\"%s\" s=\"1\"><v>%d</v></c>", at,
                   calendar_days(ymd) - calendar_days(EPOCH));
    put_z(w, cell);
}

void workbook_row(struct workbook *w)
{
    if (w->columns)
        put_z(w, "</row>");
    w->columns = 0;
    w->rows++;
}

void workbook_merge(struct workbook *w, size_t columns)
{
    if (w->merged_count < WORKBOOK_MERGED && columns > 1) {
        w->merged[w->merged_count].row = w->rows;
        w->merged[w->merged_count++].columns = columns;
    }
}

bool workbook_close(struct workbook *w)
{
    char range[64];
    bool is_good;

    put_z(w, "</sheetData>");
    if (w->merged_count)
        put_z(w, "<mergeCells>");
    for (size_t i = 0; i < w->merged_count; i++) {
        (void)snprintf(range, sizeof range, "<mergeCell ref=\"A%zu:%c%zu\"/>", w->merged[i].row,
                       (char)('A' + (int)w->merged[i].columns - 1), w->merged[i].row);
        put_z(w, range);
    }
    if (w->merged_count)
        put_z(w, "</mergeCells>");
    put_z(w, "</worksheet>");
    end_part(w, SHEET);
    central_directory(w);
    is_good = !ferror(w->file);
    is_good &= fclose(w->file) == 0;
    free(w);
    return is_good;
}
