#include "common/base/utf8.h"
#include "common/base/vec.h"
#include "common/decl/decl.h"
#include "common/decl/lexer.h"

struct parser {
    struct lexer lexer;
    struct arena *arena;
    struct problem_list *problems;
    struct decl_file *file;
};

struct nodes {
    VEC(struct decl_node) list;
};

void decl_problem(struct problem_list *l, const struct decl_file *f, const struct decl_node *n,
                  const struct decl_token *t, const char *code, struct str zh, struct str en)
{
    problem_add(l, (struct problem){.severity = PROBLEM_ERROR,
                                    .code = str_of(code),
                                    .file = f->name,
                                    .line = t ? t->line : n->line,
                                    .column = t ? t->column : n->column,
                                    .value = t ? t->text : STR_NONE,
                                    .zh = zh,
                                    .en = en});
}

bool decl_word_is(const struct decl_token *t, const char *word)
{
    return t->kind == DECL_WORD && str_equal(t->text, str_of(word));
}

struct str decl_keyword(const struct decl_node *n)
{
    return n->tokens[0].text;
}

static void parser_fault(struct parser *p, const struct decl_token *t, const char *code,
                         struct str zh, struct str en)
{
    struct decl_node place = {.line = t->line, .column = t->column};
    decl_problem(p->problems, p->file, &place, t, code, zh, en);
}

/* Reads statements until the end of the block (depth > 0) or of the file. A block opens behind the
 * tokens of its statement. */
static void parse_block(struct parser *p, struct nodes *out, int depth)
{
    VEC(struct decl_token) tokens = {0};
    for (;;) {
        struct decl_token t;
        enum lexer_kind kind = lexer_next(&p->lexer, &t);
        if (kind == LEXER_TOKEN) {
            VEC_PUSH(&tokens, p->arena, t);
            continue;
        }
        struct decl_node node = {.tokens = tokens.at, .token_count = tokens.count};
        if (tokens.count) {
            node.line = tokens.at[0].line;
            node.column = tokens.at[0].column;
        }
        if (kind == LEXER_OPEN) {
            struct nodes children = {0};
            if (tokens.count == 0)
                parser_fault(p, &t, "decl.block", STR("花括号前没有语句"),
                             STR("a block needs a statement before it"));
            if (depth + 1 >= DECL_DEPTH_MAX) {
                parser_fault(p, &t, "decl.depth", STR("嵌套过深"),
                             STR("blocks are nested too deeply"));
                p->lexer.rest = STR_NONE;
            }
            parse_block(p, &children, depth + 1);
            node.has_block = true;
            node.children = children.list.at;
            node.child_count = children.list.count;
        }
        if (tokens.count)
            VEC_PUSH(&out->list, p->arena, node);
        tokens.at = NULL;
        tokens.count = tokens.capacity = 0;
        if (kind == LEXER_END && depth > 0)
            parser_fault(p, &(struct decl_token){.line = p->lexer.line, .column = p->lexer.column},
                         "decl.open", STR("文件结束时还有没关上的花括号"),
                         STR("the file ends inside a block"));
        if (kind == LEXER_CLOSE && depth == 0)
            parser_fault(p, &t, "decl.close", STR("多余的右花括号"),
                         STR("a closing brace without a block"));
        if (kind == LEXER_END || (kind == LEXER_CLOSE && depth > 0))
            return;
    }
}

/* Where the first byte stands that is no UTF-8; false: nowhere. */
static bool find_bad_byte(struct str text, struct decl_token *out_place)
{
    *out_place = (struct decl_token){.line = 1, .column = 1};
    while (text.len) {
        uint32_t c = utf8_next(&text);
        if (c == UTF8_BAD)
            return true;
        out_place->column++;
        if (c == '\n') {
            out_place->line++;
            out_place->column = 1;
        }
    }
    return false;
}

bool decl_parse(struct arena *a, struct str name, struct str text, struct problem_list *problems,
                struct decl_file *out)
{
    *out = (struct decl_file){.name = str_copy(a, name)};
    size_t errors = problems->errors;
    struct parser p = {.arena = a, .problems = problems, .file = out};
    if (text.len > DECL_FILE_BYTES_MAX) {
        parser_fault(&p, &(struct decl_token){.line = 1, .column = 1}, "decl.size", STR("文件过大"),
                     STR("the file is too large"));
        return false;
    }
    struct decl_token bad;
    if (find_bad_byte(text, &bad)) {
        parser_fault(&p, &bad, "decl.utf8", STR("文件不是 UTF-8 编码"),
                     STR("the file is not UTF-8 from here on"));
        return false;
    }
    struct nodes nodes = {0};
    out->text = str_copy(a, text);
    lexer_init(&p.lexer, a, out, out->text, problems);
    parse_block(&p, &nodes, 0);
    out->nodes = nodes.list.at;
    out->count = nodes.list.count;
    return problems->errors == errors;
}
