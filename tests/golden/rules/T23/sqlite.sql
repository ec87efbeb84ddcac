-- findings
WITH said(subject, site, fault, mark, tender_rid, award_rid, base_rid, notice_on, price, ceiling, in_row) AS (
WITH t AS (
                SELECT t.buyer, t.site, t.rid, t.lot_no, t.notice_on, t.ceiling, w.rid AS award_rid, w.price,
                    CASE WHEN t.ceiling > 0 AND w.price * 100 >= t.ceiling * 98 THEN 1 ELSE 0 END AS near,
                    row_number() OVER (PARTITION BY t.buyer ORDER BY t.notice_on, t.lot_no, t.rid, w.rid) AS place
                FROM tender AS t LEFT JOIN award AS w ON w.lot_no = t.lot_no
                WHERE 1 = 1 AND t.method IN ('open', 'invited') AND t.state NOT IN ('cancelled', 'unsuccessful', 'planned')),
            grouped AS (
                SELECT t.*, place - row_number() OVER (PARTITION BY buyer ORDER BY place) AS run FROM t WHERE near = 1),
            counted AS (
                SELECT g.*, count(*) OVER (PARTITION BY buyer, run) AS in_row, first_value(lot_no) OVER (PARTITION BY buyer, run ORDER BY place) AS first_lot
                FROM grouped AS g)
            SELECT buyer, site, 'ceiling', first_lot, rid, award_rid, CAST(NULL AS BIGINT), notice_on, price, ceiling, in_row FROM counted WHERE in_row >= 3
            UNION ALL
            SELECT t.buyer, t.site, 'base', 'base ' || t.lot_no, t.rid, w.rid, b.rid, t.notice_on, w.price, b.amount, 1
            FROM tender AS t JOIN award AS w ON w.lot_no = t.lot_no JOIN base_price AS b ON b.lot_no = t.lot_no
            WHERE 1 = 1 AND t.method IN ('open', 'invited') AND t.state NOT IN ('cancelled', 'unsuccessful') AND b.amount > 0
                AND b.opened_at >= t.bids_until AND abs(w.price - b.amount) * 10000 <= b.amount * 10
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.fault = 'base' THEN 4 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.fault, g.in_row, g.first_on, g.last_on, g.least
FROM (SELECT hit.subject AS subject, "q.mark" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, max("q.in_row") FILTER (WHERE clause IS NULL) AS in_row, min("q.notice_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.notice_on") FILTER (WHERE clause IS NULL) AS last_on, min((("q.price") * 100 / nullif("q.ceiling", 0))) FILTER (WHERE clause IS NULL) AS least
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.fault AS "q.fault", q.mark AS "q.mark", q.tender_rid AS "q.tender_rid", q.award_rid AS "q.award_rid", q.base_rid AS "q.base_rid", q.notice_on AS "q.notice_on", q.price AS "q.price", q.ceiling AS "q.ceiling", q.in_row AS "q.in_row", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, fault, mark, tender_rid, award_rid, base_rid, notice_on, price, ceiling, in_row) AS (
WITH t AS (
                SELECT t.buyer, t.site, t.rid, t.lot_no, t.notice_on, t.ceiling, w.rid AS award_rid, w.price,
                    CASE WHEN t.ceiling > 0 AND w.price * 100 >= t.ceiling * 98 THEN 1 ELSE 0 END AS near,
                    row_number() OVER (PARTITION BY t.buyer ORDER BY t.notice_on, t.lot_no, t.rid, w.rid) AS place
                FROM tender AS t LEFT JOIN award AS w ON w.lot_no = t.lot_no
                WHERE t.buyer IN (SELECT key FROM dirty_subject) AND t.method IN ('open', 'invited') AND t.state NOT IN ('cancelled', 'unsuccessful', 'planned')),
            grouped AS (
                SELECT t.*, place - row_number() OVER (PARTITION BY buyer ORDER BY place) AS run FROM t WHERE near = 1),
            counted AS (
                SELECT g.*, count(*) OVER (PARTITION BY buyer, run) AS in_row, first_value(lot_no) OVER (PARTITION BY buyer, run ORDER BY place) AS first_lot
                FROM grouped AS g)
            SELECT buyer, site, 'ceiling', first_lot, rid, award_rid, CAST(NULL AS BIGINT), notice_on, price, ceiling, in_row FROM counted WHERE in_row >= 3
            UNION ALL
            SELECT t.buyer, t.site, 'base', 'base ' || t.lot_no, t.rid, w.rid, b.rid, t.notice_on, w.price, b.amount, 1
            FROM tender AS t JOIN award AS w ON w.lot_no = t.lot_no JOIN base_price AS b ON b.lot_no = t.lot_no
            WHERE t.buyer IN (SELECT key FROM dirty_subject) AND t.method IN ('open', 'invited') AND t.state NOT IN ('cancelled', 'unsuccessful') AND b.amount > 0
                AND b.opened_at >= t.bids_until AND abs(w.price - b.amount) * 10000 <= b.amount * 10
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.fault = 'base' THEN 4 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.fault, g.in_row, g.first_on, g.last_on, g.least
FROM (SELECT hit.subject AS subject, "q.mark" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, max("q.in_row") FILTER (WHERE clause IS NULL) AS in_row, min("q.notice_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.notice_on") FILTER (WHERE clause IS NULL) AS last_on, min((("q.price") * 100 / nullif("q.ceiling", 0))) FILTER (WHERE clause IS NULL) AS least
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.fault AS "q.fault", q.mark AS "q.mark", q.tender_rid AS "q.tender_rid", q.award_rid AS "q.award_rid", q.base_rid AS "q.base_rid", q.notice_on AS "q.notice_on", q.price AS "q.price", q.ceiling AS "q.ceiling", q.in_row AS "q.in_row", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, fault, mark, tender_rid, award_rid, base_rid, notice_on, price, ceiling, in_row) AS (
WITH t AS (
                SELECT t.buyer, t.site, t.rid, t.lot_no, t.notice_on, t.ceiling, w.rid AS award_rid, w.price,
                    CASE WHEN t.ceiling > 0 AND w.price * 100 >= t.ceiling * 98 THEN 1 ELSE 0 END AS near,
                    row_number() OVER (PARTITION BY t.buyer ORDER BY t.notice_on, t.lot_no, t.rid, w.rid) AS place
                FROM tender AS t LEFT JOIN award AS w ON w.lot_no = t.lot_no
                WHERE t.buyer IN (SELECT key FROM hit_subject) AND t.method IN ('open', 'invited') AND t.state NOT IN ('cancelled', 'unsuccessful', 'planned')),
            grouped AS (
                SELECT t.*, place - row_number() OVER (PARTITION BY buyer ORDER BY place) AS run FROM t WHERE near = 1),
            counted AS (
                SELECT g.*, count(*) OVER (PARTITION BY buyer, run) AS in_row, first_value(lot_no) OVER (PARTITION BY buyer, run ORDER BY place) AS first_lot
                FROM grouped AS g)
            SELECT buyer, site, 'ceiling', first_lot, rid, award_rid, CAST(NULL AS BIGINT), notice_on, price, ceiling, in_row FROM counted WHERE in_row >= 3
            UNION ALL
            SELECT t.buyer, t.site, 'base', 'base ' || t.lot_no, t.rid, w.rid, b.rid, t.notice_on, w.price, b.amount, 1
            FROM tender AS t JOIN award AS w ON w.lot_no = t.lot_no JOIN base_price AS b ON b.lot_no = t.lot_no
            WHERE t.buyer IN (SELECT key FROM hit_subject) AND t.method IN ('open', 'invited') AND t.state NOT IN ('cancelled', 'unsuccessful') AND b.amount > 0
                AND b.opened_at >= t.bids_until AND abs(w.price - b.amount) * 10000 <= b.amount * 10
)
SELECT DISTINCT s.subject AS subject, q.mark AS episode, 1 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN tender AS t
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND t.rid = q.tender_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.mark AS episode, 2 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN award AS w
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND w.rid = q.award_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.mark AS episode, 3 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN base_price AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.base_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT buyer FROM tender WHERE lot_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found
