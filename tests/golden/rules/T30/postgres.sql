-- findings
WITH said(subject, site, contract_rid, year, share, contracts, units, fence, amount) AS (
WITH entry AS (
                SELECT DISTINCT t.buyer, c.site, c.rid, c.signed_on / 10000 AS year, c.amount, CASE WHEN t.method IN ('single', 'direct') THEN 1 ELSE 0 END AS direct
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no WHERE t.state <> 'cancelled'),
            total AS (
                SELECT buyer, year, count(*) AS contracts, CAST(sum(amount) AS BIGINT) / 100 AS yuan,
                    CAST(sum(amount * direct) AS BIGINT) / 100 AS direct
                FROM entry GROUP BY buyer, year HAVING count(*) >= 2 AND sum(amount) >= 100),
            share AS (SELECT buyer, year, contracts, direct * 100000 / yuan AS share FROM total),
            fence AS (
                SELECT year, count(*) AS n, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM share GROUP BY year HAVING count(*) >= 10)
            SELECT e.buyer, e.site, e.rid, CAST(e.year AS TEXT), s.share / 1000, s.contracts, f.n, (5 * f.q3 - 3 * f.q1) / 24000, e.amount
            FROM entry AS e JOIN share AS s ON s.buyer = e.buyer AND s.year = e.year JOIN fence AS f ON f.year = e.year
            WHERE 1 = 1 AND e.direct = 1 AND 5 * f.q3 > 3 * f.q1 AND s.share * 12 > f.q3 AND s.share * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.share, g.contracts, g.direct, g.units, g.fence
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, max("q.share") FILTER (WHERE clause IS NULL) AS share, max("q.contracts") FILTER (WHERE clause IS NULL) AS contracts, count(DISTINCT "q.contract_rid") FILTER (WHERE clause IS NULL) AS direct, max("q.units") FILTER (WHERE clause IS NULL) AS units, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.contract_rid AS "q.contract_rid", q.year AS "q.year", q.share AS "q.share", q.contracts AS "q.contracts", q.units AS "q.units", q.fence AS "q.fence", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, contract_rid, year, share, contracts, units, fence, amount) AS (
WITH entry AS (
                SELECT DISTINCT t.buyer, c.site, c.rid, c.signed_on / 10000 AS year, c.amount, CASE WHEN t.method IN ('single', 'direct') THEN 1 ELSE 0 END AS direct
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no WHERE t.state <> 'cancelled'),
            total AS (
                SELECT buyer, year, count(*) AS contracts, CAST(sum(amount) AS BIGINT) / 100 AS yuan,
                    CAST(sum(amount * direct) AS BIGINT) / 100 AS direct
                FROM entry GROUP BY buyer, year HAVING count(*) >= 2 AND sum(amount) >= 100),
            share AS (SELECT buyer, year, contracts, direct * 100000 / yuan AS share FROM total),
            fence AS (
                SELECT year, count(*) AS n, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM share GROUP BY year HAVING count(*) >= 10)
            SELECT e.buyer, e.site, e.rid, CAST(e.year AS TEXT), s.share / 1000, s.contracts, f.n, (5 * f.q3 - 3 * f.q1) / 24000, e.amount
            FROM entry AS e JOIN share AS s ON s.buyer = e.buyer AND s.year = e.year JOIN fence AS f ON f.year = e.year
            WHERE e.buyer IN (SELECT key FROM dirty_subject) AND e.direct = 1 AND 5 * f.q3 > 3 * f.q1 AND s.share * 12 > f.q3 AND s.share * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.share, g.contracts, g.direct, g.units, g.fence
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, max("q.share") FILTER (WHERE clause IS NULL) AS share, max("q.contracts") FILTER (WHERE clause IS NULL) AS contracts, count(DISTINCT "q.contract_rid") FILTER (WHERE clause IS NULL) AS direct, max("q.units") FILTER (WHERE clause IS NULL) AS units, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.contract_rid AS "q.contract_rid", q.year AS "q.year", q.share AS "q.share", q.contracts AS "q.contracts", q.units AS "q.units", q.fence AS "q.fence", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, contract_rid, year, share, contracts, units, fence, amount) AS (
WITH entry AS (
                SELECT DISTINCT t.buyer, c.site, c.rid, c.signed_on / 10000 AS year, c.amount, CASE WHEN t.method IN ('single', 'direct') THEN 1 ELSE 0 END AS direct
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no WHERE t.state <> 'cancelled'),
            total AS (
                SELECT buyer, year, count(*) AS contracts, CAST(sum(amount) AS BIGINT) / 100 AS yuan,
                    CAST(sum(amount * direct) AS BIGINT) / 100 AS direct
                FROM entry GROUP BY buyer, year HAVING count(*) >= 2 AND sum(amount) >= 100),
            share AS (SELECT buyer, year, contracts, direct * 100000 / yuan AS share FROM total),
            fence AS (
                SELECT year, count(*) AS n, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM share GROUP BY year HAVING count(*) >= 10)
            SELECT e.buyer, e.site, e.rid, CAST(e.year AS TEXT), s.share / 1000, s.contracts, f.n, (5 * f.q3 - 3 * f.q1) / 24000, e.amount
            FROM entry AS e JOIN share AS s ON s.buyer = e.buyer AND s.year = e.year JOIN fence AS f ON f.year = e.year
            WHERE e.buyer IN (SELECT key FROM hit_subject) AND e.direct = 1 AND 5 * f.q3 > 3 * f.q1 AND s.share * 12 > f.q3 AND s.share * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT DISTINCT s.subject AS subject, q.year AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
