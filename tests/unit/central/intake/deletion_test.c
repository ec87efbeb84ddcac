#include "central/intake/intake.h"
#include "tests/unit/central/hub_fixture.h"

static enum err keep_quiet(struct intake_reply *self, struct str to, enum message_kind kind,
                           struct str body)
{
    (void)self;
    (void)to;
    (void)kind;
    (void)body;
    return OK;
}

static void why_rows_were_deleted_is_kept(void **state)
{
    struct hub_fixture *h = calloc(1, sizeof *h);
    (void)state;
    hub_fixture_open(h);
    struct intake in;
    struct intake_reply quiet = {keep_quiet};
    struct buf out;
    hub_fixture_merge(
        h, "t01", "unit", false,
        ROWS("unit_code=u1;name=财政局;kind=部门", "unit_code=u2;name=教育局;kind=部门"));
    intake_init(&in, h->store, h->link, &h->clock.clock, 20261124);
    in.reply = &quiet;
    const struct dataset *d = catalog_dataset(h->catalog, STR("unit"));
    struct columns_chunk c = {.dataset = STR("unit"),
                              .dataset_version = 1,
                              .import_id = STR("i9"),
                              .op = COLUMNS_DELETE,
                              .reason = STR("机构改革撤并"),
                              .recorded_ms = 1,
                              .row_count = 2,
                              .field_count = d->field_count};
    c.field_ids = NEW_ARRAY(h->a, struct str, d->field_count);
    c.rows = NEW_ARRAY(h->a, uint64_t, 2);
    c.doubts = NEW_ARRAY(h->a, uint64_t, 2);
    c.cells = NEW_ARRAY(h->a, struct value, 2 * d->field_count);
    for (size_t i = 0; i < d->field_count; i++)
        c.field_ids[i] = d->fields[i].id;
    c.rows[0] = 2;
    c.rows[1] = 3;
    c.cells[0] = value_text(STR("u2"));
    c.cells[d->field_count] = value_text(STR("u9")); /* never reported */
    buf_init(&out, h->a);
    columns_put(&out, &c);
    assert_int_equal(intake_apply_direct(&in, h->a, STR("police"), MESSAGE_RECORDS, buf_str(&out)),
                     OK);
    assert_int_equal(hub_fixture_number(h, "SELECT count(*) FROM unit"), 1);
    assert_true(str_equal(
        hub_fixture_text(h, "SELECT reason || ' ' || rows || ' ' || unknown FROM deletion"),
        STR("机构改革撤并 2 1")));
    /* nothing is overwritten: the tombstone stands behind the version before */
    assert_int_equal(hub_fixture_number(h, "SELECT count(*) FROM rec_unit WHERE unit_code = 'u2'"),
                     2);
    hub_fixture_close(h);
    free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(why_rows_were_deleted_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
