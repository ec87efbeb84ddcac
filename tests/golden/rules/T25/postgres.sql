-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN (g.added * 100 > g.original * 10 OR g.changes > 5 OR g.early_increase = 1) THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.changes, g.added, g.original, g.first_on, g.early_increase, g.unapproved
FROM (SELECT hit.subject AS subject, 'changes' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(sum("x.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "x.rid") FILTER (WHERE clause IS NULL) AS changes, sum("x.amount") FILTER (WHERE clause IS NULL) AS added, max("c.amount") FILTER (WHERE clause IS NULL) AS original, min("x.changed_on") FILTER (WHERE clause IS NULL) AS first_on, max(CASE WHEN "x.amount" > 0 AND "x.changed_on" >= "c.signed_on" AND qq_days("x.changed_on") - qq_days("c.signed_on") < 30 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS early_increase, max(CASE WHEN "x.amount" > 0 AND "x.approval_no" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS unapproved
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", x.rid AS "x.rid", x.contract_no AS "x.contract_no", x.change_no AS "x.change_no", x.changed_on AS "x.changed_on", x.amount AS "x.amount", x.reason AS "x.reason", x.approval_no AS "x.approval_no", CAST(NULL AS INTEGER) AS clause
FROM contract AS c CROSS JOIN contract_change AS x
WHERE c.contract_no IS NOT NULL
  AND x.contract_no = c.contract_no
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN (g.added * 100 > g.original * 10 OR g.changes > 5 OR g.early_increase = 1) THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.changes, g.added, g.original, g.first_on, g.early_increase, g.unapproved
FROM (SELECT hit.subject AS subject, 'changes' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(sum("x.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "x.rid") FILTER (WHERE clause IS NULL) AS changes, sum("x.amount") FILTER (WHERE clause IS NULL) AS added, max("c.amount") FILTER (WHERE clause IS NULL) AS original, min("x.changed_on") FILTER (WHERE clause IS NULL) AS first_on, max(CASE WHEN "x.amount" > 0 AND "x.changed_on" >= "c.signed_on" AND qq_days("x.changed_on") - qq_days("c.signed_on") < 30 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS early_increase, max(CASE WHEN "x.amount" > 0 AND "x.approval_no" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS unapproved
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", x.rid AS "x.rid", x.contract_no AS "x.contract_no", x.change_no AS "x.change_no", x.changed_on AS "x.changed_on", x.amount AS "x.amount", x.reason AS "x.reason", x.approval_no AS "x.approval_no", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN contract AS c CROSS JOIN contract_change AS x
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND x.contract_no = c.contract_no
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'changes' AS episode, 0 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN contract_change AS x
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND x.contract_no = c.contract_no
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'changes' AS episode, 1 AS source, x.rid AS rid, x.version AS version, x.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN contract_change AS x
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND x.contract_no = c.contract_no
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM contract_change LIMIT 1) AS found
