-- findings
WITH said(subject, site, title, episode, line_rid, voucher, paid, day, limit_of) AS (
WITH line AS (
                SELECT org_no, site, rid, voucher_no, booked_on, qq_days(booked_on) AS day, coalesce(counter_account, counterparty) AS payee, credit
                FROM rural_ledger
                WHERE 1 = 1 AND subject LIKE '10%' AND credit > 0 AND coalesce(counter_account, counterparty) IS NOT NULL
                    AND coalesce(voucher_kind, 'none') <> 'payroll'),
            pay AS (
                SELECT org_no, payee, voucher_no, min(rid) AS first_rid, min(day) AS day, CAST(sum(credit) AS BIGINT) AS paid
                FROM line GROUP BY org_no, payee, voucher_no),
            tier AS (SELECT 500000 AS limit_of UNION ALL SELECT 1000000 UNION ALL SELECT 5000000),
            small AS (SELECT p.*, t.limit_of FROM pay AS p JOIN tier AS t ON p.paid < t.limit_of),
            start AS (
                SELECT a.org_no, a.payee, a.limit_of, a.voucher_no, a.day, a.first_rid
                FROM small AS a JOIN small AS b ON b.org_no = a.org_no AND b.payee = a.payee AND b.limit_of = a.limit_of
                    AND b.day >= a.day AND b.day <= a.day + 7
                GROUP BY a.org_no, a.payee, a.limit_of, a.voucher_no, a.day, a.first_rid HAVING count(*) >= 2 AND sum(b.paid) >= a.limit_of),
            turn AS (
                SELECT s.*, CASE WHEN day - lag(day) OVER (PARTITION BY org_no, payee, limit_of ORDER BY day, first_rid) <= 7 THEN 0 ELSE 1 END AS is_new
                FROM start AS s),
            island AS (
                SELECT t.*, sum(is_new) OVER (PARTITION BY org_no, payee, limit_of ORDER BY day, first_rid ROWS UNBOUNDED PRECEDING) AS n FROM turn AS t),
            head AS (
                SELECT i.*, first_value(voucher_no) OVER (PARTITION BY org_no, payee, limit_of, n ORDER BY day, first_rid) AS head FROM island AS i),
            member AS (
                SELECT h.org_no, h.payee, h.head, s.voucher_no, max(h.limit_of) AS limit_of
                FROM head AS h JOIN small AS s ON s.org_no = h.org_no AND s.payee = h.payee AND s.limit_of = h.limit_of
                    AND s.day >= h.day AND s.day <= h.day + 7
                GROUP BY h.org_no, h.payee, h.head, s.voucher_no)
            SELECT l.org_no, l.site, coalesce(o.name, l.org_no), m.head, l.rid, l.voucher_no, l.credit, l.booked_on, m.limit_of
            FROM member AS m JOIN line AS l ON l.org_no = m.org_no AND l.payee = m.payee AND l.voucher_no = m.voucher_no
                LEFT JOIN rural_org AS o ON o.org_no = l.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.first_on, g.last_on, g.limit_of
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.voucher") FILTER (WHERE clause IS NULL) AS payments, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on, max("q.limit_of") FILTER (WHERE clause IS NULL) AS limit_of
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.episode AS "q.episode", q.line_rid AS "q.line_rid", q.voucher AS "q.voucher", q.paid AS "q.paid", q.day AS "q.day", q.limit_of AS "q.limit_of", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, episode, line_rid, voucher, paid, day, limit_of) AS (
WITH line AS (
                SELECT org_no, site, rid, voucher_no, booked_on, qq_days(booked_on) AS day, coalesce(counter_account, counterparty) AS payee, credit
                FROM rural_ledger
                WHERE org_no IN (SELECT key FROM dirty_subject) AND subject LIKE '10%' AND credit > 0 AND coalesce(counter_account, counterparty) IS NOT NULL
                    AND coalesce(voucher_kind, 'none') <> 'payroll'),
            pay AS (
                SELECT org_no, payee, voucher_no, min(rid) AS first_rid, min(day) AS day, CAST(sum(credit) AS BIGINT) AS paid
                FROM line GROUP BY org_no, payee, voucher_no),
            tier AS (SELECT 500000 AS limit_of UNION ALL SELECT 1000000 UNION ALL SELECT 5000000),
            small AS (SELECT p.*, t.limit_of FROM pay AS p JOIN tier AS t ON p.paid < t.limit_of),
            start AS (
                SELECT a.org_no, a.payee, a.limit_of, a.voucher_no, a.day, a.first_rid
                FROM small AS a JOIN small AS b ON b.org_no = a.org_no AND b.payee = a.payee AND b.limit_of = a.limit_of
                    AND b.day >= a.day AND b.day <= a.day + 7
                GROUP BY a.org_no, a.payee, a.limit_of, a.voucher_no, a.day, a.first_rid HAVING count(*) >= 2 AND sum(b.paid) >= a.limit_of),
            turn AS (
                SELECT s.*, CASE WHEN day - lag(day) OVER (PARTITION BY org_no, payee, limit_of ORDER BY day, first_rid) <= 7 THEN 0 ELSE 1 END AS is_new
                FROM start AS s),
            island AS (
                SELECT t.*, sum(is_new) OVER (PARTITION BY org_no, payee, limit_of ORDER BY day, first_rid ROWS UNBOUNDED PRECEDING) AS n FROM turn AS t),
            head AS (
                SELECT i.*, first_value(voucher_no) OVER (PARTITION BY org_no, payee, limit_of, n ORDER BY day, first_rid) AS head FROM island AS i),
            member AS (
                SELECT h.org_no, h.payee, h.head, s.voucher_no, max(h.limit_of) AS limit_of
                FROM head AS h JOIN small AS s ON s.org_no = h.org_no AND s.payee = h.payee AND s.limit_of = h.limit_of
                    AND s.day >= h.day AND s.day <= h.day + 7
                GROUP BY h.org_no, h.payee, h.head, s.voucher_no)
            SELECT l.org_no, l.site, coalesce(o.name, l.org_no), m.head, l.rid, l.voucher_no, l.credit, l.booked_on, m.limit_of
            FROM member AS m JOIN line AS l ON l.org_no = m.org_no AND l.payee = m.payee AND l.voucher_no = m.voucher_no
                LEFT JOIN rural_org AS o ON o.org_no = l.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.first_on, g.last_on, g.limit_of
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.voucher") FILTER (WHERE clause IS NULL) AS payments, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on, max("q.limit_of") FILTER (WHERE clause IS NULL) AS limit_of
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.episode AS "q.episode", q.line_rid AS "q.line_rid", q.voucher AS "q.voucher", q.paid AS "q.paid", q.day AS "q.day", q.limit_of AS "q.limit_of", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, episode, line_rid, voucher, paid, day, limit_of) AS (
WITH line AS (
                SELECT org_no, site, rid, voucher_no, booked_on, qq_days(booked_on) AS day, coalesce(counter_account, counterparty) AS payee, credit
                FROM rural_ledger
                WHERE org_no IN (SELECT key FROM hit_subject) AND subject LIKE '10%' AND credit > 0 AND coalesce(counter_account, counterparty) IS NOT NULL
                    AND coalesce(voucher_kind, 'none') <> 'payroll'),
            pay AS (
                SELECT org_no, payee, voucher_no, min(rid) AS first_rid, min(day) AS day, CAST(sum(credit) AS BIGINT) AS paid
                FROM line GROUP BY org_no, payee, voucher_no),
            tier AS (SELECT 500000 AS limit_of UNION ALL SELECT 1000000 UNION ALL SELECT 5000000),
            small AS (SELECT p.*, t.limit_of FROM pay AS p JOIN tier AS t ON p.paid < t.limit_of),
            start AS (
                SELECT a.org_no, a.payee, a.limit_of, a.voucher_no, a.day, a.first_rid
                FROM small AS a JOIN small AS b ON b.org_no = a.org_no AND b.payee = a.payee AND b.limit_of = a.limit_of
                    AND b.day >= a.day AND b.day <= a.day + 7
                GROUP BY a.org_no, a.payee, a.limit_of, a.voucher_no, a.day, a.first_rid HAVING count(*) >= 2 AND sum(b.paid) >= a.limit_of),
            turn AS (
                SELECT s.*, CASE WHEN day - lag(day) OVER (PARTITION BY org_no, payee, limit_of ORDER BY day, first_rid) <= 7 THEN 0 ELSE 1 END AS is_new
                FROM start AS s),
            island AS (
                SELECT t.*, sum(is_new) OVER (PARTITION BY org_no, payee, limit_of ORDER BY day, first_rid ROWS UNBOUNDED PRECEDING) AS n FROM turn AS t),
            head AS (
                SELECT i.*, first_value(voucher_no) OVER (PARTITION BY org_no, payee, limit_of, n ORDER BY day, first_rid) AS head FROM island AS i),
            member AS (
                SELECT h.org_no, h.payee, h.head, s.voucher_no, max(h.limit_of) AS limit_of
                FROM head AS h JOIN small AS s ON s.org_no = h.org_no AND s.payee = h.payee AND s.limit_of = h.limit_of
                    AND s.day >= h.day AND s.day <= h.day + 7
                GROUP BY h.org_no, h.payee, h.head, s.voucher_no)
            SELECT l.org_no, l.site, coalesce(o.name, l.org_no), m.head, l.rid, l.voucher_no, l.credit, l.booked_on, m.limit_of
            FROM member AS m JOIN line AS l ON l.org_no = m.org_no AND l.payee = m.payee AND l.voucher_no = m.voucher_no
                LEFT JOIN rural_org AS o ON o.org_no = l.org_no
)
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 1 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS l
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND l.rid = q.line_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_ledger LIMIT 1) AS found
