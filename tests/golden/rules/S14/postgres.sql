-- findings
WITH said(subject, site, title, tier, org, fault, arose_on, principal, rate, debt_rid, official_rid, kin_rid) AS (
WITH debt AS (
                SELECT rid, site, debt_no, org_no, party_id_person AS person, party_id_tier AS tier, principal, arose_on, rate, approval_no
                FROM rural_debt WHERE 1 = 1 AND kind = 'debt' AND coalesce(balance, principal) > 0),
            near AS (
                SELECT d.rid, d.person AS cadre, d.tier, CAST(NULL AS BIGINT) AS kin_rid FROM debt AS d WHERE d.tier <= 2
                UNION ALL
                SELECT d.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + d.tier > 3 THEN 2 ELSE 1 END, k.rid
                FROM debt AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE d.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= d.arose_on AND coalesce(k.to_day, 99991231) >= d.arose_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, f.rid AS official_rid, n.kin_rid
                FROM near AS n JOIN debt AS d ON d.rid = n.rid JOIN rural_org AS o ON o.org_no = d.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= d.arose_on AND coalesce(f.post_to, 99991231) >= d.arose_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, NULL, n.kin_rid
                FROM near AS n JOIN debt AS d ON d.rid = n.rid JOIN rural_org AS o ON o.org_no = d.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2),
            hit AS (
                SELECT d.rid, 'unapproved' AS fault, 1 AS tier, CAST(NULL AS BIGINT) AS official_rid, CAST(NULL AS BIGINT) AS kin_rid FROM debt AS d
                WHERE d.approval_no IS NULL AND EXISTS (SELECT 1 FROM rural_debt AS e
                    WHERE e.org_no = d.org_no AND e.kind = 'debt' AND e.approval_no IS NOT NULL AND e.arose_on <= d.arose_on)
                UNION ALL
                SELECT d.rid, 'interest', 1, NULL, NULL FROM debt AS d WHERE d.rate > 0 AND d.arose_on IS NOT NULL
                UNION ALL
                SELECT t.rid, 'lender', t.tier, t.official_rid, t.kin_rid FROM tied AS t)
            SELECT d.debt_no, d.site, coalesce(o.name, d.org_no), h.tier, d.org_no, h.fault, d.arose_on, d.principal, d.rate, d.rid, h.official_rid, h.kin_rid
            FROM hit AS h JOIN debt AS d ON d.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = d.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.org, g.fault, g.faults, g.arose_on
FROM (SELECT hit.subject AS subject, "q.org" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.principal") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.title") FILTER (WHERE clause IS NULL) AS org, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, count(DISTINCT "q.fault") FILTER (WHERE clause IS NULL) AS faults, min("q.arose_on") FILTER (WHERE clause IS NULL) AS arose_on
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.tier AS "q.tier", q.org AS "q.org", q.fault AS "q.fault", q.arose_on AS "q.arose_on", q.principal AS "q.principal", q.rate AS "q.rate", q.debt_rid AS "q.debt_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0
  AND ((q.fault <> 'interest' OR q.rate > (CASE WHEN q.arose_on >= 20250520 THEN 1200 WHEN q.arose_on >= 20241021 THEN 1240 WHEN q.arose_on >= 20240722 THEN 1340 WHEN q.arose_on >= 20230821 THEN 1380 WHEN q.arose_on >= 20230620 THEN 1420 WHEN q.arose_on >= 20220822 THEN 1460 WHEN q.arose_on >= 20220120 THEN 1480 WHEN q.arose_on >= 20211220 THEN 1520 WHEN q.arose_on >= 20200820 THEN 1540 ELSE 2400 END)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, tier, org, fault, arose_on, principal, rate, debt_rid, official_rid, kin_rid) AS (
WITH debt AS (
                SELECT rid, site, debt_no, org_no, party_id_person AS person, party_id_tier AS tier, principal, arose_on, rate, approval_no
                FROM rural_debt WHERE debt_no IN (SELECT key FROM dirty_subject) AND kind = 'debt' AND coalesce(balance, principal) > 0),
            near AS (
                SELECT d.rid, d.person AS cadre, d.tier, CAST(NULL AS BIGINT) AS kin_rid FROM debt AS d WHERE d.tier <= 2
                UNION ALL
                SELECT d.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + d.tier > 3 THEN 2 ELSE 1 END, k.rid
                FROM debt AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE d.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= d.arose_on AND coalesce(k.to_day, 99991231) >= d.arose_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, f.rid AS official_rid, n.kin_rid
                FROM near AS n JOIN debt AS d ON d.rid = n.rid JOIN rural_org AS o ON o.org_no = d.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= d.arose_on AND coalesce(f.post_to, 99991231) >= d.arose_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, NULL, n.kin_rid
                FROM near AS n JOIN debt AS d ON d.rid = n.rid JOIN rural_org AS o ON o.org_no = d.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2),
            hit AS (
                SELECT d.rid, 'unapproved' AS fault, 1 AS tier, CAST(NULL AS BIGINT) AS official_rid, CAST(NULL AS BIGINT) AS kin_rid FROM debt AS d
                WHERE d.approval_no IS NULL AND EXISTS (SELECT 1 FROM rural_debt AS e
                    WHERE e.org_no = d.org_no AND e.kind = 'debt' AND e.approval_no IS NOT NULL AND e.arose_on <= d.arose_on)
                UNION ALL
                SELECT d.rid, 'interest', 1, NULL, NULL FROM debt AS d WHERE d.rate > 0 AND d.arose_on IS NOT NULL
                UNION ALL
                SELECT t.rid, 'lender', t.tier, t.official_rid, t.kin_rid FROM tied AS t)
            SELECT d.debt_no, d.site, coalesce(o.name, d.org_no), h.tier, d.org_no, h.fault, d.arose_on, d.principal, d.rate, d.rid, h.official_rid, h.kin_rid
            FROM hit AS h JOIN debt AS d ON d.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = d.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.org, g.fault, g.faults, g.arose_on
FROM (SELECT hit.subject AS subject, "q.org" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.principal") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.title") FILTER (WHERE clause IS NULL) AS org, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, count(DISTINCT "q.fault") FILTER (WHERE clause IS NULL) AS faults, min("q.arose_on") FILTER (WHERE clause IS NULL) AS arose_on
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.tier AS "q.tier", q.org AS "q.org", q.fault AS "q.fault", q.arose_on AS "q.arose_on", q.principal AS "q.principal", q.rate AS "q.rate", q.debt_rid AS "q.debt_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0
  AND ((q.fault <> 'interest' OR q.rate > (CASE WHEN q.arose_on >= 20250520 THEN 1200 WHEN q.arose_on >= 20241021 THEN 1240 WHEN q.arose_on >= 20240722 THEN 1340 WHEN q.arose_on >= 20230821 THEN 1380 WHEN q.arose_on >= 20230620 THEN 1420 WHEN q.arose_on >= 20220822 THEN 1460 WHEN q.arose_on >= 20220120 THEN 1480 WHEN q.arose_on >= 20211220 THEN 1520 WHEN q.arose_on >= 20200820 THEN 1540 ELSE 2400 END)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, tier, org, fault, arose_on, principal, rate, debt_rid, official_rid, kin_rid) AS (
WITH debt AS (
                SELECT rid, site, debt_no, org_no, party_id_person AS person, party_id_tier AS tier, principal, arose_on, rate, approval_no
                FROM rural_debt WHERE debt_no IN (SELECT key FROM hit_subject) AND kind = 'debt' AND coalesce(balance, principal) > 0),
            near AS (
                SELECT d.rid, d.person AS cadre, d.tier, CAST(NULL AS BIGINT) AS kin_rid FROM debt AS d WHERE d.tier <= 2
                UNION ALL
                SELECT d.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + d.tier > 3 THEN 2 ELSE 1 END, k.rid
                FROM debt AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE d.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= d.arose_on AND coalesce(k.to_day, 99991231) >= d.arose_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, f.rid AS official_rid, n.kin_rid
                FROM near AS n JOIN debt AS d ON d.rid = n.rid JOIN rural_org AS o ON o.org_no = d.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= d.arose_on AND coalesce(f.post_to, 99991231) >= d.arose_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, NULL, n.kin_rid
                FROM near AS n JOIN debt AS d ON d.rid = n.rid JOIN rural_org AS o ON o.org_no = d.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2),
            hit AS (
                SELECT d.rid, 'unapproved' AS fault, 1 AS tier, CAST(NULL AS BIGINT) AS official_rid, CAST(NULL AS BIGINT) AS kin_rid FROM debt AS d
                WHERE d.approval_no IS NULL AND EXISTS (SELECT 1 FROM rural_debt AS e
                    WHERE e.org_no = d.org_no AND e.kind = 'debt' AND e.approval_no IS NOT NULL AND e.arose_on <= d.arose_on)
                UNION ALL
                SELECT d.rid, 'interest', 1, NULL, NULL FROM debt AS d WHERE d.rate > 0 AND d.arose_on IS NOT NULL
                UNION ALL
                SELECT t.rid, 'lender', t.tier, t.official_rid, t.kin_rid FROM tied AS t)
            SELECT d.debt_no, d.site, coalesce(o.name, d.org_no), h.tier, d.org_no, h.fault, d.arose_on, d.principal, d.rate, d.rid, h.official_rid, h.kin_rid
            FROM hit AS h JOIN debt AS d ON d.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = d.org_no
)
SELECT DISTINCT s.subject AS subject, q.org AS episode, 1 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_debt AS d
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND d.rid = q.debt_rid
  AND $1 > 0
  AND ((q.fault <> 'interest' OR q.rate > (CASE WHEN q.arose_on >= 20250520 THEN 1200 WHEN q.arose_on >= 20241021 THEN 1240 WHEN q.arose_on >= 20240722 THEN 1340 WHEN q.arose_on >= 20230821 THEN 1380 WHEN q.arose_on >= 20230620 THEN 1420 WHEN q.arose_on >= 20220822 THEN 1460 WHEN q.arose_on >= 20220120 THEN 1480 WHEN q.arose_on >= 20211220 THEN 1520 WHEN q.arose_on >= 20200820 THEN 1540 ELSE 2400 END)))
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 2 AS source, o.rid AS rid, o.version AS version, o.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS o
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND o.rid = q.official_rid
  AND $1 > 0
  AND ((q.fault <> 'interest' OR q.rate > (CASE WHEN q.arose_on >= 20250520 THEN 1200 WHEN q.arose_on >= 20241021 THEN 1240 WHEN q.arose_on >= 20240722 THEN 1340 WHEN q.arose_on >= 20230821 THEN 1380 WHEN q.arose_on >= 20230620 THEN 1420 WHEN q.arose_on >= 20220822 THEN 1460 WHEN q.arose_on >= 20220120 THEN 1480 WHEN q.arose_on >= 20211220 THEN 1520 WHEN q.arose_on >= 20200820 THEN 1540 ELSE 2400 END)))
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 3 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND $1 > 0
  AND ((q.fault <> 'interest' OR q.rate > (CASE WHEN q.arose_on >= 20250520 THEN 1200 WHEN q.arose_on >= 20241021 THEN 1240 WHEN q.arose_on >= 20240722 THEN 1340 WHEN q.arose_on >= 20230821 THEN 1380 WHEN q.arose_on >= 20230620 THEN 1420 WHEN q.arose_on >= 20220822 THEN 1460 WHEN q.arose_on >= 20220120 THEN 1480 WHEN q.arose_on >= 20211220 THEN 1520 WHEN q.arose_on >= 20200820 THEN 1540 ELSE 2400 END)))
ORDER BY 1, 2, 3, 4

-- touches
SELECT debt_no FROM rural_debt WHERE org_no IN (SELECT key FROM dirty_key) OR party_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT d.debt_no FROM kin AS k JOIN rural_debt AS d ON d.party_id_person = k.kin_id_person WHERE k.official_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT d.debt_no FROM official AS o JOIN rural_debt AS d ON d.party_id_person = o.citizen_id_person WHERE o.unit_code IN (SELECT key FROM dirty_key)
            UNION
            SELECT d.debt_no FROM official AS o JOIN kin AS k ON k.official_id_person = o.citizen_id_person
                JOIN rural_debt AS d ON d.party_id_person = k.kin_id_person WHERE o.unit_code IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_debt LIMIT 1) AS found
