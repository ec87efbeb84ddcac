-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.signed_on, g.notified_on, g.won, g.other_price, g.late, g.other_party
FROM (SELECT hit.subject AS subject, 'deviates' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(max("c.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("c.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, min("w.notified_on") FILTER (WHERE clause IS NULL) AS notified_on, max("w.price") FILTER (WHERE clause IS NULL) AS won, max(CASE WHEN "c.amount" <> "w.price" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS other_price, max(CASE WHEN qq_days("c.signed_on") - qq_days("w.notified_on") > 30 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS late, max(CASE WHEN "c.supplier_uscc" <> "w.winner_uscc" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS other_party
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", CASE WHEN (((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND ((EXISTS (SELECT 1 FROM award AS w2 WHERE w2.lot_no = c.lot_no AND (w2.winner_uscc <> w.winner_uscc)) OR EXISTS (SELECT 1 FROM contract AS c2 WHERE c2.lot_no = c.lot_no AND (c2.contract_no <> c.contract_no))))) THEN 1 WHEN (c.amount = w.price AND ((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = w.winner_uscc AND b.consortium IS NOT NULL))) THEN 2 WHEN t.state = 'cancelled' THEN 3 END AS clause
FROM contract AS c CROSS JOIN tender AS t CROSS JOIN award AS w
WHERE c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND w.lot_no = c.lot_no
  AND $1 > 0
  AND (t.method IN ('open', 'invited'))
  AND ((c.amount <> w.price OR qq_days(c.signed_on) - qq_days(w.notified_on) > 30 OR c.supplier_uscc <> w.winner_uscc))
  AND ((c.supplier_uscc = w.winner_uscc OR NOT (EXISTS (SELECT 1 FROM award AS own WHERE own.lot_no = c.lot_no AND (own.winner_uscc = c.supplier_uscc)))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.signed_on, g.notified_on, g.won, g.other_price, g.late, g.other_party
FROM (SELECT hit.subject AS subject, 'deviates' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(max("c.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("c.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, min("w.notified_on") FILTER (WHERE clause IS NULL) AS notified_on, max("w.price") FILTER (WHERE clause IS NULL) AS won, max(CASE WHEN "c.amount" <> "w.price" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS other_price, max(CASE WHEN qq_days("c.signed_on") - qq_days("w.notified_on") > 30 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS late, max(CASE WHEN "c.supplier_uscc" <> "w.winner_uscc" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS other_party
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", CASE WHEN (((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND ((EXISTS (SELECT 1 FROM award AS w2 WHERE w2.lot_no = c.lot_no AND (w2.winner_uscc <> w.winner_uscc)) OR EXISTS (SELECT 1 FROM contract AS c2 WHERE c2.lot_no = c.lot_no AND (c2.contract_no <> c.contract_no))))) THEN 1 WHEN (c.amount = w.price AND ((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = w.winner_uscc AND b.consortium IS NOT NULL))) THEN 2 WHEN t.state = 'cancelled' THEN 3 END AS clause
FROM dirty_subject AS s CROSS JOIN contract AS c CROSS JOIN tender AS t CROSS JOIN award AS w
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND w.lot_no = c.lot_no
  AND $1 > 0
  AND (t.method IN ('open', 'invited'))
  AND ((c.amount <> w.price OR qq_days(c.signed_on) - qq_days(w.notified_on) > 30 OR c.supplier_uscc <> w.winner_uscc))
  AND ((c.supplier_uscc = w.winner_uscc OR NOT (EXISTS (SELECT 1 FROM award AS own WHERE own.lot_no = c.lot_no AND (own.winner_uscc = c.supplier_uscc)))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'deviates' AS episode, 0 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN tender AS t CROSS JOIN award AS w
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND w.lot_no = c.lot_no
  AND $1 > 0
  AND (t.method IN ('open', 'invited'))
  AND ((c.amount <> w.price OR qq_days(c.signed_on) - qq_days(w.notified_on) > 30 OR c.supplier_uscc <> w.winner_uscc))
  AND ((c.supplier_uscc = w.winner_uscc OR NOT (EXISTS (SELECT 1 FROM award AS own WHERE own.lot_no = c.lot_no AND (own.winner_uscc = c.supplier_uscc)))))
  AND NOT coalesce(((((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND ((EXISTS (SELECT 1 FROM award AS w2 WHERE w2.lot_no = c.lot_no AND (w2.winner_uscc <> w.winner_uscc)) OR EXISTS (SELECT 1 FROM contract AS c2 WHERE c2.lot_no = c.lot_no AND (c2.contract_no <> c.contract_no)))))), FALSE)
  AND NOT coalesce(((c.amount = w.price AND ((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = w.winner_uscc AND b.consortium IS NOT NULL)))), FALSE)
  AND NOT coalesce((t.state = 'cancelled'), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'deviates' AS episode, 1 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN tender AS t CROSS JOIN award AS w
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND w.lot_no = c.lot_no
  AND $1 > 0
  AND (t.method IN ('open', 'invited'))
  AND ((c.amount <> w.price OR qq_days(c.signed_on) - qq_days(w.notified_on) > 30 OR c.supplier_uscc <> w.winner_uscc))
  AND ((c.supplier_uscc = w.winner_uscc OR NOT (EXISTS (SELECT 1 FROM award AS own WHERE own.lot_no = c.lot_no AND (own.winner_uscc = c.supplier_uscc)))))
  AND NOT coalesce(((((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND ((EXISTS (SELECT 1 FROM award AS w2 WHERE w2.lot_no = c.lot_no AND (w2.winner_uscc <> w.winner_uscc)) OR EXISTS (SELECT 1 FROM contract AS c2 WHERE c2.lot_no = c.lot_no AND (c2.contract_no <> c.contract_no)))))), FALSE)
  AND NOT coalesce(((c.amount = w.price AND ((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = w.winner_uscc AND b.consortium IS NOT NULL)))), FALSE)
  AND NOT coalesce((t.state = 'cancelled'), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'deviates' AS episode, 2 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN tender AS t CROSS JOIN award AS w
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND t.lot_no = c.lot_no
  AND w.lot_no = c.lot_no
  AND $1 > 0
  AND (t.method IN ('open', 'invited'))
  AND ((c.amount <> w.price OR qq_days(c.signed_on) - qq_days(w.notified_on) > 30 OR c.supplier_uscc <> w.winner_uscc))
  AND ((c.supplier_uscc = w.winner_uscc OR NOT (EXISTS (SELECT 1 FROM award AS own WHERE own.lot_no = c.lot_no AND (own.winner_uscc = c.supplier_uscc)))))
  AND NOT coalesce(((((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND ((EXISTS (SELECT 1 FROM award AS w2 WHERE w2.lot_no = c.lot_no AND (w2.winner_uscc <> w.winner_uscc)) OR EXISTS (SELECT 1 FROM contract AS c2 WHERE c2.lot_no = c.lot_no AND (c2.contract_no <> c.contract_no)))))), FALSE)
  AND NOT coalesce(((c.amount = w.price AND ((qq_days(c.signed_on) - qq_days(w.notified_on) <= 30 OR w.notified_on IS NULL)) AND EXISTS (SELECT 1 FROM bid AS b WHERE b.lot_no = c.lot_no AND (b.bidder_uscc = w.winner_uscc AND b.consortium IS NOT NULL)))), FALSE)
  AND NOT coalesce((t.state = 'cancelled'), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN contract AS c
WHERE c.lot_no = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
