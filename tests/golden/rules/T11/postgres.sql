-- findings
WITH said(subject, site, bid_rid, lot_no, bids, disqualified, buyers, fence) AS (
WITH entry AS (
                SELECT t.buyer, b.rid, b.site, b.lot_no, b.state
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state NOT IN ('invited', 'withdrawn', 'unsubmitted') AND t.state <> 'cancelled'),
            share AS (
                SELECT buyer, count(*) AS bids, count(CASE WHEN state = 'disqualified' THEN 1 END) AS out,
                    count(CASE WHEN state = 'disqualified' THEN 1 END) * 100000 / count(*) AS share
                FROM entry GROUP BY buyer HAVING count(*) >= 2),
            fence AS (SELECT count(*) AS n, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM share)
            SELECT e.buyer, e.site, e.rid, e.lot_no, s.bids, s.out, f.n, (5 * f.q3 - 3 * f.q1) / 24000
            FROM entry AS e JOIN share AS s ON s.buyer = e.buyer CROSS JOIN fence AS f
            WHERE 1 = 1 AND e.state = 'disqualified' AND (SELECT count(DISTINCT lot_no) FROM entry) >= 30
                AND 5 * f.q3 > 3 * f.q1 AND s.share * 12 > f.q3 AND s.share * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bids, g.disqualified, g.lots, g.buyers, g.fence
FROM (SELECT hit.subject AS subject, 'disqualifies' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.bids") FILTER (WHERE clause IS NULL) AS bids, max("q.disqualified") FILTER (WHERE clause IS NULL) AS disqualified, count(DISTINCT "q.lot_no") FILTER (WHERE clause IS NULL) AS lots, max("q.buyers") FILTER (WHERE clause IS NULL) AS buyers, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.bid_rid AS "q.bid_rid", q.lot_no AS "q.lot_no", q.bids AS "q.bids", q.disqualified AS "q.disqualified", q.buyers AS "q.buyers", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, bid_rid, lot_no, bids, disqualified, buyers, fence) AS (
WITH entry AS (
                SELECT t.buyer, b.rid, b.site, b.lot_no, b.state
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state NOT IN ('invited', 'withdrawn', 'unsubmitted') AND t.state <> 'cancelled'),
            share AS (
                SELECT buyer, count(*) AS bids, count(CASE WHEN state = 'disqualified' THEN 1 END) AS out,
                    count(CASE WHEN state = 'disqualified' THEN 1 END) * 100000 / count(*) AS share
                FROM entry GROUP BY buyer HAVING count(*) >= 2),
            fence AS (SELECT count(*) AS n, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM share)
            SELECT e.buyer, e.site, e.rid, e.lot_no, s.bids, s.out, f.n, (5 * f.q3 - 3 * f.q1) / 24000
            FROM entry AS e JOIN share AS s ON s.buyer = e.buyer CROSS JOIN fence AS f
            WHERE e.buyer IN (SELECT key FROM dirty_subject) AND e.state = 'disqualified' AND (SELECT count(DISTINCT lot_no) FROM entry) >= 30
                AND 5 * f.q3 > 3 * f.q1 AND s.share * 12 > f.q3 AND s.share * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bids, g.disqualified, g.lots, g.buyers, g.fence
FROM (SELECT hit.subject AS subject, 'disqualifies' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.bids") FILTER (WHERE clause IS NULL) AS bids, max("q.disqualified") FILTER (WHERE clause IS NULL) AS disqualified, count(DISTINCT "q.lot_no") FILTER (WHERE clause IS NULL) AS lots, max("q.buyers") FILTER (WHERE clause IS NULL) AS buyers, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.bid_rid AS "q.bid_rid", q.lot_no AS "q.lot_no", q.bids AS "q.bids", q.disqualified AS "q.disqualified", q.buyers AS "q.buyers", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, bid_rid, lot_no, bids, disqualified, buyers, fence) AS (
WITH entry AS (
                SELECT t.buyer, b.rid, b.site, b.lot_no, b.state
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state NOT IN ('invited', 'withdrawn', 'unsubmitted') AND t.state <> 'cancelled'),
            share AS (
                SELECT buyer, count(*) AS bids, count(CASE WHEN state = 'disqualified' THEN 1 END) AS out,
                    count(CASE WHEN state = 'disqualified' THEN 1 END) * 100000 / count(*) AS share
                FROM entry GROUP BY buyer HAVING count(*) >= 2),
            fence AS (SELECT count(*) AS n, qq_q1_x12(share) AS q1, qq_q3_x12(share) AS q3 FROM share)
            SELECT e.buyer, e.site, e.rid, e.lot_no, s.bids, s.out, f.n, (5 * f.q3 - 3 * f.q1) / 24000
            FROM entry AS e JOIN share AS s ON s.buyer = e.buyer CROSS JOIN fence AS f
            WHERE e.buyer IN (SELECT key FROM hit_subject) AND e.state = 'disqualified' AND (SELECT count(DISTINCT lot_no) FROM entry) >= 30
                AND 5 * f.q3 > 3 * f.q1 AND s.share * 12 > f.q3 AND s.share * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT DISTINCT s.subject AS subject, 'disqualifies' AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.bid_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found
