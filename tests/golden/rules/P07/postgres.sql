-- findings
WITH said(subject, site, episode, offence, year, penalty_rid, fine, n, fence) AS (
WITH fined AS (
                SELECT p.agency, p.site, p.rid, p.offence, p.fine, p.decided_on / 10000 AS year FROM penalty AS p
                WHERE p.status = 'valid' AND p.category = 'fine' AND p.fine > 0 AND p.party_kind = 'person' AND p.offence <> 'other'),
            peers AS (
                SELECT offence, year, count(*) AS n, qq_q1_x12(fine) AS q1, qq_q3_x12(fine) AS q3 FROM fined GROUP BY offence, year)
            SELECT f.agency, f.site, f.offence || ' ' || f.year, f.offence, f.year, f.rid, f.fine, p.n, (5 * p.q1 - 3 * p.q3) / 24
            FROM fined AS f JOIN peers AS p ON p.offence = f.offence AND p.year = f.year
            WHERE 1 = 1 AND p.n >= 20 AND f.fine * 24 < 5 * p.q1 - 3 * p.q3
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.offence, g.year, g.low, g.lowest, g.peers, g.fence
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.offence") FILTER (WHERE clause IS NULL) AS offence, min("q.year") FILTER (WHERE clause IS NULL) AS year, count(DISTINCT "q.penalty_rid") FILTER (WHERE clause IS NULL) AS low, min("q.fine") FILTER (WHERE clause IS NULL) AS lowest, max("q.n") FILTER (WHERE clause IS NULL) AS peers, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.episode AS "q.episode", q.offence AS "q.offence", q.year AS "q.year", q.penalty_rid AS "q.penalty_rid", q.fine AS "q.fine", q.n AS "q.n", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, episode, offence, year, penalty_rid, fine, n, fence) AS (
WITH fined AS (
                SELECT p.agency, p.site, p.rid, p.offence, p.fine, p.decided_on / 10000 AS year FROM penalty AS p
                WHERE p.status = 'valid' AND p.category = 'fine' AND p.fine > 0 AND p.party_kind = 'person' AND p.offence <> 'other'),
            peers AS (
                SELECT offence, year, count(*) AS n, qq_q1_x12(fine) AS q1, qq_q3_x12(fine) AS q3 FROM fined GROUP BY offence, year)
            SELECT f.agency, f.site, f.offence || ' ' || f.year, f.offence, f.year, f.rid, f.fine, p.n, (5 * p.q1 - 3 * p.q3) / 24
            FROM fined AS f JOIN peers AS p ON p.offence = f.offence AND p.year = f.year
            WHERE f.agency IN (SELECT key FROM dirty_subject) AND p.n >= 20 AND f.fine * 24 < 5 * p.q1 - 3 * p.q3
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.offence, g.year, g.low, g.lowest, g.peers, g.fence
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.offence") FILTER (WHERE clause IS NULL) AS offence, min("q.year") FILTER (WHERE clause IS NULL) AS year, count(DISTINCT "q.penalty_rid") FILTER (WHERE clause IS NULL) AS low, min("q.fine") FILTER (WHERE clause IS NULL) AS lowest, max("q.n") FILTER (WHERE clause IS NULL) AS peers, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.episode AS "q.episode", q.offence AS "q.offence", q.year AS "q.year", q.penalty_rid AS "q.penalty_rid", q.fine AS "q.fine", q.n AS "q.n", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, episode, offence, year, penalty_rid, fine, n, fence) AS (
WITH fined AS (
                SELECT p.agency, p.site, p.rid, p.offence, p.fine, p.decided_on / 10000 AS year FROM penalty AS p
                WHERE p.status = 'valid' AND p.category = 'fine' AND p.fine > 0 AND p.party_kind = 'person' AND p.offence <> 'other'),
            peers AS (
                SELECT offence, year, count(*) AS n, qq_q1_x12(fine) AS q1, qq_q3_x12(fine) AS q3 FROM fined GROUP BY offence, year)
            SELECT f.agency, f.site, f.offence || ' ' || f.year, f.offence, f.year, f.rid, f.fine, p.n, (5 * p.q1 - 3 * p.q3) / 24
            FROM fined AS f JOIN peers AS p ON p.offence = f.offence AND p.year = f.year
            WHERE f.agency IN (SELECT key FROM hit_subject) AND p.n >= 20 AND f.fine * 24 < 5 * p.q1 - 3 * p.q3
)
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 1 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN penalty AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.penalty_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM penalty LIMIT 1) AS found
