#include "common/spool/anchor.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/hex.h"
#include "common/base/vec.h"
#include "common/os/file.h"

#include <inttypes.h>

/* One line a peer: name, epoch, seq, hash of the last envelope. */
static bool parse_line(struct str line, struct anchor *out_anchor)
{
    struct anchor anchor = {.peer = str_cut(&line, ' ')};
    if (anchor.peer.len == 0 || !str_to_u64(str_cut(&line, ' '), &anchor.epoch) ||
        !str_to_u64(str_cut(&line, ' '), &anchor.seq) ||
        !hex_decode(line, anchor.last.bytes, SHA256_BYTES))
        return false;
    *out_anchor = anchor;
    return true;
}

enum err anchor_read(const char *path, struct arena *a, struct anchor **out_anchors,
                     size_t *out_count)
{
    struct str text;
    TRY(file_read(path, ANCHOR_BYTES_MAX, a, &text));
    VEC(struct anchor) anchors = {0};
    while (text.len > 0) {
        struct anchor anchor;
        if (!parse_line(str_cut(&text, '\n'), &anchor))
            return fail(ERR_MALFORMED, "line %zu of the anchor file", anchors.count + 1);
        VEC_PUSH(&anchors, a, anchor);
    }
    *out_anchors = anchors.at;
    *out_count = anchors.count;
    return OK;
}

enum err anchor_write(const char *path, struct arena *a, const struct anchor *anchors, size_t count)
{
    struct buf text;
    buf_init(&text, a);
    for (size_t i = 0; i < count; i++)
        buf_format(&text, STR_FMT " %" PRIu64 " %" PRIu64 " " STR_FMT "\n",
                   STR_ARG(anchors[i].peer), anchors[i].epoch, anchors[i].seq,
                   STR_ARG(hex_encode(a, hash_str(&anchors[i].last))));
    return file_replace(path, buf_str(&text), 0600);
}
