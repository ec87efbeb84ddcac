#include "tests/support/bless.h"

#include "common/os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define EXPECTED_BYTES_MAX ((size_t)4 << 20)

void bless_compare(struct arena *a, struct str path, struct str actual)
{
    struct str whole = str_format(a, "%s/" STR_FMT, SOURCE_DIR, STR_ARG(path));
    struct str expected = STR_NONE;
    if (getenv("BLESS")) {
        assert_int_equal(file_replace(str_copy_z(a, whole), actual, 0644), OK);
        return;
    }
    if (file_read(str_copy_z(a, whole), EXPECTED_BYTES_MAX, a, &expected) != OK)
        fail_msg("cannot read " STR_FMT " (BLESS=1 writes it)", STR_ARG(path));
    if (str_equal(expected, actual))
        return;
    for (int line = 1; expected.len || actual.len; line++) {
        struct str x = str_cut(&expected, '\n');
        struct str y = str_cut(&actual, '\n');
        if (!str_equal(x, y))
            fail_msg(STR_FMT ":%d\nexpected: " STR_FMT "\nfound:    " STR_FMT, STR_ARG(path), line,
                     STR_ARG(x), STR_ARG(y));
    }
    fail_msg(STR_FMT ": the line ends at the end differ", STR_ARG(path));
}
