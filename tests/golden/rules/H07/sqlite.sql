-- findings
WITH said(subject, tier, site, uscc, company, state, stall, coop, idle, company_rid, role_rid, enrol_rid, pay_rid, month, amount) AS (
WITH own AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, head_id, approved_on, stopped_on
                FROM benefit_enrol WHERE 1 = 1 AND member_id_tier <= 2 AND programme = 'dibao'),
            part AS (
                SELECT o.person, c.uscc, CAST(NULL AS BIGINT) AS role_rid, coalesce(c.founded_on, c.state_on) AS from_day, CAST(NULL AS BIGINT) AS to_day,
                    c.legal_rep_id_tier AS tier
                FROM (SELECT DISTINCT person FROM own) AS o JOIN company AS c ON c.legal_rep_id_person = o.person WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT o.person, r.uscc, r.rid, r.from_day, r.to_day, r.citizen_id_tier
                FROM (SELECT DISTINCT person FROM own) AS o JOIN company_role AS r ON r.citizen_id_person = o.person
                WHERE r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share > 50 * 100)))
            SELECT o.person, max(CASE WHEN o.tier + m.member_id_tier + p.citizen_id_tier + a.tier > 4 THEN 2 ELSE 1 END), p.site, c.uscc, c.name, c.state,
                CASE WHEN c.kind LIKE '%个体%' THEN 1 ELSE 0 END, CASE WHEN c.kind LIKE '%合作社%' THEN 1 ELSE 0 END,
                CASE WHEN c.state = 'suspended' OR (c.sales = 0 AND c.tax = 0) THEN 1 ELSE 0 END,
                c.rid, min(a.role_rid), min(o.rid), p.rid, p.month, p.amount
            FROM own AS o JOIN part AS a ON a.person = o.person JOIN company AS c ON c.uscc = a.uscc
                JOIN benefit_enrol AS m ON m.head_id = o.head_id AND m.programme = 'dibao' AND m.member_id_tier <= 2
                JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person AND p.programme = 'dibao' AND p.citizen_id_tier <= 2
            WHERE c.state IN ('open', 'suspended') AND qq_months(p.month) - qq_months(qq_month_of(a.from_day)) > 1
                AND (a.to_day IS NULL OR a.to_day > p.month * 100 + 31)
                AND o.approved_on < p.month * 100 + 1 AND (o.stopped_on IS NULL OR o.stopped_on > p.month * 100 + 31)
            GROUP BY o.person, p.site, c.uscc, c.name, c.state, c.kind, c.sales, c.tax, c.rid, p.rid, p.month, p.amount
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.company, g.first_month, g.last_month, g.months_paid
FROM (SELECT hit.subject AS subject, "q.uscc" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.company") FILTER (WHERE clause IS NULL) AS company, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.uscc AS "q.uscc", q.company AS "q.company", q.state AS "q.state", q.stall AS "q.stall", q.coop AS "q.coop", q.idle AS "q.idle", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.enrol_rid AS "q.enrol_rid", q.pay_rid AS "q.pay_rid", q.month AS "q.month", q.amount AS "q.amount", CASE WHEN q.stall = 1 THEN 1 WHEN q.coop = 1 THEN 2 WHEN q.idle = 1 THEN 3 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, tier, site, uscc, company, state, stall, coop, idle, company_rid, role_rid, enrol_rid, pay_rid, month, amount) AS (
WITH own AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, head_id, approved_on, stopped_on
                FROM benefit_enrol WHERE member_id_person IN (SELECT subject FROM dirty_subject) AND member_id_tier <= 2 AND programme = 'dibao'),
            part AS (
                SELECT o.person, c.uscc, CAST(NULL AS BIGINT) AS role_rid, coalesce(c.founded_on, c.state_on) AS from_day, CAST(NULL AS BIGINT) AS to_day,
                    c.legal_rep_id_tier AS tier
                FROM (SELECT DISTINCT person FROM own) AS o JOIN company AS c ON c.legal_rep_id_person = o.person WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT o.person, r.uscc, r.rid, r.from_day, r.to_day, r.citizen_id_tier
                FROM (SELECT DISTINCT person FROM own) AS o JOIN company_role AS r ON r.citizen_id_person = o.person
                WHERE r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share > 50 * 100)))
            SELECT o.person, max(CASE WHEN o.tier + m.member_id_tier + p.citizen_id_tier + a.tier > 4 THEN 2 ELSE 1 END), p.site, c.uscc, c.name, c.state,
                CASE WHEN c.kind LIKE '%个体%' THEN 1 ELSE 0 END, CASE WHEN c.kind LIKE '%合作社%' THEN 1 ELSE 0 END,
                CASE WHEN c.state = 'suspended' OR (c.sales = 0 AND c.tax = 0) THEN 1 ELSE 0 END,
                c.rid, min(a.role_rid), min(o.rid), p.rid, p.month, p.amount
            FROM own AS o JOIN part AS a ON a.person = o.person JOIN company AS c ON c.uscc = a.uscc
                JOIN benefit_enrol AS m ON m.head_id = o.head_id AND m.programme = 'dibao' AND m.member_id_tier <= 2
                JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person AND p.programme = 'dibao' AND p.citizen_id_tier <= 2
            WHERE c.state IN ('open', 'suspended') AND qq_months(p.month) - qq_months(qq_month_of(a.from_day)) > 1
                AND (a.to_day IS NULL OR a.to_day > p.month * 100 + 31)
                AND o.approved_on < p.month * 100 + 1 AND (o.stopped_on IS NULL OR o.stopped_on > p.month * 100 + 31)
            GROUP BY o.person, p.site, c.uscc, c.name, c.state, c.kind, c.sales, c.tax, c.rid, p.rid, p.month, p.amount
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.company, g.first_month, g.last_month, g.months_paid
FROM (SELECT hit.subject AS subject, "q.uscc" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.company") FILTER (WHERE clause IS NULL) AS company, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.uscc AS "q.uscc", q.company AS "q.company", q.state AS "q.state", q.stall AS "q.stall", q.coop AS "q.coop", q.idle AS "q.idle", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.enrol_rid AS "q.enrol_rid", q.pay_rid AS "q.pay_rid", q.month AS "q.month", q.amount AS "q.amount", CASE WHEN q.stall = 1 THEN 1 WHEN q.coop = 1 THEN 2 WHEN q.idle = 1 THEN 3 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, tier, site, uscc, company, state, stall, coop, idle, company_rid, role_rid, enrol_rid, pay_rid, month, amount) AS (
WITH own AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, head_id, approved_on, stopped_on
                FROM benefit_enrol WHERE member_id_person IN (SELECT subject FROM hit_subject) AND member_id_tier <= 2 AND programme = 'dibao'),
            part AS (
                SELECT o.person, c.uscc, CAST(NULL AS BIGINT) AS role_rid, coalesce(c.founded_on, c.state_on) AS from_day, CAST(NULL AS BIGINT) AS to_day,
                    c.legal_rep_id_tier AS tier
                FROM (SELECT DISTINCT person FROM own) AS o JOIN company AS c ON c.legal_rep_id_person = o.person WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT o.person, r.uscc, r.rid, r.from_day, r.to_day, r.citizen_id_tier
                FROM (SELECT DISTINCT person FROM own) AS o JOIN company_role AS r ON r.citizen_id_person = o.person
                WHERE r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share > 50 * 100)))
            SELECT o.person, max(CASE WHEN o.tier + m.member_id_tier + p.citizen_id_tier + a.tier > 4 THEN 2 ELSE 1 END), p.site, c.uscc, c.name, c.state,
                CASE WHEN c.kind LIKE '%个体%' THEN 1 ELSE 0 END, CASE WHEN c.kind LIKE '%合作社%' THEN 1 ELSE 0 END,
                CASE WHEN c.state = 'suspended' OR (c.sales = 0 AND c.tax = 0) THEN 1 ELSE 0 END,
                c.rid, min(a.role_rid), min(o.rid), p.rid, p.month, p.amount
            FROM own AS o JOIN part AS a ON a.person = o.person JOIN company AS c ON c.uscc = a.uscc
                JOIN benefit_enrol AS m ON m.head_id = o.head_id AND m.programme = 'dibao' AND m.member_id_tier <= 2
                JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person AND p.programme = 'dibao' AND p.citizen_id_tier <= 2
            WHERE c.state IN ('open', 'suspended') AND qq_months(p.month) - qq_months(qq_month_of(a.from_day)) > 1
                AND (a.to_day IS NULL OR a.to_day > p.month * 100 + 31)
                AND o.approved_on < p.month * 100 + 1 AND (o.stopped_on IS NULL OR o.stopped_on > p.month * 100 + 31)
            GROUP BY o.person, p.site, c.uscc, c.name, c.state, c.kind, c.sales, c.tax, c.rid, p.rid, p.month, p.amount
)
SELECT DISTINCT s.subject AS subject, q.uscc AS episode, 1 AS source, firm.rid AS rid, firm.version AS version, firm.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company AS firm
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND firm.rid = q.company_rid
  AND ?1 > 0
  AND NOT coalesce((q.stall = 1), 0)
  AND NOT coalesce((q.coop = 1), 0)
  AND NOT coalesce((q.idle = 1), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.uscc AS episode, 2 AS source, role.rid AS rid, role.version AS version, role.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company_role AS role
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND role.rid = q.role_rid
  AND ?1 > 0
  AND NOT coalesce((q.stall = 1), 0)
  AND NOT coalesce((q.coop = 1), 0)
  AND NOT coalesce((q.idle = 1), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.uscc AS episode, 3 AS source, enrol.rid AS rid, enrol.version AS version, enrol.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_enrol AS enrol
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND enrol.rid = q.enrol_rid
  AND ?1 > 0
  AND NOT coalesce((q.stall = 1), 0)
  AND NOT coalesce((q.coop = 1), 0)
  AND NOT coalesce((q.idle = 1), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.uscc AS episode, 4 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND ?1 > 0
  AND NOT coalesce((q.stall = 1), 0)
  AND NOT coalesce((q.coop = 1), 0)
  AND NOT coalesce((q.idle = 1), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT e.member_id_person FROM benefit_enrol AS m JOIN benefit_enrol AS e ON e.head_id = m.head_id
            WHERE m.member_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT e.member_id_person FROM benefit_enrol AS e WHERE e.head_id IN (SELECT key FROM dirty_key)
            UNION
            SELECT r.citizen_id_person FROM company_role AS r WHERE r.uscc IN (SELECT key FROM dirty_key)
            UNION
            SELECT c.legal_rep_id_person FROM company AS c WHERE c.uscc IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM company LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_enrol LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
