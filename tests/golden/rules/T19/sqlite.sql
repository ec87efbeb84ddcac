-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.founded_on, g.bid_on, g.age, g.insured, g.no_tax
FROM (SELECT hit.subject AS subject, 'shell' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(max("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("firm.founded_on") FILTER (WHERE clause IS NULL) AS founded_on, min(coalesce((("b.submitted_at") / 1000000), "t.notice_on")) FILTER (WHERE clause IS NULL) AS bid_on, min(qq_days(coalesce((("b.submitted_at") / 1000000), "t.notice_on")) - qq_days("firm.founded_on")) FILTER (WHERE clause IS NULL) AS age, min("firm.insured") FILTER (WHERE clause IS NULL) AS insured, max(CASE WHEN "firm.tax" = 0 AND "firm.sales" > 0 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_tax
FROM (SELECT w.lot_no AS subject, 1 AS tier, coalesce(w.site, '') AS site, w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", firm.rid AS "firm.rid", firm.uscc AS "firm.uscc", firm.name AS "firm.name", firm.kind AS "firm.kind", firm.legal_rep AS "firm.legal_rep", firm.legal_rep_id AS "firm.legal_rep_id", firm.legal_rep_id_person AS "firm.legal_rep_id_person", firm.founded_on AS "firm.founded_on", firm.state AS "firm.state", firm.state_on AS "firm.state_on", firm.capital AS "firm.capital", firm.address AS "firm.address", firm.scope AS "firm.scope", firm.insured AS "firm.insured", firm.members AS "firm.members", firm.sales AS "firm.sales", firm.tax AS "firm.tax", b.rid AS "b.rid", b.lot_no AS "b.lot_no", b.bidder_uscc AS "b.bidder_uscc", b.bidder AS "b.bidder", b.price AS "b.price", b.submitted_at AS "b.submitted_at", b.state AS "b.state", b.reason AS "b.reason", b.consortium AS "b.consortium", b.delegate AS "b.delegate", b.delegate_id AS "b.delegate_id", b.delegate_id_person AS "b.delegate_id_person", b.phone AS "b.phone", b.email AS "b.email", b.deposit_account AS "b.deposit_account", b.ip AS "b.ip", b.mac AS "b.mac", b.machine AS "b.machine", b.score AS "b.score", b.rank AS "b.rank", CASE WHEN t.state IN ('cancelled', 'unsuccessful') THEN 1 WHEN (qq_contains(firm.kind, '分公司') = 1) THEN 2 WHEN (firm.kind IN ('个体工商户', '农民专业合作社', '个人独资企业') AND ((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) >= 180 OR firm.founded_on IS NULL))) THEN 3 END AS clause
FROM award AS w CROSS JOIN tender AS t CROSS JOIN company AS firm CROSS JOIN bid AS b
WHERE w.lot_no IS NOT NULL
  AND t.lot_no = w.lot_no
  AND firm.uscc = w.winner_uscc
  AND b.bidder_uscc = w.winner_uscc
  AND ?1 > 0
  AND (b.lot_no = w.lot_no)
  AND (w.price >= 50000000)
  AND (((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) < 180 OR firm.insured <= 2 OR (firm.tax = 0 AND firm.sales > 0))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.founded_on, g.bid_on, g.age, g.insured, g.no_tax
FROM (SELECT hit.subject AS subject, 'shell' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(max("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("firm.founded_on") FILTER (WHERE clause IS NULL) AS founded_on, min(coalesce((("b.submitted_at") / 1000000), "t.notice_on")) FILTER (WHERE clause IS NULL) AS bid_on, min(qq_days(coalesce((("b.submitted_at") / 1000000), "t.notice_on")) - qq_days("firm.founded_on")) FILTER (WHERE clause IS NULL) AS age, min("firm.insured") FILTER (WHERE clause IS NULL) AS insured, max(CASE WHEN "firm.tax" = 0 AND "firm.sales" > 0 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_tax
FROM (SELECT w.lot_no AS subject, 1 AS tier, coalesce(w.site, '') AS site, w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", firm.rid AS "firm.rid", firm.uscc AS "firm.uscc", firm.name AS "firm.name", firm.kind AS "firm.kind", firm.legal_rep AS "firm.legal_rep", firm.legal_rep_id AS "firm.legal_rep_id", firm.legal_rep_id_person AS "firm.legal_rep_id_person", firm.founded_on AS "firm.founded_on", firm.state AS "firm.state", firm.state_on AS "firm.state_on", firm.capital AS "firm.capital", firm.address AS "firm.address", firm.scope AS "firm.scope", firm.insured AS "firm.insured", firm.members AS "firm.members", firm.sales AS "firm.sales", firm.tax AS "firm.tax", b.rid AS "b.rid", b.lot_no AS "b.lot_no", b.bidder_uscc AS "b.bidder_uscc", b.bidder AS "b.bidder", b.price AS "b.price", b.submitted_at AS "b.submitted_at", b.state AS "b.state", b.reason AS "b.reason", b.consortium AS "b.consortium", b.delegate AS "b.delegate", b.delegate_id AS "b.delegate_id", b.delegate_id_person AS "b.delegate_id_person", b.phone AS "b.phone", b.email AS "b.email", b.deposit_account AS "b.deposit_account", b.ip AS "b.ip", b.mac AS "b.mac", b.machine AS "b.machine", b.score AS "b.score", b.rank AS "b.rank", CASE WHEN t.state IN ('cancelled', 'unsuccessful') THEN 1 WHEN (qq_contains(firm.kind, '分公司') = 1) THEN 2 WHEN (firm.kind IN ('个体工商户', '农民专业合作社', '个人独资企业') AND ((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) >= 180 OR firm.founded_on IS NULL))) THEN 3 END AS clause
FROM dirty_subject AS s CROSS JOIN award AS w CROSS JOIN tender AS t CROSS JOIN company AS firm CROSS JOIN bid AS b
WHERE w.lot_no = s.key AND w.lot_no IS NOT NULL
  AND t.lot_no = w.lot_no
  AND firm.uscc = w.winner_uscc
  AND b.bidder_uscc = w.winner_uscc
  AND ?1 > 0
  AND (b.lot_no = w.lot_no)
  AND (w.price >= 50000000)
  AND (((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) < 180 OR firm.insured <= 2 OR (firm.tax = 0 AND firm.sales > 0))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'shell' AS episode, 0 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN award AS w CROSS JOIN tender AS t CROSS JOIN company AS firm CROSS JOIN bid AS b
WHERE w.lot_no = s.key AND w.lot_no IS NOT NULL
  AND t.lot_no = w.lot_no
  AND firm.uscc = w.winner_uscc
  AND b.bidder_uscc = w.winner_uscc
  AND ?1 > 0
  AND (b.lot_no = w.lot_no)
  AND (w.price >= 50000000)
  AND (((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) < 180 OR firm.insured <= 2 OR (firm.tax = 0 AND firm.sales > 0))))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
  AND NOT coalesce(((qq_contains(firm.kind, '分公司') = 1)), 0)
  AND NOT coalesce(((firm.kind IN ('个体工商户', '农民专业合作社', '个人独资企业') AND ((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) >= 180 OR firm.founded_on IS NULL)))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'shell' AS episode, 1 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN award AS w CROSS JOIN tender AS t CROSS JOIN company AS firm CROSS JOIN bid AS b
WHERE w.lot_no = s.key AND w.lot_no IS NOT NULL
  AND t.lot_no = w.lot_no
  AND firm.uscc = w.winner_uscc
  AND b.bidder_uscc = w.winner_uscc
  AND ?1 > 0
  AND (b.lot_no = w.lot_no)
  AND (w.price >= 50000000)
  AND (((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) < 180 OR firm.insured <= 2 OR (firm.tax = 0 AND firm.sales > 0))))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
  AND NOT coalesce(((qq_contains(firm.kind, '分公司') = 1)), 0)
  AND NOT coalesce(((firm.kind IN ('个体工商户', '农民专业合作社', '个人独资企业') AND ((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) >= 180 OR firm.founded_on IS NULL)))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'shell' AS episode, 2 AS source, firm.rid AS rid, firm.version AS version, firm.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN award AS w CROSS JOIN tender AS t CROSS JOIN company AS firm CROSS JOIN bid AS b
WHERE w.lot_no = s.key AND w.lot_no IS NOT NULL
  AND t.lot_no = w.lot_no
  AND firm.uscc = w.winner_uscc
  AND b.bidder_uscc = w.winner_uscc
  AND ?1 > 0
  AND (b.lot_no = w.lot_no)
  AND (w.price >= 50000000)
  AND (((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) < 180 OR firm.insured <= 2 OR (firm.tax = 0 AND firm.sales > 0))))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
  AND NOT coalesce(((qq_contains(firm.kind, '分公司') = 1)), 0)
  AND NOT coalesce(((firm.kind IN ('个体工商户', '农民专业合作社', '个人独资企业') AND ((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) >= 180 OR firm.founded_on IS NULL)))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'shell' AS episode, 3 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN award AS w CROSS JOIN tender AS t CROSS JOIN company AS firm CROSS JOIN bid AS b
WHERE w.lot_no = s.key AND w.lot_no IS NOT NULL
  AND t.lot_no = w.lot_no
  AND firm.uscc = w.winner_uscc
  AND b.bidder_uscc = w.winner_uscc
  AND ?1 > 0
  AND (b.lot_no = w.lot_no)
  AND (w.price >= 50000000)
  AND (((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) < 180 OR firm.insured <= 2 OR (firm.tax = 0 AND firm.sales > 0))))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
  AND NOT coalesce(((qq_contains(firm.kind, '分公司') = 1)), 0)
  AND NOT coalesce(((firm.kind IN ('个体工商户', '农民专业合作社', '个人独资企业') AND ((qq_days(coalesce(((b.submitted_at) / 1000000), t.notice_on)) - qq_days(firm.founded_on) >= 180 OR firm.founded_on IS NULL)))), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT w.lot_no FROM dirty_key AS changed CROSS JOIN award AS w
WHERE w.winner_uscc = changed.key
UNION SELECT w.lot_no FROM dirty_key AS changed CROSS JOIN award AS w
WHERE w.winner_uscc = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM company LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found
