-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.use, g.counted_on, g.off
FROM (SELECT hit.subject AS subject, "a.org_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("a.name") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.use") FILTER (WHERE clause IS NULL) AS use, max("a.counted_on") FILTER (WHERE clause IS NULL) AS counted_on, max(((abs("a.quantity" - "a.counted")) * 100 / nullif("a.quantity", 0))) FILTER (WHERE clause IS NULL) AS off
FROM (SELECT a.asset_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.asset_no AS "a.asset_no", a.org_no AS "a.org_no", a.name AS "a.name", a.kind AS "a.kind", a.sort AS "a.sort", a.quantity AS "a.quantity", a.unit AS "a.unit", a.cost AS "a.cost", a.net AS "a.net", a.place AS "a.place", a.borders AS "a.borders", a.plot_no AS "a.plot_no", a.acquired_on AS "a.acquired_on", a.use AS "a.use", a.keeper AS "a.keeper", a.idle_since AS "a.idle_since", a.counted AS "a.counted", a.counted_on AS "a.counted_on", CASE WHEN a.use = 'scrapped' AND a.counted < a.quantity THEN 1 WHEN a.acquired_on > a.counted_on THEN 2 END AS clause
FROM rural_asset AS a
WHERE a.asset_no IS NOT NULL
  AND ?1 > 0
  AND ((((a.unit = 'piece' AND a.counted <> a.quantity) OR abs(a.quantity - a.counted) * 100 > a.quantity * 5)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.use, g.counted_on, g.off
FROM (SELECT hit.subject AS subject, "a.org_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("a.name") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.use") FILTER (WHERE clause IS NULL) AS use, max("a.counted_on") FILTER (WHERE clause IS NULL) AS counted_on, max(((abs("a.quantity" - "a.counted")) * 100 / nullif("a.quantity", 0))) FILTER (WHERE clause IS NULL) AS off
FROM (SELECT a.asset_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.asset_no AS "a.asset_no", a.org_no AS "a.org_no", a.name AS "a.name", a.kind AS "a.kind", a.sort AS "a.sort", a.quantity AS "a.quantity", a.unit AS "a.unit", a.cost AS "a.cost", a.net AS "a.net", a.place AS "a.place", a.borders AS "a.borders", a.plot_no AS "a.plot_no", a.acquired_on AS "a.acquired_on", a.use AS "a.use", a.keeper AS "a.keeper", a.idle_since AS "a.idle_since", a.counted AS "a.counted", a.counted_on AS "a.counted_on", CASE WHEN a.use = 'scrapped' AND a.counted < a.quantity THEN 1 WHEN a.acquired_on > a.counted_on THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN rural_asset AS a
WHERE a.asset_no = s.key AND a.asset_no IS NOT NULL
  AND ?1 > 0
  AND ((((a.unit = 'piece' AND a.counted <> a.quantity) OR abs(a.quantity - a.counted) * 100 > a.quantity * 5)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, a.org_no AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN rural_asset AS a
WHERE a.asset_no = s.key AND a.asset_no IS NOT NULL
  AND ?1 > 0
  AND ((((a.unit = 'piece' AND a.counted <> a.quantity) OR abs(a.quantity - a.counted) * 100 > a.quantity * 5)))
  AND NOT coalesce((a.use = 'scrapped' AND a.counted < a.quantity), 0)
  AND NOT coalesce((a.acquired_on > a.counted_on), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_asset LIMIT 1) AS found
