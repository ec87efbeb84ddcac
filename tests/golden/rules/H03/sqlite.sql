-- findings
WITH said(subject, tier, site, wage_rid, enrol_rid, pay_rid, month, programme, amount, wage, line, own) AS (
WITH wage AS (
                SELECT f.citizen_id_person AS person, f.month, CAST(sum(f.amount) AS BIGINT) AS wage, min(f.rid) AS rid, max(f.citizen_id_tier) AS tier
                FROM fiscal_pay AS f
                WHERE 1 = 1 AND f.citizen_id_tier <= 2 AND f.item NOT LIKE '%村干部%' AND f.item NOT LIKE '%公益性岗位%'
                GROUP BY f.citizen_id_person, f.month HAVING sum(f.amount) > 0),
            line AS (
                SELECT w.month, max(r.amount) AS line
                FROM (SELECT DISTINCT month FROM wage) AS w JOIN rate AS r ON r.programme = 'dibao'
                    AND r.from_day <= w.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= w.month * 100 + 1)
                GROUP BY w.month),
            paid AS (
                SELECT w.person, CASE WHEN p.citizen_id_tier > w.tier THEN p.citizen_id_tier ELSE w.tier END AS tier,
                    w.rid AS wage_rid, CAST(NULL AS BIGINT) AS enrol_rid, p.rid, p.site, p.month, p.programme, p.amount, w.wage, 1 AS own
                FROM wage AS w JOIN benefit_pay AS p ON p.citizen_id_person = w.person AND p.citizen_id_tier <= 2 AND p.month = w.month
                WHERE p.programme IN ('dibao', 'tekun')
                UNION ALL
                SELECT DISTINCT w.person, CASE WHEN e.member_id_tier + m.member_id_tier + p.citizen_id_tier > 3 THEN 2 ELSE w.tier END,
                    w.rid, e.rid, p.rid, p.site, p.month, p.programme, p.amount, w.wage, 0
                FROM wage AS w JOIN benefit_enrol AS e ON e.member_id_person = w.person AND e.member_id_tier <= 2
                    JOIN benefit_enrol AS m ON m.head_id = e.head_id AND m.programme = e.programme AND m.member_id_tier <= 2
                    JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person AND p.citizen_id_tier <= 2
                        AND p.programme = e.programme AND p.month = w.month
                WHERE e.programme IN ('dibao', 'tekun') AND m.member_id_person <> w.person
                    AND e.approved_on < w.month * 100 + 1 AND (e.stopped_on IS NULL OR e.stopped_on > w.month * 100 + 31))
            SELECT p.person, p.tier, p.site, p.wage_rid, p.enrol_rid, p.rid, p.month, p.programme, p.amount, p.wage, l.line, p.own
            FROM paid AS p LEFT JOIN line AS l ON l.month = p.month
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.himself = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.first_month, g.last_month, g.months_paid, g.least_wage, g.himself
FROM (SELECT hit.subject AS subject, 'welfare' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid, min("q.wage") FILTER (WHERE clause IS NULL) AS least_wage, max(CASE WHEN "q.own" = 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS himself
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.wage_rid AS "q.wage_rid", q.enrol_rid AS "q.enrol_rid", q.pay_rid AS "q.pay_rid", q.month AS "q.month", q.programme AS "q.programme", q.amount AS "q.amount", q.wage AS "q.wage", q.line AS "q.line", q.own AS "q.own", CASE WHEN q.wage <= q.line THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, tier, site, wage_rid, enrol_rid, pay_rid, month, programme, amount, wage, line, own) AS (
WITH wage AS (
                SELECT f.citizen_id_person AS person, f.month, CAST(sum(f.amount) AS BIGINT) AS wage, min(f.rid) AS rid, max(f.citizen_id_tier) AS tier
                FROM fiscal_pay AS f
                WHERE f.citizen_id_person IN (SELECT subject FROM dirty_subject) AND f.citizen_id_tier <= 2 AND f.item NOT LIKE '%村干部%' AND f.item NOT LIKE '%公益性岗位%'
                GROUP BY f.citizen_id_person, f.month HAVING sum(f.amount) > 0),
            line AS (
                SELECT w.month, max(r.amount) AS line
                FROM (SELECT DISTINCT month FROM wage) AS w JOIN rate AS r ON r.programme = 'dibao'
                    AND r.from_day <= w.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= w.month * 100 + 1)
                GROUP BY w.month),
            paid AS (
                SELECT w.person, CASE WHEN p.citizen_id_tier > w.tier THEN p.citizen_id_tier ELSE w.tier END AS tier,
                    w.rid AS wage_rid, CAST(NULL AS BIGINT) AS enrol_rid, p.rid, p.site, p.month, p.programme, p.amount, w.wage, 1 AS own
                FROM wage AS w JOIN benefit_pay AS p ON p.citizen_id_person = w.person AND p.citizen_id_tier <= 2 AND p.month = w.month
                WHERE p.programme IN ('dibao', 'tekun')
                UNION ALL
                SELECT DISTINCT w.person, CASE WHEN e.member_id_tier + m.member_id_tier + p.citizen_id_tier > 3 THEN 2 ELSE w.tier END,
                    w.rid, e.rid, p.rid, p.site, p.month, p.programme, p.amount, w.wage, 0
                FROM wage AS w JOIN benefit_enrol AS e ON e.member_id_person = w.person AND e.member_id_tier <= 2
                    JOIN benefit_enrol AS m ON m.head_id = e.head_id AND m.programme = e.programme AND m.member_id_tier <= 2
                    JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person AND p.citizen_id_tier <= 2
                        AND p.programme = e.programme AND p.month = w.month
                WHERE e.programme IN ('dibao', 'tekun') AND m.member_id_person <> w.person
                    AND e.approved_on < w.month * 100 + 1 AND (e.stopped_on IS NULL OR e.stopped_on > w.month * 100 + 31))
            SELECT p.person, p.tier, p.site, p.wage_rid, p.enrol_rid, p.rid, p.month, p.programme, p.amount, p.wage, l.line, p.own
            FROM paid AS p LEFT JOIN line AS l ON l.month = p.month
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.himself = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.first_month, g.last_month, g.months_paid, g.least_wage, g.himself
FROM (SELECT hit.subject AS subject, 'welfare' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid, min("q.wage") FILTER (WHERE clause IS NULL) AS least_wage, max(CASE WHEN "q.own" = 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS himself
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.wage_rid AS "q.wage_rid", q.enrol_rid AS "q.enrol_rid", q.pay_rid AS "q.pay_rid", q.month AS "q.month", q.programme AS "q.programme", q.amount AS "q.amount", q.wage AS "q.wage", q.line AS "q.line", q.own AS "q.own", CASE WHEN q.wage <= q.line THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, tier, site, wage_rid, enrol_rid, pay_rid, month, programme, amount, wage, line, own) AS (
WITH wage AS (
                SELECT f.citizen_id_person AS person, f.month, CAST(sum(f.amount) AS BIGINT) AS wage, min(f.rid) AS rid, max(f.citizen_id_tier) AS tier
                FROM fiscal_pay AS f
                WHERE f.citizen_id_person IN (SELECT subject FROM hit_subject) AND f.citizen_id_tier <= 2 AND f.item NOT LIKE '%村干部%' AND f.item NOT LIKE '%公益性岗位%'
                GROUP BY f.citizen_id_person, f.month HAVING sum(f.amount) > 0),
            line AS (
                SELECT w.month, max(r.amount) AS line
                FROM (SELECT DISTINCT month FROM wage) AS w JOIN rate AS r ON r.programme = 'dibao'
                    AND r.from_day <= w.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= w.month * 100 + 1)
                GROUP BY w.month),
            paid AS (
                SELECT w.person, CASE WHEN p.citizen_id_tier > w.tier THEN p.citizen_id_tier ELSE w.tier END AS tier,
                    w.rid AS wage_rid, CAST(NULL AS BIGINT) AS enrol_rid, p.rid, p.site, p.month, p.programme, p.amount, w.wage, 1 AS own
                FROM wage AS w JOIN benefit_pay AS p ON p.citizen_id_person = w.person AND p.citizen_id_tier <= 2 AND p.month = w.month
                WHERE p.programme IN ('dibao', 'tekun')
                UNION ALL
                SELECT DISTINCT w.person, CASE WHEN e.member_id_tier + m.member_id_tier + p.citizen_id_tier > 3 THEN 2 ELSE w.tier END,
                    w.rid, e.rid, p.rid, p.site, p.month, p.programme, p.amount, w.wage, 0
                FROM wage AS w JOIN benefit_enrol AS e ON e.member_id_person = w.person AND e.member_id_tier <= 2
                    JOIN benefit_enrol AS m ON m.head_id = e.head_id AND m.programme = e.programme AND m.member_id_tier <= 2
                    JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person AND p.citizen_id_tier <= 2
                        AND p.programme = e.programme AND p.month = w.month
                WHERE e.programme IN ('dibao', 'tekun') AND m.member_id_person <> w.person
                    AND e.approved_on < w.month * 100 + 1 AND (e.stopped_on IS NULL OR e.stopped_on > w.month * 100 + 31))
            SELECT p.person, p.tier, p.site, p.wage_rid, p.enrol_rid, p.rid, p.month, p.programme, p.amount, p.wage, l.line, p.own
            FROM paid AS p LEFT JOIN line AS l ON l.month = p.month
)
SELECT DISTINCT s.subject AS subject, 'welfare' AS episode, 1 AS source, wage.rid AS rid, wage.version AS version, wage.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN fiscal_pay AS wage
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND wage.rid = q.wage_rid
  AND ?1 > 0
  AND NOT coalesce((q.wage <= q.line), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'welfare' AS episode, 2 AS source, enrol.rid AS rid, enrol.version AS version, enrol.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_enrol AS enrol
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND enrol.rid = q.enrol_rid
  AND ?1 > 0
  AND NOT coalesce((q.wage <= q.line), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'welfare' AS episode, 3 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND ?1 > 0
  AND NOT coalesce((q.wage <= q.line), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT e.member_id_person FROM benefit_enrol AS m JOIN benefit_enrol AS e ON e.head_id = m.head_id
            WHERE m.member_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT e.member_id_person FROM benefit_enrol AS e WHERE e.head_id IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM fiscal_pay LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
