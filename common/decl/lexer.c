#include "common/decl/lexer.h"

#include "common/base/buf.h"
#include "common/base/date.h"
#include "common/base/utf8.h"

#define DIGITS_MAX 14 /* with four more for the smallest unit of an area it still fits 64 bits */

void lexer_init(struct lexer *l, struct arena *a, struct decl_file *file, struct str text,
                struct problem_list *problems)
{
    *l = (struct lexer){
        .arena = a, .file = file, .problems = problems, .rest = text, .line = 1, .column = 1};
    if (str_starts(l->rest, STR("\xEF\xBB\xBF")))
        l->rest = str_skip(l->rest, 3);
}

static void fault(struct lexer *l, const char *code, uint32_t line, uint32_t column, struct str zh,
                  struct str en)
{
    problem_add(l->problems, (struct problem){.severity = PROBLEM_ERROR,
                                              .code = str_of(code),
                                              .file = l->file->name,
                                              .line = line,
                                              .column = column,
                                              .zh = zh,
                                              .en = en});
}

/* Takes n bytes that make `columns` characters. */
static struct str take(struct lexer *l, size_t n, uint32_t columns)
{
    struct str taken = str_slice(l->rest, 0, n);
    l->rest = str_skip(l->rest, n);
    l->column += columns;
    return taken;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           (unsigned char)c >= 0x80;
}

static char byte_at(const struct lexer *l, size_t i)
{
    return i < l->rest.len ? l->rest.ptr[i] : '\0';
}

static bool lex_date(struct lexer *l, struct decl_token *t)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? !is_digit(byte_at(l, i)) : byte_at(l, i) != '-')
            return false;
    if (is_word_byte(byte_at(l, 10)))
        return false;
    int64_t year = 0;
    int64_t month = 0;
    int64_t day = 0;
    str_to_i64(str_slice(l->rest, 0, 4), &year);
    str_to_i64(str_slice(l->rest, 5, 7), &month);
    str_to_i64(str_slice(l->rest, 8, 10), &day);
    t->kind = DECL_DATE;
    t->text = take(l, 10, 10);
    t->number = date_make((int)year, (int)month, (int)day);
    if (!date_is_valid((int32_t)t->number))
        fault(l, "decl.date", t->line, t->column, STR("没有这一天"), STR("there is no such day"));
    return true;
}

/* False: more digits than a number may have. */
static bool lex_number(struct lexer *l, struct decl_token *t)
{
    size_t n = 0;
    size_t digits = 0;
    bool has_point = false;
    t->kind = DECL_NUMBER;
    for (;; n++) {
        char c = byte_at(l, n);
        if (is_digit(c)) {
            if (++digits <= DIGITS_MAX)
                t->number = t->number * 10 + (c - '0');
            t->scale = (uint8_t)(t->scale + (has_point && digits <= DIGITS_MAX));
        } else if (c == '.' && !has_point && is_digit(byte_at(l, n + 1))) {
            has_point = true;
        } else if (c != '_') {
            break;
        }
    }
    t->text = take(l, n, (uint32_t)n);
    return digits <= DIGITS_MAX;
}

