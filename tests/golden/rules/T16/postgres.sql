-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN (g.same_mac = 1 OR g.same_machine = 1) THEN 4 WHEN g.one_account = 1 THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bidders, g.same_mac, g.same_machine, g.same_ip, g.one_account
FROM (SELECT hit.subject AS subject, 'traces' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "b.bidder_uscc") FILTER (WHERE clause IS NULL) AS bidders, max(CASE WHEN "a.mac" = "b.mac" AND NOT ("a.mac" IN ('无', '-', '00-00-00-00-00-00', '00:00:00:00:00:00')) THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_mac, max(CASE WHEN "a.machine" = "b.machine" AND NOT ("a.machine" IN ('无', '-', '0')) THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_machine, max(CASE WHEN "a.ip" = "b.ip" AND NOT ("a.ip" IN ('无', '-', '0.0.0.0', '127.0.0.1')) AND substr("a.ip", 1, 3) <> '10.' AND substr("a.ip", 1, 8) <> '192.168.' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_ip, max(CASE WHEN "a.deposit_account" = "b.deposit_account" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS one_account
FROM (SELECT a.lot_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.lot_no AS "a.lot_no", a.bidder_uscc AS "a.bidder_uscc", a.bidder AS "a.bidder", a.price AS "a.price", a.submitted_at AS "a.submitted_at", a.state AS "a.state", a.reason AS "a.reason", a.consortium AS "a.consortium", a.delegate AS "a.delegate", a.delegate_id AS "a.delegate_id", a.delegate_id_person AS "a.delegate_id_person", a.phone AS "a.phone", a.email AS "a.email", a.deposit_account AS "a.deposit_account", a.ip AS "a.ip", a.mac AS "a.mac", a.machine AS "a.machine", a.score AS "a.score", a.rank AS "a.rank", b.rid AS "b.rid", b.lot_no AS "b.lot_no", b.bidder_uscc AS "b.bidder_uscc", b.bidder AS "b.bidder", b.price AS "b.price", b.submitted_at AS "b.submitted_at", b.state AS "b.state", b.reason AS "b.reason", b.consortium AS "b.consortium", b.delegate AS "b.delegate", b.delegate_id AS "b.delegate_id", b.delegate_id_person AS "b.delegate_id_person", b.phone AS "b.phone", b.email AS "b.email", b.deposit_account AS "b.deposit_account", b.ip AS "b.ip", b.mac AS "b.mac", b.machine AS "b.machine", b.score AS "b.score", b.rank AS "b.rank", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND $1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (NOT (a.state IN ('invited', 'withdrawn', 'unsubmitted')) AND NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((((a.mac = b.mac AND NOT (a.mac IN ('无', '-', '00-00-00-00-00-00', '00:00:00:00:00:00'))) OR (a.machine = b.machine AND NOT (a.machine IN ('无', '-', '0'))) OR (a.ip = b.ip AND NOT (a.ip IN ('无', '-', '0.0.0.0', '127.0.0.1')) AND substr(a.ip, 1, 3) <> '10.' AND substr(a.ip, 1, 8) <> '192.168.') OR a.deposit_account = b.deposit_account)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN (g.same_mac = 1 OR g.same_machine = 1) THEN 4 WHEN g.one_account = 1 THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bidders, g.same_mac, g.same_machine, g.same_ip, g.one_account
FROM (SELECT hit.subject AS subject, 'traces' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("t.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "b.bidder_uscc") FILTER (WHERE clause IS NULL) AS bidders, max(CASE WHEN "a.mac" = "b.mac" AND NOT ("a.mac" IN ('无', '-', '00-00-00-00-00-00', '00:00:00:00:00:00')) THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_mac, max(CASE WHEN "a.machine" = "b.machine" AND NOT ("a.machine" IN ('无', '-', '0')) THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_machine, max(CASE WHEN "a.ip" = "b.ip" AND NOT ("a.ip" IN ('无', '-', '0.0.0.0', '127.0.0.1')) AND substr("a.ip", 1, 3) <> '10.' AND substr("a.ip", 1, 8) <> '192.168.' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_ip, max(CASE WHEN "a.deposit_account" = "b.deposit_account" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS one_account
FROM (SELECT a.lot_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.lot_no AS "a.lot_no", a.bidder_uscc AS "a.bidder_uscc", a.bidder AS "a.bidder", a.price AS "a.price", a.submitted_at AS "a.submitted_at", a.state AS "a.state", a.reason AS "a.reason", a.consortium AS "a.consortium", a.delegate AS "a.delegate", a.delegate_id AS "a.delegate_id", a.delegate_id_person AS "a.delegate_id_person", a.phone AS "a.phone", a.email AS "a.email", a.deposit_account AS "a.deposit_account", a.ip AS "a.ip", a.mac AS "a.mac", a.machine AS "a.machine", a.score AS "a.score", a.rank AS "a.rank", b.rid AS "b.rid", b.lot_no AS "b.lot_no", b.bidder_uscc AS "b.bidder_uscc", b.bidder AS "b.bidder", b.price AS "b.price", b.submitted_at AS "b.submitted_at", b.state AS "b.state", b.reason AS "b.reason", b.consortium AS "b.consortium", b.delegate AS "b.delegate", b.delegate_id AS "b.delegate_id", b.delegate_id_person AS "b.delegate_id_person", b.phone AS "b.phone", b.email AS "b.email", b.deposit_account AS "b.deposit_account", b.ip AS "b.ip", b.mac AS "b.mac", b.machine AS "b.machine", b.score AS "b.score", b.rank AS "b.rank", t.rid AS "t.rid", t.project_no AS "t.project_no", t.lot_no AS "t.lot_no", t.title AS "t.title", t.buyer AS "t.buyer", t.buyer_uscc AS "t.buyer_uscc", t.agency AS "t.agency", t.agency_uscc AS "t.agency_uscc", t.method AS "t.method", t.kind AS "t.kind", t.item_code AS "t.item_code", t.ceiling AS "t.ceiling", t.notice_on AS "t.notice_on", t.files_from AS "t.files_from", t.files_to AS "t.files_to", t.bids_until AS "t.bids_until", t.opened_at AS "t.opened_at", t.evaluation AS "t.evaluation", t.media AS "t.media", t.state AS "t.state", CASE WHEN t.state = 'cancelled' THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no = s.key AND a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND $1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (NOT (a.state IN ('invited', 'withdrawn', 'unsubmitted')) AND NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((((a.mac = b.mac AND NOT (a.mac IN ('无', '-', '00-00-00-00-00-00', '00:00:00:00:00:00'))) OR (a.machine = b.machine AND NOT (a.machine IN ('无', '-', '0'))) OR (a.ip = b.ip AND NOT (a.ip IN ('无', '-', '0.0.0.0', '127.0.0.1')) AND substr(a.ip, 1, 3) <> '10.' AND substr(a.ip, 1, 8) <> '192.168.') OR a.deposit_account = b.deposit_account)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'traces' AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no = s.key AND a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND $1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (NOT (a.state IN ('invited', 'withdrawn', 'unsubmitted')) AND NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((((a.mac = b.mac AND NOT (a.mac IN ('无', '-', '00-00-00-00-00-00', '00:00:00:00:00:00'))) OR (a.machine = b.machine AND NOT (a.machine IN ('无', '-', '0'))) OR (a.ip = b.ip AND NOT (a.ip IN ('无', '-', '0.0.0.0', '127.0.0.1')) AND substr(a.ip, 1, 3) <> '10.' AND substr(a.ip, 1, 8) <> '192.168.') OR a.deposit_account = b.deposit_account)))
  AND NOT coalesce((t.state = 'cancelled'), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'traces' AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no = s.key AND a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND $1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (NOT (a.state IN ('invited', 'withdrawn', 'unsubmitted')) AND NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((((a.mac = b.mac AND NOT (a.mac IN ('无', '-', '00-00-00-00-00-00', '00:00:00:00:00:00'))) OR (a.machine = b.machine AND NOT (a.machine IN ('无', '-', '0'))) OR (a.ip = b.ip AND NOT (a.ip IN ('无', '-', '0.0.0.0', '127.0.0.1')) AND substr(a.ip, 1, 3) <> '10.' AND substr(a.ip, 1, 8) <> '192.168.') OR a.deposit_account = b.deposit_account)))
  AND NOT coalesce((t.state = 'cancelled'), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'traces' AS episode, 2 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN bid AS a CROSS JOIN bid AS b CROSS JOIN tender AS t
WHERE a.lot_no = s.key AND a.lot_no IS NOT NULL
  AND b.lot_no = a.lot_no
  AND t.lot_no = a.lot_no
  AND $1 > 0
  AND (a.bidder_uscc < b.bidder_uscc)
  AND (NOT (a.state IN ('invited', 'withdrawn', 'unsubmitted')) AND NOT (b.state IN ('invited', 'withdrawn', 'unsubmitted')))
  AND ((((a.mac = b.mac AND NOT (a.mac IN ('无', '-', '00-00-00-00-00-00', '00:00:00:00:00:00'))) OR (a.machine = b.machine AND NOT (a.machine IN ('无', '-', '0'))) OR (a.ip = b.ip AND NOT (a.ip IN ('无', '-', '0.0.0.0', '127.0.0.1')) AND substr(a.ip, 1, 3) <> '10.' AND substr(a.ip, 1, 8) <> '192.168.') OR a.deposit_account = b.deposit_account)))
  AND NOT coalesce((t.state = 'cancelled'), FALSE)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
