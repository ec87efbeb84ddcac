-- findings
WITH said(subject, site, period, programme, month, fund_rid, pay_rid, arrived_on, late_amount, kept) AS (
WITH came AS (
                SELECT township, programme, month, CAST(sum(amount) AS BIGINT) AS amount, max(arrived_on) AS arrived_on, min(rid) AS rid, min(site) AS site
                FROM benefit_fund WHERE 1 = 1 GROUP BY township, programme, month),
            went AS (
                SELECT c.township, c.programme, c.month, CAST(sum(p.amount) AS BIGINT) AS amount, min(p.site) AS site
                FROM came AS c JOIN benefit_pay AS p ON p.township = c.township AND p.programme = c.programme AND p.month = c.month
                GROUP BY c.township, c.programme, c.month)
            SELECT c.township, p.site, c.month, c.programme, c.month, c.rid, p.rid, c.arrived_on, p.amount, 0
            FROM came AS c JOIN went AS w ON w.township = c.township AND w.programme = c.programme AND w.month = c.month
                JOIN benefit_pay AS p ON p.township = c.township AND p.programme = c.programme AND p.month = c.month
            WHERE p.paid_on > qq_ymd(qq_days(c.arrived_on) + 30)
            UNION ALL
            SELECT c.township, coalesce(w.site, c.site), c.month, c.programme, c.month, c.rid, NULL, c.arrived_on, 0, c.amount - coalesce(w.amount, 0)
            FROM came AS c LEFT JOIN went AS w ON w.township = c.township AND w.programme = c.programme AND w.month = c.month
            WHERE coalesce(w.amount, 0) < c.amount AND $1 > qq_ymd(qq_days(c.arrived_on) + 60)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.programme, g.first_month, g.last_month, g.receipts, g.late_payments, g.late_amount
FROM (SELECT hit.subject AS subject, "q.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.kept") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.programme") FILTER (WHERE clause IS NULL) AS programme, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.period") FILTER (WHERE clause IS NULL) AS receipts, count(DISTINCT "q.pay_rid") FILTER (WHERE clause IS NULL) AS late_payments, sum("q.late_amount") FILTER (WHERE clause IS NULL) AS late_amount
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.period AS "q.period", q.programme AS "q.programme", q.month AS "q.month", q.fund_rid AS "q.fund_rid", q.pay_rid AS "q.pay_rid", q.arrived_on AS "q.arrived_on", q.late_amount AS "q.late_amount", q.kept AS "q.kept", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, period, programme, month, fund_rid, pay_rid, arrived_on, late_amount, kept) AS (
WITH came AS (
                SELECT township, programme, month, CAST(sum(amount) AS BIGINT) AS amount, max(arrived_on) AS arrived_on, min(rid) AS rid, min(site) AS site
                FROM benefit_fund WHERE township IN (SELECT key FROM dirty_subject) GROUP BY township, programme, month),
            went AS (
                SELECT c.township, c.programme, c.month, CAST(sum(p.amount) AS BIGINT) AS amount, min(p.site) AS site
                FROM came AS c JOIN benefit_pay AS p ON p.township = c.township AND p.programme = c.programme AND p.month = c.month
                GROUP BY c.township, c.programme, c.month)
            SELECT c.township, p.site, c.month, c.programme, c.month, c.rid, p.rid, c.arrived_on, p.amount, 0
            FROM came AS c JOIN went AS w ON w.township = c.township AND w.programme = c.programme AND w.month = c.month
                JOIN benefit_pay AS p ON p.township = c.township AND p.programme = c.programme AND p.month = c.month
            WHERE p.paid_on > qq_ymd(qq_days(c.arrived_on) + 30)
            UNION ALL
            SELECT c.township, coalesce(w.site, c.site), c.month, c.programme, c.month, c.rid, NULL, c.arrived_on, 0, c.amount - coalesce(w.amount, 0)
            FROM came AS c LEFT JOIN went AS w ON w.township = c.township AND w.programme = c.programme AND w.month = c.month
            WHERE coalesce(w.amount, 0) < c.amount AND $1 > qq_ymd(qq_days(c.arrived_on) + 60)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.programme, g.first_month, g.last_month, g.receipts, g.late_payments, g.late_amount
FROM (SELECT hit.subject AS subject, "q.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.kept") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.programme") FILTER (WHERE clause IS NULL) AS programme, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.period") FILTER (WHERE clause IS NULL) AS receipts, count(DISTINCT "q.pay_rid") FILTER (WHERE clause IS NULL) AS late_payments, sum("q.late_amount") FILTER (WHERE clause IS NULL) AS late_amount
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.period AS "q.period", q.programme AS "q.programme", q.month AS "q.month", q.fund_rid AS "q.fund_rid", q.pay_rid AS "q.pay_rid", q.arrived_on AS "q.arrived_on", q.late_amount AS "q.late_amount", q.kept AS "q.kept", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, period, programme, month, fund_rid, pay_rid, arrived_on, late_amount, kept) AS (
WITH came AS (
                SELECT township, programme, month, CAST(sum(amount) AS BIGINT) AS amount, max(arrived_on) AS arrived_on, min(rid) AS rid, min(site) AS site
                FROM benefit_fund WHERE township IN (SELECT key FROM hit_subject) GROUP BY township, programme, month),
            went AS (
                SELECT c.township, c.programme, c.month, CAST(sum(p.amount) AS BIGINT) AS amount, min(p.site) AS site
                FROM came AS c JOIN benefit_pay AS p ON p.township = c.township AND p.programme = c.programme AND p.month = c.month
                GROUP BY c.township, c.programme, c.month)
            SELECT c.township, p.site, c.month, c.programme, c.month, c.rid, p.rid, c.arrived_on, p.amount, 0
            FROM came AS c JOIN went AS w ON w.township = c.township AND w.programme = c.programme AND w.month = c.month
                JOIN benefit_pay AS p ON p.township = c.township AND p.programme = c.programme AND p.month = c.month
            WHERE p.paid_on > qq_ymd(qq_days(c.arrived_on) + 30)
            UNION ALL
            SELECT c.township, coalesce(w.site, c.site), c.month, c.programme, c.month, c.rid, NULL, c.arrived_on, 0, c.amount - coalesce(w.amount, 0)
            FROM came AS c LEFT JOIN went AS w ON w.township = c.township AND w.programme = c.programme AND w.month = c.month
            WHERE coalesce(w.amount, 0) < c.amount AND $1 > qq_ymd(qq_days(c.arrived_on) + 60)
)
SELECT DISTINCT s.subject AS subject, q.programme AS episode, 1 AS source, fund.rid AS rid, fund.version AS version, fund.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_fund AS fund
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND fund.rid = q.fund_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.programme AS episode, 2 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT due.township FROM benefit_fund AS due WHERE due.township IS NOT NULL AND qq_ymd(qq_days(due.arrived_on) + 60 + 1) > $1 AND qq_ymd(qq_days(due.arrived_on) + 60 + 1) <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_fund LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
