-- findings
WITH said(subject, tier, site, enrol_rid, official_rid, kin_rid, relation, registered, monthly) AS (
WITH enrol AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, site, approved_on, stopped_on, kin_registered, monthly
                FROM benefit_enrol WHERE 1 = 1 AND member_id_tier <= 2 AND programme = 'dibao'),
            near AS (
                SELECT e.person, e.person AS cadre, e.tier, CAST(NULL AS BIGINT) AS kin_rid, '01' AS relation, e.rid FROM enrol AS e
                UNION ALL
                SELECT e.person, k.official_id_person, CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE e.tier END, k.rid, k.relation, e.rid
                FROM enrol AS e JOIN kin AS k ON k.kin_id_person = e.person
                WHERE k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation IN ('10', '20', '30', '40', '50', '60', '70')
                    AND (k.to_day IS NULL OR k.to_day >= e.approved_on))
            SELECT n.person, CASE WHEN o.citizen_id_tier > n.tier THEN o.citizen_id_tier ELSE n.tier END, e.site, e.rid, o.rid, n.kin_rid, n.relation,
                coalesce(e.kin_registered, 1), e.monthly
            FROM near AS n JOIN enrol AS e ON e.rid = n.rid JOIN official AS o ON o.citizen_id_person = n.cadre
            WHERE o.citizen_id_tier <= 2 AND (o.village_cadre = 1 OR o.category = 'village')
                AND (o.post_to IS NULL OR o.post_to >= e.approved_on) AND (e.stopped_on IS NULL OR e.stopped_on >= o.post_from)
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.unregistered = 1 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.cadres, g.nearest, g.unregistered, g.monthly
FROM (SELECT hit.subject AS subject, 'cadre' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.official_rid") FILTER (WHERE clause IS NULL) AS cadres, min("q.relation") FILTER (WHERE clause IS NULL) AS nearest, max(CASE WHEN "q.registered" = 0 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS unregistered, max("q.monthly") FILTER (WHERE clause IS NULL) AS monthly
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.enrol_rid AS "q.enrol_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", q.relation AS "q.relation", q.registered AS "q.registered", q.monthly AS "q.monthly", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, tier, site, enrol_rid, official_rid, kin_rid, relation, registered, monthly) AS (
WITH enrol AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, site, approved_on, stopped_on, kin_registered, monthly
                FROM benefit_enrol WHERE member_id_person IN (SELECT subject FROM dirty_subject) AND member_id_tier <= 2 AND programme = 'dibao'),
            near AS (
                SELECT e.person, e.person AS cadre, e.tier, CAST(NULL AS BIGINT) AS kin_rid, '01' AS relation, e.rid FROM enrol AS e
                UNION ALL
                SELECT e.person, k.official_id_person, CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE e.tier END, k.rid, k.relation, e.rid
                FROM enrol AS e JOIN kin AS k ON k.kin_id_person = e.person
                WHERE k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation IN ('10', '20', '30', '40', '50', '60', '70')
                    AND (k.to_day IS NULL OR k.to_day >= e.approved_on))
            SELECT n.person, CASE WHEN o.citizen_id_tier > n.tier THEN o.citizen_id_tier ELSE n.tier END, e.site, e.rid, o.rid, n.kin_rid, n.relation,
                coalesce(e.kin_registered, 1), e.monthly
            FROM near AS n JOIN enrol AS e ON e.rid = n.rid JOIN official AS o ON o.citizen_id_person = n.cadre
            WHERE o.citizen_id_tier <= 2 AND (o.village_cadre = 1 OR o.category = 'village')
                AND (o.post_to IS NULL OR o.post_to >= e.approved_on) AND (e.stopped_on IS NULL OR e.stopped_on >= o.post_from)
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.unregistered = 1 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.cadres, g.nearest, g.unregistered, g.monthly
FROM (SELECT hit.subject AS subject, 'cadre' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.official_rid") FILTER (WHERE clause IS NULL) AS cadres, min("q.relation") FILTER (WHERE clause IS NULL) AS nearest, max(CASE WHEN "q.registered" = 0 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS unregistered, max("q.monthly") FILTER (WHERE clause IS NULL) AS monthly
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.enrol_rid AS "q.enrol_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", q.relation AS "q.relation", q.registered AS "q.registered", q.monthly AS "q.monthly", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, tier, site, enrol_rid, official_rid, kin_rid, relation, registered, monthly) AS (
WITH enrol AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, site, approved_on, stopped_on, kin_registered, monthly
                FROM benefit_enrol WHERE member_id_person IN (SELECT subject FROM hit_subject) AND member_id_tier <= 2 AND programme = 'dibao'),
            near AS (
                SELECT e.person, e.person AS cadre, e.tier, CAST(NULL AS BIGINT) AS kin_rid, '01' AS relation, e.rid FROM enrol AS e
                UNION ALL
                SELECT e.person, k.official_id_person, CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE e.tier END, k.rid, k.relation, e.rid
                FROM enrol AS e JOIN kin AS k ON k.kin_id_person = e.person
                WHERE k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation IN ('10', '20', '30', '40', '50', '60', '70')
                    AND (k.to_day IS NULL OR k.to_day >= e.approved_on))
            SELECT n.person, CASE WHEN o.citizen_id_tier > n.tier THEN o.citizen_id_tier ELSE n.tier END, e.site, e.rid, o.rid, n.kin_rid, n.relation,
                coalesce(e.kin_registered, 1), e.monthly
            FROM near AS n JOIN enrol AS e ON e.rid = n.rid JOIN official AS o ON o.citizen_id_person = n.cadre
            WHERE o.citizen_id_tier <= 2 AND (o.village_cadre = 1 OR o.category = 'village')
                AND (o.post_to IS NULL OR o.post_to >= e.approved_on) AND (e.stopped_on IS NULL OR e.stopped_on >= o.post_from)
)
SELECT DISTINCT s.subject AS subject, 'cadre' AS episode, 1 AS source, enrol.rid AS rid, enrol.version AS version, enrol.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_enrol AS enrol
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND enrol.rid = q.enrol_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'cadre' AS episode, 2 AS source, cadre.rid AS rid, cadre.version AS version, cadre.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS cadre
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND cadre.rid = q.official_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'cadre' AS episode, 3 AS source, tie.rid AS rid, tie.version AS version, tie.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS tie
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND tie.rid = q.kin_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT kin_id_person FROM kin WHERE official_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_enrol LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found
