-- findings
WITH said(subject, site, title, tier, fault, line_rid, day, paid, villages_n, account_rid, official_rid, kin_rid, is_refund) AS (
WITH line AS (
                SELECT l.rid, l.site, l.org_no, l.booked_on, l.credit, l.summary, l.counter_account, a.rid AS account_rid,
                    a.holder_id_person AS person, a.holder_id_tier AS tier
                FROM rural_ledger AS l JOIN account AS a ON a.account_no = l.counter_account
                WHERE 1 = 1 AND l.subject LIKE '10%' AND l.credit > 0 AND coalesce(l.voucher_kind, 'none') <> 'payroll'
                    AND a.kind = 'person' AND coalesce(a.opened_on, 0) <= l.booked_on AND coalesce(a.closed_on, 99991231) >= l.booked_on),
            near AS (
                SELECT l.rid, l.person AS cadre, l.tier, CAST(NULL AS BIGINT) AS kin_rid FROM line AS l WHERE l.tier <= 2
                UNION ALL
                SELECT l.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + l.tier > 3 THEN 2 ELSE 1 END, k.rid
                FROM line AS l JOIN kin AS k ON k.kin_id_person = l.person
                WHERE l.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= l.booked_on AND coalesce(k.to_day, 99991231) >= l.booked_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, f.rid AS official_rid, n.kin_rid
                FROM near AS n JOIN line AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village' OR f.post LIKE '%报账员%')
                    AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= l.booked_on AND coalesce(f.post_to, 99991231) >= l.booked_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, NULL, n.kin_rid
                FROM near AS n JOIN line AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2),
            tie AS (SELECT rid, min(tier) AS tier, min(official_rid) AS official_rid, min(kin_rid) AS kin_rid FROM tied GROUP BY rid),
            payer AS (
                SELECT x.counter_account, count(DISTINCT x.org_no) AS n
                FROM rural_ledger AS x
                WHERE x.counter_account IN (SELECT counter_account FROM line) AND x.subject LIKE '10%' AND x.credit > 0
                    AND coalesce(x.voucher_kind, 'none') <> 'payroll'
                GROUP BY x.counter_account),
            hit AS (
                SELECT l.rid, 'cadre' AS fault, t.tier, CAST(NULL AS BIGINT) AS n, t.official_rid, t.kin_rid FROM line AS l JOIN tie AS t ON t.rid = l.rid
                UNION ALL
                SELECT l.rid, 'many', 1, p.n, NULL, NULL FROM line AS l JOIN payer AS p ON p.counter_account = l.counter_account WHERE p.n >= 3
                UNION ALL
                SELECT l.rid, 'works', 1, NULL, NULL, NULL FROM line AS l
                WHERE l.credit >= 1000000 AND (l.summary LIKE '%工程%' OR l.summary LIKE '%施工%'))
            SELECT l.org_no, l.site, coalesce(o.name, l.org_no), h.tier, h.fault, l.rid, l.booked_on, l.credit, h.n, l.account_rid, h.official_rid, h.kin_rid,
                CASE WHEN l.summary LIKE '%退还%' OR l.summary LIKE '%退回%' OR l.summary LIKE '%退款%' THEN 1 ELSE 0 END
            FROM hit AS h JOIN line AS l ON l.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = l.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.of_cadre = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.fault, g.payments, g.accounts, g.villages_seen, g.first_on, g.last_on, g.of_cadre
FROM (SELECT hit.subject AS subject, "q.fault" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, count(DISTINCT "q.line_rid") FILTER (WHERE clause IS NULL) AS payments, count(DISTINCT "q.account_rid") FILTER (WHERE clause IS NULL) AS accounts, max("q.villages_n") FILTER (WHERE clause IS NULL) AS villages_seen, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on, max(CASE WHEN "q.fault" = 'cadre' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS of_cadre
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.tier AS "q.tier", q.fault AS "q.fault", q.line_rid AS "q.line_rid", q.day AS "q.day", q.paid AS "q.paid", q.villages_n AS "q.villages_n", q.account_rid AS "q.account_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", q.is_refund AS "q.is_refund", CASE WHEN q.is_refund = 1 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, tier, fault, line_rid, day, paid, villages_n, account_rid, official_rid, kin_rid, is_refund) AS (
WITH line AS (
                SELECT l.rid, l.site, l.org_no, l.booked_on, l.credit, l.summary, l.counter_account, a.rid AS account_rid,
                    a.holder_id_person AS person, a.holder_id_tier AS tier
                FROM rural_ledger AS l JOIN account AS a ON a.account_no = l.counter_account
                WHERE l.org_no IN (SELECT key FROM dirty_subject) AND l.subject LIKE '10%' AND l.credit > 0 AND coalesce(l.voucher_kind, 'none') <> 'payroll'
                    AND a.kind = 'person' AND coalesce(a.opened_on, 0) <= l.booked_on AND coalesce(a.closed_on, 99991231) >= l.booked_on),
            near AS (
                SELECT l.rid, l.person AS cadre, l.tier, CAST(NULL AS BIGINT) AS kin_rid FROM line AS l WHERE l.tier <= 2
                UNION ALL
                SELECT l.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + l.tier > 3 THEN 2 ELSE 1 END, k.rid
                FROM line AS l JOIN kin AS k ON k.kin_id_person = l.person
                WHERE l.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= l.booked_on AND coalesce(k.to_day, 99991231) >= l.booked_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, f.rid AS official_rid, n.kin_rid
                FROM near AS n JOIN line AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village' OR f.post LIKE '%报账员%')
                    AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= l.booked_on AND coalesce(f.post_to, 99991231) >= l.booked_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, NULL, n.kin_rid
                FROM near AS n JOIN line AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2),
            tie AS (SELECT rid, min(tier) AS tier, min(official_rid) AS official_rid, min(kin_rid) AS kin_rid FROM tied GROUP BY rid),
            payer AS (
                SELECT x.counter_account, count(DISTINCT x.org_no) AS n
                FROM rural_ledger AS x
                WHERE x.counter_account IN (SELECT counter_account FROM line) AND x.subject LIKE '10%' AND x.credit > 0
                    AND coalesce(x.voucher_kind, 'none') <> 'payroll'
                GROUP BY x.counter_account),
            hit AS (
                SELECT l.rid, 'cadre' AS fault, t.tier, CAST(NULL AS BIGINT) AS n, t.official_rid, t.kin_rid FROM line AS l JOIN tie AS t ON t.rid = l.rid
                UNION ALL
                SELECT l.rid, 'many', 1, p.n, NULL, NULL FROM line AS l JOIN payer AS p ON p.counter_account = l.counter_account WHERE p.n >= 3
                UNION ALL
                SELECT l.rid, 'works', 1, NULL, NULL, NULL FROM line AS l
                WHERE l.credit >= 1000000 AND (l.summary LIKE '%工程%' OR l.summary LIKE '%施工%'))
            SELECT l.org_no, l.site, coalesce(o.name, l.org_no), h.tier, h.fault, l.rid, l.booked_on, l.credit, h.n, l.account_rid, h.official_rid, h.kin_rid,
                CASE WHEN l.summary LIKE '%退还%' OR l.summary LIKE '%退回%' OR l.summary LIKE '%退款%' THEN 1 ELSE 0 END
            FROM hit AS h JOIN line AS l ON l.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = l.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.of_cadre = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.fault, g.payments, g.accounts, g.villages_seen, g.first_on, g.last_on, g.of_cadre
FROM (SELECT hit.subject AS subject, "q.fault" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, count(DISTINCT "q.line_rid") FILTER (WHERE clause IS NULL) AS payments, count(DISTINCT "q.account_rid") FILTER (WHERE clause IS NULL) AS accounts, max("q.villages_n") FILTER (WHERE clause IS NULL) AS villages_seen, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on, max(CASE WHEN "q.fault" = 'cadre' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS of_cadre
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.tier AS "q.tier", q.fault AS "q.fault", q.line_rid AS "q.line_rid", q.day AS "q.day", q.paid AS "q.paid", q.villages_n AS "q.villages_n", q.account_rid AS "q.account_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", q.is_refund AS "q.is_refund", CASE WHEN q.is_refund = 1 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, tier, fault, line_rid, day, paid, villages_n, account_rid, official_rid, kin_rid, is_refund) AS (
WITH line AS (
                SELECT l.rid, l.site, l.org_no, l.booked_on, l.credit, l.summary, l.counter_account, a.rid AS account_rid,
                    a.holder_id_person AS person, a.holder_id_tier AS tier
                FROM rural_ledger AS l JOIN account AS a ON a.account_no = l.counter_account
                WHERE l.org_no IN (SELECT key FROM hit_subject) AND l.subject LIKE '10%' AND l.credit > 0 AND coalesce(l.voucher_kind, 'none') <> 'payroll'
                    AND a.kind = 'person' AND coalesce(a.opened_on, 0) <= l.booked_on AND coalesce(a.closed_on, 99991231) >= l.booked_on),
            near AS (
                SELECT l.rid, l.person AS cadre, l.tier, CAST(NULL AS BIGINT) AS kin_rid FROM line AS l WHERE l.tier <= 2
                UNION ALL
                SELECT l.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + l.tier > 3 THEN 2 ELSE 1 END, k.rid
                FROM line AS l JOIN kin AS k ON k.kin_id_person = l.person
                WHERE l.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= l.booked_on AND coalesce(k.to_day, 99991231) >= l.booked_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, f.rid AS official_rid, n.kin_rid
                FROM near AS n JOIN line AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village' OR f.post LIKE '%报账员%')
                    AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= l.booked_on AND coalesce(f.post_to, 99991231) >= l.booked_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, NULL, n.kin_rid
                FROM near AS n JOIN line AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2),
            tie AS (SELECT rid, min(tier) AS tier, min(official_rid) AS official_rid, min(kin_rid) AS kin_rid FROM tied GROUP BY rid),
            payer AS (
                SELECT x.counter_account, count(DISTINCT x.org_no) AS n
                FROM rural_ledger AS x
                WHERE x.counter_account IN (SELECT counter_account FROM line) AND x.subject LIKE '10%' AND x.credit > 0
                    AND coalesce(x.voucher_kind, 'none') <> 'payroll'
                GROUP BY x.counter_account),
            hit AS (
                SELECT l.rid, 'cadre' AS fault, t.tier, CAST(NULL AS BIGINT) AS n, t.official_rid, t.kin_rid FROM line AS l JOIN tie AS t ON t.rid = l.rid
                UNION ALL
                SELECT l.rid, 'many', 1, p.n, NULL, NULL FROM line AS l JOIN payer AS p ON p.counter_account = l.counter_account WHERE p.n >= 3
                UNION ALL
                SELECT l.rid, 'works', 1, NULL, NULL, NULL FROM line AS l
                WHERE l.credit >= 1000000 AND (l.summary LIKE '%工程%' OR l.summary LIKE '%施工%'))
            SELECT l.org_no, l.site, coalesce(o.name, l.org_no), h.tier, h.fault, l.rid, l.booked_on, l.credit, h.n, l.account_rid, h.official_rid, h.kin_rid,
                CASE WHEN l.summary LIKE '%退还%' OR l.summary LIKE '%退回%' OR l.summary LIKE '%退款%' THEN 1 ELSE 0 END
            FROM hit AS h JOIN line AS l ON l.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = l.org_no
)
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 1 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS l
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND l.rid = q.line_rid
  AND $1 > 0
  AND NOT coalesce((q.is_refund = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 2 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN account AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.account_rid
  AND $1 > 0
  AND NOT coalesce((q.is_refund = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 3 AS source, o.rid AS rid, o.version AS version, o.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS o
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND o.rid = q.official_rid
  AND $1 > 0
  AND NOT coalesce((q.is_refund = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 4 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND $1 > 0
  AND NOT coalesce((q.is_refund = 1), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT org_no FROM rural_ledger WHERE counter_account IN (SELECT key FROM dirty_key)
            UNION
            SELECT l.org_no FROM account AS a JOIN rural_ledger AS l ON l.counter_account = a.account_no
            WHERE a.holder_id_person IN (SELECT person FROM dirty_person) OR a.account_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT l.org_no FROM kin AS k JOIN account AS a ON a.holder_id_person = k.kin_id_person
                JOIN rural_ledger AS l ON l.counter_account = a.account_no
            WHERE k.official_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT l.org_no FROM official AS o JOIN account AS a ON a.holder_id_person = o.citizen_id_person
                JOIN rural_ledger AS l ON l.counter_account = a.account_no
            WHERE o.unit_code IN (SELECT key FROM dirty_key)
            UNION
            SELECT l.org_no FROM official AS o JOIN kin AS k ON k.official_id_person = o.citizen_id_person
                JOIN account AS a ON a.holder_id_person = k.kin_id_person JOIN rural_ledger AS l ON l.counter_account = a.account_no
            WHERE o.unit_code IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_ledger LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM account LIMIT 1) AS found
