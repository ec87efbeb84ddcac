-- findings
WITH said(subject, site, tier, episode, stop, since, first, last, counts, is_late, is_reviewed, case_rid, prison_rid, judgment_rid) AS (
WITH punished AS (
                SELECT c.*, qq_month_of(c.decided_on) AS month, qq_months(qq_month_of(c.decided_on)) AS at,
                    CASE WHEN c.appeal IS NOT NULL AND c.appeal NOT IN ('维持', '维持原处分', '驳回') THEN 1 ELSE 0 END AS is_reviewed
                FROM discipline_case AS c
                WHERE 1 = 1 AND c.citizen_id_tier <= 2 AND c.decided_on <= $1
                    AND c.public_sanction IN ('demotion', 'removal', 'dismissal')),
            before AS (
                SELECT p.rid AS case_rid, p.at, f.citizen_id_person AS person, f.unit_code, f.item, f.amount
                FROM punished AS p JOIN fiscal_pay AS f ON f.citizen_id_person = p.citizen_id_person AND f.month = p.month
                WHERE p.public_sanction <> 'dismissal' AND f.citizen_id_tier <= 2 AND f.amount > 0),
            seen AS (
                SELECT b.case_rid, count(DISTINCT f.month) AS months,
                    min(CASE WHEN qq_months(f.month) > b.at + 1 AND f.amount < b.amount THEN 0 ELSE 1 END) AS stays
                FROM before AS b JOIN fiscal_pay AS f ON f.citizen_id_person = b.person AND f.unit_code = b.unit_code AND f.item = b.item
                WHERE f.citizen_id_tier <= 2 AND qq_months(f.month) > b.at AND qq_months(f.month) <= b.at + 3
                GROUP BY b.case_rid),
            fallen AS (
                SELECT DISTINCT b.case_rid FROM before AS b
                WHERE NOT EXISTS (SELECT 1 FROM fiscal_pay AS f WHERE f.citizen_id_person = b.person AND f.unit_code = b.unit_code
                    AND f.item = b.item AND f.citizen_id_tier <= 2 AND qq_months(f.month) = b.at + 1 AND f.amount >= b.amount))
            SELECT p.citizen_id_person, p.site, p.citizen_id_tier, p.case_no, 'dismissed', p.decided_on, p.at + 1 + 1, 999999, 1, 0,
                p.is_reviewed, p.rid, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
            FROM punished AS p WHERE p.public_sanction = 'dismissal'
            UNION ALL
            SELECT p.citizen_id_person, p.site, p.citizen_id_tier, p.case_no, 'lowered', p.decided_on, p.at + 1, p.at + 1, 0, 1 - s.stays,
                p.is_reviewed, p.rid, NULL, NULL
            FROM punished AS p JOIN seen AS s ON s.case_rid = p.rid
            WHERE NOT EXISTS (SELECT 1 FROM fallen AS f WHERE f.case_rid = p.rid)
            UNION ALL
            SELECT t.citizen_id_person, t.site, t.citizen_id_tier, 'prison ' || t.began_on, 'prison', t.began_on,
                qq_months(qq_month_of(t.began_on)) + 1 + 1, coalesce(qq_months(qq_month_of(t.ended_on)) - 1, 999999), 1, 0, 0, NULL, t.rid, NULL
            FROM prison_term AS t
            WHERE 1 = 1 AND t.citizen_id_tier <= 2 AND t.kind IN ('prison', 'detention')
            UNION ALL
            SELECT j.citizen_id_person, j.site, j.citizen_id_tier, j.case_no, 'judgment', j.effective_on,
                qq_months(qq_month_of(j.effective_on)) + 1 + 1,
                CASE WHEN j.sentence IN ('life', 'death') THEN 999999 ELSE qq_months(qq_month_of(j.effective_on)) + j.term_months - 1 END, 1, 0, 0,
                NULL, NULL, j.rid
            FROM judgment AS j
            WHERE 1 = 1 AND j.citizen_id_tier <= 2 AND coalesce(j.probation_months, 0) = 0
                AND j.sentence IN ('detention', 'fixed', 'life', 'death')
                AND NOT EXISTS (SELECT 1 FROM prison_term AS t WHERE t.citizen_id_person = j.citizen_id_person AND t.citizen_id_tier <= 2
                    AND coalesce(t.ended_on, 99991231) >= j.judged_on)
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.stop, g.since, g.first_month, g.last_month, g.months_paid, g.paid
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount" * "q.counts") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.stop") FILTER (WHERE clause IS NULL) AS stop, min("q.since") FILTER (WHERE clause IS NULL) AS since, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid, sum("pay.amount") FILTER (WHERE clause IS NULL) AS paid
FROM (SELECT q.subject AS subject, greatest(q.tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.episode AS "q.episode", q.stop AS "q.stop", q.since AS "q.since", q.first AS "q.first", q.last AS "q.last", q.counts AS "q.counts", q.is_late AS "q.is_late", q.is_reviewed AS "q.is_reviewed", q.case_rid AS "q.case_rid", q.prison_rid AS "q.prison_rid", q.judgment_rid AS "q.judgment_rid", pay.rid AS "pay.rid", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.name AS "pay.name", pay.unit_code AS "pay.unit_code", pay.month AS "pay.month", pay.item AS "pay.item", pay.amount AS "pay.amount", pay.source_unit AS "pay.source_unit", pay.as_of AS "pay.as_of", CASE WHEN q.is_reviewed = 1 THEN 1 WHEN (((qq_contains(pay.item, '补发') = 1) OR (qq_contains(pay.item, '抚恤') = 1) OR (qq_contains(pay.item, '丧葬') = 1))) THEN 2 WHEN q.is_late = 1 THEN 3 END AS clause
FROM said AS q CROSS JOIN fiscal_pay AS pay
WHERE q.subject IS NOT NULL
  AND pay.citizen_id_person = q.subject AND pay.citizen_id_tier <= 2
  AND $1 > 0
  AND (qq_months(pay.month) >= q.first AND qq_months(pay.month) <= q.last)
  AND (pay.amount > 0)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, tier, episode, stop, since, first, last, counts, is_late, is_reviewed, case_rid, prison_rid, judgment_rid) AS (
WITH punished AS (
                SELECT c.*, qq_month_of(c.decided_on) AS month, qq_months(qq_month_of(c.decided_on)) AS at,
                    CASE WHEN c.appeal IS NOT NULL AND c.appeal NOT IN ('维持', '维持原处分', '驳回') THEN 1 ELSE 0 END AS is_reviewed
                FROM discipline_case AS c
                WHERE c.citizen_id_person IN (SELECT subject FROM dirty_subject) AND c.citizen_id_tier <= 2 AND c.decided_on <= $1
                    AND c.public_sanction IN ('demotion', 'removal', 'dismissal')),
            before AS (
                SELECT p.rid AS case_rid, p.at, f.citizen_id_person AS person, f.unit_code, f.item, f.amount
                FROM punished AS p JOIN fiscal_pay AS f ON f.citizen_id_person = p.citizen_id_person AND f.month = p.month
                WHERE p.public_sanction <> 'dismissal' AND f.citizen_id_tier <= 2 AND f.amount > 0),
            seen AS (
                SELECT b.case_rid, count(DISTINCT f.month) AS months,
                    min(CASE WHEN qq_months(f.month) > b.at + 1 AND f.amount < b.amount THEN 0 ELSE 1 END) AS stays
                FROM before AS b JOIN fiscal_pay AS f ON f.citizen_id_person = b.person AND f.unit_code = b.unit_code AND f.item = b.item
                WHERE f.citizen_id_tier <= 2 AND qq_months(f.month) > b.at AND qq_months(f.month) <= b.at + 3
                GROUP BY b.case_rid),
            fallen AS (
                SELECT DISTINCT b.case_rid FROM before AS b
                WHERE NOT EXISTS (SELECT 1 FROM fiscal_pay AS f WHERE f.citizen_id_person = b.person AND f.unit_code = b.unit_code
                    AND f.item = b.item AND f.citizen_id_tier <= 2 AND qq_months(f.month) = b.at + 1 AND f.amount >= b.amount))
            SELECT p.citizen_id_person, p.site, p.citizen_id_tier, p.case_no, 'dismissed', p.decided_on, p.at + 1 + 1, 999999, 1, 0,
                p.is_reviewed, p.rid, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
            FROM punished AS p WHERE p.public_sanction = 'dismissal'
            UNION ALL
            SELECT p.citizen_id_person, p.site, p.citizen_id_tier, p.case_no, 'lowered', p.decided_on, p.at + 1, p.at + 1, 0, 1 - s.stays,
                p.is_reviewed, p.rid, NULL, NULL
            FROM punished AS p JOIN seen AS s ON s.case_rid = p.rid
            WHERE NOT EXISTS (SELECT 1 FROM fallen AS f WHERE f.case_rid = p.rid)
            UNION ALL
            SELECT t.citizen_id_person, t.site, t.citizen_id_tier, 'prison ' || t.began_on, 'prison', t.began_on,
                qq_months(qq_month_of(t.began_on)) + 1 + 1, coalesce(qq_months(qq_month_of(t.ended_on)) - 1, 999999), 1, 0, 0, NULL, t.rid, NULL
            FROM prison_term AS t
            WHERE t.citizen_id_person IN (SELECT subject FROM dirty_subject) AND t.citizen_id_tier <= 2 AND t.kind IN ('prison', 'detention')
            UNION ALL
            SELECT j.citizen_id_person, j.site, j.citizen_id_tier, j.case_no, 'judgment', j.effective_on,
                qq_months(qq_month_of(j.effective_on)) + 1 + 1,
                CASE WHEN j.sentence IN ('life', 'death') THEN 999999 ELSE qq_months(qq_month_of(j.effective_on)) + j.term_months - 1 END, 1, 0, 0,
                NULL, NULL, j.rid
            FROM judgment AS j
            WHERE j.citizen_id_person IN (SELECT subject FROM dirty_subject) AND j.citizen_id_tier <= 2 AND coalesce(j.probation_months, 0) = 0
                AND j.sentence IN ('detention', 'fixed', 'life', 'death')
                AND NOT EXISTS (SELECT 1 FROM prison_term AS t WHERE t.citizen_id_person = j.citizen_id_person AND t.citizen_id_tier <= 2
                    AND coalesce(t.ended_on, 99991231) >= j.judged_on)
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.stop, g.since, g.first_month, g.last_month, g.months_paid, g.paid
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount" * "q.counts") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.stop") FILTER (WHERE clause IS NULL) AS stop, min("q.since") FILTER (WHERE clause IS NULL) AS since, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid, sum("pay.amount") FILTER (WHERE clause IS NULL) AS paid
FROM (SELECT q.subject AS subject, greatest(q.tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.episode AS "q.episode", q.stop AS "q.stop", q.since AS "q.since", q.first AS "q.first", q.last AS "q.last", q.counts AS "q.counts", q.is_late AS "q.is_late", q.is_reviewed AS "q.is_reviewed", q.case_rid AS "q.case_rid", q.prison_rid AS "q.prison_rid", q.judgment_rid AS "q.judgment_rid", pay.rid AS "pay.rid", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.name AS "pay.name", pay.unit_code AS "pay.unit_code", pay.month AS "pay.month", pay.item AS "pay.item", pay.amount AS "pay.amount", pay.source_unit AS "pay.source_unit", pay.as_of AS "pay.as_of", CASE WHEN q.is_reviewed = 1 THEN 1 WHEN (((qq_contains(pay.item, '补发') = 1) OR (qq_contains(pay.item, '抚恤') = 1) OR (qq_contains(pay.item, '丧葬') = 1))) THEN 2 WHEN q.is_late = 1 THEN 3 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q CROSS JOIN fiscal_pay AS pay
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.citizen_id_person = q.subject AND pay.citizen_id_tier <= 2
  AND $1 > 0
  AND (qq_months(pay.month) >= q.first AND qq_months(pay.month) <= q.last)
  AND (pay.amount > 0)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, tier, episode, stop, since, first, last, counts, is_late, is_reviewed, case_rid, prison_rid, judgment_rid) AS (
WITH punished AS (
                SELECT c.*, qq_month_of(c.decided_on) AS month, qq_months(qq_month_of(c.decided_on)) AS at,
                    CASE WHEN c.appeal IS NOT NULL AND c.appeal NOT IN ('维持', '维持原处分', '驳回') THEN 1 ELSE 0 END AS is_reviewed
                FROM discipline_case AS c
                WHERE c.citizen_id_person IN (SELECT subject FROM hit_subject) AND c.citizen_id_tier <= 2 AND c.decided_on <= $1
                    AND c.public_sanction IN ('demotion', 'removal', 'dismissal')),
            before AS (
                SELECT p.rid AS case_rid, p.at, f.citizen_id_person AS person, f.unit_code, f.item, f.amount
                FROM punished AS p JOIN fiscal_pay AS f ON f.citizen_id_person = p.citizen_id_person AND f.month = p.month
                WHERE p.public_sanction <> 'dismissal' AND f.citizen_id_tier <= 2 AND f.amount > 0),
            seen AS (
                SELECT b.case_rid, count(DISTINCT f.month) AS months,
                    min(CASE WHEN qq_months(f.month) > b.at + 1 AND f.amount < b.amount THEN 0 ELSE 1 END) AS stays
                FROM before AS b JOIN fiscal_pay AS f ON f.citizen_id_person = b.person AND f.unit_code = b.unit_code AND f.item = b.item
                WHERE f.citizen_id_tier <= 2 AND qq_months(f.month) > b.at AND qq_months(f.month) <= b.at + 3
                GROUP BY b.case_rid),
            fallen AS (
                SELECT DISTINCT b.case_rid FROM before AS b
                WHERE NOT EXISTS (SELECT 1 FROM fiscal_pay AS f WHERE f.citizen_id_person = b.person AND f.unit_code = b.unit_code
                    AND f.item = b.item AND f.citizen_id_tier <= 2 AND qq_months(f.month) = b.at + 1 AND f.amount >= b.amount))
            SELECT p.citizen_id_person, p.site, p.citizen_id_tier, p.case_no, 'dismissed', p.decided_on, p.at + 1 + 1, 999999, 1, 0,
                p.is_reviewed, p.rid, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
            FROM punished AS p WHERE p.public_sanction = 'dismissal'
            UNION ALL
            SELECT p.citizen_id_person, p.site, p.citizen_id_tier, p.case_no, 'lowered', p.decided_on, p.at + 1, p.at + 1, 0, 1 - s.stays,
                p.is_reviewed, p.rid, NULL, NULL
            FROM punished AS p JOIN seen AS s ON s.case_rid = p.rid
            WHERE NOT EXISTS (SELECT 1 FROM fallen AS f WHERE f.case_rid = p.rid)
            UNION ALL
            SELECT t.citizen_id_person, t.site, t.citizen_id_tier, 'prison ' || t.began_on, 'prison', t.began_on,
                qq_months(qq_month_of(t.began_on)) + 1 + 1, coalesce(qq_months(qq_month_of(t.ended_on)) - 1, 999999), 1, 0, 0, NULL, t.rid, NULL
            FROM prison_term AS t
            WHERE t.citizen_id_person IN (SELECT subject FROM hit_subject) AND t.citizen_id_tier <= 2 AND t.kind IN ('prison', 'detention')
            UNION ALL
            SELECT j.citizen_id_person, j.site, j.citizen_id_tier, j.case_no, 'judgment', j.effective_on,
                qq_months(qq_month_of(j.effective_on)) + 1 + 1,
                CASE WHEN j.sentence IN ('life', 'death') THEN 999999 ELSE qq_months(qq_month_of(j.effective_on)) + j.term_months - 1 END, 1, 0, 0,
                NULL, NULL, j.rid
            FROM judgment AS j
            WHERE j.citizen_id_person IN (SELECT subject FROM hit_subject) AND j.citizen_id_tier <= 2 AND coalesce(j.probation_months, 0) = 0
                AND j.sentence IN ('detention', 'fixed', 'life', 'death')
                AND NOT EXISTS (SELECT 1 FROM prison_term AS t WHERE t.citizen_id_person = j.citizen_id_person AND t.citizen_id_tier <= 2
                    AND coalesce(t.ended_on, 99991231) >= j.judged_on)
)
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN fiscal_pay AS pay
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.citizen_id_person = q.subject AND pay.citizen_id_tier <= 2
  AND $1 > 0
  AND (qq_months(pay.month) >= q.first AND qq_months(pay.month) <= q.last)
  AND (pay.amount > 0)
  AND NOT coalesce((q.is_reviewed = 1), FALSE)
  AND NOT coalesce(((((qq_contains(pay.item, '补发') = 1) OR (qq_contains(pay.item, '抚恤') = 1) OR (qq_contains(pay.item, '丧葬') = 1)))), FALSE)
  AND NOT coalesce((q.is_late = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 2 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN fiscal_pay AS pay CROSS JOIN discipline_case AS c
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.citizen_id_person = q.subject AND pay.citizen_id_tier <= 2
  AND c.rid = q.case_rid
  AND $1 > 0
  AND (qq_months(pay.month) >= q.first AND qq_months(pay.month) <= q.last)
  AND (pay.amount > 0)
  AND NOT coalesce((q.is_reviewed = 1), FALSE)
  AND NOT coalesce(((((qq_contains(pay.item, '补发') = 1) OR (qq_contains(pay.item, '抚恤') = 1) OR (qq_contains(pay.item, '丧葬') = 1)))), FALSE)
  AND NOT coalesce((q.is_late = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 3 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN fiscal_pay AS pay CROSS JOIN prison_term AS t
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.citizen_id_person = q.subject AND pay.citizen_id_tier <= 2
  AND t.rid = q.prison_rid
  AND $1 > 0
  AND (qq_months(pay.month) >= q.first AND qq_months(pay.month) <= q.last)
  AND (pay.amount > 0)
  AND NOT coalesce((q.is_reviewed = 1), FALSE)
  AND NOT coalesce(((((qq_contains(pay.item, '补发') = 1) OR (qq_contains(pay.item, '抚恤') = 1) OR (qq_contains(pay.item, '丧葬') = 1)))), FALSE)
  AND NOT coalesce((q.is_late = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 4 AS source, j.rid AS rid, j.version AS version, j.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN fiscal_pay AS pay CROSS JOIN judgment AS j
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.citizen_id_person = q.subject AND pay.citizen_id_tier <= 2
  AND j.rid = q.judgment_rid
  AND $1 > 0
  AND (qq_months(pay.month) >= q.first AND qq_months(pay.month) <= q.last)
  AND (pay.amount > 0)
  AND NOT coalesce((q.is_reviewed = 1), FALSE)
  AND NOT coalesce(((((qq_contains(pay.item, '补发') = 1) OR (qq_contains(pay.item, '抚恤') = 1) OR (qq_contains(pay.item, '丧葬') = 1)))), FALSE)
  AND NOT coalesce((q.is_late = 1), FALSE)
ORDER BY 1, 2, 3, 4

-- wake persons
SELECT due.citizen_id_person FROM discipline_case AS due WHERE due.citizen_id_person IS NOT NULL AND due.decided_on > $1 AND due.decided_on <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM fiscal_pay LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM discipline_case LIMIT 1) AS found
