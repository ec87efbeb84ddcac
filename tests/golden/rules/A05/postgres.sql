-- findings
WITH said(subject, tier, site, approval_rid, kin_rid, company_rid, role_rid, serial, item, closed_on, relation, recused) AS (
WITH decided AS (
                SELECT approver_id_person AS person, approver_id_tier AS tier, rid, site, serial_no, unit_code, item, closed_on, applicant_id,
                    CASE WHEN applicant_id_tier <= 2 THEN applicant_id_person END AS applicant, applicant_id_tier
                FROM approval
                WHERE 1 = 1 AND approver_id_tier <= 2 AND result = 'granted' AND closed_on IS NOT NULL AND applicant_id IS NOT NULL),
            near AS (
                SELECT DISTINCT d.person, d.person AS kin, '01' AS relation, 1 AS tier, CAST(NULL AS BIGINT) AS rid,
                    CAST(NULL AS BIGINT) AS from_day, CAST(NULL AS BIGINT) AS to_day FROM decided AS d
                UNION ALL
                SELECT d.person, k.kin_id_person, k.relation, CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE 1 END, k.rid, k.from_day, k.to_day
                FROM (SELECT DISTINCT person FROM decided) AS d JOIN kin AS k ON k.official_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                UNION ALL
                SELECT d.person, k.official_id_person, CASE k.relation WHEN '50' THEN '97' WHEN '20' THEN '50' WHEN '30' THEN '50' ELSE k.relation END,
                    CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE 1 END, k.rid, k.from_day, k.to_day
                FROM (SELECT DISTINCT person FROM decided) AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '30', '50', '70')),
            tied AS (
                SELECT d.rid, n.relation, n.tier + d.applicant_id_tier AS tiers, n.rid AS kin_rid, CAST(NULL AS BIGINT) AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM decided AS d JOIN near AS n ON n.person = d.person AND n.kin = d.applicant
                WHERE (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on)
                UNION ALL
                SELECT d.rid, n.relation, n.tier + c.legal_rep_id_tier, n.rid, c.rid, NULL
                FROM decided AS d JOIN company AS c ON c.uscc = d.applicant_id JOIN near AS n ON n.person = d.person AND n.kin = c.legal_rep_id_person
                WHERE c.legal_rep_id_tier <= 2 AND (c.founded_on IS NULL OR c.founded_on <= d.closed_on)
                    AND (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on)
                UNION ALL
                SELECT d.rid, n.relation, n.tier + r.citizen_id_tier, n.rid, NULL, r.rid
                FROM decided AS d JOIN company_role AS r ON r.uscc = d.applicant_id JOIN near AS n ON n.person = d.person AND n.kin = r.citizen_id_person
                WHERE r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share >= 25 * 100))
                    AND r.from_day <= d.closed_on AND (r.to_day IS NULL OR r.to_day >= d.closed_on)
                    AND (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on))
            SELECT d.person, CASE WHEN t.tiers > 2 THEN 2 ELSE d.tier END, d.site, d.rid, t.kin_rid, t.company_rid, t.role_rid, d.serial_no, d.item, d.closed_on, t.relation,
                CASE WHEN EXISTS (
                    SELECT 1 FROM approval_step AS s WHERE s.serial_no = d.serial_no AND s.unit_code = d.unit_code AND s.opinion LIKE '%回避%')
                    THEN 1 ELSE 0 END
            FROM tied AS t JOIN decided AS d ON d.rid = t.rid
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.serial, g.item, g.closed_on, g.relation, g.companies, g.roles
FROM (SELECT hit.subject AS subject, "q.serial" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.serial") FILTER (WHERE clause IS NULL) AS serial, min("q.item") FILTER (WHERE clause IS NULL) AS item, max("q.closed_on") FILTER (WHERE clause IS NULL) AS closed_on, min("q.relation") FILTER (WHERE clause IS NULL) AS relation, count(DISTINCT "q.company_rid") FILTER (WHERE clause IS NULL) AS companies, count(DISTINCT "q.role_rid") FILTER (WHERE clause IS NULL) AS roles
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.approval_rid AS "q.approval_rid", q.kin_rid AS "q.kin_rid", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.serial AS "q.serial", q.item AS "q.item", q.closed_on AS "q.closed_on", q.relation AS "q.relation", q.recused AS "q.recused", CASE WHEN q.recused = 1 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, approval_rid, kin_rid, company_rid, role_rid, serial, item, closed_on, relation, recused) AS (
WITH decided AS (
                SELECT approver_id_person AS person, approver_id_tier AS tier, rid, site, serial_no, unit_code, item, closed_on, applicant_id,
                    CASE WHEN applicant_id_tier <= 2 THEN applicant_id_person END AS applicant, applicant_id_tier
                FROM approval
                WHERE approver_id_person IN (SELECT subject FROM dirty_subject) AND approver_id_tier <= 2 AND result = 'granted' AND closed_on IS NOT NULL AND applicant_id IS NOT NULL),
            near AS (
                SELECT DISTINCT d.person, d.person AS kin, '01' AS relation, 1 AS tier, CAST(NULL AS BIGINT) AS rid,
                    CAST(NULL AS BIGINT) AS from_day, CAST(NULL AS BIGINT) AS to_day FROM decided AS d
                UNION ALL
                SELECT d.person, k.kin_id_person, k.relation, CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE 1 END, k.rid, k.from_day, k.to_day
                FROM (SELECT DISTINCT person FROM decided) AS d JOIN kin AS k ON k.official_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                UNION ALL
                SELECT d.person, k.official_id_person, CASE k.relation WHEN '50' THEN '97' WHEN '20' THEN '50' WHEN '30' THEN '50' ELSE k.relation END,
                    CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE 1 END, k.rid, k.from_day, k.to_day
                FROM (SELECT DISTINCT person FROM decided) AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '30', '50', '70')),
            tied AS (
                SELECT d.rid, n.relation, n.tier + d.applicant_id_tier AS tiers, n.rid AS kin_rid, CAST(NULL AS BIGINT) AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM decided AS d JOIN near AS n ON n.person = d.person AND n.kin = d.applicant
                WHERE (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on)
                UNION ALL
                SELECT d.rid, n.relation, n.tier + c.legal_rep_id_tier, n.rid, c.rid, NULL
                FROM decided AS d JOIN company AS c ON c.uscc = d.applicant_id JOIN near AS n ON n.person = d.person AND n.kin = c.legal_rep_id_person
                WHERE c.legal_rep_id_tier <= 2 AND (c.founded_on IS NULL OR c.founded_on <= d.closed_on)
                    AND (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on)
                UNION ALL
                SELECT d.rid, n.relation, n.tier + r.citizen_id_tier, n.rid, NULL, r.rid
                FROM decided AS d JOIN company_role AS r ON r.uscc = d.applicant_id JOIN near AS n ON n.person = d.person AND n.kin = r.citizen_id_person
                WHERE r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share >= 25 * 100))
                    AND r.from_day <= d.closed_on AND (r.to_day IS NULL OR r.to_day >= d.closed_on)
                    AND (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on))
            SELECT d.person, CASE WHEN t.tiers > 2 THEN 2 ELSE d.tier END, d.site, d.rid, t.kin_rid, t.company_rid, t.role_rid, d.serial_no, d.item, d.closed_on, t.relation,
                CASE WHEN EXISTS (
                    SELECT 1 FROM approval_step AS s WHERE s.serial_no = d.serial_no AND s.unit_code = d.unit_code AND s.opinion LIKE '%回避%')
                    THEN 1 ELSE 0 END
            FROM tied AS t JOIN decided AS d ON d.rid = t.rid
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.serial, g.item, g.closed_on, g.relation, g.companies, g.roles
FROM (SELECT hit.subject AS subject, "q.serial" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.serial") FILTER (WHERE clause IS NULL) AS serial, min("q.item") FILTER (WHERE clause IS NULL) AS item, max("q.closed_on") FILTER (WHERE clause IS NULL) AS closed_on, min("q.relation") FILTER (WHERE clause IS NULL) AS relation, count(DISTINCT "q.company_rid") FILTER (WHERE clause IS NULL) AS companies, count(DISTINCT "q.role_rid") FILTER (WHERE clause IS NULL) AS roles
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.approval_rid AS "q.approval_rid", q.kin_rid AS "q.kin_rid", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.serial AS "q.serial", q.item AS "q.item", q.closed_on AS "q.closed_on", q.relation AS "q.relation", q.recused AS "q.recused", CASE WHEN q.recused = 1 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, approval_rid, kin_rid, company_rid, role_rid, serial, item, closed_on, relation, recused) AS (
WITH decided AS (
                SELECT approver_id_person AS person, approver_id_tier AS tier, rid, site, serial_no, unit_code, item, closed_on, applicant_id,
                    CASE WHEN applicant_id_tier <= 2 THEN applicant_id_person END AS applicant, applicant_id_tier
                FROM approval
                WHERE approver_id_person IN (SELECT subject FROM hit_subject) AND approver_id_tier <= 2 AND result = 'granted' AND closed_on IS NOT NULL AND applicant_id IS NOT NULL),
            near AS (
                SELECT DISTINCT d.person, d.person AS kin, '01' AS relation, 1 AS tier, CAST(NULL AS BIGINT) AS rid,
                    CAST(NULL AS BIGINT) AS from_day, CAST(NULL AS BIGINT) AS to_day FROM decided AS d
                UNION ALL
                SELECT d.person, k.kin_id_person, k.relation, CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE 1 END, k.rid, k.from_day, k.to_day
                FROM (SELECT DISTINCT person FROM decided) AS d JOIN kin AS k ON k.official_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '28', '30', '38', '50', '70')
                UNION ALL
                SELECT d.person, k.official_id_person, CASE k.relation WHEN '50' THEN '97' WHEN '20' THEN '50' WHEN '30' THEN '50' ELSE k.relation END,
                    CASE WHEN k.kin_id_tier + k.official_id_tier > 2 THEN 2 ELSE 1 END, k.rid, k.from_day, k.to_day
                FROM (SELECT DISTINCT person FROM decided) AS d JOIN kin AS k ON k.kin_id_person = d.person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation IN ('10', '20', '30', '50', '70')),
            tied AS (
                SELECT d.rid, n.relation, n.tier + d.applicant_id_tier AS tiers, n.rid AS kin_rid, CAST(NULL AS BIGINT) AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM decided AS d JOIN near AS n ON n.person = d.person AND n.kin = d.applicant
                WHERE (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on)
                UNION ALL
                SELECT d.rid, n.relation, n.tier + c.legal_rep_id_tier, n.rid, c.rid, NULL
                FROM decided AS d JOIN company AS c ON c.uscc = d.applicant_id JOIN near AS n ON n.person = d.person AND n.kin = c.legal_rep_id_person
                WHERE c.legal_rep_id_tier <= 2 AND (c.founded_on IS NULL OR c.founded_on <= d.closed_on)
                    AND (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on)
                UNION ALL
                SELECT d.rid, n.relation, n.tier + r.citizen_id_tier, n.rid, NULL, r.rid
                FROM decided AS d JOIN company_role AS r ON r.uscc = d.applicant_id JOIN near AS n ON n.person = d.person AND n.kin = r.citizen_id_person
                WHERE r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share >= 25 * 100))
                    AND r.from_day <= d.closed_on AND (r.to_day IS NULL OR r.to_day >= d.closed_on)
                    AND (n.from_day IS NULL OR n.from_day <= d.closed_on) AND (n.to_day IS NULL OR n.to_day >= d.closed_on))
            SELECT d.person, CASE WHEN t.tiers > 2 THEN 2 ELSE d.tier END, d.site, d.rid, t.kin_rid, t.company_rid, t.role_rid, d.serial_no, d.item, d.closed_on, t.relation,
                CASE WHEN EXISTS (
                    SELECT 1 FROM approval_step AS s WHERE s.serial_no = d.serial_no AND s.unit_code = d.unit_code AND s.opinion LIKE '%回避%')
                    THEN 1 ELSE 0 END
            FROM tied AS t JOIN decided AS d ON d.rid = t.rid
)
SELECT DISTINCT s.subject AS subject, q.serial AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN approval AS a
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND a.rid = q.approval_rid
  AND $1 > 0
  AND NOT coalesce((q.recused = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.serial AS episode, 2 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND $1 > 0
  AND NOT coalesce((q.recused = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.serial AS episode, 3 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company AS c
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND c.rid = q.company_rid
  AND $1 > 0
  AND NOT coalesce((q.recused = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.serial AS episode, 4 AS source, r.rid AS rid, r.version AS version, r.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company_role AS r
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND r.rid = q.role_rid
  AND $1 > 0
  AND NOT coalesce((q.recused = 1), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT approver_id_person FROM approval WHERE applicant_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT approver_id_person FROM approval WHERE applicant_id IN (SELECT key FROM dirty_key)
            UNION
            SELECT approver_id_person FROM approval WHERE serial_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM approval LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM kin LIMIT 1) AS found
