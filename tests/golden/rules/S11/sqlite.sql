-- findings
WITH said(subject, site, title, year, line_rid, voucher, day, paid, is_name, is_back) AS (
SELECT l.org_no, l.site, coalesce(o.name, l.org_no), CAST(l.booked_on / 10000 AS TEXT), l.rid, l.voucher_no, l.booked_on, l.credit,
                CASE WHEN replace(replace(replace(replace(l.summary, '招待所', ''), '烟酒店', ''), '礼品店', ''), '烟酒商店', '') LIKE '%招待%'
                    OR replace(replace(l.summary, '烟酒店', ''), '烟酒商店', '') LIKE '%烟酒%' OR replace(l.summary, '礼品店', '') LIKE '%礼品%'
                    THEN 0 ELSE 1 END,
                CASE WHEN l.summary LIKE '%退还%' OR l.summary LIKE '%退回%' OR l.summary LIKE '%退款%' THEN 1 ELSE 0 END
            FROM rural_ledger AS l LEFT JOIN rural_org AS o ON o.org_no = l.org_no
            WHERE 1 = 1 AND l.subject LIKE '10%' AND l.credit > 0
                AND (l.summary LIKE '%招待%' OR l.summary LIKE '%烟酒%' OR l.summary LIKE '%礼品%')
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.payments, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, count(DISTINCT "q.voucher") FILTER (WHERE clause IS NULL) AS payments, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.year AS "q.year", q.line_rid AS "q.line_rid", q.voucher AS "q.voucher", q.day AS "q.day", q.paid AS "q.paid", q.is_name AS "q.is_name", q.is_back AS "q.is_back", CASE WHEN q.is_name = 1 THEN 1 WHEN q.is_back = 1 THEN 2 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, title, year, line_rid, voucher, day, paid, is_name, is_back) AS (
SELECT l.org_no, l.site, coalesce(o.name, l.org_no), CAST(l.booked_on / 10000 AS TEXT), l.rid, l.voucher_no, l.booked_on, l.credit,
                CASE WHEN replace(replace(replace(replace(l.summary, '招待所', ''), '烟酒店', ''), '礼品店', ''), '烟酒商店', '') LIKE '%招待%'
                    OR replace(replace(l.summary, '烟酒店', ''), '烟酒商店', '') LIKE '%烟酒%' OR replace(l.summary, '礼品店', '') LIKE '%礼品%'
                    THEN 0 ELSE 1 END,
                CASE WHEN l.summary LIKE '%退还%' OR l.summary LIKE '%退回%' OR l.summary LIKE '%退款%' THEN 1 ELSE 0 END
            FROM rural_ledger AS l LEFT JOIN rural_org AS o ON o.org_no = l.org_no
            WHERE l.org_no IN (SELECT key FROM dirty_subject) AND l.subject LIKE '10%' AND l.credit > 0
                AND (l.summary LIKE '%招待%' OR l.summary LIKE '%烟酒%' OR l.summary LIKE '%礼品%')
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.payments, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, count(DISTINCT "q.voucher") FILTER (WHERE clause IS NULL) AS payments, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.year AS "q.year", q.line_rid AS "q.line_rid", q.voucher AS "q.voucher", q.day AS "q.day", q.paid AS "q.paid", q.is_name AS "q.is_name", q.is_back AS "q.is_back", CASE WHEN q.is_name = 1 THEN 1 WHEN q.is_back = 1 THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, title, year, line_rid, voucher, day, paid, is_name, is_back) AS (
SELECT l.org_no, l.site, coalesce(o.name, l.org_no), CAST(l.booked_on / 10000 AS TEXT), l.rid, l.voucher_no, l.booked_on, l.credit,
                CASE WHEN replace(replace(replace(replace(l.summary, '招待所', ''), '烟酒店', ''), '礼品店', ''), '烟酒商店', '') LIKE '%招待%'
                    OR replace(replace(l.summary, '烟酒店', ''), '烟酒商店', '') LIKE '%烟酒%' OR replace(l.summary, '礼品店', '') LIKE '%礼品%'
                    THEN 0 ELSE 1 END,
                CASE WHEN l.summary LIKE '%退还%' OR l.summary LIKE '%退回%' OR l.summary LIKE '%退款%' THEN 1 ELSE 0 END
            FROM rural_ledger AS l LEFT JOIN rural_org AS o ON o.org_no = l.org_no
            WHERE l.org_no IN (SELECT key FROM hit_subject) AND l.subject LIKE '10%' AND l.credit > 0
                AND (l.summary LIKE '%招待%' OR l.summary LIKE '%烟酒%' OR l.summary LIKE '%礼品%')
)
SELECT DISTINCT s.subject AS subject, q.year AS episode, 1 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS l
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND l.rid = q.line_rid
  AND ?1 > 0
  AND NOT coalesce((q.is_name = 1), 0)
  AND NOT coalesce((q.is_back = 1), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_ledger LIMIT 1) AS found
