#include "edge-agent/page/page.h"

#include "common/json/json.h"
#include "edge-agent/intake/inbox.h"
#include "tests/unit/edge-agent/fixture.h"

struct desk {
    struct site site;
    struct page_state state;
    struct page page;
};

static int make(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    site_make(&d->site, SOURCE_DIR, 3);
    d->state.stalled_zh = d->state.stalled_en = STR("");
    d->page = (struct page){.db = d->site.db,
                            .ledger = d->site.ledger,
                            .link = d->site.link,
                            .catalog = d->site.catalog,
                            .clock = &d->site.clock.clock,
                            .site = "site-1",
                            .drop_folder = d->site.drop,
                            .data_folder = d->site.folder,
                            .state = &d->state};
    page_init(&d->page);
    struct message_document m = {.document_id = STR("D-1"),
                                 .type = STR("verify_benefit"),
                                 .title_zh = STR("请核实"),
                                 .title_en = STR("Please verify"),
                                 .body_zh = STR("正文"),
                                 .colour = STR("orange"),
                                 .due = 20260930,
                                 .created_ms = SITE_NOW,
                                 .facts_json =
                                     STR("[{\"label_zh\":\"金额\",\"value\":\"12.00\"}]")};
    bool is_new;
    site_fine(inbox_put(d->site.db, &m, SITE_NOW, &is_new));
    *state = d;
    return 0;
}

static int drop(void **state)
{
    struct desk *d = *state;
    site_remove(&d->site);
    free(d);
    return 0;
}

/* Calls the handler as the server would; the answer is parsed into *out_root. */
static int ask(struct desk *d, http_handler_fn handler, const char *id, const char *body,
               struct json **out_root)
{
    struct http_request q = {.arena = d->site.arena,
                             .method = STR("GET"),
                             .body = str_of(body),
                             .params = {str_of(id)},
                             .param_count = 1};
    struct http_response r = {.status = 200, .content_type = "application/json"};
    handler(&d->page.app, &q, &r);
    if (out_root)
        site_fine(json_parse(r.body, out_root));
    return r.status;
}

static void leads_a_document_from_unread_to_answered(void **state)
{
    struct desk *d = *state;
    struct json *root;
    assert_int_equal(ask(d, page_get_document, "D-1", "", &root), 200);
    const struct json *form = json_get(root, "form");
    assert_int_equal(json_count(json_get(form, "answers")), 4);
    assert_true(
        str_equal(json_get_str(json_at(json_get(root, "facts"), 0), "value"), STR("12.00")));
    json_free(root);
    assert_int_equal(ask(d, page_get_document, "D-1", "", NULL), 200); /* read once only */
    assert_int_equal(ask(d, page_answer_document, "D-1", "{\"by\":\"王五\"}", NULL), 409);
    assert_int_equal(ask(d, page_sign_document, "D-1", "{\"by\":\"王五\"}", NULL), 200);
    assert_int_equal(ask(d, page_sign_document, "D-1", "{\"by\":\"赵六\"}", NULL), 200);
    assert_int_equal(ask(d, page_answer_document, "D-1",
                         "{\"by\":\"王五\",\"answers\":{\"verdict\":\"confirmed\",\"checked_on\":"
                         "\"2026-09-20\",\"note\":\"  \"}}",
                         &root),
                     200);
    assert_int_equal(json_get_int(root, "answered_ms"), SITE_NOW);
    assert_true(str_equal(json_get_str(json_get(root, "answer"), "verdict"), STR("confirmed")));
    json_free(root);
    assert_int_equal(ask(d, page_answer_document, "D-1", "{\"by\":\"王五\"}", NULL), 409);
    assert_string_equal(site_outbox(&d->site),
                        "receipt D-1 2 ; receipt D-1 3 王五; "
                        "answer D-1 王五 verdict=confirmed checked_on=2026-09-20; ");
}

