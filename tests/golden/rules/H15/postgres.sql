-- findings
WITH said(subject, tier, site, pay_rid, land_rid, year, programme, claimed, held, amount, rented) AS (
WITH paid AS (
                SELECT citizen_id_person AS person, citizen_id_tier AS tier, rid, site, programme, month / 100 AS year, area, amount
                FROM benefit_pay
                WHERE 1 = 1 AND citizen_id_tier <= 2 AND programme IN ('liangbu', 'dili') AND area > 0),
            claim AS (
                SELECT person, programme, year, CAST(sum(area) AS BIGINT) AS area FROM paid GROUP BY person, programme, year),
            home AS (
                SELECT person, person AS member, 1 AS tier FROM claim
                UNION
                SELECT c.person, y.citizen_id_person, CASE WHEN x.citizen_id_tier + y.citizen_id_tier > 2 THEN 2 ELSE 1 END
                FROM claim AS c CROSS JOIN household AS x CROSS JOIN household AS y
                WHERE x.citizen_id_person = c.person AND y.household_no = x.household_no AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2
                UNION
                SELECT c.person, y.member_id_person, CASE WHEN x.member_id_tier + y.member_id_tier > 2 THEN 2 ELSE 1 END
                FROM claim AS c CROSS JOIN benefit_enrol AS x CROSS JOIN benefit_enrol AS y
                WHERE x.member_id_person = c.person AND y.head_id = x.head_id AND x.member_id_tier <= 2 AND y.member_id_tier <= 2),
            right_of AS (
                SELECT DISTINCT h.person, l.rid, l.area, l.holder_id_tier AS tier
                FROM home AS h CROSS JOIN land_right AS l WHERE l.holder_id_person = h.member),
            held AS (
                SELECT person, CAST(sum(area) AS BIGINT) AS area, min(CASE WHEN tier <= 2 THEN rid END) AS rid, max(CASE WHEN tier <= 2 THEN tier END) AS tier
                FROM right_of GROUP BY person HAVING min(tier) <= 2),
            lease AS (
                SELECT DISTINCT h.person, coalesce(r.from_day, r.signed_on) / 10000 AS from_year, r.to_day / 10000 AS to_year
                FROM home AS h CROSS JOIN rural_contract AS r WHERE r.party_id_person = h.member AND r.kind IN ('contract', 'lease')),
            rented AS (
                SELECT DISTINCT c.person, c.year FROM claim AS c JOIN lease AS l ON l.person = c.person
                WHERE l.from_year <= c.year AND (l.to_year IS NULL OR l.to_year >= c.year)),
            above AS (
                SELECT c.person, c.programme, c.year, c.area AS claimed, h.area AS held, h.rid, h.tier, CASE WHEN r.person IS NULL THEN 0 ELSE 1 END AS rented
                FROM claim AS c JOIN held AS h ON h.person = c.person LEFT JOIN rented AS r ON r.person = c.person AND r.year = c.year
                WHERE c.area * 100 > h.area * 105)
            SELECT o.person, CASE WHEN o.tier > p.tier THEN o.tier ELSE p.tier END, p.site, p.rid, o.rid, o.year, o.programme, o.claimed, o.held, p.amount, o.rented
            FROM above AS o JOIN paid AS p ON p.person = o.person AND p.programme = o.programme AND p.year = o.year
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.year, g.programme, g.claimed, g.held
FROM (SELECT hit.subject AS subject, CAST("q.year" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, min("q.programme") FILTER (WHERE clause IS NULL) AS programme, max("q.claimed") FILTER (WHERE clause IS NULL) AS claimed, max("q.held") FILTER (WHERE clause IS NULL) AS held
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.pay_rid AS "q.pay_rid", q.land_rid AS "q.land_rid", q.year AS "q.year", q.programme AS "q.programme", q.claimed AS "q.claimed", q.held AS "q.held", q.amount AS "q.amount", q.rented AS "q.rented", CASE WHEN q.rented = 1 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, pay_rid, land_rid, year, programme, claimed, held, amount, rented) AS (
WITH paid AS (
                SELECT citizen_id_person AS person, citizen_id_tier AS tier, rid, site, programme, month / 100 AS year, area, amount
                FROM benefit_pay
                WHERE citizen_id_person IN (SELECT subject FROM dirty_subject) AND citizen_id_tier <= 2 AND programme IN ('liangbu', 'dili') AND area > 0),
            claim AS (
                SELECT person, programme, year, CAST(sum(area) AS BIGINT) AS area FROM paid GROUP BY person, programme, year),
            home AS (
                SELECT person, person AS member, 1 AS tier FROM claim
                UNION
                SELECT c.person, y.citizen_id_person, CASE WHEN x.citizen_id_tier + y.citizen_id_tier > 2 THEN 2 ELSE 1 END
                FROM claim AS c CROSS JOIN household AS x CROSS JOIN household AS y
                WHERE x.citizen_id_person = c.person AND y.household_no = x.household_no AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2
                UNION
                SELECT c.person, y.member_id_person, CASE WHEN x.member_id_tier + y.member_id_tier > 2 THEN 2 ELSE 1 END
                FROM claim AS c CROSS JOIN benefit_enrol AS x CROSS JOIN benefit_enrol AS y
                WHERE x.member_id_person = c.person AND y.head_id = x.head_id AND x.member_id_tier <= 2 AND y.member_id_tier <= 2),
            right_of AS (
                SELECT DISTINCT h.person, l.rid, l.area, l.holder_id_tier AS tier
                FROM home AS h CROSS JOIN land_right AS l WHERE l.holder_id_person = h.member),
            held AS (
                SELECT person, CAST(sum(area) AS BIGINT) AS area, min(CASE WHEN tier <= 2 THEN rid END) AS rid, max(CASE WHEN tier <= 2 THEN tier END) AS tier
                FROM right_of GROUP BY person HAVING min(tier) <= 2),
            lease AS (
                SELECT DISTINCT h.person, coalesce(r.from_day, r.signed_on) / 10000 AS from_year, r.to_day / 10000 AS to_year
                FROM home AS h CROSS JOIN rural_contract AS r WHERE r.party_id_person = h.member AND r.kind IN ('contract', 'lease')),
            rented AS (
                SELECT DISTINCT c.person, c.year FROM claim AS c JOIN lease AS l ON l.person = c.person
                WHERE l.from_year <= c.year AND (l.to_year IS NULL OR l.to_year >= c.year)),
            above AS (
                SELECT c.person, c.programme, c.year, c.area AS claimed, h.area AS held, h.rid, h.tier, CASE WHEN r.person IS NULL THEN 0 ELSE 1 END AS rented
                FROM claim AS c JOIN held AS h ON h.person = c.person LEFT JOIN rented AS r ON r.person = c.person AND r.year = c.year
                WHERE c.area * 100 > h.area * 105)
            SELECT o.person, CASE WHEN o.tier > p.tier THEN o.tier ELSE p.tier END, p.site, p.rid, o.rid, o.year, o.programme, o.claimed, o.held, p.amount, o.rented
            FROM above AS o JOIN paid AS p ON p.person = o.person AND p.programme = o.programme AND p.year = o.year
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.year, g.programme, g.claimed, g.held
FROM (SELECT hit.subject AS subject, CAST("q.year" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, min("q.programme") FILTER (WHERE clause IS NULL) AS programme, max("q.claimed") FILTER (WHERE clause IS NULL) AS claimed, max("q.held") FILTER (WHERE clause IS NULL) AS held
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.pay_rid AS "q.pay_rid", q.land_rid AS "q.land_rid", q.year AS "q.year", q.programme AS "q.programme", q.claimed AS "q.claimed", q.held AS "q.held", q.amount AS "q.amount", q.rented AS "q.rented", CASE WHEN q.rented = 1 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, pay_rid, land_rid, year, programme, claimed, held, amount, rented) AS (
WITH paid AS (
                SELECT citizen_id_person AS person, citizen_id_tier AS tier, rid, site, programme, month / 100 AS year, area, amount
                FROM benefit_pay
                WHERE citizen_id_person IN (SELECT subject FROM hit_subject) AND citizen_id_tier <= 2 AND programme IN ('liangbu', 'dili') AND area > 0),
            claim AS (
                SELECT person, programme, year, CAST(sum(area) AS BIGINT) AS area FROM paid GROUP BY person, programme, year),
            home AS (
                SELECT person, person AS member, 1 AS tier FROM claim
                UNION
                SELECT c.person, y.citizen_id_person, CASE WHEN x.citizen_id_tier + y.citizen_id_tier > 2 THEN 2 ELSE 1 END
                FROM claim AS c CROSS JOIN household AS x CROSS JOIN household AS y
                WHERE x.citizen_id_person = c.person AND y.household_no = x.household_no AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2
                UNION
                SELECT c.person, y.member_id_person, CASE WHEN x.member_id_tier + y.member_id_tier > 2 THEN 2 ELSE 1 END
                FROM claim AS c CROSS JOIN benefit_enrol AS x CROSS JOIN benefit_enrol AS y
                WHERE x.member_id_person = c.person AND y.head_id = x.head_id AND x.member_id_tier <= 2 AND y.member_id_tier <= 2),
            right_of AS (
                SELECT DISTINCT h.person, l.rid, l.area, l.holder_id_tier AS tier
                FROM home AS h CROSS JOIN land_right AS l WHERE l.holder_id_person = h.member),
            held AS (
                SELECT person, CAST(sum(area) AS BIGINT) AS area, min(CASE WHEN tier <= 2 THEN rid END) AS rid, max(CASE WHEN tier <= 2 THEN tier END) AS tier
                FROM right_of GROUP BY person HAVING min(tier) <= 2),
            lease AS (
                SELECT DISTINCT h.person, coalesce(r.from_day, r.signed_on) / 10000 AS from_year, r.to_day / 10000 AS to_year
                FROM home AS h CROSS JOIN rural_contract AS r WHERE r.party_id_person = h.member AND r.kind IN ('contract', 'lease')),
            rented AS (
                SELECT DISTINCT c.person, c.year FROM claim AS c JOIN lease AS l ON l.person = c.person
                WHERE l.from_year <= c.year AND (l.to_year IS NULL OR l.to_year >= c.year)),
            above AS (
                SELECT c.person, c.programme, c.year, c.area AS claimed, h.area AS held, h.rid, h.tier, CASE WHEN r.person IS NULL THEN 0 ELSE 1 END AS rented
                FROM claim AS c JOIN held AS h ON h.person = c.person LEFT JOIN rented AS r ON r.person = c.person AND r.year = c.year
                WHERE c.area * 100 > h.area * 105)
            SELECT o.person, CASE WHEN o.tier > p.tier THEN o.tier ELSE p.tier END, p.site, p.rid, o.rid, o.year, o.programme, o.claimed, o.held, p.amount, o.rented
            FROM above AS o JOIN paid AS p ON p.person = o.person AND p.programme = o.programme AND p.year = o.year
)
SELECT DISTINCT s.subject AS subject, CAST(q.year AS TEXT) AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND $1 > 0
  AND NOT coalesce((q.rented = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, CAST(q.year AS TEXT) AS episode, 2 AS source, plot.rid AS rid, plot.version AS version, plot.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN land_right AS plot
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND plot.rid = q.land_rid
  AND $1 > 0
  AND NOT coalesce((q.rented = 1), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT y.citizen_id_person FROM household AS x JOIN household AS y ON y.household_no = x.household_no WHERE x.citizen_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT citizen_id_person FROM household WHERE household_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT y.member_id_person FROM benefit_enrol AS x JOIN benefit_enrol AS y ON y.head_id = x.head_id WHERE x.member_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT member_id_person FROM benefit_enrol WHERE head_id IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM land_right LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM household LIMIT 1) AS found
