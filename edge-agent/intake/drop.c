#include "edge-agent/intake/drop.h"

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/os/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define SCAN_MS 5000 /* also where a watch works: network folders do not report */
#define AGAIN_MS 5000
#define LIST_BYTES_MAX ((size_t)16 << 20)

struct seen {
    struct file_info info;
    int64_t still_since_ms; /* monotonic */
    int64_t not_before_ms;
    bool is_offered;
};

struct drop {
    const char *folder;
    int64_t settle_ms;
    struct clock *clock;
    int watch; /* inotify; -1: none */
    struct arena *own, *list, *older_list;
    struct seen *seen; /* in byte order of names */
    size_t count;
    size_t next; /* to look at in this round */
    int64_t scanned_ms;
    bool is_scanned;
    bool is_gone; /* the last look failed */
};

bool drop_is_unfinished_name(struct str name)
{
    static const struct str endings[] = {
        STR_INIT(".tmp"),        STR_INIT(".part"),     STR_INIT(".partial"),
        STR_INIT(".crdownload"), STR_INIT(".filepart"), STR_INIT(".swp"),
        STR_INIT(".lock"),       STR_INIT("~"),         STR_INIT(".download")};
    if (name.len == 0 || name.ptr[0] == '.' || name.ptr[0] == '~')
        return true;
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (name.len >= endings[i].len &&
            str_equal_fold(str_skip(name, name.len - endings[i].len), endings[i]))
            return true;
    return false;
}

static bool watch_folder(struct drop *d)
{
    return d->watch < 0 || inotify_add_watch(d->watch, d->folder,
                                             IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE |
                                                 IN_ONLYDIR) >= 0;
}

enum err drop_open(const char *folder, int64_t settle_ms, struct clock *clock,
                   struct drop **out_drop)
{
    struct file_info info;
    TRY(file_stat(folder, &info));
    if (!info.is_folder)
        return fail(ERR_INVALID, "the drop folder is not a folder");
    struct arena *own = arena_new((size_t)64 << 10);
    struct drop *d = NEW(own, struct drop);
    d->own = own;
    d->folder = str_copy_z(own, str_of(folder));
    d->settle_ms = settle_ms;
    d->clock = clock;
    d->list = arena_new(LIST_BYTES_MAX);
    d->older_list = arena_new(LIST_BYTES_MAX);
    d->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (!watch_folder(d)) {
        close(d->watch);
        d->watch = -1;
    }
    *out_drop = d;
    return OK;
}

void drop_close(struct drop *d)
{
    if (!d)
        return;
    if (d->watch >= 0)
        close(d->watch);
    arena_free(d->list);
    arena_free(d->older_list);
    arena_free(d->own);
}

int drop_descriptor(const struct drop *d)
{
    return d->watch;
}

/* What happened does not matter, only that something did: the look that follows sees it all. */
static bool drain_watch(struct drop *d)
{
    char events[4096];
    bool has_any = false;
    while (d->watch >= 0 && read(d->watch, events, sizeof events) > 0)
        has_any = true;
    return has_any;
}

static bool is_same(const struct file_info *a, const struct file_info *b)
{
    return a->size_bytes == b->size_bytes && a->modified_ns == b->modified_ns &&
           a->inode == b->inode;
}

