-- findings
WITH said(subject, tier, site, pay_rid, rate_rid, programme, month, amount, more, less) AS (
WITH got AS (
                SELECT citizen_id_person AS person, programme, month, CAST(sum(amount) AS BIGINT) AS amount,
                    CASE WHEN count(area) = count(*) THEN CAST(sum(area) AS BIGINT) END AS area
                FROM benefit_pay WHERE 1 = 1 AND citizen_id_tier <= 2
                GROUP BY citizen_id_person, programme, month),
            due AS (
                SELECT g.person, g.programme, g.month, g.amount, r.rid,
                    CASE WHEN r.unit LIKE '%亩%' THEN r.amount * g.area / 10000 ELSE r.amount END AS one,
                    CASE WHEN r.unit LIKE '%亩%' THEN r.amount * g.area / 10000
                        WHEN r.unit LIKE '%人%' AND e.insured > 1 THEN r.amount * e.insured ELSE r.amount END AS many
                FROM got AS g JOIN rate AS r ON r.programme = g.programme
                        AND r.from_day <= g.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= g.month * 100 + 1)
                    LEFT JOIN benefit_enrol AS e ON e.member_id_person = g.person AND e.programme = g.programme AND e.member_id_tier <= 2
                WHERE r.grade = e.grade OR (g.programme <> 'dibao' AND (e.grade IS NULL OR r.grade = '统一'))),
            span AS (
                SELECT person, programme, month, amount, min(one) AS low, max(many) AS high, max(rid) AS rid
                FROM due WHERE one IS NOT NULL GROUP BY person, programme, month, amount),
            wrong AS (
                SELECT person, programme, month, rid, amount - high AS more, 0 AS less FROM span WHERE amount > high + 100
                UNION ALL
                SELECT person, programme, month, rid, 0, low - amount FROM span WHERE amount < low - 100),
            row_of AS (
                SELECT w.person, p.citizen_id_tier AS tier, p.site, p.rid, w.rid AS rate_rid, w.programme, w.month, p.amount, w.more, w.less,
                    row_number() OVER (PARTITION BY w.person, w.programme, w.month ORDER BY p.rid) AS place
                FROM wrong AS w JOIN benefit_pay AS p ON p.citizen_id_person = w.person AND p.programme = w.programme AND p.month = w.month
                WHERE p.citizen_id_tier <= 2)
            SELECT person, tier, site, rid, rate_rid, programme, month, amount, CASE WHEN place = 1 THEN more ELSE 0 END, CASE WHEN place = 1 THEN less ELSE 0 END
            FROM row_of
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.more > 0 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.programme, g.first_month, g.last_month, g.months_paid, g.paid, g.more, g.less
FROM (SELECT hit.subject AS subject, "q.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("q.more" + "q.less") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.programme") FILTER (WHERE clause IS NULL) AS programme, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid, sum("q.amount") FILTER (WHERE clause IS NULL) AS paid, sum("q.more") FILTER (WHERE clause IS NULL) AS more, sum("q.less") FILTER (WHERE clause IS NULL) AS less
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.pay_rid AS "q.pay_rid", q.rate_rid AS "q.rate_rid", q.programme AS "q.programme", q.month AS "q.month", q.amount AS "q.amount", q.more AS "q.more", q.less AS "q.less", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, tier, site, pay_rid, rate_rid, programme, month, amount, more, less) AS (
WITH got AS (
                SELECT citizen_id_person AS person, programme, month, CAST(sum(amount) AS BIGINT) AS amount,
                    CASE WHEN count(area) = count(*) THEN CAST(sum(area) AS BIGINT) END AS area
                FROM benefit_pay WHERE citizen_id_person IN (SELECT subject FROM dirty_subject) AND citizen_id_tier <= 2
                GROUP BY citizen_id_person, programme, month),
            due AS (
                SELECT g.person, g.programme, g.month, g.amount, r.rid,
                    CASE WHEN r.unit LIKE '%亩%' THEN r.amount * g.area / 10000 ELSE r.amount END AS one,
                    CASE WHEN r.unit LIKE '%亩%' THEN r.amount * g.area / 10000
                        WHEN r.unit LIKE '%人%' AND e.insured > 1 THEN r.amount * e.insured ELSE r.amount END AS many
                FROM got AS g JOIN rate AS r ON r.programme = g.programme
                        AND r.from_day <= g.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= g.month * 100 + 1)
                    LEFT JOIN benefit_enrol AS e ON e.member_id_person = g.person AND e.programme = g.programme AND e.member_id_tier <= 2
                WHERE r.grade = e.grade OR (g.programme <> 'dibao' AND (e.grade IS NULL OR r.grade = '统一'))),
            span AS (
                SELECT person, programme, month, amount, min(one) AS low, max(many) AS high, max(rid) AS rid
                FROM due WHERE one IS NOT NULL GROUP BY person, programme, month, amount),
            wrong AS (
                SELECT person, programme, month, rid, amount - high AS more, 0 AS less FROM span WHERE amount > high + 100
                UNION ALL
                SELECT person, programme, month, rid, 0, low - amount FROM span WHERE amount < low - 100),
            row_of AS (
                SELECT w.person, p.citizen_id_tier AS tier, p.site, p.rid, w.rid AS rate_rid, w.programme, w.month, p.amount, w.more, w.less,
                    row_number() OVER (PARTITION BY w.person, w.programme, w.month ORDER BY p.rid) AS place
                FROM wrong AS w JOIN benefit_pay AS p ON p.citizen_id_person = w.person AND p.programme = w.programme AND p.month = w.month
                WHERE p.citizen_id_tier <= 2)
            SELECT person, tier, site, rid, rate_rid, programme, month, amount, CASE WHEN place = 1 THEN more ELSE 0 END, CASE WHEN place = 1 THEN less ELSE 0 END
            FROM row_of
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.more > 0 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.programme, g.first_month, g.last_month, g.months_paid, g.paid, g.more, g.less
FROM (SELECT hit.subject AS subject, "q.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("q.more" + "q.less") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.programme") FILTER (WHERE clause IS NULL) AS programme, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid, sum("q.amount") FILTER (WHERE clause IS NULL) AS paid, sum("q.more") FILTER (WHERE clause IS NULL) AS more, sum("q.less") FILTER (WHERE clause IS NULL) AS less
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.pay_rid AS "q.pay_rid", q.rate_rid AS "q.rate_rid", q.programme AS "q.programme", q.month AS "q.month", q.amount AS "q.amount", q.more AS "q.more", q.less AS "q.less", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, tier, site, pay_rid, rate_rid, programme, month, amount, more, less) AS (
WITH got AS (
                SELECT citizen_id_person AS person, programme, month, CAST(sum(amount) AS BIGINT) AS amount,
                    CASE WHEN count(area) = count(*) THEN CAST(sum(area) AS BIGINT) END AS area
                FROM benefit_pay WHERE citizen_id_person IN (SELECT subject FROM hit_subject) AND citizen_id_tier <= 2
                GROUP BY citizen_id_person, programme, month),
            due AS (
                SELECT g.person, g.programme, g.month, g.amount, r.rid,
                    CASE WHEN r.unit LIKE '%亩%' THEN r.amount * g.area / 10000 ELSE r.amount END AS one,
                    CASE WHEN r.unit LIKE '%亩%' THEN r.amount * g.area / 10000
                        WHEN r.unit LIKE '%人%' AND e.insured > 1 THEN r.amount * e.insured ELSE r.amount END AS many
                FROM got AS g JOIN rate AS r ON r.programme = g.programme
                        AND r.from_day <= g.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= g.month * 100 + 1)
                    LEFT JOIN benefit_enrol AS e ON e.member_id_person = g.person AND e.programme = g.programme AND e.member_id_tier <= 2
                WHERE r.grade = e.grade OR (g.programme <> 'dibao' AND (e.grade IS NULL OR r.grade = '统一'))),
            span AS (
                SELECT person, programme, month, amount, min(one) AS low, max(many) AS high, max(rid) AS rid
                FROM due WHERE one IS NOT NULL GROUP BY person, programme, month, amount),
            wrong AS (
                SELECT person, programme, month, rid, amount - high AS more, 0 AS less FROM span WHERE amount > high + 100
                UNION ALL
                SELECT person, programme, month, rid, 0, low - amount FROM span WHERE amount < low - 100),
            row_of AS (
                SELECT w.person, p.citizen_id_tier AS tier, p.site, p.rid, w.rid AS rate_rid, w.programme, w.month, p.amount, w.more, w.less,
                    row_number() OVER (PARTITION BY w.person, w.programme, w.month ORDER BY p.rid) AS place
                FROM wrong AS w JOIN benefit_pay AS p ON p.citizen_id_person = w.person AND p.programme = w.programme AND p.month = w.month
                WHERE p.citizen_id_tier <= 2)
            SELECT person, tier, site, rid, rate_rid, programme, month, amount, CASE WHEN place = 1 THEN more ELSE 0 END, CASE WHEN place = 1 THEN less ELSE 0 END
            FROM row_of
)
SELECT DISTINCT s.subject AS subject, q.programme AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.programme AS episode, 2 AS source, due.rid AS rid, due.version AS version, due.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rate AS due
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND due.rid = q.rate_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rate LIMIT 1) AS found