static void refuses_an_incomplete_answer_field_by_field(void **state)
{
    struct desk *d = *state;
    struct json *root;
    assert_int_equal(ask(d, page_sign_document, "D-1", "{\"by\":\"王五\"}", NULL), 200);
    assert_int_equal(ask(d, page_answer_document, "D-1",
                         "{\"by\":\"王五\",\"answers\":{\"verdict\":\"maybe\"}}", &root),
                     422);
    const struct json *problems = json_get(root, "problems");
    bool has_verdict = false, has_date = false;
    for (size_t i = 0; i < json_count(problems); i++) {
        struct str field = json_get_str(json_at(problems, i), "field");
        has_verdict = has_verdict || str_equal(field, STR("verdict"));
        has_date = has_date || str_equal(field, STR("checked_on"));
    }
    assert_true(has_verdict);
    assert_true(has_date);
    json_free(root);
    assert_int_equal(ask(d, page_sign_document, "D-1", "{\"by\":\"  \"}", NULL), 422);
    assert_int_equal(ask(d, page_sign_document, "D-1", "not json", NULL), 400);
    assert_int_equal(ask(d, page_get_document, "D-9", "", NULL), 404);
}

static void asks_nothing_more_of_a_withdrawn_document(void **state)
{
    struct desk *d = *state;
    site_fine(inbox_withdraw(d->site.db,
                             &(struct message_withdraw){.document_id = STR("D-1"),
                                                        .reason_zh = STR("重复"),
                                                        .reason_en = STR("twice")},
                             SITE_NOW));
    assert_int_equal(ask(d, page_sign_document, "D-1", "{\"by\":\"王五\"}", NULL), 409);
    assert_int_equal(ask(d, page_answer_document, "D-1", "{\"by\":\"王五\"}", NULL), 409);
}

static void shows_imports_with_their_reasons(void **state)
{
    struct desk *d = *state;
    struct json *root;
    struct drop_file f =
        site_drop(&d->site, "a.csv", STR("证件号码,姓名,死亡日期,来源\n12,张三,2026-01-02,公安\n"));
    site_fine(import_file(d->site.import, &f));
    const char *id = str_copy_z(d->site.arena, import_current(d->site.import)->id);
    assert_int_equal(ask(d, page_get_imports, "", "", &root), 200);
    const struct json *item = json_at(json_get(root, "items"), 0);
    assert_int_equal(json_get_int(item, "rejected"), 1);
    assert_true(str_equal(json_get_str(item, "state"), STR("archived")));
    json_free(root);
    assert_int_equal(ask(d, page_get_rejects, id, "", &root), 200);
    item = json_at(json_get(root, "items"), 0);
    assert_int_equal(json_get_int(item, "row"), 2);
    assert_true(str_equal(json_get_str(item, "header"), STR("证件号码")));
    json_free(root);
    assert_int_equal(ask(d, page_get_rejects, "unknown", "", NULL), 404);
    assert_int_equal(ask(d, page_get_report, id, "", NULL), 200);
    assert_int_equal(ask(d, page_post_file, "", "a,b", NULL), 422); /* without a name */
}

static void tells_how_the_site_is(void **state)
{
    struct desk *d = *state;
    struct json *root;
    d->state.is_connected = true;
    d->state.stalled_zh = STR("磁盘空间不足");
    assert_int_equal(ask(d, page_get_status, "", "", &root), 200);
    assert_true(json_get_bool(json_get(root, "sync"), "connected"));
    assert_int_equal(json_get_int(root, "documents_open"), 1);
    assert_true(
        str_equal(json_get_str(json_get(root, "files"), "stalled_zh"), STR("磁盘空间不足")));
    json_free(root);
}

/* The site's clock stands at 2026-09-21. */
static void sends_once_that_a_period_has_no_data(void **state)
{
    struct desk *d = *state;
    struct json *root;
    const char *said = "{\"by\":\"王五\",\"dataset\":\"penalty\",\"first\":\"2026-08-01\","
                       "\"last\":\"2026-08-31\"}";
    assert_int_equal(ask(d, page_post_nothing, "", said, NULL), 200);
    assert_int_equal(ask(d, page_post_nothing, "", said, &root), 200); /* a second click */
    assert_int_equal(json_count(json_get(root, "items")), 1);
    const struct json *item = json_at(json_get(root, "items"), 0);
    assert_int_equal(json_get_int(item, "last"), 20260831);
    assert_int_equal(json_get_int(item, "at_ms"), SITE_NOW);
    assert_int_equal(json_count(json_get(root, "datasets")), d->site.catalog->dataset_count);
    json_free(root);
    assert_string_equal(site_outbox(&d->site), "nothing penalty 20260801-20260831 王五; ");
}

