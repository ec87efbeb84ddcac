-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.valid_bidders < 3 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bidders, g.valid_bidders, g.method, g.notified_on
FROM (SELECT hit.subject AS subject, 'few' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(max("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "b.bidder_uscc") FILTER (WHERE clause IS NULL) AS bidders, count(DISTINCT "v.bidder_uscc") FILTER (WHERE clause IS NULL) AS valid_bidders, min("t.method") FILTER (WHERE clause IS NULL) AS method, min("w.notified_on") FILTER (WHERE clause IS NULL) AS notified_on
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", b.rid AS "b.rid", b.lot_no AS "b.lot_no", b.bidder_uscc AS "b.bidder_uscc", b.bidder AS "b.bidder", b.price AS "b.price", b.submitted_at AS "b.submitted_at", b.state AS "b.state", b.reason AS "b.reason", b.consortium AS "b.consortium", b.delegate AS "b.delegate", b.delegate_id AS "b.delegate_id", b.delegate_id_person AS "b.delegate_id_person", b.phone AS "b.phone", b.email AS "b.email", b.deposit_account AS "b.deposit_account", b.ip AS "b.ip", b.mac AS "b.mac", b.machine AS "b.machine", b.score AS "b.score", b.rank AS "b.rank", v.rid AS "v.rid", v.lot_no AS "v.lot_no", v.bidder_uscc AS "v.bidder_uscc", v.bidder AS "v.bidder", v.price AS "v.price", v.submitted_at AS "v.submitted_at", v.state AS "v.state", v.reason AS "v.reason", v.consortium AS "v.consortium", v.delegate AS "v.delegate", v.delegate_id AS "v.delegate_id", v.delegate_id_person AS "v.delegate_id_person", v.phone AS "v.phone", v.email AS "v.email", v.deposit_account AS "v.deposit_account", v.ip AS "v.ip", v.mac AS "v.mac", v.machine AS "v.machine", v.score AS "v.score", v.rank AS "v.rank", CASE WHEN t.state IN ('cancelled', 'unsuccessful') THEN 1 END AS clause
FROM tender AS t CROSS JOIN award AS w CROSS JOIN bid AS b CROSS JOIN bid AS v
WHERE t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND b.lot_no = t.lot_no
  AND v.lot_no = t.lot_no
  AND ?1 > 0
  AND (t.method IN ('open', 'invited'))
  AND (NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((v.state IN ('valid', 'pending') OR v.bidder_uscc = w.winner_uscc))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.valid_bidders < 3 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bidders, g.valid_bidders, g.method, g.notified_on
FROM (SELECT hit.subject AS subject, 'few' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(max("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "b.bidder_uscc") FILTER (WHERE clause IS NULL) AS bidders, count(DISTINCT "v.bidder_uscc") FILTER (WHERE clause IS NULL) AS valid_bidders, min("t.method") FILTER (WHERE clause IS NULL) AS method, min("w.notified_on") FILTER (WHERE clause IS NULL) AS notified_on
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", b.rid AS "b.rid", b.lot_no AS "b.lot_no", b.bidder_uscc AS "b.bidder_uscc", b.bidder AS "b.bidder", b.price AS "b.price", b.submitted_at AS "b.submitted_at", b.state AS "b.state", b.reason AS "b.reason", b.consortium AS "b.consortium", b.delegate AS "b.delegate", b.delegate_id AS "b.delegate_id", b.delegate_id_person AS "b.delegate_id_person", b.phone AS "b.phone", b.email AS "b.email", b.deposit_account AS "b.deposit_account", b.ip AS "b.ip", b.mac AS "b.mac", b.machine AS "b.machine", b.score AS "b.score", b.rank AS "b.rank", v.rid AS "v.rid", v.lot_no AS "v.lot_no", v.bidder_uscc AS "v.bidder_uscc", v.bidder AS "v.bidder", v.price AS "v.price", v.submitted_at AS "v.submitted_at", v.state AS "v.state", v.reason AS "v.reason", v.consortium AS "v.consortium", v.delegate AS "v.delegate", v.delegate_id AS "v.delegate_id", v.delegate_id_person AS "v.delegate_id_person", v.phone AS "v.phone", v.email AS "v.email", v.deposit_account AS "v.deposit_account", v.ip AS "v.ip", v.mac AS "v.mac", v.machine AS "v.machine", v.score AS "v.score", v.rank AS "v.rank", CASE WHEN t.state IN ('cancelled', 'unsuccessful') THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS b CROSS JOIN bid AS v
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND b.lot_no = t.lot_no
  AND v.lot_no = t.lot_no
  AND ?1 > 0
  AND (t.method IN ('open', 'invited'))
  AND (NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((v.state IN ('valid', 'pending') OR v.bidder_uscc = w.winner_uscc))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'few' AS episode, 0 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS b CROSS JOIN bid AS v
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND b.lot_no = t.lot_no
  AND v.lot_no = t.lot_no
  AND ?1 > 0
  AND (t.method IN ('open', 'invited'))
  AND (NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((v.state IN ('valid', 'pending') OR v.bidder_uscc = w.winner_uscc))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'few' AS episode, 1 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS b CROSS JOIN bid AS v
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND b.lot_no = t.lot_no
  AND v.lot_no = t.lot_no
  AND ?1 > 0
  AND (t.method IN ('open', 'invited'))
  AND (NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((v.state IN ('valid', 'pending') OR v.bidder_uscc = w.winner_uscc))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'few' AS episode, 2 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS b CROSS JOIN bid AS v
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND b.lot_no = t.lot_no
  AND v.lot_no = t.lot_no
  AND ?1 > 0
  AND (t.method IN ('open', 'invited'))
  AND (NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((v.state IN ('valid', 'pending') OR v.bidder_uscc = w.winner_uscc))
  AND NOT coalesce((t.state IN ('cancelled', 'unsuccessful')), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found
