-- findings
WITH said(subject, site, decided_on, performed_on, due_on, taken, told, penalty_rid) AS (
WITH unpaid AS (
                SELECT decision_no, site, rid, agency, decided_on, performed_on, coalesce(performed_on, decided_on) AS due_on,
                    coalesce(fine, 0) + coalesce(confiscated, 0) AS taken
                FROM penalty
                WHERE 1 = 1 AND status = 'valid' AND (fine > 0 OR confiscated > 0) AND payment_no IS NULL),
            agency AS (
                SELECT agency, count(payment_no) AS told FROM penalty WHERE agency IN (SELECT agency FROM unpaid) GROUP BY agency)
            SELECT u.decision_no, u.site, u.decided_on, u.performed_on, u.due_on, u.taken, a.told, u.rid
            FROM unpaid AS u JOIN agency AS a ON a.agency = u.agency
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.decided_on, g.performed_on
FROM (SELECT hit.subject AS subject, 'fine' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.taken") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.decided_on") FILTER (WHERE clause IS NULL) AS decided_on, max("q.performed_on") FILTER (WHERE clause IS NULL) AS performed_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.decided_on AS "q.decided_on", q.performed_on AS "q.performed_on", q.due_on AS "q.due_on", q.taken AS "q.taken", q.told AS "q.told", q.penalty_rid AS "q.penalty_rid", CASE WHEN q.told = 0 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0
  AND (qq_days(q.due_on) + 15 + 15 < qq_days($1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, decided_on, performed_on, due_on, taken, told, penalty_rid) AS (
WITH unpaid AS (
                SELECT decision_no, site, rid, agency, decided_on, performed_on, coalesce(performed_on, decided_on) AS due_on,
                    coalesce(fine, 0) + coalesce(confiscated, 0) AS taken
                FROM penalty
                WHERE decision_no IN (SELECT key FROM dirty_subject) AND status = 'valid' AND (fine > 0 OR confiscated > 0) AND payment_no IS NULL),
            agency AS (
                SELECT agency, count(payment_no) AS told FROM penalty WHERE agency IN (SELECT agency FROM unpaid) GROUP BY agency)
            SELECT u.decision_no, u.site, u.decided_on, u.performed_on, u.due_on, u.taken, a.told, u.rid
            FROM unpaid AS u JOIN agency AS a ON a.agency = u.agency
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.decided_on, g.performed_on
FROM (SELECT hit.subject AS subject, 'fine' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.taken") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.decided_on") FILTER (WHERE clause IS NULL) AS decided_on, max("q.performed_on") FILTER (WHERE clause IS NULL) AS performed_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.decided_on AS "q.decided_on", q.performed_on AS "q.performed_on", q.due_on AS "q.due_on", q.taken AS "q.taken", q.told AS "q.told", q.penalty_rid AS "q.penalty_rid", CASE WHEN q.told = 0 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0
  AND (qq_days(q.due_on) + 15 + 15 < qq_days($1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, decided_on, performed_on, due_on, taken, told, penalty_rid) AS (
WITH unpaid AS (
                SELECT decision_no, site, rid, agency, decided_on, performed_on, coalesce(performed_on, decided_on) AS due_on,
                    coalesce(fine, 0) + coalesce(confiscated, 0) AS taken
                FROM penalty
                WHERE decision_no IN (SELECT key FROM hit_subject) AND status = 'valid' AND (fine > 0 OR confiscated > 0) AND payment_no IS NULL),
            agency AS (
                SELECT agency, count(payment_no) AS told FROM penalty WHERE agency IN (SELECT agency FROM unpaid) GROUP BY agency)
            SELECT u.decision_no, u.site, u.decided_on, u.performed_on, u.due_on, u.taken, a.told, u.rid
            FROM unpaid AS u JOIN agency AS a ON a.agency = u.agency
)
SELECT DISTINCT s.subject AS subject, 'fine' AS episode, 1 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN penalty AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.penalty_rid
  AND $1 > 0
  AND (qq_days(q.due_on) + 15 + 15 < qq_days($1))
  AND NOT coalesce((q.told = 0), FALSE)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT due.decision_no FROM penalty AS due WHERE due.decision_no IS NOT NULL AND qq_ymd(qq_days(coalesce(due.performed_on, due.decided_on)) + 15 + 15 + 1) > $1 AND qq_ymd(qq_days(coalesce(due.performed_on, due.decided_on)) + 15 + 15 + 1) <= $2

-- touches
SELECT decision_no FROM penalty WHERE agency IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM penalty LIMIT 1) AS found
