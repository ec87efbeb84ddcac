-- findings
WITH said(subject, site, title, ground, asset_rid, since, booked, righted) AS (
WITH org AS (SELECT org_no, site, name, division FROM rural_org WHERE 1 = 1),
            booked AS (
                SELECT a.org_no, CAST(sum(CASE a.unit WHEN 'mu' THEN a.quantity WHEN 'shang' THEN a.quantity * 15 WHEN 'metre' THEN a.quantity * 15 / 10000
                    ELSE 0 END) AS BIGINT) AS area
                FROM org AS o JOIN rural_asset AS a ON a.org_no = o.org_no WHERE a.sort = 'field' GROUP BY a.org_no),
            righted AS (
                SELECT o.org_no, CAST(sum(r.area) AS BIGINT) AS area FROM org AS o JOIN land_right AS r ON r.division = o.division
                WHERE length(o.division) = 12 GROUP BY o.org_no)
            SELECT o.org_no, a.site, o.name, 'idle', a.rid, a.idle_since, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
            FROM org AS o JOIN rural_asset AS a ON a.org_no = o.org_no
            WHERE a.use = 'idle' AND qq_days(a.idle_since) + 365 <= qq_days($1)
            UNION ALL
            SELECT o.org_no, a.site, o.name, 'land', a.rid, NULL, b.area, r.area
            FROM org AS o JOIN booked AS b ON b.org_no = o.org_no JOIN righted AS r ON r.org_no = o.org_no
                JOIN rural_asset AS a ON a.org_no = o.org_no AND a.sort = 'field'
            WHERE r.area > b.area AND b.area > 0
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.land = 1 THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.ground, g.assets, g.since, g.booked, g.righted, g.land
FROM (SELECT hit.subject AS subject, "q.ground" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.ground") FILTER (WHERE clause IS NULL) AS ground, count(DISTINCT "q.asset_rid") FILTER (WHERE clause IS NULL) AS assets, min("q.since") FILTER (WHERE clause IS NULL) AS since, max("q.booked") FILTER (WHERE clause IS NULL) AS booked, max("q.righted") FILTER (WHERE clause IS NULL) AS righted, max(CASE WHEN "q.ground" = 'land' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS land
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.ground AS "q.ground", q.asset_rid AS "q.asset_rid", q.since AS "q.since", q.booked AS "q.booked", q.righted AS "q.righted", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, ground, asset_rid, since, booked, righted) AS (
WITH org AS (SELECT org_no, site, name, division FROM rural_org WHERE org_no IN (SELECT key FROM dirty_subject)),
            booked AS (
                SELECT a.org_no, CAST(sum(CASE a.unit WHEN 'mu' THEN a.quantity WHEN 'shang' THEN a.quantity * 15 WHEN 'metre' THEN a.quantity * 15 / 10000
                    ELSE 0 END) AS BIGINT) AS area
                FROM org AS o JOIN rural_asset AS a ON a.org_no = o.org_no WHERE a.sort = 'field' GROUP BY a.org_no),
            righted AS (
                SELECT o.org_no, CAST(sum(r.area) AS BIGINT) AS area FROM org AS o JOIN land_right AS r ON r.division = o.division
                WHERE length(o.division) = 12 GROUP BY o.org_no)
            SELECT o.org_no, a.site, o.name, 'idle', a.rid, a.idle_since, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
            FROM org AS o JOIN rural_asset AS a ON a.org_no = o.org_no
            WHERE a.use = 'idle' AND qq_days(a.idle_since) + 365 <= qq_days($1)
            UNION ALL
            SELECT o.org_no, a.site, o.name, 'land', a.rid, NULL, b.area, r.area
            FROM org AS o JOIN booked AS b ON b.org_no = o.org_no JOIN righted AS r ON r.org_no = o.org_no
                JOIN rural_asset AS a ON a.org_no = o.org_no AND a.sort = 'field'
            WHERE r.area > b.area AND b.area > 0
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.land = 1 THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.ground, g.assets, g.since, g.booked, g.righted, g.land
FROM (SELECT hit.subject AS subject, "q.ground" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.ground") FILTER (WHERE clause IS NULL) AS ground, count(DISTINCT "q.asset_rid") FILTER (WHERE clause IS NULL) AS assets, min("q.since") FILTER (WHERE clause IS NULL) AS since, max("q.booked") FILTER (WHERE clause IS NULL) AS booked, max("q.righted") FILTER (WHERE clause IS NULL) AS righted, max(CASE WHEN "q.ground" = 'land' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS land
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.ground AS "q.ground", q.asset_rid AS "q.asset_rid", q.since AS "q.since", q.booked AS "q.booked", q.righted AS "q.righted", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, ground, asset_rid, since, booked, righted) AS (
WITH org AS (SELECT org_no, site, name, division FROM rural_org WHERE org_no IN (SELECT key FROM hit_subject)),
            booked AS (
                SELECT a.org_no, CAST(sum(CASE a.unit WHEN 'mu' THEN a.quantity WHEN 'shang' THEN a.quantity * 15 WHEN 'metre' THEN a.quantity * 15 / 10000
                    ELSE 0 END) AS BIGINT) AS area
                FROM org AS o JOIN rural_asset AS a ON a.org_no = o.org_no WHERE a.sort = 'field' GROUP BY a.org_no),
            righted AS (
                SELECT o.org_no, CAST(sum(r.area) AS BIGINT) AS area FROM org AS o JOIN land_right AS r ON r.division = o.division
                WHERE length(o.division) = 12 GROUP BY o.org_no)
            SELECT o.org_no, a.site, o.name, 'idle', a.rid, a.idle_since, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
            FROM org AS o JOIN rural_asset AS a ON a.org_no = o.org_no
            WHERE a.use = 'idle' AND qq_days(a.idle_since) + 365 <= qq_days($1)
            UNION ALL
            SELECT o.org_no, a.site, o.name, 'land', a.rid, NULL, b.area, r.area
            FROM org AS o JOIN booked AS b ON b.org_no = o.org_no JOIN righted AS r ON r.org_no = o.org_no
                JOIN rural_asset AS a ON a.org_no = o.org_no AND a.sort = 'field'
            WHERE r.area > b.area AND b.area > 0
)
SELECT DISTINCT s.subject AS subject, q.ground AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_asset AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.asset_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT due.org_no FROM rural_asset AS due WHERE due.org_no IS NOT NULL AND qq_ymd(qq_days(due.idle_since) + 365) > $1 AND qq_ymd(qq_days(due.idle_since) + 365) <= $2

-- touches
SELECT org_no FROM rural_org WHERE division IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_asset LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_org LIMIT 1) AS found
