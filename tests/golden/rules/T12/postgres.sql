-- findings
WITH said(subject, site, winner, award_rid, class, classes, awards, suppliers, fence) AS (
WITH entry AS (
                SELECT w.winner_uscc, w.winner, w.rid, w.site, w.lot_no, substr(t.item_code, 1, 2) AS class
                FROM award AS w JOIN tender AS t ON t.lot_no = w.lot_no
                WHERE t.state NOT IN ('cancelled', 'unsuccessful')
                    AND NOT EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = w.lot_no AND o.winner_uscc <> w.winner_uscc)),
            supplier AS (
                SELECT winner_uscc, count(DISTINCT class) AS classes, count(DISTINCT lot_no) AS awards
                FROM entry GROUP BY winner_uscc HAVING count(DISTINCT lot_no) >= 20),
            fence AS (
                SELECT count(*) AS n, qq_q1_x12(classes) AS q1, qq_q3_x12(classes) AS q3 FROM supplier HAVING count(*) >= 8)
            SELECT e.winner_uscc, e.site, e.winner, e.rid, e.class, s.classes, s.awards, f.n, (5 * f.q3 - 3 * f.q1) / 24
            FROM entry AS e JOIN supplier AS s ON s.winner_uscc = e.winner_uscc CROSS JOIN fence AS f
            WHERE 1 = 1 AND s.classes * 12 > f.q3 AND s.classes * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.classes, g.awards, g.suppliers, g.fence
FROM (SELECT hit.subject AS subject, 'everything' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.winner") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.class") FILTER (WHERE clause IS NULL) AS classes, max("q.awards") FILTER (WHERE clause IS NULL) AS awards, max("q.suppliers") FILTER (WHERE clause IS NULL) AS suppliers, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.winner AS "q.winner", q.award_rid AS "q.award_rid", q.class AS "q.class", q.classes AS "q.classes", q.awards AS "q.awards", q.suppliers AS "q.suppliers", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, winner, award_rid, class, classes, awards, suppliers, fence) AS (
WITH entry AS (
                SELECT w.winner_uscc, w.winner, w.rid, w.site, w.lot_no, substr(t.item_code, 1, 2) AS class
                FROM award AS w JOIN tender AS t ON t.lot_no = w.lot_no
                WHERE t.state NOT IN ('cancelled', 'unsuccessful')
                    AND NOT EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = w.lot_no AND o.winner_uscc <> w.winner_uscc)),
            supplier AS (
                SELECT winner_uscc, count(DISTINCT class) AS classes, count(DISTINCT lot_no) AS awards
                FROM entry GROUP BY winner_uscc HAVING count(DISTINCT lot_no) >= 20),
            fence AS (
                SELECT count(*) AS n, qq_q1_x12(classes) AS q1, qq_q3_x12(classes) AS q3 FROM supplier HAVING count(*) >= 8)
            SELECT e.winner_uscc, e.site, e.winner, e.rid, e.class, s.classes, s.awards, f.n, (5 * f.q3 - 3 * f.q1) / 24
            FROM entry AS e JOIN supplier AS s ON s.winner_uscc = e.winner_uscc CROSS JOIN fence AS f
            WHERE e.winner_uscc IN (SELECT key FROM dirty_subject) AND s.classes * 12 > f.q3 AND s.classes * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.classes, g.awards, g.suppliers, g.fence
FROM (SELECT hit.subject AS subject, 'everything' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.winner") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.class") FILTER (WHERE clause IS NULL) AS classes, max("q.awards") FILTER (WHERE clause IS NULL) AS awards, max("q.suppliers") FILTER (WHERE clause IS NULL) AS suppliers, max("q.fence") FILTER (WHERE clause IS NULL) AS fence
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.winner AS "q.winner", q.award_rid AS "q.award_rid", q.class AS "q.class", q.classes AS "q.classes", q.awards AS "q.awards", q.suppliers AS "q.suppliers", q.fence AS "q.fence", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, winner, award_rid, class, classes, awards, suppliers, fence) AS (
WITH entry AS (
                SELECT w.winner_uscc, w.winner, w.rid, w.site, w.lot_no, substr(t.item_code, 1, 2) AS class
                FROM award AS w JOIN tender AS t ON t.lot_no = w.lot_no
                WHERE t.state NOT IN ('cancelled', 'unsuccessful')
                    AND NOT EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = w.lot_no AND o.winner_uscc <> w.winner_uscc)),
            supplier AS (
                SELECT winner_uscc, count(DISTINCT class) AS classes, count(DISTINCT lot_no) AS awards
                FROM entry GROUP BY winner_uscc HAVING count(DISTINCT lot_no) >= 20),
            fence AS (
                SELECT count(*) AS n, qq_q1_x12(classes) AS q1, qq_q3_x12(classes) AS q3 FROM supplier HAVING count(*) >= 8)
            SELECT e.winner_uscc, e.site, e.winner, e.rid, e.class, s.classes, s.awards, f.n, (5 * f.q3 - 3 * f.q1) / 24
            FROM entry AS e JOIN supplier AS s ON s.winner_uscc = e.winner_uscc CROSS JOIN fence AS f
            WHERE e.winner_uscc IN (SELECT key FROM hit_subject) AND s.classes * 12 > f.q3 AND s.classes * 24 >= 5 * f.q3 - 3 * f.q1
)
SELECT DISTINCT s.subject AS subject, 'everything' AS episode, 1 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN award AS w
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND w.rid = q.award_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found
