-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.original, g.whole, g.signed_on
FROM (SELECT hit.subject AS subject, "sub.sub_uscc" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(sum("sub.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("c.amount") FILTER (WHERE clause IS NULL) AS original, max(CASE WHEN "sub.amount" >= "c.amount" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS whole, min("sub.signed_on") FILTER (WHERE clause IS NULL) AS signed_on
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", sub.rid AS "sub.rid", sub.contract_no AS "sub.contract_no", sub.sub_uscc AS "sub.sub_uscc", sub.name AS "sub.name", sub.amount AS "sub.amount", sub.signed_on AS "sub.signed_on", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM contract AS c CROSS JOIN subcontract AS sub CROSS JOIN tender AS t
WHERE c.contract_no IS NOT NULL
  AND sub.contract_no = c.contract_no
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND ((sub.sub_uscc <> c.supplier_uscc OR c.supplier_uscc IS NULL))
  AND (((sub.amount >= c.amount OR (EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = sub.sub_uscc AND b.state IN ('valid', 'disqualified', 'pending'))) AND NOT (EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = c.lot_no AND (w.winner_uscc = sub.sub_uscc)))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.original, g.whole, g.signed_on
FROM (SELECT hit.subject AS subject, "sub.sub_uscc" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(sum("sub.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("c.amount") FILTER (WHERE clause IS NULL) AS original, max(CASE WHEN "sub.amount" >= "c.amount" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS whole, min("sub.signed_on") FILTER (WHERE clause IS NULL) AS signed_on
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", sub.rid AS "sub.rid", sub.contract_no AS "sub.contract_no", sub.sub_uscc AS "sub.sub_uscc", sub.name AS "sub.name", sub.amount AS "sub.amount", sub.signed_on AS "sub.signed_on", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN contract AS c CROSS JOIN subcontract AS sub CROSS JOIN tender AS t
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND sub.contract_no = c.contract_no
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND ((sub.sub_uscc <> c.supplier_uscc OR c.supplier_uscc IS NULL))
  AND (((sub.amount >= c.amount OR (EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = sub.sub_uscc AND b.state IN ('valid', 'disqualified', 'pending'))) AND NOT (EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = c.lot_no AND (w.winner_uscc = sub.sub_uscc)))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, sub.sub_uscc AS episode, 0 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN subcontract AS sub CROSS JOIN tender AS t
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND sub.contract_no = c.contract_no
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND ((sub.sub_uscc <> c.supplier_uscc OR c.supplier_uscc IS NULL))
  AND (((sub.amount >= c.amount OR (EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = sub.sub_uscc AND b.state IN ('valid', 'disqualified', 'pending'))) AND NOT (EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = c.lot_no AND (w.winner_uscc = sub.sub_uscc)))))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, sub.sub_uscc AS episode, 1 AS source, sub.rid AS rid, sub.version AS version, sub.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN subcontract AS sub CROSS JOIN tender AS t
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND sub.contract_no = c.contract_no
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND ((sub.sub_uscc <> c.supplier_uscc OR c.supplier_uscc IS NULL))
  AND (((sub.amount >= c.amount OR (EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = sub.sub_uscc AND b.state IN ('valid', 'disqualified', 'pending'))) AND NOT (EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = c.lot_no AND (w.winner_uscc = sub.sub_uscc)))))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, sub.sub_uscc AS episode, 2 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN subcontract AS sub CROSS JOIN tender AS t
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND sub.contract_no = c.contract_no
  AND t.lot_no = c.lot_no
  AND ?1 > 0
  AND ((sub.sub_uscc <> c.supplier_uscc OR c.supplier_uscc IS NULL))
  AND (((sub.amount >= c.amount OR (EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = sub.sub_uscc AND b.state IN ('valid', 'disqualified', 'pending'))) AND NOT (EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = c.lot_no AND (w.winner_uscc = sub.sub_uscc)))))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM subcontract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
