-- findings
WITH said(subject, tier, site, item, unit, approval_rid, ban_rid, company_rid, closed_on, since, kind) AS (
WITH granted AS (
                SELECT a.serial_no, a.rid, a.site, a.item, a.unit_code, a.closed_on, a.applicant_id, a.applicant_kind,
                    CASE WHEN a.applicant_id_tier <= 2 THEN a.applicant_id_person END AS person, coalesce(a.applicant_id_tier, 1) AS tier
                FROM approval AS a
                WHERE 1 = 1 AND a.result = 'granted' AND a.closed_on IS NOT NULL AND a.applicant_id IS NOT NULL
                    AND EXISTS (
                        SELECT 1 FROM power_item AS p WHERE p.unit_code = a.unit_code AND p.item_code = a.item_code AND p.kind = 'permit'))
            SELECT g.serial_no, CASE WHEN b.party_id_tier > g.tier THEN b.party_id_tier ELSE g.tier END, g.site, g.item, g.unit_code, g.rid, b.rid,
                CAST(NULL AS BIGINT), g.closed_on, b.from_day, b.kind
            FROM granted AS g JOIN blacklist AS b ON b.party_id_person = g.person
            WHERE b.party_id_tier <= 2 AND b.kind = 'market' AND b.from_day < g.closed_on AND (b.to_day IS NULL OR b.to_day >= g.closed_on)
            UNION ALL
            SELECT g.serial_no, 1, g.site, g.item, g.unit_code, g.rid, b.rid, NULL, g.closed_on, b.from_day, b.kind
            FROM granted AS g JOIN blacklist AS b ON b.party_id = g.applicant_id
            WHERE g.applicant_kind = 'legal' AND b.party_id_person IS NULL AND b.kind IN ('market', 'dishonest', 'tax')
                AND b.from_day < g.closed_on AND (b.to_day IS NULL OR b.to_day >= g.closed_on)
            UNION ALL
            SELECT g.serial_no, 1, g.site, g.item, g.unit_code, g.rid, NULL, c.rid, g.closed_on, c.state_on, NULL
            FROM granted AS g JOIN company AS c ON c.uscc = g.applicant_id
            WHERE g.applicant_kind = 'legal' AND c.state IN ('revoked', 'closed') AND c.state_on < g.closed_on
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.closed_on, g.since, g.entries, g.gone
FROM (SELECT hit.subject AS subject, "q.unit" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.closed_on") FILTER (WHERE clause IS NULL) AS closed_on, min("q.since") FILTER (WHERE clause IS NULL) AS since, count(DISTINCT "q.ban_rid") FILTER (WHERE clause IS NULL) AS entries, count(DISTINCT "q.company_rid") FILTER (WHERE clause IS NULL) AS gone
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.item AS "q.item", q.unit AS "q.unit", q.approval_rid AS "q.approval_rid", q.ban_rid AS "q.ban_rid", q.company_rid AS "q.company_rid", q.closed_on AS "q.closed_on", q.since AS "q.since", q.kind AS "q.kind", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, item, unit, approval_rid, ban_rid, company_rid, closed_on, since, kind) AS (
WITH granted AS (
                SELECT a.serial_no, a.rid, a.site, a.item, a.unit_code, a.closed_on, a.applicant_id, a.applicant_kind,
                    CASE WHEN a.applicant_id_tier <= 2 THEN a.applicant_id_person END AS person, coalesce(a.applicant_id_tier, 1) AS tier
                FROM approval AS a
                WHERE a.serial_no IN (SELECT key FROM dirty_subject) AND a.result = 'granted' AND a.closed_on IS NOT NULL AND a.applicant_id IS NOT NULL
                    AND EXISTS (
                        SELECT 1 FROM power_item AS p WHERE p.unit_code = a.unit_code AND p.item_code = a.item_code AND p.kind = 'permit'))
            SELECT g.serial_no, CASE WHEN b.party_id_tier > g.tier THEN b.party_id_tier ELSE g.tier END, g.site, g.item, g.unit_code, g.rid, b.rid,
                CAST(NULL AS BIGINT), g.closed_on, b.from_day, b.kind
            FROM granted AS g JOIN blacklist AS b ON b.party_id_person = g.person
            WHERE b.party_id_tier <= 2 AND b.kind = 'market' AND b.from_day < g.closed_on AND (b.to_day IS NULL OR b.to_day >= g.closed_on)
            UNION ALL
            SELECT g.serial_no, 1, g.site, g.item, g.unit_code, g.rid, b.rid, NULL, g.closed_on, b.from_day, b.kind
            FROM granted AS g JOIN blacklist AS b ON b.party_id = g.applicant_id
            WHERE g.applicant_kind = 'legal' AND b.party_id_person IS NULL AND b.kind IN ('market', 'dishonest', 'tax')
                AND b.from_day < g.closed_on AND (b.to_day IS NULL OR b.to_day >= g.closed_on)
            UNION ALL
            SELECT g.serial_no, 1, g.site, g.item, g.unit_code, g.rid, NULL, c.rid, g.closed_on, c.state_on, NULL
            FROM granted AS g JOIN company AS c ON c.uscc = g.applicant_id
            WHERE g.applicant_kind = 'legal' AND c.state IN ('revoked', 'closed') AND c.state_on < g.closed_on
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.closed_on, g.since, g.entries, g.gone
FROM (SELECT hit.subject AS subject, "q.unit" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.closed_on") FILTER (WHERE clause IS NULL) AS closed_on, min("q.since") FILTER (WHERE clause IS NULL) AS since, count(DISTINCT "q.ban_rid") FILTER (WHERE clause IS NULL) AS entries, count(DISTINCT "q.company_rid") FILTER (WHERE clause IS NULL) AS gone
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.item AS "q.item", q.unit AS "q.unit", q.approval_rid AS "q.approval_rid", q.ban_rid AS "q.ban_rid", q.company_rid AS "q.company_rid", q.closed_on AS "q.closed_on", q.since AS "q.since", q.kind AS "q.kind", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, item, unit, approval_rid, ban_rid, company_rid, closed_on, since, kind) AS (
WITH granted AS (
                SELECT a.serial_no, a.rid, a.site, a.item, a.unit_code, a.closed_on, a.applicant_id, a.applicant_kind,
                    CASE WHEN a.applicant_id_tier <= 2 THEN a.applicant_id_person END AS person, coalesce(a.applicant_id_tier, 1) AS tier
                FROM approval AS a
                WHERE a.serial_no IN (SELECT key FROM hit_subject) AND a.result = 'granted' AND a.closed_on IS NOT NULL AND a.applicant_id IS NOT NULL
                    AND EXISTS (
                        SELECT 1 FROM power_item AS p WHERE p.unit_code = a.unit_code AND p.item_code = a.item_code AND p.kind = 'permit'))
            SELECT g.serial_no, CASE WHEN b.party_id_tier > g.tier THEN b.party_id_tier ELSE g.tier END, g.site, g.item, g.unit_code, g.rid, b.rid,
                CAST(NULL AS BIGINT), g.closed_on, b.from_day, b.kind
            FROM granted AS g JOIN blacklist AS b ON b.party_id_person = g.person
            WHERE b.party_id_tier <= 2 AND b.kind = 'market' AND b.from_day < g.closed_on AND (b.to_day IS NULL OR b.to_day >= g.closed_on)
            UNION ALL
            SELECT g.serial_no, 1, g.site, g.item, g.unit_code, g.rid, b.rid, NULL, g.closed_on, b.from_day, b.kind
            FROM granted AS g JOIN blacklist AS b ON b.party_id = g.applicant_id
            WHERE g.applicant_kind = 'legal' AND b.party_id_person IS NULL AND b.kind IN ('market', 'dishonest', 'tax')
                AND b.from_day < g.closed_on AND (b.to_day IS NULL OR b.to_day >= g.closed_on)
            UNION ALL
            SELECT g.serial_no, 1, g.site, g.item, g.unit_code, g.rid, NULL, c.rid, g.closed_on, c.state_on, NULL
            FROM granted AS g JOIN company AS c ON c.uscc = g.applicant_id
            WHERE g.applicant_kind = 'legal' AND c.state IN ('revoked', 'closed') AND c.state_on < g.closed_on
)
SELECT DISTINCT s.subject AS subject, q.unit AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN approval AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.approval_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.unit AS episode, 2 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN blacklist AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.ban_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.unit AS episode, 3 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.company_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT serial_no FROM approval WHERE applicant_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT serial_no FROM approval WHERE applicant_id IN (SELECT key FROM dirty_key)
            UNION
            SELECT serial_no FROM approval WHERE unit_code IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM approval LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM power_item LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM blacklist LIMIT 1) AS found
