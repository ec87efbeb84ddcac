-- findings
WITH said(subject, tier, site, pay_rid, land_rid, year, programme, person, amount, claimed, plot, family, forest) AS (
WITH claim AS (
                SELECT parcel, month / 100 AS year, programme, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, amount, area
                FROM benefit_pay
                WHERE 1 = 1 AND parcel IS NOT NULL AND citizen_id_tier <= 2 AND programme IN ('liangbu', 'dili', 'tuigeng')),
            pair AS (
                SELECT a.rid, b.area,
                    CASE WHEN a.programme <> b.programme THEN 1 ELSE 0 END AS forest,
                    CASE WHEN a.programme = b.programme AND (
                        EXISTS (SELECT 1 FROM household AS x JOIN household AS y ON y.household_no = x.household_no
                            WHERE x.citizen_id_person = a.person AND y.citizen_id_person = b.person AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2)
                        OR EXISTS (SELECT 1 FROM benefit_enrol AS x JOIN benefit_enrol AS y ON y.head_id = x.head_id
                            WHERE x.member_id_person = a.person AND y.member_id_person = b.person AND x.member_id_tier <= 2 AND y.member_id_tier <= 2)
                        ) THEN 1 ELSE 0 END AS family
                FROM claim AS a JOIN claim AS b ON b.parcel = a.parcel AND b.year = a.year
                WHERE (b.programme = a.programme AND b.person <> a.person)
                    OR (a.programme = 'liangbu' AND b.programme = 'tuigeng') OR (a.programme = 'tuigeng' AND b.programme = 'liangbu')),
            beside AS (
                SELECT rid, min(family) AS family, max(forest) AS forest, CASE WHEN count(area) = count(*) THEN CAST(sum(area) AS BIGINT) END AS area
                FROM pair GROUP BY rid),
            plot AS (SELECT plot_no, CAST(sum(area) AS BIGINT) AS area, min(rid) AS rid FROM land_right
                WHERE plot_no IN (SELECT parcel FROM claim) GROUP BY plot_no)
            SELECT c.parcel, c.tier, c.site, c.rid, l.rid, c.year, c.programme, c.person, c.amount, c.area + b.area, l.area, b.family, b.forest
            FROM beside AS b JOIN claim AS c ON c.rid = b.rid LEFT JOIN plot AS l ON l.plot_no = c.parcel
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.persons, g.claims, g.claimed, g.programme
FROM (SELECT hit.subject AS subject, CAST("q.year" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, count(DISTINCT "q.person") FILTER (WHERE clause IS NULL) AS persons, count(DISTINCT "q.pay_rid") FILTER (WHERE clause IS NULL) AS claims, max("q.claimed") FILTER (WHERE clause IS NULL) AS claimed, min("q.programme") FILTER (WHERE clause IS NULL) AS programme
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.pay_rid AS "q.pay_rid", q.land_rid AS "q.land_rid", q.year AS "q.year", q.programme AS "q.programme", q.person AS "q.person", q.amount AS "q.amount", q.claimed AS "q.claimed", q.plot AS "q.plot", q.family AS "q.family", q.forest AS "q.forest", CASE WHEN q.family = 1 THEN 1 WHEN q.claimed <= q.plot THEN 2 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, pay_rid, land_rid, year, programme, person, amount, claimed, plot, family, forest) AS (
WITH claim AS (
                SELECT parcel, month / 100 AS year, programme, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, amount, area
                FROM benefit_pay
                WHERE parcel IN (SELECT key FROM dirty_subject) AND parcel IS NOT NULL AND citizen_id_tier <= 2 AND programme IN ('liangbu', 'dili', 'tuigeng')),
            pair AS (
                SELECT a.rid, b.area,
                    CASE WHEN a.programme <> b.programme THEN 1 ELSE 0 END AS forest,
                    CASE WHEN a.programme = b.programme AND (
                        EXISTS (SELECT 1 FROM household AS x JOIN household AS y ON y.household_no = x.household_no
                            WHERE x.citizen_id_person = a.person AND y.citizen_id_person = b.person AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2)
                        OR EXISTS (SELECT 1 FROM benefit_enrol AS x JOIN benefit_enrol AS y ON y.head_id = x.head_id
                            WHERE x.member_id_person = a.person AND y.member_id_person = b.person AND x.member_id_tier <= 2 AND y.member_id_tier <= 2)
                        ) THEN 1 ELSE 0 END AS family
                FROM claim AS a JOIN claim AS b ON b.parcel = a.parcel AND b.year = a.year
                WHERE (b.programme = a.programme AND b.person <> a.person)
                    OR (a.programme = 'liangbu' AND b.programme = 'tuigeng') OR (a.programme = 'tuigeng' AND b.programme = 'liangbu')),
            beside AS (
                SELECT rid, min(family) AS family, max(forest) AS forest, CASE WHEN count(area) = count(*) THEN CAST(sum(area) AS BIGINT) END AS area
                FROM pair GROUP BY rid),
            plot AS (SELECT plot_no, CAST(sum(area) AS BIGINT) AS area, min(rid) AS rid FROM land_right
                WHERE plot_no IN (SELECT parcel FROM claim) GROUP BY plot_no)
            SELECT c.parcel, c.tier, c.site, c.rid, l.rid, c.year, c.programme, c.person, c.amount, c.area + b.area, l.area, b.family, b.forest
            FROM beside AS b JOIN claim AS c ON c.rid = b.rid LEFT JOIN plot AS l ON l.plot_no = c.parcel
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.persons, g.claims, g.claimed, g.programme
FROM (SELECT hit.subject AS subject, CAST("q.year" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, count(DISTINCT "q.person") FILTER (WHERE clause IS NULL) AS persons, count(DISTINCT "q.pay_rid") FILTER (WHERE clause IS NULL) AS claims, max("q.claimed") FILTER (WHERE clause IS NULL) AS claimed, min("q.programme") FILTER (WHERE clause IS NULL) AS programme
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.pay_rid AS "q.pay_rid", q.land_rid AS "q.land_rid", q.year AS "q.year", q.programme AS "q.programme", q.person AS "q.person", q.amount AS "q.amount", q.claimed AS "q.claimed", q.plot AS "q.plot", q.family AS "q.family", q.forest AS "q.forest", CASE WHEN q.family = 1 THEN 1 WHEN q.claimed <= q.plot THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, pay_rid, land_rid, year, programme, person, amount, claimed, plot, family, forest) AS (
WITH claim AS (
                SELECT parcel, month / 100 AS year, programme, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, amount, area
                FROM benefit_pay
                WHERE parcel IN (SELECT key FROM hit_subject) AND parcel IS NOT NULL AND citizen_id_tier <= 2 AND programme IN ('liangbu', 'dili', 'tuigeng')),
            pair AS (
                SELECT a.rid, b.area,
                    CASE WHEN a.programme <> b.programme THEN 1 ELSE 0 END AS forest,
                    CASE WHEN a.programme = b.programme AND (
                        EXISTS (SELECT 1 FROM household AS x JOIN household AS y ON y.household_no = x.household_no
                            WHERE x.citizen_id_person = a.person AND y.citizen_id_person = b.person AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2)
                        OR EXISTS (SELECT 1 FROM benefit_enrol AS x JOIN benefit_enrol AS y ON y.head_id = x.head_id
                            WHERE x.member_id_person = a.person AND y.member_id_person = b.person AND x.member_id_tier <= 2 AND y.member_id_tier <= 2)
                        ) THEN 1 ELSE 0 END AS family
                FROM claim AS a JOIN claim AS b ON b.parcel = a.parcel AND b.year = a.year
                WHERE (b.programme = a.programme AND b.person <> a.person)
                    OR (a.programme = 'liangbu' AND b.programme = 'tuigeng') OR (a.programme = 'tuigeng' AND b.programme = 'liangbu')),
            beside AS (
                SELECT rid, min(family) AS family, max(forest) AS forest, CASE WHEN count(area) = count(*) THEN CAST(sum(area) AS BIGINT) END AS area
                FROM pair GROUP BY rid),
            plot AS (SELECT plot_no, CAST(sum(area) AS BIGINT) AS area, min(rid) AS rid FROM land_right
                WHERE plot_no IN (SELECT parcel FROM claim) GROUP BY plot_no)
            SELECT c.parcel, c.tier, c.site, c.rid, l.rid, c.year, c.programme, c.person, c.amount, c.area + b.area, l.area, b.family, b.forest
            FROM beside AS b JOIN claim AS c ON c.rid = b.rid LEFT JOIN plot AS l ON l.plot_no = c.parcel
)
SELECT DISTINCT s.subject AS subject, CAST(q.year AS TEXT) AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND $1 > 0
  AND NOT coalesce((q.family = 1), FALSE)
  AND NOT coalesce((q.claimed <= q.plot), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, CAST(q.year AS TEXT) AS episode, 2 AS source, plot.rid AS rid, plot.version AS version, plot.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN land_right AS plot
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND plot.rid = q.land_rid
  AND $1 > 0
  AND NOT coalesce((q.family = 1), FALSE)
  AND NOT coalesce((q.claimed <= q.plot), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT parcel FROM benefit_pay WHERE citizen_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM household LIMIT 1) AS found