static void refuses_a_period_without_data_that_makes_no_sense(void **state)
{
    static const struct {
        const char *body, *code;
    } cases[] = {
        {"{\"by\":\"\",\"dataset\":\"penalty\"}", "by.required"},
        {"{\"by\":\"王\",\"dataset\":\"no_such\",\"first\":\"2026-08-01\",\"last\":"
         "\"2026-08-31\"}",
         "nothing.dataset"},
        {"{\"by\":\"王\",\"dataset\":\"penalty\",\"first\":\"2026-08-31\",\"last\":"
         "\"2026-08-01\"}",
         "nothing.period"},
        {"{\"by\":\"王\",\"dataset\":\"penalty\",\"first\":\"2026-02-30\",\"last\":"
         "\"2026-03-01\"}",
         "nothing.period"},
        {"{\"by\":\"王\",\"dataset\":\"penalty\",\"first\":\"2024-01-01\",\"last\":"
         "\"2026-03-01\"}",
         "nothing.period"},
        {"{\"by\":\"王\",\"dataset\":\"penalty\",\"first\":\"2026-09-01\",\"last\":"
         "\"2026-09-30\"}",
         "nothing.future"},
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct json *root;
        assert_int_equal(ask(d, page_post_nothing, "", cases[i].body, &root), 422);
        struct str code = json_get_str(root, "code");
        assert_string_equal(str_copy_z(d->site.arena, code), cases[i].code);
        json_free(root);
    }
    assert_string_equal(site_outbox(&d->site), "");
}

static void lets_no_foreign_page_in(void **state)
{
    struct desk *d = *state;
    struct http_request q = {.arena = d->site.arena, .method = STR("GET")}; /* without a Host */
    struct http_response r = {.status = 200};
    d->page.app.guard(&d->page.app, &q, &r);
    assert_int_equal(r.status, 403);
}

/* What the unit may mend, with the file and the row where it stands, before anybody else sees it.
 */
static void shows_what_the_unit_itself_may_mend(void **state)
{
    struct desk *d = *state;
    struct json *root;
    size_t ran;
    assert_int_equal(ask(d, page_get_self, "", "", &root), 200);
    assert_int_equal(json_count(json_get(root, "rules")), 0); /* nothing was looked at */
    json_free(root);
    struct drop_file f =
        site_drop(&d->site, "整改.csv",
                  STR("问题编号,措施序号,整改措施,到期日期,状态,佐证文件,验收人,验收日期\n"
                      "W-1,1,补签合同,2026-12-31,整改中,,,\n"
                      "W-2,1,退回资金,2026-06-30,销号,,赵一,2026-06-20\n"));
    site_fine(import_file(d->site.import, &f));
    site_fine(self_check_run(d->site.self, 20260921, SITE_NOW, &ran));
    assert_int_equal(ask(d, page_get_self, "", "", &root), 200);
    const struct json *rules = json_get(root, "rules"), *rule = NULL;
    for (size_t i = 0; i < json_count(rules); i++)
        if (str_equal(json_get_str(json_at(rules, i), "rule"), STR("X05")))
            rule = json_at(rules, i);
    assert_non_null(rule);
    assert_int_equal(json_get_int(rule, "rows"), 2);
    assert_int_equal(json_get_int(rule, "hits"), 1);
    assert_int_equal(json_get_str(rule, "hash").len, 64);
    const struct json *hit = json_at(json_get(rule, "items"), 0);
    assert_true(str_contains(json_get_str(hit, "say_zh"), STR("缺佐证文件 是")));
    assert_false(str_contains(json_write(hit, d->site.arena), STR("赵一"))); /* a secret field */
    const struct json *row = json_at(json_get(hit, "rows"), 0);
    assert_true(str_equal(json_get_str(row, "file"), STR("整改.csv")));
    assert_int_equal(json_get_int(row, "row"), 3);
    json_free(root);
    assert_int_equal(ask(d, page_get_status, "", "", &root), 200);
    assert_int_equal(json_get_int(root, "reminders"), 1);
    json_free(root);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, make, drop)
    const struct CMUnitTest tests[] = {
        CASE(leads_a_document_from_unread_to_answered),
        CASE(refuses_an_incomplete_answer_field_by_field),
        CASE(asks_nothing_more_of_a_withdrawn_document),
        CASE(shows_imports_with_their_reasons),
        CASE(tells_how_the_site_is),
        CASE(sends_once_that_a_period_has_no_data),
        CASE(refuses_a_period_without_data_that_makes_no_sense),
        CASE(lets_no_foreign_page_in),
        cmocka_unit_test_setup_teardown(shows_what_the_unit_itself_may_mend, make, drop),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
