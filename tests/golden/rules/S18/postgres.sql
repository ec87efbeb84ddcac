-- findings
WITH said(subject, site, title, area, let_area, standard, expected, booked, asset_rid, contract_rid) AS (
WITH org AS (SELECT org_no, name, substr(division, 1, 9) AS township FROM rural_org),
            land AS (
                SELECT a.org_no, a.asset_no, a.rid, a.site,
                    CASE a.unit WHEN 'mu' THEN a.quantity WHEN 'shang' THEN a.quantity * 15 WHEN 'metre' THEN a.quantity * 15 / 10000 END AS area
                FROM rural_asset AS a WHERE a.sort = 'reserve' AND a.use IN ('let', 'contracted')),
            deal AS (
                SELECT c.org_no, c.asset_no, c.rid, c.total * 365 / (qq_days(c.to_day) - qq_days(c.from_day) + 1) AS yearly,
                    CASE a.unit WHEN 'mu' THEN c.quantity WHEN 'shang' THEN c.quantity * 15 WHEN 'metre' THEN c.quantity * 15 / 10000 END AS area
                FROM rural_contract AS c JOIN rural_asset AS a ON a.org_no = c.org_no AND a.asset_no = c.asset_no
                WHERE a.sort = 'reserve' AND c.kind IN ('contract', 'lease') AND c.from_day <= $1 AND c.to_day >= $1),
            priced AS (
                SELECT o.township, d.rid, d.yearly * 10000 / d.area AS rent FROM deal AS d JOIN org AS o ON o.org_no = d.org_no WHERE d.area > 0),
            placed AS (
                SELECT township, rent, row_number() OVER (PARTITION BY township ORDER BY rent, rid) AS i, count(*) OVER (PARTITION BY township) AS n
                FROM priced),
            standard AS (
                SELECT township, (min(rent) + max(rent)) / 2 AS rent FROM placed
                WHERE 2 * i IN (n, n + 1, n + 2) AND n >= 8 GROUP BY township),
            held AS (SELECT org_no, CAST(sum(area) AS BIGINT) AS area FROM land WHERE area > 0 GROUP BY org_no),
            taken AS (
                SELECT d.org_no, CAST(sum(d.yearly) AS BIGINT) AS yearly, CAST(sum(d.area) AS BIGINT) AS area
                FROM deal AS d JOIN land AS l ON l.org_no = d.org_no AND l.asset_no = d.asset_no GROUP BY d.org_no),
            gap AS (
                SELECT h.org_no, o.name, h.area, coalesce(t.area, 0) AS let_area, s.rent, h.area * s.rent / 10000 AS expected, coalesce(t.yearly, 0) AS booked
                FROM held AS h JOIN org AS o ON o.org_no = h.org_no JOIN standard AS s ON s.township = o.township LEFT JOIN taken AS t ON t.org_no = h.org_no
                WHERE 1 = 1)
            SELECT g.org_no, l.site, g.name, g.area, g.let_area, g.rent, g.expected, g.booked, l.rid, d.rid
            FROM gap AS g JOIN land AS l ON l.org_no = g.org_no LEFT JOIN deal AS d ON d.org_no = l.org_no AND d.asset_no = l.asset_no
            WHERE (g.expected - g.booked) * 100 > g.expected * 10
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.area, g.let_area, g.standard, g.expected, g.booked
FROM (SELECT hit.subject AS subject, 'reserve land' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.expected" - "q.booked") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.area") FILTER (WHERE clause IS NULL) AS area, max("q.let_area") FILTER (WHERE clause IS NULL) AS let_area, max("q.standard") FILTER (WHERE clause IS NULL) AS standard, max("q.expected") FILTER (WHERE clause IS NULL) AS expected, max("q.booked") FILTER (WHERE clause IS NULL) AS booked
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.area AS "q.area", q.let_area AS "q.let_area", q.standard AS "q.standard", q.expected AS "q.expected", q.booked AS "q.booked", q.asset_rid AS "q.asset_rid", q.contract_rid AS "q.contract_rid", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, area, let_area, standard, expected, booked, asset_rid, contract_rid) AS (
WITH org AS (SELECT org_no, name, substr(division, 1, 9) AS township FROM rural_org),
            land AS (
                SELECT a.org_no, a.asset_no, a.rid, a.site,
                    CASE a.unit WHEN 'mu' THEN a.quantity WHEN 'shang' THEN a.quantity * 15 WHEN 'metre' THEN a.quantity * 15 / 10000 END AS area
                FROM rural_asset AS a WHERE a.sort = 'reserve' AND a.use IN ('let', 'contracted')),
            deal AS (
                SELECT c.org_no, c.asset_no, c.rid, c.total * 365 / (qq_days(c.to_day) - qq_days(c.from_day) + 1) AS yearly,
                    CASE a.unit WHEN 'mu' THEN c.quantity WHEN 'shang' THEN c.quantity * 15 WHEN 'metre' THEN c.quantity * 15 / 10000 END AS area
                FROM rural_contract AS c JOIN rural_asset AS a ON a.org_no = c.org_no AND a.asset_no = c.asset_no
                WHERE a.sort = 'reserve' AND c.kind IN ('contract', 'lease') AND c.from_day <= $1 AND c.to_day >= $1),
            priced AS (
                SELECT o.township, d.rid, d.yearly * 10000 / d.area AS rent FROM deal AS d JOIN org AS o ON o.org_no = d.org_no WHERE d.area > 0),
            placed AS (
                SELECT township, rent, row_number() OVER (PARTITION BY township ORDER BY rent, rid) AS i, count(*) OVER (PARTITION BY township) AS n
                FROM priced),
            standard AS (
                SELECT township, (min(rent) + max(rent)) / 2 AS rent FROM placed
                WHERE 2 * i IN (n, n + 1, n + 2) AND n >= 8 GROUP BY township),
            held AS (SELECT org_no, CAST(sum(area) AS BIGINT) AS area FROM land WHERE area > 0 GROUP BY org_no),
            taken AS (
                SELECT d.org_no, CAST(sum(d.yearly) AS BIGINT) AS yearly, CAST(sum(d.area) AS BIGINT) AS area
                FROM deal AS d JOIN land AS l ON l.org_no = d.org_no AND l.asset_no = d.asset_no GROUP BY d.org_no),
            gap AS (
                SELECT h.org_no, o.name, h.area, coalesce(t.area, 0) AS let_area, s.rent, h.area * s.rent / 10000 AS expected, coalesce(t.yearly, 0) AS booked
                FROM held AS h JOIN org AS o ON o.org_no = h.org_no JOIN standard AS s ON s.township = o.township LEFT JOIN taken AS t ON t.org_no = h.org_no
                WHERE h.org_no IN (SELECT key FROM dirty_subject))
            SELECT g.org_no, l.site, g.name, g.area, g.let_area, g.rent, g.expected, g.booked, l.rid, d.rid
            FROM gap AS g JOIN land AS l ON l.org_no = g.org_no LEFT JOIN deal AS d ON d.org_no = l.org_no AND d.asset_no = l.asset_no
            WHERE (g.expected - g.booked) * 100 > g.expected * 10
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.area, g.let_area, g.standard, g.expected, g.booked
FROM (SELECT hit.subject AS subject, 'reserve land' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.expected" - "q.booked") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.area") FILTER (WHERE clause IS NULL) AS area, max("q.let_area") FILTER (WHERE clause IS NULL) AS let_area, max("q.standard") FILTER (WHERE clause IS NULL) AS standard, max("q.expected") FILTER (WHERE clause IS NULL) AS expected, max("q.booked") FILTER (WHERE clause IS NULL) AS booked
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.area AS "q.area", q.let_area AS "q.let_area", q.standard AS "q.standard", q.expected AS "q.expected", q.booked AS "q.booked", q.asset_rid AS "q.asset_rid", q.contract_rid AS "q.contract_rid", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, area, let_area, standard, expected, booked, asset_rid, contract_rid) AS (
WITH org AS (SELECT org_no, name, substr(division, 1, 9) AS township FROM rural_org),
            land AS (
                SELECT a.org_no, a.asset_no, a.rid, a.site,
                    CASE a.unit WHEN 'mu' THEN a.quantity WHEN 'shang' THEN a.quantity * 15 WHEN 'metre' THEN a.quantity * 15 / 10000 END AS area
                FROM rural_asset AS a WHERE a.sort = 'reserve' AND a.use IN ('let', 'contracted')),
            deal AS (
                SELECT c.org_no, c.asset_no, c.rid, c.total * 365 / (qq_days(c.to_day) - qq_days(c.from_day) + 1) AS yearly,
                    CASE a.unit WHEN 'mu' THEN c.quantity WHEN 'shang' THEN c.quantity * 15 WHEN 'metre' THEN c.quantity * 15 / 10000 END AS area
                FROM rural_contract AS c JOIN rural_asset AS a ON a.org_no = c.org_no AND a.asset_no = c.asset_no
                WHERE a.sort = 'reserve' AND c.kind IN ('contract', 'lease') AND c.from_day <= $1 AND c.to_day >= $1),
            priced AS (
                SELECT o.township, d.rid, d.yearly * 10000 / d.area AS rent FROM deal AS d JOIN org AS o ON o.org_no = d.org_no WHERE d.area > 0),
            placed AS (
                SELECT township, rent, row_number() OVER (PARTITION BY township ORDER BY rent, rid) AS i, count(*) OVER (PARTITION BY township) AS n
                FROM priced),
            standard AS (
                SELECT township, (min(rent) + max(rent)) / 2 AS rent FROM placed
                WHERE 2 * i IN (n, n + 1, n + 2) AND n >= 8 GROUP BY township),
            held AS (SELECT org_no, CAST(sum(area) AS BIGINT) AS area FROM land WHERE area > 0 GROUP BY org_no),
            taken AS (
                SELECT d.org_no, CAST(sum(d.yearly) AS BIGINT) AS yearly, CAST(sum(d.area) AS BIGINT) AS area
                FROM deal AS d JOIN land AS l ON l.org_no = d.org_no AND l.asset_no = d.asset_no GROUP BY d.org_no),
            gap AS (
                SELECT h.org_no, o.name, h.area, coalesce(t.area, 0) AS let_area, s.rent, h.area * s.rent / 10000 AS expected, coalesce(t.yearly, 0) AS booked
                FROM held AS h JOIN org AS o ON o.org_no = h.org_no JOIN standard AS s ON s.township = o.township LEFT JOIN taken AS t ON t.org_no = h.org_no
                WHERE h.org_no IN (SELECT key FROM hit_subject))
            SELECT g.org_no, l.site, g.name, g.area, g.let_area, g.rent, g.expected, g.booked, l.rid, d.rid
            FROM gap AS g JOIN land AS l ON l.org_no = g.org_no LEFT JOIN deal AS d ON d.org_no = l.org_no AND d.asset_no = l.asset_no
            WHERE (g.expected - g.booked) * 100 > g.expected * 10
)
SELECT DISTINCT s.subject AS subject, 'reserve land' AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_asset AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.asset_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'reserve land' AS episode, 2 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_asset LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_org LIMIT 1) AS found
