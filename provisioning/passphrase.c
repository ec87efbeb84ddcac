#include "provisioning/passphrase.h"

#include "common/base/arena.h"
#include "common/os/file.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LINE_BYTES 1024

static enum err ask(const char *question, struct arena *a, struct str *out_line)
{
    struct termios shown, hidden;
    char line[LINE_BYTES];
    FILE *terminal = fopen("/dev/tty", "r+");
    if (!terminal || tcgetattr(fileno(terminal), &shown) != 0) {
        if (terminal)
            fclose(terminal);
        return fail(ERR_USAGE, "no terminal to ask for the passphrase: give --passphrase-file");
    }
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    fputs(question, terminal);
    fflush(terminal);
    tcsetattr(fileno(terminal), TCSAFLUSH, &hidden);
    bool is_read = fgets(line, sizeof line, terminal) != NULL;
    tcsetattr(fileno(terminal), TCSAFLUSH, &shown);
    fputc('\n', terminal);
    fclose(terminal);
    if (!is_read)
        return fail(ERR_USAGE, "no passphrase was typed");
    line[strcspn(line, "\r\n")] = 0;
    *out_line = str_copy(a, str_of(line));
    explicit_bzero(line, sizeof line);
    return OK;
}

static enum err read_first_line(struct str file, struct arena *a, struct str *out_line)
{
    struct str bytes;
    TRY(wrap(file_read(str_copy_z(a, file), LINE_BYTES, a, &bytes), "passphrase"));
    struct str line = str_cut(&bytes, '\n');
    if (str_ends(line, STR("\r")))
        line.len--;
    *out_line = line;
    return OK;
}

enum err passphrase_get(struct str file, bool is_new, struct arena *a, struct str *out_passphrase)
{
    struct str phrase, again;
    if (file.len > 0)
        TRY(read_first_line(file, a, &phrase));
    else
        TRY(ask("Passphrase of the county authority: ", a, &phrase));
    if (is_new && phrase.len < PASSPHRASE_BYTES_MIN)
        return fail(ERR_USAGE, "the passphrase must have at least %d bytes", PASSPHRASE_BYTES_MIN);
    if (is_new && file.len == 0) {
        TRY(ask("The same again: ", a, &again));
        if (!str_equal(phrase, again))
            return fail(ERR_USAGE, "the two passphrases differ");
    }
    *out_passphrase = phrase;
    return OK;
}
