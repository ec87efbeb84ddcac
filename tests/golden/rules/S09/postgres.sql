-- findings
WITH said(subject, site, title, year, line_rid, day, paid, large, slip, bare, unbanked, excess, is_fee) AS (
WITH line AS (
                SELECT rid, site, org_no, voucher_no, booked_on, qq_days(booked_on) AS day, summary, subject, coalesce(debit, 0) AS debit,
                    coalesce(credit, 0) AS credit, voucher_kind, pay_way, balance
                FROM rural_ledger WHERE 1 = 1 AND (subject LIKE '101%' OR subject LIKE '102%')),
            move AS (
                SELECT org_no, voucher_no, min(day) AS day, CAST(sum(CASE WHEN subject LIKE '101%' THEN credit ELSE 0 END) AS BIGINT) AS banked
                FROM line GROUP BY org_no, voucher_no HAVING count(DISTINCT substr(subject, 1, 3)) > 1),
            last AS (SELECT org_no, max(day) AS day FROM line GROUP BY org_no),
            own AS (
                SELECT l.* FROM line AS l WHERE NOT EXISTS (SELECT 1 FROM move AS m WHERE m.org_no = l.org_no AND m.voucher_no = l.voucher_no)),
            told AS (
                SELECT o.*, CASE WHEN pay_way = 'cash' OR (pay_way IS NULL AND subject LIKE '101%') THEN 1 ELSE 0 END AS is_cash,
                    CASE WHEN credit > 0 AND voucher_kind IN ('white', 'none') THEN 1 ELSE 0 END AS slip,
                    CASE WHEN subject LIKE '101%' AND debit > 100000 AND o.day + 3 < (SELECT z.day FROM last AS z WHERE z.org_no = o.org_no)
                        AND coalesce((SELECT sum(m.banked) FROM move AS m
                            WHERE m.org_no = o.org_no AND m.day >= o.day AND m.day <= o.day + 3), 0) < debit THEN 1 ELSE 0 END AS unbanked
                FROM own AS o),
            fault AS (
                SELECT s.*, CASE WHEN is_cash = 1 AND credit > 100000 AND coalesce(voucher_kind, '') <> 'payroll' THEN 1 ELSE 0 END AS large, 0 AS excess
                FROM told AS s
                UNION ALL
                SELECT l.*, 0, 0, 0, 0, 1 FROM line AS l WHERE l.subject LIKE '101%' AND l.balance > 500000)
            SELECT f.org_no, f.site, coalesce(o.name, f.org_no), CAST(f.booked_on / 10000 AS TEXT), f.rid, f.booked_on, CASE WHEN excess = 1 THEN 0 ELSE debit + credit END,
                large, slip, slip * is_cash, unbanked, excess, CASE WHEN f.summary LIKE '%手续费%' THEN 1 ELSE 0 END
            FROM fault AS f LEFT JOIN rural_org AS o ON o.org_no = f.org_no
            WHERE large + slip + unbanked + excess > 0
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.bare > 0 THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.large, g.slips, g.bare, g.unbanked, g.excess
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, sum("q.large") FILTER (WHERE clause IS NULL) AS large, sum("q.slip") FILTER (WHERE clause IS NULL) AS slips, sum("q.bare") FILTER (WHERE clause IS NULL) AS bare, sum("q.unbanked") FILTER (WHERE clause IS NULL) AS unbanked, sum("q.excess") FILTER (WHERE clause IS NULL) AS excess
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.year AS "q.year", q.line_rid AS "q.line_rid", q.day AS "q.day", q.paid AS "q.paid", q.large AS "q.large", q.slip AS "q.slip", q.bare AS "q.bare", q.unbanked AS "q.unbanked", q.excess AS "q.excess", q.is_fee AS "q.is_fee", CASE WHEN q.is_fee = 1 AND q.slip = 1 AND q.large = 0 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, year, line_rid, day, paid, large, slip, bare, unbanked, excess, is_fee) AS (
WITH line AS (
                SELECT rid, site, org_no, voucher_no, booked_on, qq_days(booked_on) AS day, summary, subject, coalesce(debit, 0) AS debit,
                    coalesce(credit, 0) AS credit, voucher_kind, pay_way, balance
                FROM rural_ledger WHERE org_no IN (SELECT key FROM dirty_subject) AND (subject LIKE '101%' OR subject LIKE '102%')),
            move AS (
                SELECT org_no, voucher_no, min(day) AS day, CAST(sum(CASE WHEN subject LIKE '101%' THEN credit ELSE 0 END) AS BIGINT) AS banked
                FROM line GROUP BY org_no, voucher_no HAVING count(DISTINCT substr(subject, 1, 3)) > 1),
            last AS (SELECT org_no, max(day) AS day FROM line GROUP BY org_no),
            own AS (
                SELECT l.* FROM line AS l WHERE NOT EXISTS (SELECT 1 FROM move AS m WHERE m.org_no = l.org_no AND m.voucher_no = l.voucher_no)),
            told AS (
                SELECT o.*, CASE WHEN pay_way = 'cash' OR (pay_way IS NULL AND subject LIKE '101%') THEN 1 ELSE 0 END AS is_cash,
                    CASE WHEN credit > 0 AND voucher_kind IN ('white', 'none') THEN 1 ELSE 0 END AS slip,
                    CASE WHEN subject LIKE '101%' AND debit > 100000 AND o.day + 3 < (SELECT z.day FROM last AS z WHERE z.org_no = o.org_no)
                        AND coalesce((SELECT sum(m.banked) FROM move AS m
                            WHERE m.org_no = o.org_no AND m.day >= o.day AND m.day <= o.day + 3), 0) < debit THEN 1 ELSE 0 END AS unbanked
                FROM own AS o),
            fault AS (
                SELECT s.*, CASE WHEN is_cash = 1 AND credit > 100000 AND coalesce(voucher_kind, '') <> 'payroll' THEN 1 ELSE 0 END AS large, 0 AS excess
                FROM told AS s
                UNION ALL
                SELECT l.*, 0, 0, 0, 0, 1 FROM line AS l WHERE l.subject LIKE '101%' AND l.balance > 500000)
            SELECT f.org_no, f.site, coalesce(o.name, f.org_no), CAST(f.booked_on / 10000 AS TEXT), f.rid, f.booked_on, CASE WHEN excess = 1 THEN 0 ELSE debit + credit END,
                large, slip, slip * is_cash, unbanked, excess, CASE WHEN f.summary LIKE '%手续费%' THEN 1 ELSE 0 END
            FROM fault AS f LEFT JOIN rural_org AS o ON o.org_no = f.org_no
            WHERE large + slip + unbanked + excess > 0
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.bare > 0 THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.large, g.slips, g.bare, g.unbanked, g.excess
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, sum("q.large") FILTER (WHERE clause IS NULL) AS large, sum("q.slip") FILTER (WHERE clause IS NULL) AS slips, sum("q.bare") FILTER (WHERE clause IS NULL) AS bare, sum("q.unbanked") FILTER (WHERE clause IS NULL) AS unbanked, sum("q.excess") FILTER (WHERE clause IS NULL) AS excess
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.year AS "q.year", q.line_rid AS "q.line_rid", q.day AS "q.day", q.paid AS "q.paid", q.large AS "q.large", q.slip AS "q.slip", q.bare AS "q.bare", q.unbanked AS "q.unbanked", q.excess AS "q.excess", q.is_fee AS "q.is_fee", CASE WHEN q.is_fee = 1 AND q.slip = 1 AND q.large = 0 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, year, line_rid, day, paid, large, slip, bare, unbanked, excess, is_fee) AS (
WITH line AS (
                SELECT rid, site, org_no, voucher_no, booked_on, qq_days(booked_on) AS day, summary, subject, coalesce(debit, 0) AS debit,
                    coalesce(credit, 0) AS credit, voucher_kind, pay_way, balance
                FROM rural_ledger WHERE org_no IN (SELECT key FROM hit_subject) AND (subject LIKE '101%' OR subject LIKE '102%')),
            move AS (
                SELECT org_no, voucher_no, min(day) AS day, CAST(sum(CASE WHEN subject LIKE '101%' THEN credit ELSE 0 END) AS BIGINT) AS banked
                FROM line GROUP BY org_no, voucher_no HAVING count(DISTINCT substr(subject, 1, 3)) > 1),
            last AS (SELECT org_no, max(day) AS day FROM line GROUP BY org_no),
            own AS (
                SELECT l.* FROM line AS l WHERE NOT EXISTS (SELECT 1 FROM move AS m WHERE m.org_no = l.org_no AND m.voucher_no = l.voucher_no)),
            told AS (
                SELECT o.*, CASE WHEN pay_way = 'cash' OR (pay_way IS NULL AND subject LIKE '101%') THEN 1 ELSE 0 END AS is_cash,
                    CASE WHEN credit > 0 AND voucher_kind IN ('white', 'none') THEN 1 ELSE 0 END AS slip,
                    CASE WHEN subject LIKE '101%' AND debit > 100000 AND o.day + 3 < (SELECT z.day FROM last AS z WHERE z.org_no = o.org_no)
                        AND coalesce((SELECT sum(m.banked) FROM move AS m
                            WHERE m.org_no = o.org_no AND m.day >= o.day AND m.day <= o.day + 3), 0) < debit THEN 1 ELSE 0 END AS unbanked
                FROM own AS o),
            fault AS (
                SELECT s.*, CASE WHEN is_cash = 1 AND credit > 100000 AND coalesce(voucher_kind, '') <> 'payroll' THEN 1 ELSE 0 END AS large, 0 AS excess
                FROM told AS s
                UNION ALL
                SELECT l.*, 0, 0, 0, 0, 1 FROM line AS l WHERE l.subject LIKE '101%' AND l.balance > 500000)
            SELECT f.org_no, f.site, coalesce(o.name, f.org_no), CAST(f.booked_on / 10000 AS TEXT), f.rid, f.booked_on, CASE WHEN excess = 1 THEN 0 ELSE debit + credit END,
                large, slip, slip * is_cash, unbanked, excess, CASE WHEN f.summary LIKE '%手续费%' THEN 1 ELSE 0 END
            FROM fault AS f LEFT JOIN rural_org AS o ON o.org_no = f.org_no
            WHERE large + slip + unbanked + excess > 0
)
SELECT DISTINCT s.subject AS subject, q.year AS episode, 1 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS l
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND l.rid = q.line_rid
  AND $1 > 0
  AND NOT coalesce((q.is_fee = 1 AND q.slip = 1 AND q.large = 0), FALSE)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_ledger LIMIT 1) AS found
