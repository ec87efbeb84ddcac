/* xml_walk.h — an XML part of a workbook walked from start to end, pausing when a handler says so.
 *
 * Owns:     the parser, until xml_walk_close.
 * Threads:  one.
 * Fails:    ERR_MALFORMED not well-formed, a document type, or too deep; errors of the part.
 * Limits:   XML_DEPTH_MAX nested elements, XML_TOKEN_BYTES_MAX a tag; memory is a block and what
 * the handlers keep. Promise:  no entity is ever declared, so none expands; namespaces' prefixes
 * are cut off. */
#ifndef QQ_FORMAT_XML_WALK_H
#define QQ_FORMAT_XML_WALK_H

#include "common/format/zip_part.h"

#define XML_DEPTH_MAX 64
#define XML_TOKEN_BYTES_MAX ((size_t)1 << 20) /* of a tag with its attributes */

struct xml_walk;

/* The caller embeds this as its first member; any may be NULL. Names come without their prefix;
 * attributes are name, value, …, NULL, with their prefixes. */
struct xml_handler {
    void (*start)(struct xml_handler *self, const char *name, const char *const *attributes);
    void (*end)(struct xml_handler *self, const char *name);
    void (*text)(struct xml_handler *self, struct str bytes);
};

/* Of the part that is open in `zip`. */
struct xml_walk *xml_walk_open(struct zip_part *zip, struct arena *a, struct xml_handler *handler);
void xml_walk_close(struct xml_walk *w); /* NULL is legal */
/* From inside a handler: xml_walk_run returns once it is back. */
void xml_walk_pause(struct xml_walk *w);
/* Until a pause, or to the end (*out_is_end). */
MUST_USE enum err xml_walk_run(struct xml_walk *w, bool *out_is_end);
/* The value of an attribute, by its name with or without prefix; empty when it is not there. */
struct str xml_walk_attribute(const char *const *attributes, const char *name);

#endif
