-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.opened_on, g.notified_on, g.days_taken, g.method
FROM (SELECT hit.subject AS subject, 'time' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(max("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min((("t.opened_at") / 1000000)) FILTER (WHERE clause IS NULL) AS opened_on, max("w.notified_on") FILTER (WHERE clause IS NULL) AS notified_on, max(qq_days("w.notified_on") - qq_days((("t.opened_at") / 1000000))) FILTER (WHERE clause IS NULL) AS days_taken, min("t.method") FILTER (WHERE clause IS NULL) AS method
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", CASE WHEN t.state IN ('cancelled', 'unsuccessful') THEN 1 END AS clause
FROM tender AS t CROSS JOIN award AS w
WHERE t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND ?1 > 0
  AND ((((qq_days(w.notified_on) = qq_days(((t.opened_at) / 1000000)) AND t.method IN ('open', 'invited')) OR qq_days(w.notified_on) - qq_days(((t.opened_at) / 1000000)) > 60)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.opened_on, g.notified_on, g.days_taken, g.method
FROM (SELECT hit.subject AS subject, 'time' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(max("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min((("t.opened_at") / 1000000)) FILTER (WHERE clause IS NULL) AS opened_on, max("w.notified_on") FILTER (WHERE clause IS NULL) AS notified_on, max(qq_days("w.notified_on") - qq_days((("t.opened_at") / 1000000))) FILTER (WHERE clause IS NULL) AS days_taken, min("t.method") FILTER (WHERE clause IS NULL) AS method
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", CASE WHEN t.state IN ('cancelled', 'unsuccessful') THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND ?1 > 0
  AND ((((qq_days(w.notified_on) = qq_days(((t.opened_at) / 1000000)) AND t.method IN ('open', 'invited')) OR qq_days(w.notified_on) - qq_days(((t.opened_at) / 1000000)) > 60)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'time' AS episode, 0 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND ?1 > 0
  AND ((((qq_days(w.notified_on) = qq_days(((t.opened_at) / 1000000)) AND t.method IN ('open', 'invited')) OR qq_days(w.notified_on) - qq_days(((t.opened_at) / 1000000)) > 60)))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'time' AS episode, 1 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND ?1 > 0
  AND ((((qq_days(w.notified_on) = qq_days(((t.opened_at) / 1000000)) AND t.method IN ('open', 'invited')) OR qq_days(w.notified_on) - qq_days(((t.opened_at) / 1000000)) > 60)))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found
