-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.to_day, g.use
FROM (SELECT hit.subject AS subject, "c.org_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.contract_no") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("c.to_day") FILTER (WHERE clause IS NULL) AS to_day, min("a.use") FILTER (WHERE clause IS NULL) AS use
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.org_no AS "c.org_no", c.asset_no AS "c.asset_no", c.kind AS "c.kind", c.party AS "c.party", c.party_id AS "c.party_id", c.party_id_person AS "c.party_id_person", c.quantity AS "c.quantity", c.unit_price AS "c.unit_price", c.total AS "c.total", c.signed_on AS "c.signed_on", c.from_day AS "c.from_day", c.to_day AS "c.to_day", c.terms AS "c.terms", c.received AS "c.received", c.deal_no AS "c.deal_no", c.agreed_on AS "c.agreed_on", c.filed_on AS "c.filed_on", a.rid AS "a.rid", a.asset_no AS "a.asset_no", a.org_no AS "a.org_no", a.name AS "a.name", a.kind AS "a.kind", a.sort AS "a.sort", a.quantity AS "a.quantity", a.unit AS "a.unit", a.cost AS "a.cost", a.net AS "a.net", a.place AS "a.place", a.borders AS "a.borders", a.plot_no AS "a.plot_no", a.acquired_on AS "a.acquired_on", a.use AS "a.use", a.keeper AS "a.keeper", a.idle_since AS "a.idle_since", a.counted AS "a.counted", a.counted_on AS "a.counted_on", CASE WHEN EXISTS (SELECT 1 FROM rural_contract AS later WHERE later.asset_no = c.asset_no AND (later.org_no = c.org_no AND ((later.to_day > c.to_day OR (later.to_day IS NULL AND later.signed_on > c.signed_on))))) THEN 1 END AS clause
FROM rural_contract AS c CROSS JOIN rural_asset AS a
WHERE c.contract_no IS NOT NULL
  AND a.asset_no = c.asset_no
  AND ?1 > 0
  AND (c.kind IN ('contract', 'lease'))
  AND (a.org_no = c.org_no)
  AND (a.use IN ('let', 'contracted'))
  AND (qq_days(c.to_day) + 30 < qq_days(?1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.to_day, g.use
FROM (SELECT hit.subject AS subject, "c.org_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.contract_no") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("c.to_day") FILTER (WHERE clause IS NULL) AS to_day, min("a.use") FILTER (WHERE clause IS NULL) AS use
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.org_no AS "c.org_no", c.asset_no AS "c.asset_no", c.kind AS "c.kind", c.party AS "c.party", c.party_id AS "c.party_id", c.party_id_person AS "c.party_id_person", c.quantity AS "c.quantity", c.unit_price AS "c.unit_price", c.total AS "c.total", c.signed_on AS "c.signed_on", c.from_day AS "c.from_day", c.to_day AS "c.to_day", c.terms AS "c.terms", c.received AS "c.received", c.deal_no AS "c.deal_no", c.agreed_on AS "c.agreed_on", c.filed_on AS "c.filed_on", a.rid AS "a.rid", a.asset_no AS "a.asset_no", a.org_no AS "a.org_no", a.name AS "a.name", a.kind AS "a.kind", a.sort AS "a.sort", a.quantity AS "a.quantity", a.unit AS "a.unit", a.cost AS "a.cost", a.net AS "a.net", a.place AS "a.place", a.borders AS "a.borders", a.plot_no AS "a.plot_no", a.acquired_on AS "a.acquired_on", a.use AS "a.use", a.keeper AS "a.keeper", a.idle_since AS "a.idle_since", a.counted AS "a.counted", a.counted_on AS "a.counted_on", CASE WHEN EXISTS (SELECT 1 FROM rural_contract AS later WHERE later.asset_no = c.asset_no AND (later.org_no = c.org_no AND ((later.to_day > c.to_day OR (later.to_day IS NULL AND later.signed_on > c.signed_on))))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN rural_contract AS c CROSS JOIN rural_asset AS a
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND a.asset_no = c.asset_no
  AND ?1 > 0
  AND (c.kind IN ('contract', 'lease'))
  AND (a.org_no = c.org_no)
  AND (a.use IN ('let', 'contracted'))
  AND (qq_days(c.to_day) + 30 < qq_days(?1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, c.org_no AS episode, 0 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN rural_contract AS c CROSS JOIN rural_asset AS a
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND a.asset_no = c.asset_no
  AND ?1 > 0
  AND (c.kind IN ('contract', 'lease'))
  AND (a.org_no = c.org_no)
  AND (a.use IN ('let', 'contracted'))
  AND (qq_days(c.to_day) + 30 < qq_days(?1))
  AND NOT coalesce((EXISTS (SELECT 1 FROM rural_contract AS later WHERE later.asset_no = c.asset_no AND (later.org_no = c.org_no AND ((later.to_day > c.to_day OR (later.to_day IS NULL AND later.signed_on > c.signed_on)))))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, c.org_no AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN rural_contract AS c CROSS JOIN rural_asset AS a
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND a.asset_no = c.asset_no
  AND ?1 > 0
  AND (c.kind IN ('contract', 'lease'))
  AND (a.org_no = c.org_no)
  AND (a.use IN ('let', 'contracted'))
  AND (qq_days(c.to_day) + 30 < qq_days(?1))
  AND NOT coalesce((EXISTS (SELECT 1 FROM rural_contract AS later WHERE later.asset_no = c.asset_no AND (later.org_no = c.org_no AND ((later.to_day > c.to_day OR (later.to_day IS NULL AND later.signed_on > c.signed_on)))))), 0)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT c.contract_no FROM rural_contract AS c WHERE c.contract_no IS NOT NULL AND qq_ymd(qq_days(c.to_day) + 30 + 1) > ?1 AND qq_ymd(qq_days(c.to_day) + 30 + 1) <= ?2

-- touches
SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN rural_contract AS c
WHERE c.asset_no = changed.key
UNION SELECT c.contract_no FROM dirty_key AS changed CROSS JOIN rural_contract AS c
WHERE c.asset_no = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_asset LIMIT 1) AS found
