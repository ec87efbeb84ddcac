-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.pairs, g.price
FROM (SELECT hit.subject AS subject, 'same price' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "b.bidder_uscc") FILTER (WHERE clause IS NULL) AS pairs, max("a.price") FILTER (WHERE clause IS NULL) AS price
FROM (SELECT a.lot_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.lot_no AS "a.lot_no", a.bidder_uscc AS "a.bidder_uscc", a.bidder AS "a.bidder", a.price AS "a.price", a.submitted_at AS "a.submitted_at", a.state AS "a.state", a.reason AS "a.reason", a.consortium AS "a.consortium", a.delegate AS "a.delegate", a.delegate_id AS "a.delegate_id", a.delegate_id_person AS "a.delegate_id_person", a.phone AS "a.phone", a.email AS "a.email", a.deposit_account AS "a.deposit_account", a.ip AS "a.ip", a.mac AS "a.mac", a.machine AS "a.machine", a.score AS "a.score", a.rank AS "a.rank", b.rid AS "b.rid", b.lot_no AS "b.lot_no", b.bidder_uscc AS "b.bidder_uscc", b.bidder AS "b.bidder", b.price AS "b.price", b.submitted_at AS "b.submitted_at", b.state AS "b.state", b.reason AS "b.reason", b.consortium AS "b.consortium", b.delegate AS "b.delegate", b.delegate_id AS "b.delegate_id", b.delegate_id_person AS "b.delegate_id_person", b.phone AS "b.phone", b.email AS "b.email", b.deposit_account AS "b.deposit_account", b.ip AS "b.ip", b.mac AS "b.mac", b.machine AS "b.machine", b.score AS "b.score", b.rank AS "b.rank", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state = 'cancelled' THEN 1 WHEN t.method IN ('single', 'direct') THEN 2 END AS clause
FROM bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND ?1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (a.price = b.price AND a.price > 0)
  AND (NOT (a.state IN ('invited', 'withdrawn')) AND NOT (b.state IN ('invited', 'withdrawn')))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.pairs, g.price
FROM (SELECT hit.subject AS subject, 'same price' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "b.bidder_uscc") FILTER (WHERE clause IS NULL) AS pairs, max("a.price") FILTER (WHERE clause IS NULL) AS price
FROM (SELECT a.lot_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.lot_no AS "a.lot_no", a.bidder_uscc AS "a.bidder_uscc", a.bidder AS "a.bidder", a.price AS "a.price", a.submitted_at AS "a.submitted_at", a.state AS "a.state", a.reason AS "a.reason", a.consortium AS "a.consortium", a.delegate AS "a.delegate", a.delegate_id AS "a.delegate_id", a.delegate_id_person AS "a.delegate_id_person", a.phone AS "a.phone", a.email AS "a.email", a.deposit_account AS "a.deposit_account", a.ip AS "a.ip", a.mac AS "a.mac", a.machine AS "a.machine", a.score AS "a.score", a.rank AS "a.rank", b.rid AS "b.rid", b.lot_no AS "b.lot_no", b.bidder_uscc AS "b.bidder_uscc", b.bidder AS "b.bidder", b.price AS "b.price", b.submitted_at AS "b.submitted_at", b.state AS "b.state", b.reason AS "b.reason", b.consortium AS "b.consortium", b.delegate AS "b.delegate", b.delegate_id AS "b.delegate_id", b.delegate_id_person AS "b.delegate_id_person", b.phone AS "b.phone", b.email AS "b.email", b.deposit_account AS "b.deposit_account", b.ip AS "b.ip", b.mac AS "b.mac", b.machine AS "b.machine", b.score AS "b.score", b.rank AS "b.rank", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state = 'cancelled' THEN 1 WHEN t.method IN ('single', 'direct') THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no = s.key AND a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND ?1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (a.price = b.price AND a.price > 0)
  AND (NOT (a.state IN ('invited', 'withdrawn')) AND NOT (b.state IN ('invited', 'withdrawn')))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'same price' AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no = s.key AND a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND ?1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (a.price = b.price AND a.price > 0)
  AND (NOT (a.state IN ('invited', 'withdrawn')) AND NOT (b.state IN ('invited', 'withdrawn')))
  AND NOT coalesce((t.state = 'cancelled'), 0)
  AND NOT coalesce((t.method IN ('single', 'direct')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'same price' AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no = s.key AND a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND ?1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (a.price = b.price AND a.price > 0)
  AND (NOT (a.state IN ('invited', 'withdrawn')) AND NOT (b.state IN ('invited', 'withdrawn')))
  AND NOT coalesce((t.state = 'cancelled'), 0)
  AND NOT coalesce((t.method IN ('single', 'direct')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'same price' AS episode, 2 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no = s.key AND a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND ?1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (a.price = b.price AND a.price > 0)
  AND (NOT (a.state IN ('invited', 'withdrawn')) AND NOT (b.state IN ('invited', 'withdrawn')))
  AND NOT coalesce((t.state = 'cancelled'), 0)
  AND NOT coalesce((t.method IN ('single', 'direct')), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
