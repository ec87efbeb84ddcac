-- findings
WITH said(subject, site, tier, org, kind, due, received, arrears, to_day, tie, at_end, contract_rid, official_rid, org_rid, kin_rid) AS (
WITH cut AS (SELECT qq_ymd(qq_days(?1) - 30 - 1) AS day),
            term AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.kind, c.party_id_person AS person, c.party_id_tier AS tier, c.total, c.received, c.signed_on,
                    c.to_day, CASE WHEN c.terms LIKE '%到期%' AND c.to_day > cut.day THEN 1 ELSE 0 END AS at_end, c.to_day <= cut.day AS is_over,
                    (qq_months(qq_month_of(cut.day)) - qq_months(qq_month_of(c.from_day)) - CASE WHEN cut.day % 100 < c.from_day % 100 THEN 1 ELSE 0 END) / 12
                        * 12 AS gone,
                    qq_months(qq_month_of(c.to_day)) - qq_months(qq_month_of(c.from_day)) + 1 AS months
                FROM rural_contract AS c CROSS JOIN cut
                WHERE 1 = 1 AND c.kind IN ('contract', 'lease') AND c.received IS NOT NULL AND c.from_day <= cut.day),
            owed AS (
                SELECT t.*, CASE WHEN is_over THEN total WHEN gone <= 0 THEN 0 ELSE total * gone / months END AS due FROM term AS t),
            late AS (SELECT * FROM owed WHERE due > received),
            near AS (
                SELECT l.rid, l.person AS cadre, l.tier, '10' AS tie, CAST(NULL AS BIGINT) AS kin_rid FROM late AS l WHERE l.tier <= 2
                UNION ALL
                SELECT l.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + l.tier > 3 THEN 2 ELSE 1 END, '20', k.rid
                FROM late AS l JOIN kin AS k ON k.kin_id_person = l.person
                WHERE l.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= l.signed_on AND coalesce(k.to_day, 99991231) >= l.signed_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, n.tie, f.rid AS official_rid,
                    CAST(NULL AS BIGINT) AS org_rid, n.kin_rid
                FROM near AS n JOIN late AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= l.signed_on AND coalesce(f.post_to, 99991231) >= l.signed_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, n.tie, NULL, o.rid, n.kin_rid
                FROM near AS n JOIN late AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2)
            SELECT l.contract_no, l.site, coalesce(t.tier, 1), l.org_no, l.kind, l.due, l.received, l.due - l.received, l.to_day, t.tie, l.at_end, l.rid,
                t.official_rid, t.org_rid, t.kin_rid
            FROM late AS l LEFT JOIN tied AS t ON t.rid = l.rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.tie IS NOT NULL THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.due, g.received, g.tie
FROM (SELECT hit.subject AS subject, "q.org" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.arrears") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.kind") FILTER (WHERE clause IS NULL) AS kind, max("q.due") FILTER (WHERE clause IS NULL) AS due, max("q.received") FILTER (WHERE clause IS NULL) AS received, min("q.tie") FILTER (WHERE clause IS NULL) AS tie
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.org AS "q.org", q.kind AS "q.kind", q.due AS "q.due", q.received AS "q.received", q.arrears AS "q.arrears", q.to_day AS "q.to_day", q.tie AS "q.tie", q.at_end AS "q.at_end", q.contract_rid AS "q.contract_rid", q.official_rid AS "q.official_rid", q.org_rid AS "q.org_rid", q.kin_rid AS "q.kin_rid", CASE WHEN q.at_end = 1 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, tier, org, kind, due, received, arrears, to_day, tie, at_end, contract_rid, official_rid, org_rid, kin_rid) AS (
WITH cut AS (SELECT qq_ymd(qq_days(?1) - 30 - 1) AS day),
            term AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.kind, c.party_id_person AS person, c.party_id_tier AS tier, c.total, c.received, c.signed_on,
                    c.to_day, CASE WHEN c.terms LIKE '%到期%' AND c.to_day > cut.day THEN 1 ELSE 0 END AS at_end, c.to_day <= cut.day AS is_over,
                    (qq_months(qq_month_of(cut.day)) - qq_months(qq_month_of(c.from_day)) - CASE WHEN cut.day % 100 < c.from_day % 100 THEN 1 ELSE 0 END) / 12
                        * 12 AS gone,
                    qq_months(qq_month_of(c.to_day)) - qq_months(qq_month_of(c.from_day)) + 1 AS months
                FROM rural_contract AS c CROSS JOIN cut
                WHERE c.contract_no IN (SELECT key FROM dirty_subject) AND c.kind IN ('contract', 'lease') AND c.received IS NOT NULL AND c.from_day <= cut.day),
            owed AS (
                SELECT t.*, CASE WHEN is_over THEN total WHEN gone <= 0 THEN 0 ELSE total * gone / months END AS due FROM term AS t),
            late AS (SELECT * FROM owed WHERE due > received),
            near AS (
                SELECT l.rid, l.person AS cadre, l.tier, '10' AS tie, CAST(NULL AS BIGINT) AS kin_rid FROM late AS l WHERE l.tier <= 2
                UNION ALL
                SELECT l.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + l.tier > 3 THEN 2 ELSE 1 END, '20', k.rid
                FROM late AS l JOIN kin AS k ON k.kin_id_person = l.person
                WHERE l.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= l.signed_on AND coalesce(k.to_day, 99991231) >= l.signed_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, n.tie, f.rid AS official_rid,
                    CAST(NULL AS BIGINT) AS org_rid, n.kin_rid
                FROM near AS n JOIN late AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= l.signed_on AND coalesce(f.post_to, 99991231) >= l.signed_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, n.tie, NULL, o.rid, n.kin_rid
                FROM near AS n JOIN late AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2)
            SELECT l.contract_no, l.site, coalesce(t.tier, 1), l.org_no, l.kind, l.due, l.received, l.due - l.received, l.to_day, t.tie, l.at_end, l.rid,
                t.official_rid, t.org_rid, t.kin_rid
            FROM late AS l LEFT JOIN tied AS t ON t.rid = l.rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.tie IS NOT NULL THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.due, g.received, g.tie
