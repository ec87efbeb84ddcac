#include "common/os/mailbox.h"

#include "common/base/arena.h"
#include "common/base/check.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct letter {
    struct letter *next;
    size_t label_len, bytes_len;
    char content[];
};

struct mailbox {
    pthread_mutex_t lock;
    struct letter *first, *last;
    size_t count, count_max;
    size_t bytes, bytes_max;
    uint64_t dropped;
    int descriptor;
};

enum err mailbox_new(size_t messages_max, struct mailbox **out_mailbox)
{
    struct mailbox *m = calloc(1, sizeof *m);
    ASSERT(m != NULL);
    m->descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (m->descriptor < 0) {
        free(m);
        return fail(ERR_IO, "eventfd: %s", strerror(errno));
    }
    ASSERT(pthread_mutex_init(&m->lock, NULL) == 0);
    m->count_max = messages_max;
    m->bytes_max = SIZE_MAX;
    *out_mailbox = m;
    return OK;
}

void mailbox_limit(struct mailbox *m, size_t bytes_max)
{
    ASSERT(m->count == 0 && bytes_max > 0);
    m->bytes_max = bytes_max;
}

void mailbox_free(struct mailbox *m)
{
    if (!m)
        return;
    while (m->first) {
        struct letter *next = m->first->next;
        free(m->first);
        m->first = next;
    }
    pthread_mutex_destroy(&m->lock);
    close(m->descriptor);
    free(m);
}

static void ring(const struct mailbox *m)
{
    uint64_t one = 1;
    ssize_t n = write(m->descriptor, &one, sizeof one);
    ASSERT(n == (ssize_t)sizeof one || errno == EAGAIN); /* EAGAIN: it rings already */
}

bool mailbox_put(struct mailbox *m, struct str label, struct str bytes)
{
    struct letter *letter = malloc(sizeof *letter + label.len + bytes.len);
    ASSERT(letter != NULL);
    *letter = (struct letter){.label_len = label.len, .bytes_len = bytes.len};
    if (label.len)
        memcpy(letter->content, label.ptr, label.len);
    if (bytes.len)
        memcpy(letter->content + label.len, bytes.ptr, bytes.len);
    pthread_mutex_lock(&m->lock);
    size_t size = label.len + bytes.len;
    bool has_room = m->count < m->count_max && size <= m->bytes_max - m->bytes;
    if (has_room) {
        if (m->last)
            m->last->next = letter;
        else
            m->first = letter;
        m->last = letter;
        m->count++;
        m->bytes += size;
    } else {
        m->dropped++;
    }
    pthread_mutex_unlock(&m->lock);
    if (has_room)
        ring(m);
    else
        free(letter);
    return has_room;
}

bool mailbox_take(struct mailbox *m, struct arena *a, struct str *out_label, struct str *out_bytes)
{
    pthread_mutex_lock(&m->lock);
    struct letter *letter = m->first;
    if (letter) {
        m->first = letter->next;
        m->count--;
        m->bytes -= letter->label_len + letter->bytes_len;
        if (!m->first)
            m->last = NULL;
    }
    if (!m->first) {
        uint64_t rung;
        ssize_t n = read(m->descriptor, &rung, sizeof rung);
        ASSERT(n == (ssize_t)sizeof rung || errno == EAGAIN);
    }
    pthread_mutex_unlock(&m->lock);
    if (!letter)
        return false;
    *out_label = str_copy(a, str_make(letter->content, letter->label_len));
    *out_bytes = str_copy(a, str_make(letter->content + letter->label_len, letter->bytes_len));
    free(letter);
    return true;
}

int mailbox_descriptor(const struct mailbox *m)
{
    return m->descriptor;
}

uint64_t mailbox_dropped(struct mailbox *m)
{
    pthread_mutex_lock(&m->lock);
    uint64_t n = m->dropped;
    pthread_mutex_unlock(&m->lock);
    return n;
}

unsigned mailbox_load(struct mailbox *m)
{
    pthread_mutex_lock(&m->lock);
    size_t by_count = m->count * 1000 / m->count_max;
    size_t by_bytes = m->bytes * 1000 / m->bytes_max; /* what lies in memory is far from SIZE_MAX */
    pthread_mutex_unlock(&m->lock);
    return (unsigned)(by_count > by_bytes ? by_count : by_bytes);
}
