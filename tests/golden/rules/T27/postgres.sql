-- findings
WITH said(subject, site, name, contract_rid, acceptance_rid, milestone_rid, payment_rid, early, own, without, slow, amount) AS (
WITH c AS (
                SELECT c.contract_no, c.site, c.rid, c.name, c.amount,
                    (SELECT CAST(sum(p.amount) AS BIGINT) FROM tr_payment AS p WHERE p.contract_no = c.contract_no) AS paid,
                    (SELECT max(p.paid_on) FROM tr_payment AS p WHERE p.contract_no = c.contract_no) AS paid_on
                FROM contract AS c WHERE 1 = 1),
            finish AS (
                SELECT c.contract_no, m.rid, m.planned_on, m.reached_on FROM c JOIN milestone AS m ON m.contract_no = c.contract_no
                WHERE (m.name LIKE '%竣工%' OR m.name LIKE '%完工%' OR m.name LIKE '%交货%' OR m.name LIKE '%交付%')
                    AND m.name NOT LIKE '%验收%' AND m.name NOT LIKE '%结算%' AND m.name NOT LIKE '%备案%' AND m.name NOT LIKE '%资料%'),
            odd AS (
                SELECT c.contract_no, a.rid AS acceptance_rid, f.rid AS milestone_rid, CAST(NULL AS BIGINT) AS payment_rid, 1 AS early, 0 AS own, 0 AS without, 0 AS slow
                FROM c JOIN acceptance AS a ON a.contract_no = c.contract_no JOIN finish AS f ON f.contract_no = c.contract_no
                WHERE a.result <> 'fail' AND a.accepted_on < f.reached_on
                UNION ALL
                SELECT c.contract_no, a.rid, NULL, p.rid, 0, 1, 0, 0
                FROM c JOIN acceptance AS a ON a.contract_no = c.contract_no JOIN tr_payment AS p ON p.contract_no = c.contract_no
                WHERE a.inspector = p.applicant
                UNION ALL
                SELECT c.contract_no, NULL, NULL, p.rid, 0, 0, 1, 0
                FROM c JOIN tr_payment AS p ON p.contract_no = c.contract_no
                WHERE c.paid >= c.amount AND qq_days(c.paid_on) + 30 <= qq_days($1)
                    AND NOT EXISTS (SELECT 1 FROM acceptance AS a WHERE a.contract_no = c.contract_no)
                UNION ALL
                SELECT c.contract_no, NULL, f.rid, NULL, 0, 0, 0, 1
                FROM c JOIN finish AS f ON f.contract_no = c.contract_no
                WHERE c.paid >= c.amount AND qq_days(f.reached_on) - qq_days(f.planned_on) > 30
                    AND NOT EXISTS (SELECT 1 FROM contract_change AS x WHERE x.contract_no = c.contract_no))
            SELECT c.contract_no, c.site, c.name, c.rid, o.acceptance_rid, o.milestone_rid, o.payment_rid, o.early = 1, o.own = 1, o.without = 1, o.slow = 1, c.amount
            FROM odd AS o JOIN c ON c.contract_no = o.contract_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.early, g.own, g.without, g.slow
FROM (SELECT hit.subject AS subject, 'acceptance' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.name") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max(CASE WHEN "q.early" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS early, max(CASE WHEN "q.own" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS own, max(CASE WHEN "q.without" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS without, max(CASE WHEN "q.slow" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS slow
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.name AS "q.name", q.contract_rid AS "q.contract_rid", q.acceptance_rid AS "q.acceptance_rid", q.milestone_rid AS "q.milestone_rid", q.payment_rid AS "q.payment_rid", q.early AS "q.early", q.own AS "q.own", q.without AS "q.without", q.slow AS "q.slow", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, name, contract_rid, acceptance_rid, milestone_rid, payment_rid, early, own, without, slow, amount) AS (
WITH c AS (
                SELECT c.contract_no, c.site, c.rid, c.name, c.amount,
                    (SELECT CAST(sum(p.amount) AS BIGINT) FROM tr_payment AS p WHERE p.contract_no = c.contract_no) AS paid,
                    (SELECT max(p.paid_on) FROM tr_payment AS p WHERE p.contract_no = c.contract_no) AS paid_on
                FROM contract AS c WHERE c.contract_no IN (SELECT key FROM dirty_subject)),
            finish AS (
                SELECT c.contract_no, m.rid, m.planned_on, m.reached_on FROM c JOIN milestone AS m ON m.contract_no = c.contract_no
                WHERE (m.name LIKE '%竣工%' OR m.name LIKE '%完工%' OR m.name LIKE '%交货%' OR m.name LIKE '%交付%')
                    AND m.name NOT LIKE '%验收%' AND m.name NOT LIKE '%结算%' AND m.name NOT LIKE '%备案%' AND m.name NOT LIKE '%资料%'),
            odd AS (
                SELECT c.contract_no, a.rid AS acceptance_rid, f.rid AS milestone_rid, CAST(NULL AS BIGINT) AS payment_rid, 1 AS early, 0 AS own, 0 AS without, 0 AS slow
                FROM c JOIN acceptance AS a ON a.contract_no = c.contract_no JOIN finish AS f ON f.contract_no = c.contract_no
                WHERE a.result <> 'fail' AND a.accepted_on < f.reached_on
                UNION ALL
                SELECT c.contract_no, a.rid, NULL, p.rid, 0, 1, 0, 0
                FROM c JOIN acceptance AS a ON a.contract_no = c.contract_no JOIN tr_payment AS p ON p.contract_no = c.contract_no
                WHERE a.inspector = p.applicant
                UNION ALL
                SELECT c.contract_no, NULL, NULL, p.rid, 0, 0, 1, 0
                FROM c JOIN tr_payment AS p ON p.contract_no = c.contract_no
                WHERE c.paid >= c.amount AND qq_days(c.paid_on) + 30 <= qq_days($1)
                    AND NOT EXISTS (SELECT 1 FROM acceptance AS a WHERE a.contract_no = c.contract_no)
                UNION ALL
                SELECT c.contract_no, NULL, f.rid, NULL, 0, 0, 0, 1
                FROM c JOIN finish AS f ON f.contract_no = c.contract_no
                WHERE c.paid >= c.amount AND qq_days(f.reached_on) - qq_days(f.planned_on) > 30
                    AND NOT EXISTS (SELECT 1 FROM contract_change AS x WHERE x.contract_no = c.contract_no))
            SELECT c.contract_no, c.site, c.name, c.rid, o.acceptance_rid, o.milestone_rid, o.payment_rid, o.early = 1, o.own = 1, o.without = 1, o.slow = 1, c.amount
            FROM odd AS o JOIN c ON c.contract_no = o.contract_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.early, g.own, g.without, g.slow
FROM (SELECT hit.subject AS subject, 'acceptance' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.name") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max(CASE WHEN "q.early" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS early, max(CASE WHEN "q.own" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS own, max(CASE WHEN "q.without" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS without, max(CASE WHEN "q.slow" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS slow
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.name AS "q.name", q.contract_rid AS "q.contract_rid", q.acceptance_rid AS "q.acceptance_rid", q.milestone_rid AS "q.milestone_rid", q.payment_rid AS "q.payment_rid", q.early AS "q.early", q.own AS "q.own", q.without AS "q.without", q.slow AS "q.slow", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, name, contract_rid, acceptance_rid, milestone_rid, payment_rid, early, own, without, slow, amount) AS (
WITH c AS (
                SELECT c.contract_no, c.site, c.rid, c.name, c.amount,
                    (SELECT CAST(sum(p.amount) AS BIGINT) FROM tr_payment AS p WHERE p.contract_no = c.contract_no) AS paid,
                    (SELECT max(p.paid_on) FROM tr_payment AS p WHERE p.contract_no = c.contract_no) AS paid_on
                FROM contract AS c WHERE c.contract_no IN (SELECT key FROM hit_subject)),
            finish AS (
                SELECT c.contract_no, m.rid, m.planned_on, m.reached_on FROM c JOIN milestone AS m ON m.contract_no = c.contract_no
                WHERE (m.name LIKE '%竣工%' OR m.name LIKE '%完工%' OR m.name LIKE '%交货%' OR m.name LIKE '%交付%')
                    AND m.name NOT LIKE '%验收%' AND m.name NOT LIKE '%结算%' AND m.name NOT LIKE '%备案%' AND m.name NOT LIKE '%资料%'),
            odd AS (
                SELECT c.contract_no, a.rid AS acceptance_rid, f.rid AS milestone_rid, CAST(NULL AS BIGINT) AS payment_rid, 1 AS early, 0 AS own, 0 AS without, 0 AS slow
                FROM c JOIN acceptance AS a ON a.contract_no = c.contract_no JOIN finish AS f ON f.contract_no = c.contract_no
                WHERE a.result <> 'fail' AND a.accepted_on < f.reached_on
                UNION ALL
                SELECT c.contract_no, a.rid, NULL, p.rid, 0, 1, 0, 0
                FROM c JOIN acceptance AS a ON a.contract_no = c.contract_no JOIN tr_payment AS p ON p.contract_no = c.contract_no
                WHERE a.inspector = p.applicant
                UNION ALL
                SELECT c.contract_no, NULL, NULL, p.rid, 0, 0, 1, 0
                FROM c JOIN tr_payment AS p ON p.contract_no = c.contract_no
                WHERE c.paid >= c.amount AND qq_days(c.paid_on) + 30 <= qq_days($1)
                    AND NOT EXISTS (SELECT 1 FROM acceptance AS a WHERE a.contract_no = c.contract_no)
                UNION ALL
                SELECT c.contract_no, NULL, f.rid, NULL, 0, 0, 0, 1
                FROM c JOIN finish AS f ON f.contract_no = c.contract_no
                WHERE c.paid >= c.amount AND qq_days(f.reached_on) - qq_days(f.planned_on) > 30
                    AND NOT EXISTS (SELECT 1 FROM contract_change AS x WHERE x.contract_no = c.contract_no))
            SELECT c.contract_no, c.site, c.name, c.rid, o.acceptance_rid, o.milestone_rid, o.payment_rid, o.early = 1, o.own = 1, o.without = 1, o.slow = 1, c.amount
            FROM odd AS o JOIN c ON c.contract_no = o.contract_no
)
SELECT DISTINCT s.subject AS subject, 'acceptance' AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'acceptance' AS episode, 2 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN acceptance AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.acceptance_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'acceptance' AS episode, 3 AS source, m.rid AS rid, m.version AS version, m.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN milestone AS m
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND m.rid = q.milestone_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'acceptance' AS episode, 4 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN tr_payment AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.payment_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT later.contract_no FROM tr_payment AS later WHERE later.contract_no IS NOT NULL AND qq_ymd(qq_days(later.paid_on) + 30) > $1 AND qq_ymd(qq_days(later.paid_on) + 30) <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tr_payment LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM acceptance LIMIT 1) AS found
