-- findings
WITH said(subject, tier, site, village, enrol_rid, official_rid, kin_rid, related, helped, kin, residents) AS (
WITH cadre AS (
                SELECT citizen_id_person AS person, min(rid) AS rid, max(citizen_id_tier) AS tier FROM official
                WHERE 1 = 1 AND citizen_id_tier <= 2 AND (category = 'village' OR village_cadre > 0) AND post_to IS NULL
                GROUP BY citizen_id_person),
            one AS (
                SELECT c.person AS cadre, k.kin_id_person AS person, k.rid FROM cadre AS c CROSS JOIN kin AS k
                WHERE k.official_id_person = c.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL
                UNION ALL
                SELECT c.person, k.official_id_person, k.rid FROM cadre AS c CROSS JOIN kin AS k
                WHERE k.kin_id_person = c.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL),
            steps AS (
                SELECT cadre, person, rid FROM one
                UNION ALL
                SELECT o.cadre, k.kin_id_person, k.rid FROM one AS o CROSS JOIN kin AS k
                WHERE k.official_id_person = o.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL
                UNION ALL
                SELECT o.cadre, k.official_id_person, k.rid FROM one AS o CROSS JOIN kin AS k
                WHERE k.kin_id_person = o.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL),
            near AS (SELECT cadre, person, min(rid) AS rid FROM steps WHERE person <> cadre GROUP BY cadre, person),
            helped AS (
                SELECT division, member_id_person AS person, min(rid) AS rid, min(site) AS site, max(member_id_tier) AS tier FROM benefit_enrol
                WHERE member_id_tier <= 2 AND division IS NOT NULL AND stopped_on IS NULL AND programme IN ('dibao', 'tekun', 'weigai')
                    AND division IN (SELECT x.division FROM near AS n JOIN benefit_enrol AS x ON x.member_id_person = n.person)
                GROUP BY division, member_id_person),
            living AS (
                SELECT division, citizen_id_person AS person FROM household
                WHERE citizen_id_tier <= 2 AND division IN (SELECT division FROM helped) AND cancelled_on IS NULL
                GROUP BY division, citizen_id_person),
            village AS (
                SELECT h.division, h.helped, l.residents
                FROM (SELECT division, count(*) AS helped FROM helped GROUP BY division) AS h
                    JOIN (SELECT division, count(*) AS residents FROM living GROUP BY division) AS l ON l.division = h.division),
            kin_helped AS (
                SELECT n.cadre, h.division, count(*) AS related FROM near AS n JOIN helped AS h ON h.person = n.person
                GROUP BY n.cadre, h.division HAVING count(*) >= 5),
            kin_living AS (
                SELECT n.cadre, l.division, count(*) AS kin FROM near AS n JOIN living AS l ON l.person = n.person GROUP BY n.cadre, l.division)
            SELECT c.person, CASE WHEN h.tier > c.tier THEN h.tier ELSE c.tier END, h.site, k.division, h.rid, c.rid, n.rid, k.related, v.helped, l.kin, v.residents
            FROM kin_helped AS k JOIN kin_living AS l ON l.cadre = k.cadre AND l.division = k.division JOIN village AS v ON v.division = k.division
                JOIN cadre AS c ON c.person = k.cadre JOIN near AS n ON n.cadre = k.cadre JOIN helped AS h ON h.division = k.division AND h.person = n.person
            WHERE k.related * v.residents >= 3 * l.kin * v.helped
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.village, g.related, g.helped, g.kin, g.residents
FROM (SELECT hit.subject AS subject, "q.village" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.village") FILTER (WHERE clause IS NULL) AS village, max("q.related") FILTER (WHERE clause IS NULL) AS related, max("q.helped") FILTER (WHERE clause IS NULL) AS helped, max("q.kin") FILTER (WHERE clause IS NULL) AS kin, max("q.residents") FILTER (WHERE clause IS NULL) AS residents
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.village AS "q.village", q.enrol_rid AS "q.enrol_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", q.related AS "q.related", q.helped AS "q.helped", q.kin AS "q.kin", q.residents AS "q.residents", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, village, enrol_rid, official_rid, kin_rid, related, helped, kin, residents) AS (
WITH cadre AS (
                SELECT citizen_id_person AS person, min(rid) AS rid, max(citizen_id_tier) AS tier FROM official
                WHERE citizen_id_person IN (SELECT subject FROM dirty_subject) AND citizen_id_tier <= 2 AND (category = 'village' OR village_cadre > 0) AND post_to IS NULL
                GROUP BY citizen_id_person),
            one AS (
                SELECT c.person AS cadre, k.kin_id_person AS person, k.rid FROM cadre AS c CROSS JOIN kin AS k
                WHERE k.official_id_person = c.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL
                UNION ALL
                SELECT c.person, k.official_id_person, k.rid FROM cadre AS c CROSS JOIN kin AS k
                WHERE k.kin_id_person = c.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL),
            steps AS (
                SELECT cadre, person, rid FROM one
                UNION ALL
                SELECT o.cadre, k.kin_id_person, k.rid FROM one AS o CROSS JOIN kin AS k
                WHERE k.official_id_person = o.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL
                UNION ALL
                SELECT o.cadre, k.official_id_person, k.rid FROM one AS o CROSS JOIN kin AS k
                WHERE k.kin_id_person = o.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL),
            near AS (SELECT cadre, person, min(rid) AS rid FROM steps WHERE person <> cadre GROUP BY cadre, person),
            helped AS (
                SELECT division, member_id_person AS person, min(rid) AS rid, min(site) AS site, max(member_id_tier) AS tier FROM benefit_enrol
                WHERE member_id_tier <= 2 AND division IS NOT NULL AND stopped_on IS NULL AND programme IN ('dibao', 'tekun', 'weigai')
                    AND division IN (SELECT x.division FROM near AS n JOIN benefit_enrol AS x ON x.member_id_person = n.person)
                GROUP BY division, member_id_person),
            living AS (
                SELECT division, citizen_id_person AS person FROM household
                WHERE citizen_id_tier <= 2 AND division IN (SELECT division FROM helped) AND cancelled_on IS NULL
                GROUP BY division, citizen_id_person),
            village AS (
                SELECT h.division, h.helped, l.residents
                FROM (SELECT division, count(*) AS helped FROM helped GROUP BY division) AS h
                    JOIN (SELECT division, count(*) AS residents FROM living GROUP BY division) AS l ON l.division = h.division),
            kin_helped AS (
                SELECT n.cadre, h.division, count(*) AS related FROM near AS n JOIN helped AS h ON h.person = n.person
                GROUP BY n.cadre, h.division HAVING count(*) >= 5),
            kin_living AS (
                SELECT n.cadre, l.division, count(*) AS kin FROM near AS n JOIN living AS l ON l.person = n.person GROUP BY n.cadre, l.division)
            SELECT c.person, CASE WHEN h.tier > c.tier THEN h.tier ELSE c.tier END, h.site, k.division, h.rid, c.rid, n.rid, k.related, v.helped, l.kin, v.residents
            FROM kin_helped AS k JOIN kin_living AS l ON l.cadre = k.cadre AND l.division = k.division JOIN village AS v ON v.division = k.division
                JOIN cadre AS c ON c.person = k.cadre JOIN near AS n ON n.cadre = k.cadre JOIN helped AS h ON h.division = k.division AND h.person = n.person
            WHERE k.related * v.residents >= 3 * l.kin * v.helped
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.village, g.related, g.helped, g.kin, g.residents
FROM (SELECT hit.subject AS subject, "q.village" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.village") FILTER (WHERE clause IS NULL) AS village, max("q.related") FILTER (WHERE clause IS NULL) AS related, max("q.helped") FILTER (WHERE clause IS NULL) AS helped, max("q.kin") FILTER (WHERE clause IS NULL) AS kin, max("q.residents") FILTER (WHERE clause IS NULL) AS residents
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.village AS "q.village", q.enrol_rid AS "q.enrol_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", q.related AS "q.related", q.helped AS "q.helped", q.kin AS "q.kin", q.residents AS "q.residents", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, village, enrol_rid, official_rid, kin_rid, related, helped, kin, residents) AS (
WITH cadre AS (
                SELECT citizen_id_person AS person, min(rid) AS rid, max(citizen_id_tier) AS tier FROM official
                WHERE citizen_id_person IN (SELECT subject FROM hit_subject) AND citizen_id_tier <= 2 AND (category = 'village' OR village_cadre > 0) AND post_to IS NULL
                GROUP BY citizen_id_person),
            one AS (
                SELECT c.person AS cadre, k.kin_id_person AS person, k.rid FROM cadre AS c CROSS JOIN kin AS k
                WHERE k.official_id_person = c.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL
                UNION ALL
                SELECT c.person, k.official_id_person, k.rid FROM cadre AS c CROSS JOIN kin AS k
                WHERE k.kin_id_person = c.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL),
            steps AS (
                SELECT cadre, person, rid FROM one
                UNION ALL
                SELECT o.cadre, k.kin_id_person, k.rid FROM one AS o CROSS JOIN kin AS k
                WHERE k.official_id_person = o.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL
                UNION ALL
                SELECT o.cadre, k.official_id_person, k.rid FROM one AS o CROSS JOIN kin AS k
                WHERE k.kin_id_person = o.person AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.to_day IS NULL),
            near AS (SELECT cadre, person, min(rid) AS rid FROM steps WHERE person <> cadre GROUP BY cadre, person),
            helped AS (
                SELECT division, member_id_person AS person, min(rid) AS rid, min(site) AS site, max(member_id_tier) AS tier FROM benefit_enrol
                WHERE member_id_tier <= 2 AND division IS NOT NULL AND stopped_on IS NULL AND programme IN ('dibao', 'tekun', 'weigai')
                    AND division IN (SELECT x.division FROM near AS n JOIN benefit_enrol AS x ON x.member_id_person = n.person)
                GROUP BY division, member_id_person),
            living AS (
                SELECT division, citizen_id_person AS person FROM household
                WHERE citizen_id_tier <= 2 AND division IN (SELECT division FROM helped) AND cancelled_on IS NULL
                GROUP BY division, citizen_id_person),
            village AS (
                SELECT h.division, h.helped, l.residents
                FROM (SELECT division, count(*) AS helped FROM helped GROUP BY division) AS h
                    JOIN (SELECT division, count(*) AS residents FROM living GROUP BY division) AS l ON l.division = h.division),
            kin_helped AS (
                SELECT n.cadre, h.division, count(*) AS related FROM near AS n JOIN helped AS h ON h.person = n.person
                GROUP BY n.cadre, h.division HAVING count(*) >= 5),
            kin_living AS (
                SELECT n.cadre, l.division, count(*) AS kin FROM near AS n JOIN living AS l ON l.person = n.person GROUP BY n.cadre, l.division)
            SELECT c.person, CASE WHEN h.tier > c.tier THEN h.tier ELSE c.tier END, h.site, k.division, h.rid, c.rid, n.rid, k.related, v.helped, l.kin, v.residents
            FROM kin_helped AS k JOIN kin_living AS l ON l.cadre = k.cadre AND l.division = k.division JOIN village AS v ON v.division = k.division
                JOIN cadre AS c ON c.person = k.cadre JOIN near AS n ON n.cadre = k.cadre JOIN helped AS h ON h.division = k.division AND h.person = n.person
            WHERE k.related * v.residents >= 3 * l.kin * v.helped
)
SELECT DISTINCT s.subject AS subject, q.village AS episode, 1 AS source, cadre.rid AS rid, cadre.version AS version, cadre.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS cadre
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND cadre.rid = q.official_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.village AS episode, 2 AS source, enrol.rid AS rid, enrol.version AS version, enrol.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_enrol AS enrol
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND enrol.rid = q.enrol_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.village AS episode, 3 AS source, tie.rid AS rid, tie.version AS version, tie.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS tie
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND tie.rid = q.kin_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
WITH moved AS (
                SELECT official_id_person AS person FROM kin WHERE official_id_person IN (SELECT person FROM dirty_person)
                UNION
                SELECT kin_id_person FROM kin WHERE official_id_person IN (SELECT person FROM dirty_person)
                UNION
                SELECT official_id_person FROM kin WHERE kin_id_person IN (SELECT person FROM dirty_person)
                UNION
                SELECT kin_id_person FROM kin WHERE kin_id_person IN (SELECT person FROM dirty_person)
                UNION
                SELECT member_id_person FROM benefit_enrol WHERE division IN (SELECT key FROM dirty_key)
                UNION
                SELECT member_id_person FROM benefit_enrol WHERE member_id_person IN (SELECT person FROM dirty_person)
                UNION
                SELECT citizen_id_person FROM household WHERE division IN (SELECT key FROM dirty_key)
                UNION
                SELECT citizen_id_person FROM household WHERE citizen_id_person IN (SELECT person FROM dirty_person)),
            near AS (
                SELECT k.kin_id_person AS person FROM moved AS m CROSS JOIN kin AS k WHERE k.official_id_person = m.person
                UNION
                SELECT k.official_id_person FROM moved AS m CROSS JOIN kin AS k WHERE k.kin_id_person = m.person)
            SELECT person FROM moved
            UNION
            SELECT person FROM near
            UNION
            SELECT k.kin_id_person FROM near AS n CROSS JOIN kin AS k WHERE k.official_id_person = n.person
            UNION
            SELECT k.official_id_person FROM near AS n CROSS JOIN kin AS k WHERE k.kin_id_person = n.person

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM kin LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM household LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_enrol LIMIT 1) AS found
