-- findings
WITH said(subject, site, title, bid_rid, pattern, lots, together, price) AS (
WITH raced AS (
                SELECT b.lot_no, b.rid, b.site, b.bidder_uscc, b.price, t.title
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.price > 0 AND b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')
                    AND t.state <> 'cancelled' AND t.method NOT IN ('single', 'direct')),
            mine AS (SELECT * FROM raced WHERE 1 = 1),
            placed AS (
                SELECT lot_no, price, row_number() OVER (PARTITION BY lot_no ORDER BY price, rid) AS place, count(*) OVER (PARTITION BY lot_no) AS n,
                    min(price) OVER (PARTITION BY lot_no) AS low, max(price) OVER (PARTITION BY lot_no) AS high,
                    lag(price) OVER (PARTITION BY lot_no ORDER BY price, rid) AS before
                FROM mine),
            steps AS (
                SELECT lot_no, n, high - low AS wide, abs((price - low) * (n - 1) - (high - low) * (place - 1)) AS off,
                    (price - before) * 100000 / before AS step
                FROM placed WHERE n >= 4),
            row_of AS (
                SELECT lot_no, 'arithmetic' AS pattern FROM steps
                GROUP BY lot_no, wide HAVING wide > 0 AND max(off) <= wide * 1000 / 1000000
                UNION ALL
                SELECT lot_no, 'geometric' FROM steps
                GROUP BY lot_no HAVING min(step) >= 1000 / 10 AND max(step) - min(step) <= 1 + min(step) * 1000 / 1000000),
            pair AS (
                SELECT a.lot_no, a.rid, b.rid AS other, a.bidder_uscc AS one, b.bidder_uscc AS two, a.price * 100000 / b.price AS ratio,
                    a.price <> b.price AS differs
                FROM raced AS a JOIN raced AS b ON b.lot_no = a.lot_no AND b.bidder_uscc > a.bidder_uscc
                WHERE a.bidder_uscc IN (SELECT bidder_uscc FROM mine) AND b.bidder_uscc IN (SELECT bidder_uscc FROM mine)),
            fixed AS (
                SELECT p.lot_no, p.rid, p.other, count(DISTINCT o.lot_no) AS together,
                    count(DISTINCT CASE WHEN abs(o.ratio - p.ratio) <= p.ratio * 500 / 1000000 THEN o.lot_no END) AS lots
                FROM pair AS p JOIN pair AS o ON o.one = p.one AND o.two = p.two
                WHERE p.differs AND p.lot_no IN (SELECT lot_no FROM mine)
                GROUP BY p.lot_no, p.rid, p.other)
            SELECT m.lot_no, m.site, m.title, m.rid, r.pattern, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), m.price
            FROM row_of AS r JOIN mine AS m ON m.lot_no = r.lot_no
            UNION ALL
            SELECT m.lot_no, m.site, m.title, m.rid, 'ratio', f.lots, f.together, m.price
            FROM fixed AS f JOIN mine AS m ON m.rid IN (f.rid, f.other)
            WHERE f.lots >= 3
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.pattern, g.bids, g.lots, g.lowest, g.highest
FROM (SELECT hit.subject AS subject, "q.pattern" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.pattern") FILTER (WHERE clause IS NULL) AS pattern, count(DISTINCT "q.bid_rid") FILTER (WHERE clause IS NULL) AS bids, max("q.lots") FILTER (WHERE clause IS NULL) AS lots, min("q.price") FILTER (WHERE clause IS NULL) AS lowest, max("q.price") FILTER (WHERE clause IS NULL) AS highest
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.bid_rid AS "q.bid_rid", q.pattern AS "q.pattern", q.lots AS "q.lots", q.together AS "q.together", q.price AS "q.price", CASE WHEN q.lots * 2 < q.together THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, bid_rid, pattern, lots, together, price) AS (
WITH raced AS (
                SELECT b.lot_no, b.rid, b.site, b.bidder_uscc, b.price, t.title
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.price > 0 AND b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')
                    AND t.state <> 'cancelled' AND t.method NOT IN ('single', 'direct')),
            mine AS (SELECT * FROM raced WHERE lot_no IN (SELECT key FROM dirty_subject)),
            placed AS (
                SELECT lot_no, price, row_number() OVER (PARTITION BY lot_no ORDER BY price, rid) AS place, count(*) OVER (PARTITION BY lot_no) AS n,
                    min(price) OVER (PARTITION BY lot_no) AS low, max(price) OVER (PARTITION BY lot_no) AS high,
                    lag(price) OVER (PARTITION BY lot_no ORDER BY price, rid) AS before
                FROM mine),
            steps AS (
                SELECT lot_no, n, high - low AS wide, abs((price - low) * (n - 1) - (high - low) * (place - 1)) AS off,
                    (price - before) * 100000 / before AS step
                FROM placed WHERE n >= 4),
            row_of AS (
                SELECT lot_no, 'arithmetic' AS pattern FROM steps
                GROUP BY lot_no, wide HAVING wide > 0 AND max(off) <= wide * 1000 / 1000000
                UNION ALL
                SELECT lot_no, 'geometric' FROM steps
                GROUP BY lot_no HAVING min(step) >= 1000 / 10 AND max(step) - min(step) <= 1 + min(step) * 1000 / 1000000),
            pair AS (
                SELECT a.lot_no, a.rid, b.rid AS other, a.bidder_uscc AS one, b.bidder_uscc AS two, a.price * 100000 / b.price AS ratio,
                    a.price <> b.price AS differs
                FROM raced AS a JOIN raced AS b ON b.lot_no = a.lot_no AND b.bidder_uscc > a.bidder_uscc
                WHERE a.bidder_uscc IN (SELECT bidder_uscc FROM mine) AND b.bidder_uscc IN (SELECT bidder_uscc FROM mine)),
            fixed AS (
                SELECT p.lot_no, p.rid, p.other, count(DISTINCT o.lot_no) AS together,
                    count(DISTINCT CASE WHEN abs(o.ratio - p.ratio) <= p.ratio * 500 / 1000000 THEN o.lot_no END) AS lots
                FROM pair AS p JOIN pair AS o ON o.one = p.one AND o.two = p.two
                WHERE p.differs AND p.lot_no IN (SELECT lot_no FROM mine)
                GROUP BY p.lot_no, p.rid, p.other)
            SELECT m.lot_no, m.site, m.title, m.rid, r.pattern, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), m.price
            FROM row_of AS r JOIN mine AS m ON m.lot_no = r.lot_no
            UNION ALL
            SELECT m.lot_no, m.site, m.title, m.rid, 'ratio', f.lots, f.together, m.price
            FROM fixed AS f JOIN mine AS m ON m.rid IN (f.rid, f.other)
            WHERE f.lots >= 3
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.pattern, g.bids, g.lots, g.lowest, g.highest
FROM (SELECT hit.subject AS subject, "q.pattern" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.pattern") FILTER (WHERE clause IS NULL) AS pattern, count(DISTINCT "q.bid_rid") FILTER (WHERE clause IS NULL) AS bids, max("q.lots") FILTER (WHERE clause IS NULL) AS lots, min("q.price") FILTER (WHERE clause IS NULL) AS lowest, max("q.price") FILTER (WHERE clause IS NULL) AS highest
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.bid_rid AS "q.bid_rid", q.pattern AS "q.pattern", q.lots AS "q.lots", q.together AS "q.together", q.price AS "q.price", CASE WHEN q.lots * 2 < q.together THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, bid_rid, pattern, lots, together, price) AS (
WITH raced AS (
                SELECT b.lot_no, b.rid, b.site, b.bidder_uscc, b.price, t.title
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.price > 0 AND b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')
                    AND t.state <> 'cancelled' AND t.method NOT IN ('single', 'direct')),
            mine AS (SELECT * FROM raced WHERE lot_no IN (SELECT key FROM hit_subject)),
            placed AS (
                SELECT lot_no, price, row_number() OVER (PARTITION BY lot_no ORDER BY price, rid) AS place, count(*) OVER (PARTITION BY lot_no) AS n,
                    min(price) OVER (PARTITION BY lot_no) AS low, max(price) OVER (PARTITION BY lot_no) AS high,
                    lag(price) OVER (PARTITION BY lot_no ORDER BY price, rid) AS before
                FROM mine),
            steps AS (
                SELECT lot_no, n, high - low AS wide, abs((price - low) * (n - 1) - (high - low) * (place - 1)) AS off,
                    (price - before) * 100000 / before AS step
                FROM placed WHERE n >= 4),
            row_of AS (
                SELECT lot_no, 'arithmetic' AS pattern FROM steps
                GROUP BY lot_no, wide HAVING wide > 0 AND max(off) <= wide * 1000 / 1000000
                UNION ALL
                SELECT lot_no, 'geometric' FROM steps
                GROUP BY lot_no HAVING min(step) >= 1000 / 10 AND max(step) - min(step) <= 1 + min(step) * 1000 / 1000000),
            pair AS (
                SELECT a.lot_no, a.rid, b.rid AS other, a.bidder_uscc AS one, b.bidder_uscc AS two, a.price * 100000 / b.price AS ratio,
                    a.price <> b.price AS differs
                FROM raced AS a JOIN raced AS b ON b.lot_no = a.lot_no AND b.bidder_uscc > a.bidder_uscc
                WHERE a.bidder_uscc IN (SELECT bidder_uscc FROM mine) AND b.bidder_uscc IN (SELECT bidder_uscc FROM mine)),
            fixed AS (
                SELECT p.lot_no, p.rid, p.other, count(DISTINCT o.lot_no) AS together,
                    count(DISTINCT CASE WHEN abs(o.ratio - p.ratio) <= p.ratio * 500 / 1000000 THEN o.lot_no END) AS lots
                FROM pair AS p JOIN pair AS o ON o.one = p.one AND o.two = p.two
                WHERE p.differs AND p.lot_no IN (SELECT lot_no FROM mine)
                GROUP BY p.lot_no, p.rid, p.other)
            SELECT m.lot_no, m.site, m.title, m.rid, r.pattern, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), m.price
            FROM row_of AS r JOIN mine AS m ON m.lot_no = r.lot_no
            UNION ALL
            SELECT m.lot_no, m.site, m.title, m.rid, 'ratio', f.lots, f.together, m.price
            FROM fixed AS f JOIN mine AS m ON m.rid IN (f.rid, f.other)
            WHERE f.lots >= 3
)
SELECT DISTINCT s.subject AS subject, q.pattern AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.bid_rid
  AND $1 > 0
  AND NOT coalesce((q.lots * 2 < q.together), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT o.lot_no FROM bid AS b JOIN bid AS o ON o.bidder_uscc = b.bidder_uscc
            WHERE b.lot_no IN (SELECT key FROM dirty_key) OR b.bidder_uscc IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
