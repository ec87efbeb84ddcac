#include "common/format/xml_walk.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <expat.h>
#include <string.h>

struct xml_walk {
    XML_Parser parser;
    struct zip_part *zip;
    struct xml_handler *handler;
    int depth;
    bool is_paused;  /* in the middle of a block */
    bool is_refused; /* a document type, or too deep */
    bool is_last;
    size_t silent; /* bytes since a handler was last called: the length of a tag under way */
};

static const char *without_prefix(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void refuse(struct xml_walk *w)
{
    w->is_refused = true;
    XML_StopParser(w->parser, XML_FALSE);
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct xml_walk *w = context;
    w->silent = 0;
    if (++w->depth > XML_DEPTH_MAX)
        refuse(w);
    else if (w->handler->start)
        w->handler->start(w->handler, without_prefix(name), (const char *const *)attributes);
}

static void XMLCALL on_end(void *context, const XML_Char *name)
{
    struct xml_walk *w = context;
    w->silent = 0;
    w->depth--;
    if (w->handler->end)
        w->handler->end(w->handler, without_prefix(name));
}

static void XMLCALL on_text(void *context, const XML_Char *bytes, int len)
{
    struct xml_walk *w = context;
    w->silent = 0;
    if (w->handler->text)
        w->handler->text(w->handler, str_make(bytes, (size_t)len));
}

/* No workbook has one; what has one wants entities. */
static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *sysid,
                               const XML_Char *pubid, int has_subset)
{
    (void)name;
    (void)sysid;
    (void)pubid;
    (void)has_subset;
    refuse(context);
}

struct xml_walk *xml_walk_open(struct zip_part *zip, struct arena *a, struct xml_handler *handler)
{
    struct xml_walk *w = NEW(a, struct xml_walk);
    w->zip = zip;
    w->handler = handler;
    w->parser = XML_ParserCreate(NULL);
    ASSERT(w->parser != NULL);
    XML_SetUserData(w->parser, w);
    XML_SetElementHandler(w->parser, on_start, on_end);
    XML_SetCharacterDataHandler(w->parser, on_text);
    XML_SetStartDoctypeDeclHandler(w->parser, on_doctype);
    return w;
}

void xml_walk_close(struct xml_walk *w)
{
    if (w && w->parser)
        XML_ParserFree(w->parser);
    if (w)
        w->parser = NULL;
}

void xml_walk_pause(struct xml_walk *w)
{
    w->is_paused = XML_StopParser(w->parser, XML_TRUE) == XML_STATUS_OK;
}

static enum err feed(struct xml_walk *w, enum XML_Status *out_status)
{
    size_t got = 0;
    char *block = XML_GetBuffer(w->parser, (int)FORMAT_BLOCK_BYTES);
    ASSERT(block != NULL);
    TRY(zip_part_read(w->zip, block, FORMAT_BLOCK_BYTES, &got));
    w->is_last = got == 0;
    if ((w->silent += got) > XML_TOKEN_BYTES_MAX)
        return fail(ERR_MALFORMED, "xml: a tag of more than a megabyte");
    *out_status = XML_ParseBuffer(w->parser, (int)got, w->is_last);
    return OK;
}

enum err xml_walk_run(struct xml_walk *w, bool *out_is_end)
{
    enum XML_Status status = XML_STATUS_OK;
    *out_is_end = false;
    for (;;) {
        if (w->is_paused) {
            w->is_paused = false;
            status = XML_ResumeParser(w->parser);
        } else if (w->is_last) {
            *out_is_end = true;
            return OK;
        } else {
            TRY(feed(w, &status));
        }
        if (status == XML_STATUS_SUSPENDED)
            return OK;
        if (status == XML_STATUS_ERROR)
            return fail(ERR_MALFORMED, "xml: %s in line %lu",
                        w->is_refused ? "what no workbook has"
                                      : XML_ErrorString(XML_GetErrorCode(w->parser)),
                        (unsigned long)XML_GetCurrentLineNumber(w->parser));
    }
}

struct str xml_walk_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], name) == 0 || strcmp(without_prefix(attributes[i]), name) == 0)
            return str_of(attributes[i + 1]);
    return STR_NONE;
}
