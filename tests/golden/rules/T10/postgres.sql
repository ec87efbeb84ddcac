-- findings
WITH said(subject, site, bidder, bid_rid, lot_no, won, bids, wins, tenderers, fence) AS (
WITH entry AS (
                SELECT DISTINCT b.rid, b.site, b.lot_no, b.bidder_uscc, b.bidder,
                    CASE WHEN EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc) THEN 1 ELSE 0 END AS won
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state = 'valid' AND t.state NOT IN ('cancelled', 'unsuccessful') AND t.method NOT IN ('single', 'direct')
                    AND EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no)),
            tenderer AS (
                SELECT bidder_uscc, count(DISTINCT lot_no) AS bids, count(DISTINCT CASE WHEN won = 1 THEN lot_no END) AS wins,
                    count(DISTINCT CASE WHEN won = 1 THEN lot_no END) * 100000 / count(DISTINCT lot_no) AS share
                FROM entry GROUP BY bidder_uscc),
            fence AS (
                SELECT count(*) AS n, qq_q3_x12(bids) AS often, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM tenderer)
            SELECT e.bidder_uscc, e.site, e.bidder, e.rid, e.lot_no, e.won, t.bids, t.wins, f.n, (5 * f.q1 - 3 * f.q3) / 24000
            FROM entry AS e JOIN tenderer AS t ON t.bidder_uscc = e.bidder_uscc CROSS JOIN fence AS f
            WHERE 1 = 1 AND (SELECT count(DISTINCT lot_no) FROM entry) >= 30
                AND t.bids * 12 >= f.often AND f.q1 > 0 AND 5 * f.q1 > 3 * f.q3
                AND t.share * 12 < f.q1 AND t.share * 24 <= 5 * f.q1 - 3 * f.q3
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bids, g.wins, g.tenderers, g.fence
FROM (SELECT hit.subject AS subject, 'loser' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.bidder") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.bids") FILTER (WHERE clause IS NULL) AS bids, max("q.wins") FILTER (WHERE clause IS NULL) AS wins, max("q.tenderers") FILTER (WHERE clause IS NULL) AS tenderers, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.bidder AS "q.bidder", q.bid_rid AS "q.bid_rid", q.lot_no AS "q.lot_no", q.won AS "q.won", q.bids AS "q.bids", q.wins AS "q.wins", q.tenderers AS "q.tenderers", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, bidder, bid_rid, lot_no, won, bids, wins, tenderers, fence) AS (
WITH entry AS (
                SELECT DISTINCT b.rid, b.site, b.lot_no, b.bidder_uscc, b.bidder,
                    CASE WHEN EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc) THEN 1 ELSE 0 END AS won
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state = 'valid' AND t.state NOT IN ('cancelled', 'unsuccessful') AND t.method NOT IN ('single', 'direct')
                    AND EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no)),
            tenderer AS (
                SELECT bidder_uscc, count(DISTINCT lot_no) AS bids, count(DISTINCT CASE WHEN won = 1 THEN lot_no END) AS wins,
                    count(DISTINCT CASE WHEN won = 1 THEN lot_no END) * 100000 / count(DISTINCT lot_no) AS share
                FROM entry GROUP BY bidder_uscc),
            fence AS (
                SELECT count(*) AS n, qq_q3_x12(bids) AS often, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM tenderer)
            SELECT e.bidder_uscc, e.site, e.bidder, e.rid, e.lot_no, e.won, t.bids, t.wins, f.n, (5 * f.q1 - 3 * f.q3) / 24000
            FROM entry AS e JOIN tenderer AS t ON t.bidder_uscc = e.bidder_uscc CROSS JOIN fence AS f
            WHERE e.bidder_uscc IN (SELECT key FROM dirty_subject) AND (SELECT count(DISTINCT lot_no) FROM entry) >= 30
                AND t.bids * 12 >= f.often AND f.q1 > 0 AND 5 * f.q1 > 3 * f.q3
                AND t.share * 12 < f.q1 AND t.share * 24 <= 5 * f.q1 - 3 * f.q3
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bids, g.wins, g.tenderers, g.fence
FROM (SELECT hit.subject AS subject, 'loser' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.bidder") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.bids") FILTER (WHERE clause IS NULL) AS bids, max("q.wins") FILTER (WHERE clause IS NULL) AS wins, max("q.tenderers") FILTER (WHERE clause IS NULL) AS tenderers, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.bidder AS "q.bidder", q.bid_rid AS "q.bid_rid", q.lot_no AS "q.lot_no", q.won AS "q.won", q.bids AS "q.bids", q.wins AS "q.wins", q.tenderers AS "q.tenderers", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, bidder, bid_rid, lot_no, won, bids, wins, tenderers, fence) AS (
WITH entry AS (
                SELECT DISTINCT b.rid, b.site, b.lot_no, b.bidder_uscc, b.bidder,
                    CASE WHEN EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc) THEN 1 ELSE 0 END AS won
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state = 'valid' AND t.state NOT IN ('cancelled', 'unsuccessful') AND t.method NOT IN ('single', 'direct')
                    AND EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no)),
            tenderer AS (
                SELECT bidder_uscc, count(DISTINCT lot_no) AS bids, count(DISTINCT CASE WHEN won = 1 THEN lot_no END) AS wins,
                    count(DISTINCT CASE WHEN won = 1 THEN lot_no END) * 100000 / count(DISTINCT lot_no) AS share
                FROM entry GROUP BY bidder_uscc),
            fence AS (
                SELECT count(*) AS n, qq_q3_x12(bids) AS often, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM tenderer)
            SELECT e.bidder_uscc, e.site, e.bidder, e.rid, e.lot_no, e.won, t.bids, t.wins, f.n, (5 * f.q1 - 3 * f.q3) / 24000
            FROM entry AS e JOIN tenderer AS t ON t.bidder_uscc = e.bidder_uscc CROSS JOIN fence AS f
            WHERE e.bidder_uscc IN (SELECT key FROM hit_subject) AND (SELECT count(DISTINCT lot_no) FROM entry) >= 30
                AND t.bids * 12 >= f.often AND f.q1 > 0 AND 5 * f.q1 > 3 * f.q3
                AND t.share * 12 < f.q1 AND t.share * 24 <= 5 * f.q1 - 3 * f.q3
)
SELECT DISTINCT s.subject AS subject, 'loser' AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.bid_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found
