-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.signed_on, g.kind, g.method, g.due_from
FROM (SELECT hit.subject AS subject, 'untendered' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(max("c.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("c.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, min("t.kind") FILTER (WHERE clause IS NULL) AS kind, min("t.method") FILTER (WHERE clause IS NULL) AS method, max((CASE WHEN "t.kind" = 'works' THEN 400000000 WHEN "t.kind" = 'goods' THEN 200000000 ELSE 100000000 END)) FILTER (WHERE clause IS NULL) AS due_from
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN (EXISTS (SELECT 1 FROM tr_approval AS ok WHERE ok.project_no = t.project_no AND (ok.method = t.method AND ok.approval_no IS NOT NULL))) THEN 1 END AS clause
FROM contract AS c CROSS JOIN tender AS t
WHERE c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND (c.amount >= (CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END))
  AND (((NOT (t.method IN ('open', 'invited')) OR (t.method = 'invited' AND EXISTS (SELECT 1 FROM tr_approval AS due WHERE due.project_no = t.project_no AND (due.method = 'open'))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.signed_on, g.kind, g.method, g.due_from
FROM (SELECT hit.subject AS subject, 'untendered' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(max("c.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("c.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, min("t.kind") FILTER (WHERE clause IS NULL) AS kind, min("t.method") FILTER (WHERE clause IS NULL) AS method, max((CASE WHEN "t.kind" = 'works' THEN 400000000 WHEN "t.kind" = 'goods' THEN 200000000 ELSE 100000000 END)) FILTER (WHERE clause IS NULL) AS due_from
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN (EXISTS (SELECT 1 FROM tr_approval AS ok WHERE ok.project_no = t.project_no AND (ok.method = t.method AND ok.approval_no IS NOT NULL))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN contract AS c CROSS JOIN tender AS t
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND (c.amount >= (CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END))
  AND (((NOT (t.method IN ('open', 'invited')) OR (t.method = 'invited' AND EXISTS (SELECT 1 FROM tr_approval AS due WHERE due.project_no = t.project_no AND (due.method = 'open'))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'untendered' AS episode, 0 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN tender AS t
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND (c.amount >= (CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END))
  AND (((NOT (t.method IN ('open', 'invited')) OR (t.method = 'invited' AND EXISTS (SELECT 1 FROM tr_approval AS due WHERE due.project_no = t.project_no AND (due.method = 'open'))))))
  AND NOT coalesce(((EXISTS (SELECT 1 FROM tr_approval AS ok WHERE ok.project_no = t.project_no AND (ok.method = t.method AND ok.approval_no IS NOT NULL)))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'untendered' AS episode, 1 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN tender AS t
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND (c.amount >= (CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END))
  AND (((NOT (t.method IN ('open', 'invited')) OR (t.method = 'invited' AND EXISTS (SELECT 1 FROM tr_approval AS due WHERE due.project_no = t.project_no AND (due.method = 'open'))))))
  AND NOT coalesce(((EXISTS (SELECT 1 FROM tr_approval AS ok WHERE ok.project_no = t.project_no AND (ok.method = t.method AND ok.approval_no IS NOT NULL)))), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN tender AS t CROSS JOIN contract AS c
WHERE t.project_no = changed.key
  AND t.lot_no = c.lot_no
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN tender AS t CROSS JOIN contract AS c
WHERE t.project_no = changed.key
  AND t.lot_no = c.lot_no

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tr_approval LIMIT 1) AS found
