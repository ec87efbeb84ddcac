-- findings
WITH said(subject, site, title, item, item_rid, unit_price, median, quantity, n) AS (
WITH placed AS (
                SELECT name, model, unit_price, row_number() OVER (PARTITION BY name, model ORDER BY unit_price, rid) AS place,
                    count(*) OVER (PARTITION BY name, model) AS n
                FROM project_equipment
                WHERE unit_price > 0 AND model IN (SELECT model FROM project_equipment WHERE 1 = 1)),
            middle AS (
                SELECT name, model, n, CAST(sum(CASE WHEN place IN ((n + 1) / 2, (n + 2) / 2) THEN unit_price * (1 + n % 2) ELSE 0 END) AS BIGINT) AS twice
                FROM placed WHERE n >= 8 GROUP BY name, model, n)
            SELECT e.project_no, e.site, coalesce(p.name, e.project_no), e.name || ' ' || e.model, e.rid, e.unit_price, m.twice / 2, e.quantity, m.n
            FROM project_equipment AS e JOIN middle AS m ON m.name = e.name AND m.model = e.model LEFT JOIN project AS p ON p.project_no = e.project_no
            WHERE 1 = 1 AND e.unit_price * 200 > m.twice * 150
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.item, g.unit_price, g.median, g.purchases
FROM (SELECT hit.subject AS subject, "q.item" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum(("q.unit_price" - "q.median") * "q.quantity") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.item") FILTER (WHERE clause IS NULL) AS item, max("q.unit_price") FILTER (WHERE clause IS NULL) AS unit_price, max("q.median") FILTER (WHERE clause IS NULL) AS median, max("q.n") FILTER (WHERE clause IS NULL) AS purchases
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.item AS "q.item", q.item_rid AS "q.item_rid", q.unit_price AS "q.unit_price", q.median AS "q.median", q.quantity AS "q.quantity", q.n AS "q.n", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, title, item, item_rid, unit_price, median, quantity, n) AS (
WITH placed AS (
                SELECT name, model, unit_price, row_number() OVER (PARTITION BY name, model ORDER BY unit_price, rid) AS place,
                    count(*) OVER (PARTITION BY name, model) AS n
                FROM project_equipment
                WHERE unit_price > 0 AND model IN (SELECT model FROM project_equipment WHERE project_no IN (SELECT key FROM dirty_subject))),
            middle AS (
                SELECT name, model, n, CAST(sum(CASE WHEN place IN ((n + 1) / 2, (n + 2) / 2) THEN unit_price * (1 + n % 2) ELSE 0 END) AS BIGINT) AS twice
                FROM placed WHERE n >= 8 GROUP BY name, model, n)
            SELECT e.project_no, e.site, coalesce(p.name, e.project_no), e.name || ' ' || e.model, e.rid, e.unit_price, m.twice / 2, e.quantity, m.n
            FROM project_equipment AS e JOIN middle AS m ON m.name = e.name AND m.model = e.model LEFT JOIN project AS p ON p.project_no = e.project_no
            WHERE e.project_no IN (SELECT key FROM dirty_subject) AND e.unit_price * 200 > m.twice * 150
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.item, g.unit_price, g.median, g.purchases
FROM (SELECT hit.subject AS subject, "q.item" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum(("q.unit_price" - "q.median") * "q.quantity") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.item") FILTER (WHERE clause IS NULL) AS item, max("q.unit_price") FILTER (WHERE clause IS NULL) AS unit_price, max("q.median") FILTER (WHERE clause IS NULL) AS median, max("q.n") FILTER (WHERE clause IS NULL) AS purchases
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.item AS "q.item", q.item_rid AS "q.item_rid", q.unit_price AS "q.unit_price", q.median AS "q.median", q.quantity AS "q.quantity", q.n AS "q.n", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, title, item, item_rid, unit_price, median, quantity, n) AS (
WITH placed AS (
                SELECT name, model, unit_price, row_number() OVER (PARTITION BY name, model ORDER BY unit_price, rid) AS place,
                    count(*) OVER (PARTITION BY name, model) AS n
                FROM project_equipment
                WHERE unit_price > 0 AND model IN (SELECT model FROM project_equipment WHERE project_no IN (SELECT key FROM hit_subject))),
            middle AS (
                SELECT name, model, n, CAST(sum(CASE WHEN place IN ((n + 1) / 2, (n + 2) / 2) THEN unit_price * (1 + n % 2) ELSE 0 END) AS BIGINT) AS twice
                FROM placed WHERE n >= 8 GROUP BY name, model, n)
            SELECT e.project_no, e.site, coalesce(p.name, e.project_no), e.name || ' ' || e.model, e.rid, e.unit_price, m.twice / 2, e.quantity, m.n
            FROM project_equipment AS e JOIN middle AS m ON m.name = e.name AND m.model = e.model LEFT JOIN project AS p ON p.project_no = e.project_no
            WHERE e.project_no IN (SELECT key FROM hit_subject) AND e.unit_price * 200 > m.twice * 150
)
SELECT DISTINCT s.subject AS subject, q.item AS episode, 1 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN project_equipment AS e
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND e.rid = q.item_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT project_no FROM project_equipment WHERE model IN (SELECT key FROM dirty_key)
            UNION SELECT o.project_no FROM project_equipment AS e JOIN project_equipment AS o ON o.model = e.model WHERE e.project_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM project_equipment LIMIT 1) AS found