static const struct seen *find(const struct drop *d, struct str name)
{
    size_t low = 0, high = d->count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = str_compare(d->seen[mid].info.name, name);
        if (order == 0)
            return &d->seen[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

static enum err scan(struct drop *d, int64_t now)
{
    struct file_info *items = NULL;
    size_t count = 0, kept = 0;
    bool was_gone = d->is_gone;
    /* Also of a look that fails: the next one has its time, or an agent whose folder is gone would
     * do nothing but look. */
    d->scanned_ms = now;
    d->is_scanned = true;
    d->is_gone = true;
    arena_reset(d->older_list);
    TRY(file_list(d->folder, d->older_list, &items, &count));
    d->is_gone = false;
    if (was_gone)
        watch_folder(d); /* the watch went with the folder; without one it is looked into by time */
    struct seen *fresh =
        NEW_ARRAY(d->older_list, struct seen, count < DROP_FILES_MAX ? count : DROP_FILES_MAX);
    for (size_t i = 0; i < count && kept < DROP_FILES_MAX; i++) {
        if (items[i].is_folder || drop_is_unfinished_name(items[i].name))
            continue;
        const struct seen *before = find(d, items[i].name);
        fresh[kept] = before && is_same(&before->info, &items[i])
                          ? *before
                          : (struct seen){.still_since_ms = now};
        fresh[kept++].info = items[i];
    }
    struct arena *list = d->list;
    d->list = d->older_list;
    d->older_list = list;
    d->seen = fresh;
    d->count = kept;
    d->next = 0;
    return OK;
}

static bool is_ready(const struct drop *d, const struct seen *s, int64_t now)
{
    return !s->is_offered && now - s->still_since_ms >= d->settle_ms && now >= s->not_before_ms;
}

/* ms until some file may be ready, or until the next look is due. */
static int64_t wait_ms(const struct drop *d, int64_t now)
{
    int64_t least = d->is_scanned ? d->scanned_ms + SCAN_MS - now : 0;
    for (size_t i = 0; i < d->count && least > 0; i++) {
        if (d->seen[i].is_offered)
            continue;
        int64_t at = d->seen[i].still_since_ms + d->settle_ms;
        if (d->seen[i].not_before_ms > at)
            at = d->seen[i].not_before_ms;
        if (at - now < least)
            least = at - now;
    }
    return least < 0 ? 0 : least;
}

enum err drop_next(struct drop *d, struct drop_file *out_file)
{
    int64_t now = clock_monotonic_ms(d->clock);
    bool has_event = drain_watch(d);
    if (has_event || (d->next >= d->count && wait_ms(d, now) == 0)) {
        enum err e = scan(d, now);
        if (e != OK) /* ERR_MISSING would say that there is nothing to read */
            return wrap(e == ERR_MISSING ? ERR_IO : e, "look into the drop folder");
    }
    if (d->is_gone)
        return fail(ERR_IO, "the drop folder could not be looked into");
    for (; d->next < d->count; d->next++) {
        struct seen *s = &d->seen[d->next];
        if (!is_ready(d, s, now))
            continue;
        s->is_offered = true;
        d->next++;
        struct str path = str_format(d->list, "%s/" STR_FMT, d->folder, STR_ARG(s->info.name));
        *out_file = (struct drop_file){.name = s->info.name,
                                       .path = str_copy_z(d->list, path),
                                       .size_bytes = s->info.size_bytes,
                                       .modified_ns = s->info.modified_ns,
                                       .inode = s->info.inode};
        if (drop_is_same(out_file))
            return OK;
        *s = (struct seen){.info = s->info, .still_since_ms = now}; /* changed since the look */
    }
    return ERR_MISSING;
}

void drop_again(struct drop *d, const struct drop_file *file)
{
    struct seen *s = (struct seen *)(uintptr_t)find(d, file->name);
    if (s) {
        s->is_offered = false;
        s->not_before_ms = clock_monotonic_ms(d->clock) + AGAIN_MS;
    }
}

int64_t drop_sleep_ms(const struct drop *d)
{
    return wait_ms(d, clock_monotonic_ms(d->clock));
}

size_t drop_waiting(const struct drop *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->count; i++)
        n += !d->seen[i].is_offered;
    return n;
}

bool drop_is_same(const struct drop_file *file)
{
    struct file_info now;
    return file_stat(file->path, &now) == OK && !now.is_folder &&
           now.size_bytes == file->size_bytes && now.modified_ns == file->modified_ns &&
           now.inode == file->inode;
}
