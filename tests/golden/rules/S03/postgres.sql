-- findings
WITH said(subject, site, org, sort, rent, usual, peers, before, contract_rid, before_rid, short) AS (
WITH let AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.asset_no, c.total, c.signed_on, c.signed_on / 10000 AS year, a.sort,
                    substr(o.division, 1, 9) AS township,
                    CASE WHEN a.sort IN ('field', 'forest', 'water', 'reserve') THEN 'mu' ELSE a.unit END AS unit,
                    CASE WHEN a.sort NOT IN ('field', 'forest', 'water', 'reserve') THEN c.quantity WHEN a.unit = 'mu' THEN c.quantity
                        WHEN a.unit = 'shang' THEN c.quantity * 15 WHEN a.unit = 'metre' THEN c.quantity * 15 / 10000 END AS area,
                    qq_days(c.to_day) - qq_days(c.from_day) + 1 AS days
                FROM rural_contract AS c JOIN rural_asset AS a ON a.asset_no = c.asset_no AND a.org_no = c.org_no
                    JOIN rural_org AS o ON o.org_no = c.org_no
                WHERE c.kind IN ('contract', 'lease') AND c.total > 0),
            priced AS (
                SELECT rid, site, contract_no, org_no, asset_no, signed_on, year, sort, township, unit, area, total * 10000 / area * 365 / days AS rent
                FROM let WHERE area > 0 AND days > 0 AND unit IS NOT NULL),
            placed AS (
                SELECT sort, unit, township, year, rent, row_number() OVER (PARTITION BY sort, unit, township, year ORDER BY rent, rid) AS i,
                    count(*) OVER (PARTITION BY sort, unit, township, year) AS n
                FROM priced),
            middle AS (
                SELECT sort, unit, township, year, n, min(rent) + max(rent) AS mid FROM placed
                WHERE 2 * i IN (n, n + 1, n + 2) GROUP BY sort, unit, township, year, n),
            turn AS (
                SELECT rid, lag(rent) OVER (PARTITION BY org_no, asset_no, unit ORDER BY signed_on, rid) AS before,
                    lag(rid) OVER (PARTITION BY org_no, asset_no, unit ORDER BY signed_on, rid) AS before_rid
                FROM priced),
            low AS (
                SELECT p.*, CASE WHEN m.n >= 8 AND p.rent * 200 < m.mid * 70 THEN m.mid / 2 END AS usual,
                    CASE WHEN m.n >= 8 THEN m.n END AS n,
                    CASE WHEN p.rent * 100 < t.before * 80 THEN t.before END AS before,
                    CASE WHEN p.rent * 100 < t.before * 80 THEN t.before_rid END AS before_rid
                FROM priced AS p JOIN middle AS m ON m.sort = p.sort AND m.unit = p.unit AND m.township = p.township AND m.year = p.year
                    JOIN turn AS t ON t.rid = p.rid
                WHERE 1 = 1)
            SELECT contract_no, site, org_no, sort, rent, usual, n, before, rid, before_rid, (coalesce(usual, before) - rent) * area / 10000
            FROM low WHERE usual IS NOT NULL OR before IS NOT NULL
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.sort, g.rent, g.usual, g.peers_seen, g.before
FROM (SELECT hit.subject AS subject, "q.org" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.short") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.sort") FILTER (WHERE clause IS NULL) AS sort, min("q.rent") FILTER (WHERE clause IS NULL) AS rent, max("q.usual") FILTER (WHERE clause IS NULL) AS usual, max("q.peers") FILTER (WHERE clause IS NULL) AS peers_seen, max("q.before") FILTER (WHERE clause IS NULL) AS before
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.org AS "q.org", q.sort AS "q.sort", q.rent AS "q.rent", q.usual AS "q.usual", q.peers AS "q.peers", q.before AS "q.before", q.contract_rid AS "q.contract_rid", q.before_rid AS "q.before_rid", q.short AS "q.short", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, org, sort, rent, usual, peers, before, contract_rid, before_rid, short) AS (
WITH let AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.asset_no, c.total, c.signed_on, c.signed_on / 10000 AS year, a.sort,
                    substr(o.division, 1, 9) AS township,
                    CASE WHEN a.sort IN ('field', 'forest', 'water', 'reserve') THEN 'mu' ELSE a.unit END AS unit,
                    CASE WHEN a.sort NOT IN ('field', 'forest', 'water', 'reserve') THEN c.quantity WHEN a.unit = 'mu' THEN c.quantity
                        WHEN a.unit = 'shang' THEN c.quantity * 15 WHEN a.unit = 'metre' THEN c.quantity * 15 / 10000 END AS area,
                    qq_days(c.to_day) - qq_days(c.from_day) + 1 AS days
                FROM rural_contract AS c JOIN rural_asset AS a ON a.asset_no = c.asset_no AND a.org_no = c.org_no
                    JOIN rural_org AS o ON o.org_no = c.org_no
                WHERE c.kind IN ('contract', 'lease') AND c.total > 0),
            priced AS (
                SELECT rid, site, contract_no, org_no, asset_no, signed_on, year, sort, township, unit, area, total * 10000 / area * 365 / days AS rent
                FROM let WHERE area > 0 AND days > 0 AND unit IS NOT NULL),
            placed AS (
                SELECT sort, unit, township, year, rent, row_number() OVER (PARTITION BY sort, unit, township, year ORDER BY rent, rid) AS i,
                    count(*) OVER (PARTITION BY sort, unit, township, year) AS n
                FROM priced),
            middle AS (
                SELECT sort, unit, township, year, n, min(rent) + max(rent) AS mid FROM placed
                WHERE 2 * i IN (n, n + 1, n + 2) GROUP BY sort, unit, township, year, n),
            turn AS (
                SELECT rid, lag(rent) OVER (PARTITION BY org_no, asset_no, unit ORDER BY signed_on, rid) AS before,
                    lag(rid) OVER (PARTITION BY org_no, asset_no, unit ORDER BY signed_on, rid) AS before_rid
                FROM priced),
            low AS (
                SELECT p.*, CASE WHEN m.n >= 8 AND p.rent * 200 < m.mid * 70 THEN m.mid / 2 END AS usual,
                    CASE WHEN m.n >= 8 THEN m.n END AS n,
                    CASE WHEN p.rent * 100 < t.before * 80 THEN t.before END AS before,
                    CASE WHEN p.rent * 100 < t.before * 80 THEN t.before_rid END AS before_rid
                FROM priced AS p JOIN middle AS m ON m.sort = p.sort AND m.unit = p.unit AND m.township = p.township AND m.year = p.year
                    JOIN turn AS t ON t.rid = p.rid
                WHERE p.contract_no IN (SELECT key FROM dirty_subject))
            SELECT contract_no, site, org_no, sort, rent, usual, n, before, rid, before_rid, (coalesce(usual, before) - rent) * area / 10000
            FROM low WHERE usual IS NOT NULL OR before IS NOT NULL
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.sort, g.rent, g.usual, g.peers_seen, g.before
FROM (SELECT hit.subject AS subject, "q.org" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.short") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.sort") FILTER (WHERE clause IS NULL) AS sort, min("q.rent") FILTER (WHERE clause IS NULL) AS rent, max("q.usual") FILTER (WHERE clause IS NULL) AS usual, max("q.peers") FILTER (WHERE clause IS NULL) AS peers_seen, max("q.before") FILTER (WHERE clause IS NULL) AS before
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.org AS "q.org", q.sort AS "q.sort", q.rent AS "q.rent", q.usual AS "q.usual", q.peers AS "q.peers", q.before AS "q.before", q.contract_rid AS "q.contract_rid", q.before_rid AS "q.before_rid", q.short AS "q.short", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, org, sort, rent, usual, peers, before, contract_rid, before_rid, short) AS (
WITH let AS (
                SELECT c.rid, c.site, c.contract_no, c.org_no, c.asset_no, c.total, c.signed_on, c.signed_on / 10000 AS year, a.sort,
                    substr(o.division, 1, 9) AS township,
                    CASE WHEN a.sort IN ('field', 'forest', 'water', 'reserve') THEN 'mu' ELSE a.unit END AS unit,
                    CASE WHEN a.sort NOT IN ('field', 'forest', 'water', 'reserve') THEN c.quantity WHEN a.unit = 'mu' THEN c.quantity
                        WHEN a.unit = 'shang' THEN c.quantity * 15 WHEN a.unit = 'metre' THEN c.quantity * 15 / 10000 END AS area,
                    qq_days(c.to_day) - qq_days(c.from_day) + 1 AS days
                FROM rural_contract AS c JOIN rural_asset AS a ON a.asset_no = c.asset_no AND a.org_no = c.org_no
                    JOIN rural_org AS o ON o.org_no = c.org_no
                WHERE c.kind IN ('contract', 'lease') AND c.total > 0),
            priced AS (
                SELECT rid, site, contract_no, org_no, asset_no, signed_on, year, sort, township, unit, area, total * 10000 / area * 365 / days AS rent
                FROM let WHERE area > 0 AND days > 0 AND unit IS NOT NULL),
            placed AS (
                SELECT sort, unit, township, year, rent, row_number() OVER (PARTITION BY sort, unit, township, year ORDER BY rent, rid) AS i,
                    count(*) OVER (PARTITION BY sort, unit, township, year) AS n
                FROM priced),
            middle AS (
                SELECT sort, unit, township, year, n, min(rent) + max(rent) AS mid FROM placed
                WHERE 2 * i IN (n, n + 1, n + 2) GROUP BY sort, unit, township, year, n),
            turn AS (
                SELECT rid, lag(rent) OVER (PARTITION BY org_no, asset_no, unit ORDER BY signed_on, rid) AS before,
                    lag(rid) OVER (PARTITION BY org_no, asset_no, unit ORDER BY signed_on, rid) AS before_rid
                FROM priced),
            low AS (
                SELECT p.*, CASE WHEN m.n >= 8 AND p.rent * 200 < m.mid * 70 THEN m.mid / 2 END AS usual,
                    CASE WHEN m.n >= 8 THEN m.n END AS n,
                    CASE WHEN p.rent * 100 < t.before * 80 THEN t.before END AS before,
                    CASE WHEN p.rent * 100 < t.before * 80 THEN t.before_rid END AS before_rid
                FROM priced AS p JOIN middle AS m ON m.sort = p.sort AND m.unit = p.unit AND m.township = p.township AND m.year = p.year
                    JOIN turn AS t ON t.rid = p.rid
                WHERE p.contract_no IN (SELECT key FROM hit_subject))
            SELECT contract_no, site, org_no, sort, rent, usual, n, before, rid, before_rid, (coalesce(usual, before) - rent) * area / 10000
            FROM low WHERE usual IS NOT NULL OR before IS NOT NULL
)
SELECT DISTINCT s.subject AS subject, q.org AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.org AS episode, 2 AS source, last.rid AS rid, last.version AS version, last.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_contract AS last
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND last.rid = q.before_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_asset LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_org LIMIT 1) AS found
