-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.signed_on, g.from_day, g.to_day
FROM (SELECT hit.subject AS subject, "c.org_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.contract_no") AS called, coalesce(max("c.total") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("c.kind") FILTER (WHERE clause IS NULL) AS kind, max("c.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, max(coalesce("c.from_day", "c.signed_on")) FILTER (WHERE clause IS NULL) AS from_day, max("c.to_day") FILTER (WHERE clause IS NULL) AS to_day
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.org_no AS "c.org_no", c.asset_no AS "c.asset_no", c.kind AS "c.kind", c.party AS "c.party", c.party_id AS "c.party_id", c.party_id_person AS "c.party_id_person", c.quantity AS "c.quantity", c.unit_price AS "c.unit_price", c.total AS "c.total", c.signed_on AS "c.signed_on", c.from_day AS "c.from_day", c.to_day AS "c.to_day", c.terms AS "c.terms", c.received AS "c.received", c.deal_no AS "c.deal_no", c.agreed_on AS "c.agreed_on", c.filed_on AS "c.filed_on", CASE WHEN (c.kind = 'contract' AND EXISTS (SELECT 1 FROM rural_asset AS own WHERE own.asset_no = c.asset_no AND (own.org_no = c.org_no AND own.sort = 'field')) AND EXISTS (SELECT 1 FROM rural_member AS m WHERE m.member_id_person = c.party_id_person AND m.member_id_tier <= 2 AND (m.org_no = c.org_no))) THEN 1 END AS clause
FROM rural_contract AS c
WHERE c.contract_no IS NOT NULL
  AND ?1 > 0
  AND (c.kind IN ('contract', 'lease'))
  AND ((((c.kind = 'lease' AND qq_days(c.to_day) - qq_days(coalesce(c.from_day, c.signed_on)) + 1 > 7305) OR EXISTS (SELECT 1 FROM rural_asset AS a WHERE a.asset_no = c.asset_no AND (a.org_no = c.org_no AND a.sort IN ('field', 'reserve') AND ((qq_days(c.to_day) - qq_days(coalesce(c.from_day, c.signed_on)) + 1 > (CASE WHEN a.sort = 'field' THEN 10958 WHEN a.sort = 'reserve' THEN 1827 ELSE 0 END) OR (CASE WHEN c.to_day >= 20300101 THEN 0 ELSE 1 END) = 0)))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.signed_on, g.from_day, g.to_day
FROM (SELECT hit.subject AS subject, "c.org_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.contract_no") AS called, coalesce(max("c.total") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("c.kind") FILTER (WHERE clause IS NULL) AS kind, max("c.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, max(coalesce("c.from_day", "c.signed_on")) FILTER (WHERE clause IS NULL) AS from_day, max("c.to_day") FILTER (WHERE clause IS NULL) AS to_day
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.org_no AS "c.org_no", c.asset_no AS "c.asset_no", c.kind AS "c.kind", c.party AS "c.party", c.party_id AS "c.party_id", c.party_id_person AS "c.party_id_person", c.quantity AS "c.quantity", c.unit_price AS "c.unit_price", c.total AS "c.total", c.signed_on AS "c.signed_on", c.from_day AS "c.from_day", c.to_day AS "c.to_day", c.terms AS "c.terms", c.received AS "c.received", c.deal_no AS "c.deal_no", c.agreed_on AS "c.agreed_on", c.filed_on AS "c.filed_on", CASE WHEN (c.kind = 'contract' AND EXISTS (SELECT 1 FROM rural_asset AS own WHERE own.asset_no = c.asset_no AND (own.org_no = c.org_no AND own.sort = 'field')) AND EXISTS (SELECT 1 FROM rural_member AS m WHERE m.member_id_person = c.party_id_person AND m.member_id_tier <= 2 AND (m.org_no = c.org_no))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN rural_contract AS c
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND ?1 > 0
  AND (c.kind IN ('contract', 'lease'))
  AND ((((c.kind = 'lease' AND qq_days(c.to_day) - qq_days(coalesce(c.from_day, c.signed_on)) + 1 > 7305) OR EXISTS (SELECT 1 FROM rural_asset AS a WHERE a.asset_no = c.asset_no AND (a.org_no = c.org_no AND a.sort IN ('field', 'reserve') AND ((qq_days(c.to_day) - qq_days(coalesce(c.from_day, c.signed_on)) + 1 > (CASE WHEN a.sort = 'field' THEN 10958 WHEN a.sort = 'reserve' THEN 1827 ELSE 0 END) OR (CASE WHEN c.to_day >= 20300101 THEN 0 ELSE 1 END) = 0)))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, c.org_no AS episode, 0 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN rural_contract AS c
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND ?1 > 0
  AND (c.kind IN ('contract', 'lease'))
  AND ((((c.kind = 'lease' AND qq_days(c.to_day) - qq_days(coalesce(c.from_day, c.signed_on)) + 1 > 7305) OR EXISTS (SELECT 1 FROM rural_asset AS a WHERE a.asset_no = c.asset_no AND (a.org_no = c.org_no AND a.sort IN ('field', 'reserve') AND ((qq_days(c.to_day) - qq_days(coalesce(c.from_day, c.signed_on)) + 1 > (CASE WHEN a.sort = 'field' THEN 10958 WHEN a.sort = 'reserve' THEN 1827 ELSE 0 END) OR (CASE WHEN c.to_day >= 20300101 THEN 0 ELSE 1 END) = 0)))))))
  AND NOT coalesce(((c.kind = 'contract' AND EXISTS (SELECT 1 FROM rural_asset AS own WHERE own.asset_no = c.asset_no AND (own.org_no = c.org_no AND own.sort = 'field')) AND EXISTS (SELECT 1 FROM rural_member AS m WHERE m.member_id_person = c.party_id_person AND m.member_id_tier <= 2 AND (m.org_no = c.org_no)))), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN rural_contract AS c
WHERE c.asset_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN rural_contract AS c
WHERE c.asset_no = changed.key
UNION SELECT c.contract_no FROM dirty_person AS changed CROSS JOIN rural_contract AS c
WHERE c.party_id_person = changed.person

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_asset LIMIT 1) AS found
