-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.method, g.began_on, g.until, g.days_open, g.days_due, g.sale_days
FROM (SELECT hit.subject AS subject, 'short' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("t.method") FILTER (WHERE clause IS NULL) AS method, min(coalesce("t.files_from", "t.notice_on")) FILTER (WHERE clause IS NULL) AS began_on, max((("t.bids_until") / 1000000)) FILTER (WHERE clause IS NULL) AS until, min(qq_days((("t.bids_until") / 1000000)) - qq_days(coalesce("t.files_from", "t.notice_on"))) FILTER (WHERE clause IS NULL) AS days_open, max((CASE WHEN "t.method" = 'talks' THEN 3 WHEN "t.method" = 'quote' THEN 3 WHEN "t.method" = 'consult' THEN 10 ELSE 20 END)) FILTER (WHERE clause IS NULL) AS days_due, min(qq_days("t.files_to") - qq_days("t.files_from") + 1) FILTER (WHERE clause IS NULL) AS sale_days
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM tender AS t
WHERE t.lot_no IS NOT NULL
  AND $1 > 0
  AND (NOT (t.method IN ('single', 'direct')))
  AND (((qq_days(((t.bids_until) / 1000000)) - qq_days(coalesce(t.files_from, t.notice_on)) < (CASE WHEN t.method = 'talks' THEN 3 WHEN t.method = 'quote' THEN 3 WHEN t.method = 'consult' THEN 10 ELSE 20 END) OR (t.method IN ('open', 'invited') AND qq_days(t.files_to) - qq_days(t.files_from) + 1 < 5))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.method, g.began_on, g.until, g.days_open, g.days_due, g.sale_days
FROM (SELECT hit.subject AS subject, 'short' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("t.method") FILTER (WHERE clause IS NULL) AS method, min(coalesce("t.files_from", "t.notice_on")) FILTER (WHERE clause IS NULL) AS began_on, max((("t.bids_until") / 1000000)) FILTER (WHERE clause IS NULL) AS until, min(qq_days((("t.bids_until") / 1000000)) - qq_days(coalesce("t.files_from", "t.notice_on"))) FILTER (WHERE clause IS NULL) AS days_open, max((CASE WHEN "t.method" = 'talks' THEN 3 WHEN "t.method" = 'quote' THEN 3 WHEN "t.method" = 'consult' THEN 10 ELSE 20 END)) FILTER (WHERE clause IS NULL) AS days_due, min(qq_days("t.files_to") - qq_days("t.files_from") + 1) FILTER (WHERE clause IS NULL) AS sale_days
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN tender AS t
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND $1 > 0
  AND (NOT (t.method IN ('single', 'direct')))
  AND (((qq_days(((t.bids_until) / 1000000)) - qq_days(coalesce(t.files_from, t.notice_on)) < (CASE WHEN t.method = 'talks' THEN 3 WHEN t.method = 'quote' THEN 3 WHEN t.method = 'consult' THEN 10 ELSE 20 END) OR (t.method IN ('open', 'invited') AND qq_days(t.files_to) - qq_days(t.files_from) + 1 < 5))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'short' AS episode, 0 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND $1 > 0
  AND (NOT (t.method IN ('single', 'direct')))
  AND (((qq_days(((t.bids_until) / 1000000)) - qq_days(coalesce(t.files_from, t.notice_on)) < (CASE WHEN t.method = 'talks' THEN 3 WHEN t.method = 'quote' THEN 3 WHEN t.method = 'consult' THEN 10 ELSE 20 END) OR (t.method IN ('open', 'invited') AND qq_days(t.files_to) - qq_days(t.files_from) + 1 < 5))))
  AND NOT coalesce((t.state = 'cancelled'), FALSE)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
