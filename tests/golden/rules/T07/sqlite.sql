-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.lowest, g.won_at, g.dearer
FROM (SELECT hit.subject AS subject, 'lowest' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(min("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("low.price") FILTER (WHERE clause IS NULL) AS lowest, min("w.price") FILTER (WHERE clause IS NULL) AS won_at, min("w.price" - "low.price") FILTER (WHERE clause IS NULL) AS dearer
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", low.rid AS "low.rid", low.lot_no AS "low.lot_no", low.bidder_uscc AS "low.bidder_uscc", low.bidder AS "low.bidder", low.price AS "low.price", low.submitted_at AS "low.submitted_at", low.state AS "low.state", low.reason AS "low.reason", low.consortium AS "low.consortium", low.delegate AS "low.delegate", low.delegate_id AS "low.delegate_id", low.delegate_id_person AS "low.delegate_id_person", low.phone AS "low.phone", low.email AS "low.email", low.deposit_account AS "low.deposit_account", low.ip AS "low.ip", low.mac AS "low.mac", low.machine AS "low.machine", low.score AS "low.score", low.rank AS "low.rank", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM tender AS t CROSS JOIN award AS w CROSS JOIN bid AS low
WHERE t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND low.lot_no = t.lot_no
  AND ?1 > 0
  AND (low.state = 'disqualified' AND low.price > 0)
  AND (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state = 'valid' AND v.price > 0)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS o WHERE o.lot_no = t.lot_no AND (o.price > 0 AND NOT (o.state IN ('invited', 'withdrawn', 'unsubmitted')) AND ((o.price < low.price OR (o.price = low.price AND o.state <> 'disqualified')))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.lowest, g.won_at, g.dearer
FROM (SELECT hit.subject AS subject, 'lowest' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, coalesce(min("w.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("low.price") FILTER (WHERE clause IS NULL) AS lowest, min("w.price") FILTER (WHERE clause IS NULL) AS won_at, min("w.price" - "low.price") FILTER (WHERE clause IS NULL) AS dearer
FROM (SELECT t.lot_no AS subject, 1 AS tier, coalesce(t.site, '') AS site, t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", w.rid AS "w.rid", w.lot_no AS "w.lot_no", w.winner_uscc AS "w.winner_uscc", w.winner AS "w.winner", w.price AS "w.price", w.notified_on AS "w.notified_on", w.notice_from AS "w.notice_from", w.notice_to AS "w.notice_to", low.rid AS "low.rid", low.lot_no AS "low.lot_no", low.bidder_uscc AS "low.bidder_uscc", low.bidder AS "low.bidder", low.price AS "low.price", low.submitted_at AS "low.submitted_at", low.state AS "low.state", low.reason AS "low.reason", low.consortium AS "low.consortium", low.delegate AS "low.delegate", low.delegate_id AS "low.delegate_id", low.delegate_id_person AS "low.delegate_id_person", low.phone AS "low.phone", low.email AS "low.email", low.deposit_account AS "low.deposit_account", low.ip AS "low.ip", low.mac AS "low.mac", low.machine AS "low.machine", low.score AS "low.score", low.rank AS "low.rank", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS low
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND low.lot_no = t.lot_no
  AND ?1 > 0
  AND (low.state = 'disqualified' AND low.price > 0)
  AND (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state = 'valid' AND v.price > 0)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS o WHERE o.lot_no = t.lot_no AND (o.price > 0 AND NOT (o.state IN ('invited', 'withdrawn', 'unsubmitted')) AND ((o.price < low.price OR (o.price = low.price AND o.state <> 'disqualified')))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'lowest' AS episode, 0 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS low
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND low.lot_no = t.lot_no
  AND ?1 > 0
  AND (low.state = 'disqualified' AND low.price > 0)
  AND (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state = 'valid' AND v.price > 0)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS o WHERE o.lot_no = t.lot_no AND (o.price > 0 AND NOT (o.state IN ('invited', 'withdrawn', 'unsubmitted')) AND ((o.price < low.price OR (o.price = low.price AND o.state <> 'disqualified')))))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'lowest' AS episode, 1 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS low
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND low.lot_no = t.lot_no
  AND ?1 > 0
  AND (low.state = 'disqualified' AND low.price > 0)
  AND (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state = 'valid' AND v.price > 0)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS o WHERE o.lot_no = t.lot_no AND (o.price > 0 AND NOT (o.state IN ('invited', 'withdrawn', 'unsubmitted')) AND ((o.price < low.price OR (o.price = low.price AND o.state <> 'disqualified')))))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'lowest' AS episode, 2 AS source, low.rid AS rid, low.version AS version, low.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN tender AS t CROSS JOIN award AS w CROSS JOIN bid AS low
WHERE t.lot_no = s.key AND t.lot_no IS NOT NULL
  AND w.lot_no = t.lot_no
  AND low.lot_no = t.lot_no
  AND ?1 > 0
  AND (low.state = 'disqualified' AND low.price > 0)
  AND (EXISTS (SELECT 1 FROM bid AS v WHERE v.lot_no = t.lot_no AND (v.state = 'valid' AND v.price > 0)))
  AND (NOT (EXISTS (SELECT 1 FROM bid AS o WHERE o.lot_no = t.lot_no AND (o.price > 0 AND NOT (o.state IN ('invited', 'withdrawn', 'unsubmitted')) AND ((o.price < low.price OR (o.price = low.price AND o.state <> 'disqualified')))))))
  AND NOT coalesce((t.state = 'cancelled'), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found
