-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.no_media, g.no_deadline, g.notice_on
FROM (SELECT hit.subject AS subject, 'notices' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max(CASE WHEN "t.method" = 'open' AND "t.media" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_media, max(CASE WHEN "t.bids_until" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_deadline, min("t.notice_on") FILTER (WHERE clause IS NULL) AS notice_on
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state IN ('cancelled', 'planned') THEN 1 END AS clause
FROM tender AS t
WHERE t.lot_no IS NOT NULL
  AND $1 > 0
  AND (t.method IN ('open', 'invited'))
  AND ((((t.method = 'open' AND t.media IS NULL) OR t.bids_until IS NULL OR EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = t.lot_no AND (w.notice_from IS NULL AND qq_days(w.notified_on) + 10 <= qq_days($1))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.no_media, g.no_deadline, g.notice_on
FROM (SELECT hit.subject AS subject, 'notices' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max(CASE WHEN "t.method" = 'open' AND "t.media" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_media, max(CASE WHEN "t.bids_until" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_deadline, min("t.notice_on") FILTER (WHERE clause IS NULL) AS notice_on
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state IN ('cancelled', 'planned') THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN tender AS t
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND $1 > 0
  AND (t.method IN ('open', 'invited'))
  AND ((((t.method = 'open' AND t.media IS NULL) OR t.bids_until IS NULL OR EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = t.lot_no AND (w.notice_from IS NULL AND qq_days(w.notified_on) + 10 <= qq_days($1))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'notices' AS episode, 0 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND $1 > 0
  AND (t.method IN ('open', 'invited'))
  AND ((((t.method = 'open' AND t.media IS NULL) OR t.bids_until IS NULL OR EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = t.lot_no AND (w.notice_from IS NULL AND qq_days(w.notified_on) + 10 <= qq_days($1))))))
  AND NOT coalesce((t.state IN ('cancelled', 'planned')), FALSE)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT later.lot_no FROM award AS later WHERE later.lot_no IS NOT NULL AND qq_ymd(qq_days(later.notified_on) + 10) > $1 AND qq_ymd(qq_days(later.notified_on) + 10) <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
