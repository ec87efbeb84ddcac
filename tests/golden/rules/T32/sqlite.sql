-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.raised_on, g.answered_on, g.due_days
FROM (SELECT hit.subject AS subject, "x.objection_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("x.kind") FILTER (WHERE clause IS NULL) AS kind, min("x.raised_on") FILTER (WHERE clause IS NULL) AS raised_on, max("x.answered_on") FILTER (WHERE clause IS NULL) AS answered_on, max((CASE WHEN "x.kind" = 'complaint' THEN 30 ELSE 7 END)) FILTER (WHERE clause IS NULL) AS due_days
FROM (SELECT x.lot_no AS subject, 1 AS tier, coalesce(x.site, '') AS site, x.rid AS "x.rid", x.objection_no AS "x.objection_no", x.lot_no AS "x.lot_no", x.kind AS "x.kind", x.raised_by AS "x.raised_by", x.raised_on AS "x.raised_on", x.addressee AS "x.addressee", x.subject AS "x.subject", x.answered_on AS "x.answered_on", x.result AS "x.result", x.withdrawn AS "x.withdrawn", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN (x.withdrawn = 1) THEN 1 END AS clause
FROM objection AS x CROSS JOIN tender AS t
WHERE x.lot_no IS NOT NULL
  AND t.lot_no = x.lot_no
  AND ?1 > 0
  AND (qq_workdays(x.raised_on, coalesce(x.answered_on, ?1)) > (CASE WHEN x.kind = 'complaint' THEN 30 ELSE 7 END))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.raised_on, g.answered_on, g.due_days
FROM (SELECT hit.subject AS subject, "x.objection_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("x.kind") FILTER (WHERE clause IS NULL) AS kind, min("x.raised_on") FILTER (WHERE clause IS NULL) AS raised_on, max("x.answered_on") FILTER (WHERE clause IS NULL) AS answered_on, max((CASE WHEN "x.kind" = 'complaint' THEN 30 ELSE 7 END)) FILTER (WHERE clause IS NULL) AS due_days
FROM (SELECT x.lot_no AS subject, 1 AS tier, coalesce(x.site, '') AS site, x.rid AS "x.rid", x.objection_no AS "x.objection_no", x.lot_no AS "x.lot_no", x.kind AS "x.kind", x.raised_by AS "x.raised_by", x.raised_on AS "x.raised_on", x.addressee AS "x.addressee", x.subject AS "x.subject", x.answered_on AS "x.answered_on", x.result AS "x.result", x.withdrawn AS "x.withdrawn", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN (x.withdrawn = 1) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN objection AS x CROSS JOIN tender AS t
WHERE x.lot_no = s.key AND x.lot_no IS NOT NULL
  AND t.lot_no = x.lot_no
  AND ?1 > 0
  AND (qq_workdays(x.raised_on, coalesce(x.answered_on, ?1)) > (CASE WHEN x.kind = 'complaint' THEN 30 ELSE 7 END))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, x.objection_no AS episode, 0 AS source, x.rid AS rid, x.version AS version, x.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN objection AS x CROSS JOIN tender AS t
WHERE x.lot_no = s.key AND x.lot_no IS NOT NULL
  AND t.lot_no = x.lot_no
  AND ?1 > 0
  AND (qq_workdays(x.raised_on, coalesce(x.answered_on, ?1)) > (CASE WHEN x.kind = 'complaint' THEN 30 ELSE 7 END))
  AND NOT coalesce(((x.withdrawn = 1)), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, x.objection_no AS episode, 1 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN objection AS x CROSS JOIN tender AS t
WHERE x.lot_no = s.key AND x.lot_no IS NOT NULL
  AND t.lot_no = x.lot_no
  AND ?1 > 0
  AND (qq_workdays(x.raised_on, coalesce(x.answered_on, ?1)) > (CASE WHEN x.kind = 'complaint' THEN 30 ELSE 7 END))
  AND NOT coalesce(((x.withdrawn = 1)), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM objection LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