/* """ to """: everything between as it stands, over several lines; for SQL. */
static void lex_raw(struct lexer *l, struct decl_token *t)
{
    take(l, 3, 3);
    t->kind = DECL_STRING;
    size_t n = 0;
    while (n < l->rest.len && !str_starts(str_skip(l->rest, n), STR("\"\"\""))) {
        char c = l->rest.ptr[n];
        if ((unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r')
            fault(l, "decl.control", t->line, t->column, STR("字符串中有控制字符"),
                  STR("a control character inside a string"));
        l->line += c == '\n';
        n++;
    }
    t->text = str_slice(l->rest, 0, n);
    l->rest = str_skip(l->rest, n);
    if (l->rest.len == 0)
        fault(l, "decl.string", t->line, t->column, STR("字符串没有结束的引号"),
              STR("the string has no closing quote"));
    else
        take(l, 3, 3);
}

static void lex_string(struct lexer *l, struct decl_token *t)
{
    struct buf out;
    buf_init(&out, l->arena);
    take(l, 1, 1);
    t->kind = DECL_STRING;
    for (;;) {
        char c = byte_at(l, 0);
        if (l->rest.len == 0 || c == '\n') {
            fault(l, "decl.string", t->line, t->column, STR("字符串没有结束的引号"),
                  STR("the string has no closing quote"));
            break;
        }
        if (c == '"') {
            take(l, 1, 1);
            break;
        }
        char escaped = c == '\\' ? byte_at(l, 1) : '\0';
        if (escaped == 'n' || escaped == '"' || escaped == '\\') {
            take(l, 2, 2);
            buf_put_char(&out, escaped == 'n' ? '\n' : escaped);
            continue;
        }
        if (c == '\\')
            fault(l, "decl.escape", l->line, l->column, STR("反斜杠之后只能是 \" \\ 或 n"),
                  STR("behind a backslash stands \" \\ or n"));
        if ((unsigned char)c < ' ' && c != '\t') /* a NUL would end the text early in C and SQL */
            fault(l, "decl.control", l->line, l->column, STR("字符串中有控制字符"),
                  STR("a control character inside a string"));
        struct str before = l->rest;
        utf8_next(&l->rest);
        buf_put(&out, str_slice(before, 0, before.len - l->rest.len));
        l->column++;
    }
    t->text = buf_str(&out);
}

static void lex_word(struct lexer *l, struct decl_token *t)
{
    struct str scan = l->rest;
    uint32_t columns = 0;
    while (scan.len && (is_word_byte(scan.ptr[0]) ||
                        (scan.ptr[0] == '.' && scan.len > 1 && is_word_byte(scan.ptr[1])))) {
        utf8_next(&scan);
        columns++;
    }
    t->kind = DECL_WORD;
    t->text = take(l, l->rest.len - scan.len, columns);
}

static bool lex_punct(struct lexer *l, struct decl_token *t)
{
    static const struct str two[] = {STR_INIT("!="), STR_INIT("<="), STR_INIT(">=")};
    t->kind = DECL_PUNCT;
    for (size_t i = 0; i < sizeof two / sizeof two[0]; i++)
        if (str_starts(l->rest, two[i])) {
            t->text = take(l, 2, 2);
            return true;
        }
    if (!str_contains(STR("(),=<>+-*/[]:"), str_slice(l->rest, 0, 1)))
        return false;
    t->text = take(l, 1, 1);
    return true;
}

static void skip_comment(struct lexer *l)
{
    size_t n = str_find(l->rest, '\n');
    l->rest = str_skip(l->rest, n);
}

/* An operator or comma at the end of a line says that the statement goes on. */
static bool carries_on(const struct decl_token *t)
{
    return t->kind == DECL_PUNCT && !str_equal(t->text, STR(")")) && !str_equal(t->text, STR("]"));
}

static enum lexer_kind line_end(struct lexer *l)
{
    l->rest = str_skip(l->rest, 1);
    l->line++;
    l->column = 1;
    return l->parentheses > 0 || l->is_open_ended ? LEXER_TOKEN : LEXER_END_OF_LINE;
}

static bool lex_token(struct lexer *l, struct decl_token *t)
{
    char c = byte_at(l, 0);
    if (str_starts(l->rest, STR("\"\"\"")))
        lex_raw(l, t);
    else if (c == '"')
        lex_string(l, t);
    else if (is_digit(c) && lex_date(l, t))
        return true;
    else if (is_digit(c)) {
        struct lexer before = *l;
        bool is_short = lex_number(l, t);
        if (is_word_byte(byte_at(l, 0))) { /* 2号 or 01a: a word that begins with digits */
            *l = before;
            *t = (struct decl_token){.line = t->line, .column = t->column};
            lex_word(l, t);
        } else if (!is_short) {
            fault(l, "decl.number", t->line, t->column, STR("数字超过 14 位"),
                  STR("the number has more than 14 digits"));
        }
    } else if (is_word_byte(c))
        lex_word(l, t);
    else
        return lex_punct(l, t);
    return true;
}

enum lexer_kind lexer_next(struct lexer *l, struct decl_token *out_token)
{
    for (;;) {
        char c = byte_at(l, 0);
        if (l->rest.len == 0)
            return LEXER_END;
        if (c == ' ' || c == '\t' || c == '\r') {
            take(l, 1, 1);
        } else if (c == '#') {
            skip_comment(l);
        } else if (c == '\n') {
            if (line_end(l) == LEXER_END_OF_LINE)
                return LEXER_END_OF_LINE;
        } else if (c == '{' || c == '}') {
            *out_token = (struct decl_token){.line = l->line, .column = l->column};
            out_token->text = take(l, 1, 1);
            l->parentheses = 0;
            l->is_open_ended = false;
            return c == '{' ? LEXER_OPEN : LEXER_CLOSE;
        } else {
            struct decl_token t = {.line = l->line, .column = l->column};
            if (lex_token(l, &t)) {
                l->is_open_ended = carries_on(&t);
                if (t.kind == DECL_PUNCT && str_equal(t.text, STR("(")))
                    l->parentheses++;
                if (t.kind == DECL_PUNCT && str_equal(t.text, STR(")")) && l->parentheses > 0)
                    l->parentheses--;
                *out_token = t;
                return LEXER_TOKEN;
            }
            fault(l, "decl.character", l->line, l->column, STR("这个字符不能出现在这里"),
                  STR("this character fits nowhere"));
            struct str before = l->rest;
            utf8_next(&before);
            take(l, l->rest.len - before.len, 1);
        }
    }
}
