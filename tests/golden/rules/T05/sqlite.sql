-- findings
WITH said(subject, site, title, bid_rid, other_rid, won, next_price, more, processes, fence) AS (
WITH single AS (SELECT lot_no, min(winner_uscc) AS winner FROM award GROUP BY lot_no HAVING count(*) = 1),
            raced AS (
                SELECT t.lot_no, t.site, t.title, t.method, t.kind, own.rid, own.price AS won, other.rid AS other_rid, other.price AS next_price,
                    row_number() OVER (PARTITION BY t.project_no, t.lot_no ORDER BY other.price, other.rid) AS place
                FROM tender AS t JOIN single AS w ON w.lot_no = t.lot_no
                    JOIN bid AS own ON own.lot_no = t.lot_no AND own.bidder_uscc = w.winner
                    JOIN bid AS other ON other.lot_no = t.lot_no AND other.bidder_uscc <> w.winner
                WHERE t.state NOT IN ('cancelled', 'unsuccessful') AND t.method NOT IN ('single', 'direct')
                    AND own.state = 'valid' AND own.price > 0 AND own.consortium IS NULL
                    AND other.state = 'valid' AND other.price > 0 AND other.consortium IS NULL),
            gaps AS (
                SELECT lot_no, site, title, method, kind, rid, other_rid, won, next_price, (next_price - won) * 100000 / won AS gap
                FROM raced WHERE place = 1 AND next_price >= won AND next_price / 100 < won),
            fence AS (
                SELECT method, kind, count(*) AS n, qq_q1_x12(gap) AS q1, qq_q3_x12(gap) AS q3
                FROM gaps GROUP BY method, kind HAVING count(*) >= 30)
            SELECT g.lot_no, g.site, g.title, g.rid, g.other_rid, g.won, g.next_price, g.next_price - g.won, f.n, g.won / 10000 * ((5 * f.q1 - 3 * f.q3) / 240)
            FROM gaps AS g JOIN fence AS f ON f.method = g.method AND f.kind = g.kind
            WHERE 1 = 1 AND f.q1 > 0 AND 5 * f.q1 > 3 * f.q3 AND g.gap * 24 <= 5 * f.q1 - 3 * f.q3
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.won, g.next_price, g.more, g.fence, g.peers
FROM (SELECT hit.subject AS subject, 'gap' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(min("q.won") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.won") FILTER (WHERE clause IS NULL) AS won, min("q.next_price") FILTER (WHERE clause IS NULL) AS next_price, max("q.more") FILTER (WHERE clause IS NULL) AS more, min("q.fence") FILTER (WHERE clause IS NULL) AS fence, min("q.processes") FILTER (WHERE clause IS NULL) AS peers
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.bid_rid AS "q.bid_rid", q.other_rid AS "q.other_rid", q.won AS "q.won", q.next_price AS "q.next_price", q.more AS "q.more", q.processes AS "q.processes", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, title, bid_rid, other_rid, won, next_price, more, processes, fence) AS (
WITH single AS (SELECT lot_no, min(winner_uscc) AS winner FROM award GROUP BY lot_no HAVING count(*) = 1),
            raced AS (
                SELECT t.lot_no, t.site, t.title, t.method, t.kind, own.rid, own.price AS won, other.rid AS other_rid, other.price AS next_price,
                    row_number() OVER (PARTITION BY t.project_no, t.lot_no ORDER BY other.price, other.rid) AS place
                FROM tender AS t JOIN single AS w ON w.lot_no = t.lot_no
                    JOIN bid AS own ON own.lot_no = t.lot_no AND own.bidder_uscc = w.winner
                    JOIN bid AS other ON other.lot_no = t.lot_no AND other.bidder_uscc <> w.winner
                WHERE t.state NOT IN ('cancelled', 'unsuccessful') AND t.method NOT IN ('single', 'direct')
                    AND own.state = 'valid' AND own.price > 0 AND own.consortium IS NULL
                    AND other.state = 'valid' AND other.price > 0 AND other.consortium IS NULL),
            gaps AS (
                SELECT lot_no, site, title, method, kind, rid, other_rid, won, next_price, (next_price - won) * 100000 / won AS gap
                FROM raced WHERE place = 1 AND next_price >= won AND next_price / 100 < won),
            fence AS (
                SELECT method, kind, count(*) AS n, qq_q1_x12(gap) AS q1, qq_q3_x12(gap) AS q3
                FROM gaps GROUP BY method, kind HAVING count(*) >= 30)
            SELECT g.lot_no, g.site, g.title, g.rid, g.other_rid, g.won, g.next_price, g.next_price - g.won, f.n, g.won / 10000 * ((5 * f.q1 - 3 * f.q3) / 240)
            FROM gaps AS g JOIN fence AS f ON f.method = g.method AND f.kind = g.kind
            WHERE g.lot_no IN (SELECT key FROM dirty_subject) AND f.q1 > 0 AND 5 * f.q1 > 3 * f.q3 AND g.gap * 24 <= 5 * f.q1 - 3 * f.q3
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.won, g.next_price, g.more, g.fence, g.peers
FROM (SELECT hit.subject AS subject, 'gap' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(min("q.won") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.won") FILTER (WHERE clause IS NULL) AS won, min("q.next_price") FILTER (WHERE clause IS NULL) AS next_price, max("q.more") FILTER (WHERE clause IS NULL) AS more, min("q.fence") FILTER (WHERE clause IS NULL) AS fence, min("q.processes") FILTER (WHERE clause IS NULL) AS peers
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.bid_rid AS "q.bid_rid", q.other_rid AS "q.other_rid", q.won AS "q.won", q.next_price AS "q.next_price", q.more AS "q.more", q.processes AS "q.processes", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, title, bid_rid, other_rid, won, next_price, more, processes, fence) AS (
WITH single AS (SELECT lot_no, min(winner_uscc) AS winner FROM award GROUP BY lot_no HAVING count(*) = 1),
            raced AS (
                SELECT t.lot_no, t.site, t.title, t.method, t.kind, own.rid, own.price AS won, other.rid AS other_rid, other.price AS next_price,
                    row_number() OVER (PARTITION BY t.project_no, t.lot_no ORDER BY other.price, other.rid) AS place
                FROM tender AS t JOIN single AS w ON w.lot_no = t.lot_no
                    JOIN bid AS own ON own.lot_no = t.lot_no AND own.bidder_uscc = w.winner
                    JOIN bid AS other ON other.lot_no = t.lot_no AND other.bidder_uscc <> w.winner
                WHERE t.state NOT IN ('cancelled', 'unsuccessful') AND t.method NOT IN ('single', 'direct')
                    AND own.state = 'valid' AND own.price > 0 AND own.consortium IS NULL
                    AND other.state = 'valid' AND other.price > 0 AND other.consortium IS NULL),
            gaps AS (
                SELECT lot_no, site, title, method, kind, rid, other_rid, won, next_price, (next_price - won) * 100000 / won AS gap
                FROM raced WHERE place = 1 AND next_price >= won AND next_price / 100 < won),
            fence AS (
                SELECT method, kind, count(*) AS n, qq_q1_x12(gap) AS q1, qq_q3_x12(gap) AS q3
                FROM gaps GROUP BY method, kind HAVING count(*) >= 30)
            SELECT g.lot_no, g.site, g.title, g.rid, g.other_rid, g.won, g.next_price, g.next_price - g.won, f.n, g.won / 10000 * ((5 * f.q1 - 3 * f.q3) / 240)
            FROM gaps AS g JOIN fence AS f ON f.method = g.method AND f.kind = g.kind
            WHERE g.lot_no IN (SELECT key FROM hit_subject) AND f.q1 > 0 AND 5 * f.q1 > 3 * f.q3 AND g.gap * 24 <= 5 * f.q1 - 3 * f.q3
)
SELECT DISTINCT s.subject AS subject, 'gap' AS episode, 1 AS source, own.rid AS rid, own.version AS version, own.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS own
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND own.rid = q.bid_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'gap' AS episode, 2 AS source, other.rid AS rid, other.version AS version, other.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS other
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND other.rid = q.other_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found
