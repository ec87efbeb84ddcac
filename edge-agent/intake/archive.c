#include "edge-agent/intake/archive.h"

#include "common/os/file.h"
#include "edge-agent/intake/rejects.h"

#include <string.h>

const char *archive_path(struct arena *a, const char *drop_folder, struct str relative)
{
    return str_copy_z(a, str_format(a, "%s/" STR_FMT, drop_folder, STR_ARG(relative)));
}

bool archive_is_there(const char *path)
{
    struct file_info info;
    return file_stat(path, &info) == OK;
}

struct str archive_place(struct arena *a, const char *drop_folder, struct str folder,
                         struct str name)
{
    size_t stem = name.len;
    for (size_t i = name.len; i > 1 && stem == name.len; i--)
        if (name.ptr[i - 1] == '.')
            stem = i - 1;
    struct str place = str_format(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
    for (int n = 2; n < ARCHIVE_TRIES_MAX && archive_is_there(archive_path(a, drop_folder, place));
         n++)
        place = str_format(a, STR_FMT "/" STR_FMT "-%d" STR_FMT, STR_ARG(folder),
                           STR_ARG(str_slice(name, 0, stem)), n, STR_ARG(str_skip(name, stem)));
    return place;
}

enum err archive_put(struct arena *a, const char *drop_folder, struct ledger *l,
                     struct import_entry *entry, bool is_moving)
{
    const char *to = archive_path(a, drop_folder, entry->archive);
    size_t folder_len = (size_t)(strrchr(to, '/') - to);
    TRY(file_make_folder(str_copy_z(a, str_make(to, folder_len)), 0750));
    TRY(rejects_write(l, entry, str_copy_z(a, str_format(a, "%s" REJECTS_ENDING, to))));
    if (is_moving) {
        enum err e = file_move(archive_path(a, drop_folder, entry->name), to);
        if (e != OK && e != ERR_MISSING)
            return wrap(e, "put a file away");
    }
    if (entry->state == IMPORT_IMPORTED) {
        entry->state = IMPORT_ARCHIVED;
        TRY(ledger_save(l, entry));
    }
    return OK;
}
