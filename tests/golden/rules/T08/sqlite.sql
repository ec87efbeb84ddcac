-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.others >= 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.others, g.cheaper, g.notified_on
FROM (SELECT hit.subject AS subject, 'others out' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(max("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "d.bidder_uscc") FILTER (WHERE clause IS NULL) AS others, max(CASE WHEN "d.price" < "w.price" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS cheaper, min("w.notified_on") FILTER (WHERE clause IS NULL) AS notified_on
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", d.rid AS "d.rid", d.lot_no AS "d.lot_no", d.bidder_uscc AS "d.bidder_uscc", d.bidder AS "d.bidder", d.price AS "d.price", d.submitted_at AS "d.submitted_at", d.state AS "d.state", d.reason AS "d.reason", d.consortium AS "d.consortium", d.delegate AS "d.delegate", d.delegate_id AS "d.delegate_id", d.delegate_id_person AS "d.delegate_id_person", d.phone AS "d.phone", d.email AS "d.email", d.deposit_account AS "d.deposit_account", d.ip AS "d.ip", d.mac AS "d.mac", d.machine AS "d.machine", d.score AS "d.score", d.rank AS "d.rank", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM tender AS t CROSS JOIN award AS w CROSS JOIN bid AS d
WHERE t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND d.lot_no = t.lot_no
  AND ?1 > 0
  AND (d.state = 'disqualified' AND d.bidder_uscc <> w.winner_uscc)
  AND (EXISTS (SELECT 1 FROM bid AS own WHERE own.lot_no = t.lot_no AND (own.state = 'valid' AND own.bidder_uscc = w.winner_uscc)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state IN ('valid', 'pending') AND v.bidder_uscc <> w.winner_uscc))))
  AND (NOT (EXISTS (SELECT 1 FROM award AS second WHERE second.lot_no = t.lot_no AND (second.winner_uscc <> w.winner_uscc))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.others >= 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.others, g.cheaper, g.notified_on
FROM (SELECT hit.subject AS subject, 'others out' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(max("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "d.bidder_uscc") FILTER (WHERE clause IS NULL) AS others, max(CASE WHEN "d.price" < "w.price" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS cheaper, min("w.notified_on") FILTER (WHERE clause IS NULL) AS notified_on
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", d.rid AS "d.rid", d.lot_no AS "d.lot_no", d.bidder_uscc AS "d.bidder_uscc", d.bidder AS "d.bidder", d.price AS "d.price", d.submitted_at AS "d.submitted_at", d.state AS "d.state", d.reason AS "d.reason", d.consortium AS "d.consortium", d.delegate AS "d.delegate", d.delegate_id AS "d.delegate_id", d.delegate_id_person AS "d.delegate_id_person", d.phone AS "d.phone", d.email AS "d.email", d.deposit_account AS "d.deposit_account", d.ip AS "d.ip", d.mac AS "d.mac", d.machine AS "d.machine", d.score AS "d.score", d.rank AS "d.rank", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS d
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND d.lot_no = t.lot_no
  AND ?1 > 0
  AND (d.state = 'disqualified' AND d.bidder_uscc <> w.winner_uscc)
  AND (EXISTS (SELECT 1 FROM bid AS own WHERE own.lot_no = t.lot_no AND (own.state = 'valid' AND own.bidder_uscc = w.winner_uscc)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state IN ('valid', 'pending') AND v.bidder_uscc <> w.winner_uscc))))
  AND (NOT (EXISTS (SELECT 1 FROM award AS second WHERE second.lot_no = t.lot_no AND (second.winner_uscc <> w.winner_uscc))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'others out' AS episode, 0 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS d
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND d.lot_no = t.lot_no
  AND ?1 > 0
  AND (d.state = 'disqualified' AND d.bidder_uscc <> w.winner_uscc)
  AND (EXISTS (SELECT 1 FROM bid AS own WHERE own.lot_no = t.lot_no AND (own.state = 'valid' AND own.bidder_uscc = w.winner_uscc)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state IN ('valid', 'pending') AND v.bidder_uscc <> w.winner_uscc))))
  AND (NOT (EXISTS (SELECT 1 FROM award AS second WHERE second.lot_no = t.lot_no AND (second.winner_uscc <> w.winner_uscc))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'others out' AS episode, 1 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS d
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND d.lot_no = t.lot_no
  AND ?1 > 0
  AND (d.state = 'disqualified' AND d.bidder_uscc <> w.winner_uscc)
  AND (EXISTS (SELECT 1 FROM bid AS own WHERE own.lot_no = t.lot_no AND (own.state = 'valid' AND own.bidder_uscc = w.winner_uscc)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state IN ('valid', 'pending') AND v.bidder_uscc <> w.winner_uscc))))
  AND (NOT (EXISTS (SELECT 1 FROM award AS second WHERE second.lot_no = t.lot_no AND (second.winner_uscc <> w.winner_uscc))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'others out' AS episode, 2 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS d
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND d.lot_no = t.lot_no
  AND ?1 > 0
  AND (d.state = 'disqualified' AND d.bidder_uscc <> w.winner_uscc)
  AND (EXISTS (SELECT 1 FROM bid AS own WHERE own.lot_no = t.lot_no AND (own.state = 'valid' AND own.bidder_uscc = w.winner_uscc)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state IN ('valid', 'pending') AND v.bidder_uscc <> w.winner_uscc))))
  AND (NOT (EXISTS (SELECT 1 FROM award AS second WHERE second.lot_no = t.lot_no AND (second.winner_uscc <> w.winner_uscc))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found
