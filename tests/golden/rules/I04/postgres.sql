-- findings
WITH said(subject, site, title, project_rid, other_rid, item_rid, other_item_rid, other_no, other_title, amount) AS (
WITH placed AS (
                SELECT project_no, rid, site, name, owner_unit, division, leader_uscc, approved_amount, coalesce(qq_days(coalesce(started_on, applied_on)), 0) AS day
                FROM project),
            pair AS (
                SELECT b.rid, a.rid AS other, e.rid AS item, o.rid AS other_item, e.unit_price * e.quantity AS worth
                FROM project_equipment AS e JOIN project_equipment AS o ON o.serial_no = e.serial_no AND o.model = e.model
                    JOIN placed AS b ON b.project_no = e.project_no JOIN placed AS a ON a.project_no = o.project_no
                WHERE 1 = 1 AND length(e.serial_no) >= 5
                UNION ALL
                SELECT b.rid, a.rid, NULL, NULL, b.approved_amount
                FROM placed AS b JOIN placed AS a ON a.leader_uscc = b.leader_uscc AND a.division = b.division
                WHERE 1 = 1 AND length(b.division) = 12 AND a.day > 0 AND b.day > 0 AND abs(b.day - a.day) <= 730)
            SELECT b.project_no, b.site, b.name, b.rid, a.rid, p.item, p.other_item, a.project_no, a.name, p.worth
            FROM pair AS p JOIN placed AS b ON b.rid = p.rid JOIN placed AS a ON a.rid = p.other
            WHERE a.owner_unit <> b.owner_unit AND (a.day < b.day OR (a.day = b.day AND a.project_no < b.project_no))
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.machines > 0 THEN 3 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.other, g.machines, g.place
FROM (SELECT hit.subject AS subject, "q.other_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.other_title") FILTER (WHERE clause IS NULL) AS other, count(DISTINCT "q.item_rid") FILTER (WHERE clause IS NULL) AS machines, max(CASE WHEN "q.item_rid" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS place
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.project_rid AS "q.project_rid", q.other_rid AS "q.other_rid", q.item_rid AS "q.item_rid", q.other_item_rid AS "q.other_item_rid", q.other_no AS "q.other_no", q.other_title AS "q.other_title", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, project_rid, other_rid, item_rid, other_item_rid, other_no, other_title, amount) AS (
WITH placed AS (
                SELECT project_no, rid, site, name, owner_unit, division, leader_uscc, approved_amount, coalesce(qq_days(coalesce(started_on, applied_on)), 0) AS day
                FROM project),
            pair AS (
                SELECT b.rid, a.rid AS other, e.rid AS item, o.rid AS other_item, e.unit_price * e.quantity AS worth
                FROM project_equipment AS e JOIN project_equipment AS o ON o.serial_no = e.serial_no AND o.model = e.model
                    JOIN placed AS b ON b.project_no = e.project_no JOIN placed AS a ON a.project_no = o.project_no
                WHERE e.project_no IN (SELECT key FROM dirty_subject) AND length(e.serial_no) >= 5
                UNION ALL
                SELECT b.rid, a.rid, NULL, NULL, b.approved_amount
                FROM placed AS b JOIN placed AS a ON a.leader_uscc = b.leader_uscc AND a.division = b.division
                WHERE b.project_no IN (SELECT key FROM dirty_subject) AND length(b.division) = 12 AND a.day > 0 AND b.day > 0 AND abs(b.day - a.day) <= 730)
            SELECT b.project_no, b.site, b.name, b.rid, a.rid, p.item, p.other_item, a.project_no, a.name, p.worth
            FROM pair AS p JOIN placed AS b ON b.rid = p.rid JOIN placed AS a ON a.rid = p.other
            WHERE a.owner_unit <> b.owner_unit AND (a.day < b.day OR (a.day = b.day AND a.project_no < b.project_no))
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.machines > 0 THEN 3 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.other, g.machines, g.place
FROM (SELECT hit.subject AS subject, "q.other_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.other_title") FILTER (WHERE clause IS NULL) AS other, count(DISTINCT "q.item_rid") FILTER (WHERE clause IS NULL) AS machines, max(CASE WHEN "q.item_rid" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS place
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.project_rid AS "q.project_rid", q.other_rid AS "q.other_rid", q.item_rid AS "q.item_rid", q.other_item_rid AS "q.other_item_rid", q.other_no AS "q.other_no", q.other_title AS "q.other_title", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, project_rid, other_rid, item_rid, other_item_rid, other_no, other_title, amount) AS (
WITH placed AS (
                SELECT project_no, rid, site, name, owner_unit, division, leader_uscc, approved_amount, coalesce(qq_days(coalesce(started_on, applied_on)), 0) AS day
                FROM project),
            pair AS (
                SELECT b.rid, a.rid AS other, e.rid AS item, o.rid AS other_item, e.unit_price * e.quantity AS worth
                FROM project_equipment AS e JOIN project_equipment AS o ON o.serial_no = e.serial_no AND o.model = e.model
                    JOIN placed AS b ON b.project_no = e.project_no JOIN placed AS a ON a.project_no = o.project_no
                WHERE e.project_no IN (SELECT key FROM hit_subject) AND length(e.serial_no) >= 5
                UNION ALL
                SELECT b.rid, a.rid, NULL, NULL, b.approved_amount
                FROM placed AS b JOIN placed AS a ON a.leader_uscc = b.leader_uscc AND a.division = b.division
                WHERE b.project_no IN (SELECT key FROM hit_subject) AND length(b.division) = 12 AND a.day > 0 AND b.day > 0 AND abs(b.day - a.day) <= 730)
            SELECT b.project_no, b.site, b.name, b.rid, a.rid, p.item, p.other_item, a.project_no, a.name, p.worth
            FROM pair AS p JOIN placed AS b ON b.rid = p.rid JOIN placed AS a ON a.rid = p.other
            WHERE a.owner_unit <> b.owner_unit AND (a.day < b.day OR (a.day = b.day AND a.project_no < b.project_no))
)
SELECT DISTINCT s.subject AS subject, q.other_no AS episode, 1 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN project AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.project_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.other_no AS episode, 2 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN project AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.other_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.other_no AS episode, 3 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN project_equipment AS e
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND e.rid = q.item_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.other_no AS episode, 4 AS source, o.rid AS rid, o.version AS version, o.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN project_equipment AS o
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND o.rid = q.other_item_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT project_no FROM project WHERE leader_uscc IN (SELECT key FROM dirty_key)
            UNION SELECT project_no FROM project_equipment WHERE serial_no IN (SELECT key FROM dirty_key)
            UNION SELECT o.project_no FROM project_equipment AS e JOIN project_equipment AS o ON o.serial_no = e.serial_no WHERE e.project_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM project LIMIT 1) AS found
