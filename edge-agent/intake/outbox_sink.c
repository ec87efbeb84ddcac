#include "edge-agent/intake/outbox_sink.h"

static enum err put(struct import_sink *self, enum message_kind kind, struct str body,
                    uint64_t rows)
{
    return link_put(((struct outbox_sink *)self)->link, STR("hub"), kind, body, rows);
}

void outbox_sink_init(struct outbox_sink *o, struct link *link)
{
    *o = (struct outbox_sink){{put}, link};
}
