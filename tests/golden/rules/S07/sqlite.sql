-- findings
WITH said(subject, site, tier, org, kind, sort, tie, signed_on, agreed_on, total, contract_rid, official_rid, org_rid, kin_rid) AS (
WITH deal AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.kind, c.party_id_person AS person, c.party_id_tier AS tier, c.signed_on, c.agreed_on,
                    c.total, a.sort, o.rid AS org_rid, o.head_id_person, o.head_id_tier, substr(o.division, 1, 9) AS township
                FROM rural_contract AS c JOIN rural_org AS o ON o.org_no = c.org_no
                    LEFT JOIN rural_asset AS a ON a.asset_no = c.asset_no AND a.org_no = c.org_no
                WHERE 1 = 1 AND c.party_id_tier <= 2),
            near AS (
                SELECT d.rid, d.person AS cadre, d.tier, '10' AS tie, CAST(NULL AS BIGINT) AS kin_rid FROM deal AS d
                UNION ALL
                SELECT d.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + d.tier > 3 THEN 2 ELSE 1 END, '20', k.rid
                FROM deal AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= d.signed_on AND coalesce(k.to_day, 99991231) >= d.signed_on)
            SELECT d.contract_no, d.site, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END, d.org_no, d.kind, d.sort, n.tie,
                d.signed_on, d.agreed_on, d.total, d.rid, f.rid, CAST(NULL AS BIGINT), n.kin_rid
            FROM deal AS d JOIN near AS n ON n.rid = d.rid JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
            WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = d.township
                AND f.post_from <= d.signed_on AND coalesce(f.post_to, 99991231) >= d.signed_on
            UNION ALL
            SELECT d.contract_no, d.site, CASE WHEN n.tier > d.head_id_tier THEN n.tier ELSE d.head_id_tier END, d.org_no, d.kind, d.sort, n.tie,
                d.signed_on, d.agreed_on, d.total, d.rid, NULL, d.org_rid, n.kin_rid
            FROM deal AS d JOIN near AS n ON n.rid = d.rid AND n.cadre = d.head_id_person
            WHERE d.head_id_tier <= 2
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.agreed_on IS NULL THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.tie, g.kind, g.signed_on, g.agreed_on
FROM (SELECT hit.subject AS subject, "q.org" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.total") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.tie") FILTER (WHERE clause IS NULL) AS tie, min("q.kind") FILTER (WHERE clause IS NULL) AS kind, min("q.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, max("q.agreed_on") FILTER (WHERE clause IS NULL) AS agreed_on
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.org AS "q.org", q.kind AS "q.kind", q.sort AS "q.sort", q.tie AS "q.tie", q.signed_on AS "q.signed_on", q.agreed_on AS "q.agreed_on", q.total AS "q.total", q.contract_rid AS "q.contract_rid", q.official_rid AS "q.official_rid", q.org_rid AS "q.org_rid", q.kin_rid AS "q.kin_rid", CASE WHEN q.kind = 'contract' AND q.sort = 'field' THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, tier, org, kind, sort, tie, signed_on, agreed_on, total, contract_rid, official_rid, org_rid, kin_rid) AS (
WITH deal AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.kind, c.party_id_person AS person, c.party_id_tier AS tier, c.signed_on, c.agreed_on,
                    c.total, a.sort, o.rid AS org_rid, o.head_id_person, o.head_id_tier, substr(o.division, 1, 9) AS township
                FROM rural_contract AS c JOIN rural_org AS o ON o.org_no = c.org_no
                    LEFT JOIN rural_asset AS a ON a.asset_no = c.asset_no AND a.org_no = c.org_no
                WHERE c.contract_no IN (SELECT key FROM dirty_subject) AND c.party_id_tier <= 2),
            near AS (
                SELECT d.rid, d.person AS cadre, d.tier, '10' AS tie, CAST(NULL AS BIGINT) AS kin_rid FROM deal AS d
                UNION ALL
                SELECT d.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + d.tier > 3 THEN 2 ELSE 1 END, '20', k.rid
                FROM deal AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= d.signed_on AND coalesce(k.to_day, 99991231) >= d.signed_on)
            SELECT d.contract_no, d.site, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END, d.org_no, d.kind, d.sort, n.tie,
                d.signed_on, d.agreed_on, d.total, d.rid, f.rid, CAST(NULL AS BIGINT), n.kin_rid
            FROM deal AS d JOIN near AS n ON n.rid = d.rid JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
            WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = d.township
                AND f.post_from <= d.signed_on AND coalesce(f.post_to, 99991231) >= d.signed_on
            UNION ALL
            SELECT d.contract_no, d.site, CASE WHEN n.tier > d.head_id_tier THEN n.tier ELSE d.head_id_tier END, d.org_no, d.kind, d.sort, n.tie,
                d.signed_on, d.agreed_on, d.total, d.rid, NULL, d.org_rid, n.kin_rid
            FROM deal AS d JOIN near AS n ON n.rid = d.rid AND n.cadre = d.head_id_person
            WHERE d.head_id_tier <= 2
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.agreed_on IS NULL THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.tie, g.kind, g.signed_on, g.agreed_on
FROM (SELECT hit.subject AS subject, "q.org" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.total") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.tie") FILTER (WHERE clause IS NULL) AS tie, min("q.kind") FILTER (WHERE clause IS NULL) AS kind, min("q.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, max("q.agreed_on") FILTER (WHERE clause IS NULL) AS agreed_on
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.org AS "q.org", q.kind AS "q.kind", q.sort AS "q.sort", q.tie AS "q.tie", q.signed_on AS "q.signed_on", q.agreed_on AS "q.agreed_on", q.total AS "q.total", q.contract_rid AS "q.contract_rid", q.official_rid AS "q.official_rid", q.org_rid AS "q.org_rid", q.kin_rid AS "q.kin_rid", CASE WHEN q.kind = 'contract' AND q.sort = 'field' THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, tier, org, kind, sort, tie, signed_on, agreed_on, total, contract_rid, official_rid, org_rid, kin_rid) AS (
WITH deal AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.kind, c.party_id_person AS person, c.party_id_tier AS tier, c.signed_on, c.agreed_on,
                    c.total, a.sort, o.rid AS org_rid, o.head_id_person, o.head_id_tier, substr(o.division, 1, 9) AS township
                FROM rural_contract AS c JOIN rural_org AS o ON o.org_no = c.org_no
                    LEFT JOIN rural_asset AS a ON a.asset_no = c.asset_no AND a.org_no = c.org_no
                WHERE c.contract_no IN (SELECT key FROM hit_subject) AND c.party_id_tier <= 2),
            near AS (
                SELECT d.rid, d.person AS cadre, d.tier, '10' AS tie, CAST(NULL AS BIGINT) AS kin_rid FROM deal AS d
                UNION ALL
                SELECT d.rid, k.official_id_person, CASE WHEN k.official_id_tier + k.kin_id_tier + d.tier > 3 THEN 2 ELSE 1 END, '20', k.rid
                FROM deal AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                    AND coalesce(k.from_day, 0) <= d.signed_on AND coalesce(k.to_day, 99991231) >= d.signed_on)
            SELECT d.contract_no, d.site, CASE WHEN n.tier > f.citizen_id_tier THEN n.tier ELSE f.citizen_id_tier END, d.org_no, d.kind, d.sort, n.tie,
                d.signed_on, d.agreed_on, d.total, d.rid, f.rid, CAST(NULL AS BIGINT), n.kin_rid
            FROM deal AS d JOIN near AS n ON n.rid = d.rid JOIN official AS f ON f.citizen_id_person = n.cadre JOIN unit AS u ON u.unit_code = f.unit_code
            WHERE f.citizen_id_tier <= 2 AND (f.village_cadre = 1 OR f.category = 'village') AND substr(u.division, 1, 9) = d.township
                AND f.post_from <= d.signed_on AND coalesce(f.post_to, 99991231) >= d.signed_on
            UNION ALL
            SELECT d.contract_no, d.site, CASE WHEN n.tier > d.head_id_tier THEN n.tier ELSE d.head_id_tier END, d.org_no, d.kind, d.sort, n.tie,
                d.signed_on, d.agreed_on, d.total, d.rid, NULL, d.org_rid, n.kin_rid
            FROM deal AS d JOIN near AS n ON n.rid = d.rid AND n.cadre = d.head_id_person
            WHERE d.head_id_tier <= 2
)
SELECT DISTINCT s.subject AS subject, q.org AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND ?1 > 0
  AND NOT coalesce((q.kind = 'contract' AND q.sort = 'field'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 2 AS source, o.rid AS rid, o.version AS version, o.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS o
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND o.rid = q.official_rid
  AND ?1 > 0
  AND NOT coalesce((q.kind = 'contract' AND q.sort = 'field'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 3 AS source, collective.rid AS rid, collective.version AS version, collective.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_org AS collective
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND collective.rid = q.org_rid
  AND ?1 > 0
  AND NOT coalesce((q.kind = 'contract' AND q.sort = 'field'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 4 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND ?1 > 0
  AND NOT coalesce((q.kind = 'contract' AND q.sort = 'field'), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT contract_no FROM rural_contract WHERE asset_no IN (SELECT key FROM dirty_key) OR org_no IN (SELECT key FROM dirty_key) OR party_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT c.contract_no FROM kin AS k JOIN rural_contract AS c ON c.party_id_person = k.kin_id_person WHERE k.official_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT c.contract_no FROM official AS o JOIN rural_contract AS c ON c.party_id_person = o.citizen_id_person WHERE o.unit_code IN (SELECT key FROM dirty_key)
            UNION
            SELECT c.contract_no FROM official AS o JOIN kin AS k ON k.official_id_person = o.citizen_id_person
                JOIN rural_contract AS c ON c.party_id_person = k.kin_id_person WHERE o.unit_code IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_org LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found
