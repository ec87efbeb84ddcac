-- findings
WITH said(subject, site, bidder, buyer, bid_rid, award_rid, bids, bids_here, wins_here, price) AS (
WITH entry AS (
                SELECT b.bidder_uscc, b.bidder, b.site, b.rid, b.lot_no, t.buyer, w.rid AS award_rid, w.price
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                    LEFT JOIN award AS w ON w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc
                WHERE 1 = 1 AND b.state IN ('valid', 'disqualified', 'pending') AND t.method NOT IN ('single', 'direct')
                    AND t.state NOT IN ('cancelled', 'unsuccessful') AND EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = b.lot_no)),
            total AS (
                SELECT bidder_uscc, count(DISTINCT lot_no) AS bids, count(DISTINCT buyer) AS buyers, count(DISTINCT CASE WHEN award_rid IS NOT NULL THEN lot_no END) AS wins
                FROM entry GROUP BY bidder_uscc),
            here AS (
                SELECT bidder_uscc, buyer, count(DISTINCT lot_no) AS bids, count(DISTINCT CASE WHEN award_rid IS NOT NULL THEN lot_no END) AS wins
                FROM entry GROUP BY bidder_uscc, buyer)
            SELECT e.bidder_uscc, e.site, e.bidder, e.buyer, e.rid, e.award_rid, t.bids, h.bids, h.wins, e.price
            FROM entry AS e JOIN total AS t ON t.bidder_uscc = e.bidder_uscc JOIN here AS h ON h.bidder_uscc = e.bidder_uscc AND h.buyer = e.buyer
            WHERE h.wins > 0 AND h.wins = t.wins
                AND ((t.buyers = 1 AND t.bids >= 3 AND t.wins = t.bids)
                    OR (t.buyers > 1 AND h.bids >= 5 AND h.wins * 100 >= h.bids * 80))
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.buyer, g.bids, g.bids_here, g.wins_here
FROM (SELECT hit.subject AS subject, "q.buyer" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.bidder") AS called, coalesce(sum("q.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.buyer") FILTER (WHERE clause IS NULL) AS buyer, max("q.bids") FILTER (WHERE clause IS NULL) AS bids, max("q.bids_here") FILTER (WHERE clause IS NULL) AS bids_here, max("q.wins_here") FILTER (WHERE clause IS NULL) AS wins_here
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.bidder AS "q.bidder", q.buyer AS "q.buyer", q.bid_rid AS "q.bid_rid", q.award_rid AS "q.award_rid", q.bids AS "q.bids", q.bids_here AS "q.bids_here", q.wins_here AS "q.wins_here", q.price AS "q.price", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, bidder, buyer, bid_rid, award_rid, bids, bids_here, wins_here, price) AS (
WITH entry AS (
                SELECT b.bidder_uscc, b.bidder, b.site, b.rid, b.lot_no, t.buyer, w.rid AS award_rid, w.price
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                    LEFT JOIN award AS w ON w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc
                WHERE b.bidder_uscc IN (SELECT key FROM dirty_subject) AND b.state IN ('valid', 'disqualified', 'pending') AND t.method NOT IN ('single', 'direct')
                    AND t.state NOT IN ('cancelled', 'unsuccessful') AND EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = b.lot_no)),
            total AS (
                SELECT bidder_uscc, count(DISTINCT lot_no) AS bids, count(DISTINCT buyer) AS buyers, count(DISTINCT CASE WHEN award_rid IS NOT NULL THEN lot_no END) AS wins
                FROM entry GROUP BY bidder_uscc),
            here AS (
                SELECT bidder_uscc, buyer, count(DISTINCT lot_no) AS bids, count(DISTINCT CASE WHEN award_rid IS NOT NULL THEN lot_no END) AS wins
                FROM entry GROUP BY bidder_uscc, buyer)
            SELECT e.bidder_uscc, e.site, e.bidder, e.buyer, e.rid, e.award_rid, t.bids, h.bids, h.wins, e.price
            FROM entry AS e JOIN total AS t ON t.bidder_uscc = e.bidder_uscc JOIN here AS h ON h.bidder_uscc = e.bidder_uscc AND h.buyer = e.buyer
            WHERE h.wins > 0 AND h.wins = t.wins
                AND ((t.buyers = 1 AND t.bids >= 3 AND t.wins = t.bids)
                    OR (t.buyers > 1 AND h.bids >= 5 AND h.wins * 100 >= h.bids * 80))
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.buyer, g.bids, g.bids_here, g.wins_here
FROM (SELECT hit.subject AS subject, "q.buyer" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.bidder") AS called, coalesce(sum("q.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.buyer") FILTER (WHERE clause IS NULL) AS buyer, max("q.bids") FILTER (WHERE clause IS NULL) AS bids, max("q.bids_here") FILTER (WHERE clause IS NULL) AS bids_here, max("q.wins_here") FILTER (WHERE clause IS NULL) AS wins_here
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.bidder AS "q.bidder", q.buyer AS "q.buyer", q.bid_rid AS "q.bid_rid", q.award_rid AS "q.award_rid", q.bids AS "q.bids", q.bids_here AS "q.bids_here", q.wins_here AS "q.wins_here", q.price AS "q.price", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, bidder, buyer, bid_rid, award_rid, bids, bids_here, wins_here, price) AS (
WITH entry AS (
                SELECT b.bidder_uscc, b.bidder, b.site, b.rid, b.lot_no, t.buyer, w.rid AS award_rid, w.price
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                    LEFT JOIN award AS w ON w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc
                WHERE b.bidder_uscc IN (SELECT key FROM hit_subject) AND b.state IN ('valid', 'disqualified', 'pending') AND t.method NOT IN ('single', 'direct')
                    AND t.state NOT IN ('cancelled', 'unsuccessful') AND EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = b.lot_no)),
            total AS (
                SELECT bidder_uscc, count(DISTINCT lot_no) AS bids, count(DISTINCT buyer) AS buyers, count(DISTINCT CASE WHEN award_rid IS NOT NULL THEN lot_no END) AS wins
                FROM entry GROUP BY bidder_uscc),
            here AS (
                SELECT bidder_uscc, buyer, count(DISTINCT lot_no) AS bids, count(DISTINCT CASE WHEN award_rid IS NOT NULL THEN lot_no END) AS wins
                FROM entry GROUP BY bidder_uscc, buyer)
            SELECT e.bidder_uscc, e.site, e.bidder, e.buyer, e.rid, e.award_rid, t.bids, h.bids, h.wins, e.price
            FROM entry AS e JOIN total AS t ON t.bidder_uscc = e.bidder_uscc JOIN here AS h ON h.bidder_uscc = e.bidder_uscc AND h.buyer = e.buyer
            WHERE h.wins > 0 AND h.wins = t.wins
                AND ((t.buyers = 1 AND t.bids >= 3 AND t.wins = t.bids)
                    OR (t.buyers > 1 AND h.bids >= 5 AND h.wins * 100 >= h.bids * 80))
)
SELECT DISTINCT s.subject AS subject, q.buyer AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.bid_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.buyer AS episode, 2 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN award AS w
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND w.rid = q.award_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT bidder_uscc FROM bid WHERE lot_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found
