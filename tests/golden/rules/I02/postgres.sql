-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.founded_on, g.applied_on, g.days_old, g.members, g.project
FROM (SELECT hit.subject AS subject, "p.project_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(max(coalesce("p.received", "p.approved_amount")) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("c.founded_on") FILTER (WHERE clause IS NULL) AS founded_on, min("p.applied_on") FILTER (WHERE clause IS NULL) AS applied_on, min(qq_days("p.applied_on") - qq_days("c.founded_on")) FILTER (WHERE clause IS NULL) AS days_old, min("c.members") FILTER (WHERE clause IS NULL) AS members, min("p.name") FILTER (WHERE clause IS NULL) AS project
FROM (SELECT p.leader_uscc AS subject, 1 AS tier, coalesce(p.site, '') AS site, p.rid AS "p.rid", p.project_no AS "p.project_no", p.name AS "p.name", p.owner_unit AS "p.owner_unit", p.builder AS "p.builder", p.division AS "p.division", p.fund_source AS "p.fund_source", p.approval_no AS "p.approval_no", p.approved_amount AS "p.approved_amount", p.received AS "p.received", p.paid AS "p.paid", p.started_on AS "p.started_on", p.planned_end AS "p.planned_end", p.ended_on AS "p.ended_on", p.households AS "p.households", p.leader_uscc AS "p.leader_uscc", p.dividend AS "p.dividend", p.state AS "p.state", p.applied_on AS "p.applied_on", c.rid AS "c.rid", c.uscc AS "c.uscc", c.name AS "c.name", c.kind AS "c.kind", c.legal_rep AS "c.legal_rep", c.legal_rep_id AS "c.legal_rep_id", c.legal_rep_id_person AS "c.legal_rep_id_person", c.founded_on AS "c.founded_on", c.state AS "c.state", c.state_on AS "c.state_on", c.capital AS "c.capital", c.address AS "c.address", c.scope AS "c.scope", c.insured AS "c.insured", c.members AS "c.members", c.sales AS "c.sales", c.tax AS "c.tax", CAST(NULL AS INTEGER) AS clause
FROM project AS p CROSS JOIN company AS c
WHERE p.leader_uscc IS NOT NULL
  AND c.uscc = p.leader_uscc
  AND $1 > 0
  AND (substr(p.leader_uscc, 1, 2) = '93')
  AND (c.members < 5)
  AND (c.sales = 0 AND c.tax = 0)
  AND (qq_days(p.applied_on) - qq_days(c.founded_on) < 180)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.founded_on, g.applied_on, g.days_old, g.members, g.project
FROM (SELECT hit.subject AS subject, "p.project_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(max(coalesce("p.received", "p.approved_amount")) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("c.founded_on") FILTER (WHERE clause IS NULL) AS founded_on, min("p.applied_on") FILTER (WHERE clause IS NULL) AS applied_on, min(qq_days("p.applied_on") - qq_days("c.founded_on")) FILTER (WHERE clause IS NULL) AS days_old, min("c.members") FILTER (WHERE clause IS NULL) AS members, min("p.name") FILTER (WHERE clause IS NULL) AS project
FROM (SELECT p.leader_uscc AS subject, 1 AS tier, coalesce(p.site, '') AS site, p.rid AS "p.rid", p.project_no AS "p.project_no", p.name AS "p.name", p.owner_unit AS "p.owner_unit", p.builder AS "p.builder", p.division AS "p.division", p.fund_source AS "p.fund_source", p.approval_no AS "p.approval_no", p.approved_amount AS "p.approved_amount", p.received AS "p.received", p.paid AS "p.paid", p.started_on AS "p.started_on", p.planned_end AS "p.planned_end", p.ended_on AS "p.ended_on", p.households AS "p.households", p.leader_uscc AS "p.leader_uscc", p.dividend AS "p.dividend", p.state AS "p.state", p.applied_on AS "p.applied_on", c.rid AS "c.rid", c.uscc AS "c.uscc", c.name AS "c.name", c.kind AS "c.kind", c.legal_rep AS "c.legal_rep", c.legal_rep_id AS "c.legal_rep_id", c.legal_rep_id_person AS "c.legal_rep_id_person", c.founded_on AS "c.founded_on", c.state AS "c.state", c.state_on AS "c.state_on", c.capital AS "c.capital", c.address AS "c.address", c.scope AS "c.scope", c.insured AS "c.insured", c.members AS "c.members", c.sales AS "c.sales", c.tax AS "c.tax", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN project AS p CROSS JOIN company AS c
WHERE p.leader_uscc = s.key AND p.leader_uscc IS NOT NULL
  AND c.uscc = p.leader_uscc
  AND $1 > 0
  AND (substr(p.leader_uscc, 1, 2) = '93')
  AND (c.members < 5)
  AND (c.sales = 0 AND c.tax = 0)
  AND (qq_days(p.applied_on) - qq_days(c.founded_on) < 180)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, p.project_no AS episode, 0 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN project AS p CROSS JOIN company AS c
WHERE p.leader_uscc = s.key AND p.leader_uscc IS NOT NULL
  AND c.uscc = p.leader_uscc
  AND $1 > 0
  AND (substr(p.leader_uscc, 1, 2) = '93')
  AND (c.members < 5)
  AND (c.sales = 0 AND c.tax = 0)
  AND (qq_days(p.applied_on) - qq_days(c.founded_on) < 180)
UNION ALL
SELECT DISTINCT s.subject AS subject, p.project_no AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN project AS p CROSS JOIN company AS c
WHERE p.leader_uscc = s.key AND p.leader_uscc IS NOT NULL
  AND c.uscc = p.leader_uscc
  AND $1 > 0
  AND (substr(p.leader_uscc, 1, 2) = '93')
  AND (c.members < 5)
  AND (c.sales = 0 AND c.tax = 0)
  AND (qq_days(p.applied_on) - qq_days(c.founded_on) < 180)
ORDER BY 1, 2, 3, 4

-- touches
SELECT p.leader_uscc FROM dirty_key AS changed CROSS JOIN project AS p
WHERE p.leader_uscc = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM project LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM company LIMIT 1) AS found