FROM (SELECT hit.subject AS subject, "q.org" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.arrears") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.kind") FILTER (WHERE clause IS NULL) AS kind, max("q.due") FILTER (WHERE clause IS NULL) AS due, max("q.received") FILTER (WHERE clause IS NULL) AS received, min("q.tie") FILTER (WHERE clause IS NULL) AS tie
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.org AS "q.org", q.kind AS "q.kind", q.due AS "q.due", q.received AS "q.received", q.arrears AS "q.arrears", q.to_day AS "q.to_day", q.tie AS "q.tie", q.at_end AS "q.at_end", q.contract_rid AS "q.contract_rid", q.official_rid AS "q.official_rid", q.org_rid AS "q.org_rid", q.kin_rid AS "q.kin_rid", CASE WHEN q.at_end = 1 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, tier, org, kind, due, received, arrears, to_day, tie, at_end, contract_rid, official_rid, org_rid, kin_rid) AS (
WITH cut AS (SELECT qq_ymd(qq_days(?1) - 30 - 1) AS day),
            term AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.kind, c.party_id_person AS person, c.party_id_tier AS tier, c.total, c.received, c.signed_on,
                    c.to_day, CASE WHEN c.terms LIKE '%到期%' AND c.to_day > cut.day THEN 1 ELSE 0 END AS at_end, c.to_day <= cut.day AS is_over,
                    (qq_months(qq_month_of(cut.day)) - qq_months(qq_month_of(c.from_day)) - CASE WHEN cut.day % 100 < c.from_day % 100 THEN 1 ELSE 0 END) / 12
                        * 12 AS gone,
                    qq_months(qq_month_of(c.to_day)) - qq_months(qq_month_of(c.from_day)) + 1 AS months
                FROM rural_contract AS c CROSS JOIN cut
                WHERE c.contract_no IN (SELECT key FROM hit_subject) AND c.kind IN ('contract', 'lease') AND c.received IS NOT NULL AND c.from_day <= cut.day),
            owed AS (
                SELECT t.*, CASE WHEN is_over THEN total WHEN gone <= 0 THEN 0 ELSE total * gone / months END AS due FROM term AS t),
            late AS (SELECT * FROM owed WHERE due > received),
            near AS (
                SELECT l.rid, l.person AS cadre, l.tier, '10' AS tie, CAST(NULL AS BIGINT) AS kin_rid FROM late AS l WHERE l.tier <= 2
                UNION ALL
                SELECT l.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + l.tier > 3 THEN 2 ELSE 1 END, '20', k.rid
                FROM late AS l JOIN kin AS k ON k.kin_id_person = l.person
                WHERE l.tier <= 2 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= l.signed_on AND coalesce(k.to_day, 99991231) >= l.signed_on),
            tied AS (
                SELECT n.rid, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END AS tier, n.tie, f.rid AS official_rid,
                    CAST(NULL AS BIGINT) AS org_rid, n.kin_rid
                FROM near AS n JOIN late AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no
                    JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
                WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = substr(o.division, 1, 9)
                    AND f.post_from <= l.signed_on AND coalesce(f.post_to, 99991231) >= l.signed_on
                UNION ALL
                SELECT n.rid, CASE WHEN n.tier > o.head_id_tier THEN n.tier ELSE o.head_id_tier END, n.tie, NULL, o.rid, n.kin_rid
                FROM near AS n JOIN late AS l ON l.rid = n.rid JOIN rural_org AS o ON o.org_no = l.org_no AND o.head_id_person = n.cadre
                WHERE o.head_id_tier <= 2)
            SELECT l.contract_no, l.site, coalesce(t.tier, 1), l.org_no, l.kind, l.due, l.received, l.due - l.received, l.to_day, t.tie, l.at_end, l.rid,
                t.official_rid, t.org_rid, t.kin_rid
            FROM late AS l LEFT JOIN tied AS t ON t.rid = l.rid
)
SELECT DISTINCT s.subject AS subject, q.org AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND ?1 > 0
  AND NOT coalesce((q.at_end = 1), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 2 AS source, o.rid AS rid, o.version AS version, o.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS o
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND o.rid = q.official_rid
  AND ?1 > 0
  AND NOT coalesce((q.at_end = 1), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 3 AS source, collective.rid AS rid, collective.version AS version, collective.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_org AS collective
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND collective.rid = q.org_rid
  AND ?1 > 0
  AND NOT coalesce((q.at_end = 1), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 4 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND ?1 > 0
  AND NOT coalesce((q.at_end = 1), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT contract_no FROM rural_contract WHERE org_no IN (SELECT key FROM dirty_key) OR party_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT c.contract_no FROM kin AS k JOIN rural_contract AS c ON c.party_id_person = k.kin_id_person WHERE k.official_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT c.contract_no FROM official AS o JOIN rural_contract AS c ON c.party_id_person = o.citizen_id_person WHERE o.unit_code IN (SELECT key FROM dirty_key)
            UNION
            SELECT c.contract_no FROM official AS o JOIN kin AS k ON k.official_id_person = o.citizen_id_person
                JOIN rural_contract AS c ON c.party_id_person = k.kin_id_person WHERE o.unit_code IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_contract LIMIT 1) AS found
