-- findings
WITH said(subject, tier, site, conflict, pay_rid, other_rid, estate_rid, company_rid, wage_rid, month, period, amount) AS (
WITH granted AS (
                SELECT citizen_id_person AS person, citizen_id_tier AS tier, rid, site, month, amount
                FROM benefit_pay WHERE 1 = 1 AND citizen_id_tier <= 2 AND programme = 'weigai'),
            home AS (
                SELECT g.rid, g.person AS member, g.tier FROM granted AS g
                UNION
                SELECT g.rid, y.citizen_id_person, CASE WHEN g.tier + x.citizen_id_tier + y.citizen_id_tier > 3 THEN 2 ELSE 1 END
                FROM granted AS g CROSS JOIN household AS x CROSS JOIN household AS y
                WHERE x.citizen_id_person = g.person AND y.household_no = x.household_no AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2
                    AND (x.cancelled_on IS NULL OR x.cancelled_on > g.month * 100) AND (y.cancelled_on IS NULL OR y.cancelled_on > g.month * 100)
                UNION
                SELECT g.rid, y.member_id_person, CASE WHEN g.tier + x.member_id_tier + y.member_id_tier > 3 THEN 2 ELSE 1 END
                FROM granted AS g CROSS JOIN benefit_enrol AS x CROSS JOIN benefit_enrol AS y
                WHERE x.member_id_person = g.person AND y.head_id = x.head_id AND x.member_id_tier <= 2 AND y.member_id_tier <= 2 AND x.programme = 'weigai' AND y.programme = 'weigai'),
            against AS (
                SELECT h.rid, h.tier + p.citizen_id_tier AS tiers, 'again' AS conflict, p.rid AS other_rid, CAST(NULL AS BIGINT) AS estate_rid,
                    CAST(NULL AS BIGINT) AS company_rid, CAST(NULL AS BIGINT) AS wage_rid
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN benefit_pay AS p
                WHERE p.citizen_id_person = h.member AND p.citizen_id_tier <= 2 AND p.programme = 'weigai'
                    AND qq_months(g.month) - qq_months(p.month) >= 12 AND qq_months(g.month) - qq_months(p.month) < 120
                UNION ALL
                SELECT h.rid, h.tier + r.owner_id_tier, 'flat', NULL, r.rid, NULL, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN real_estate AS r
                WHERE r.owner_id_person = h.member AND r.owner_id_tier <= 2 AND r.use = 'home' AND r.way = 'purchase'
                    AND r.registered_on < g.month * 100 AND (r.cancelled_on IS NULL OR r.cancelled_on > g.month * 100 + 31)
                UNION ALL
                SELECT h.rid, h.tier + c.legal_rep_id_tier, 'company', NULL, NULL, c.rid, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN company AS c
                WHERE c.legal_rep_id_person = h.member AND c.legal_rep_id_tier <= 2 AND c.state = 'open' AND c.founded_on < g.month * 100
                    AND (c.kind IS NULL OR (c.kind NOT LIKE '%个体%' AND c.kind NOT LIKE '%合作社%'))
                UNION ALL
                SELECT h.rid, h.tier + r.citizen_id_tier, 'company', NULL, NULL, c.rid, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN company_role AS r CROSS JOIN company AS c
                WHERE r.citizen_id_person = h.member AND c.uscc = r.uscc AND r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share > 50 * 100))
                    AND r.from_day < g.month * 100 AND (r.to_day IS NULL OR r.to_day > g.month * 100 + 31)
                    AND c.state = 'open' AND (c.kind IS NULL OR (c.kind NOT LIKE '%个体%' AND c.kind NOT LIKE '%合作社%'))
                UNION ALL
                SELECT h.rid, h.tier + f.citizen_id_tier, 'payroll', NULL, NULL, NULL, f.rid
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN fiscal_pay AS f
                WHERE f.citizen_id_person = h.member AND f.citizen_id_tier <= 2 AND f.month = g.month AND f.amount > 0 AND f.item NOT LIKE '%村干部%' AND f.item NOT LIKE '%公益性岗位%')
            SELECT g.person, CASE WHEN a.tiers > 2 THEN 2 ELSE g.tier END, g.site, a.conflict, g.rid, a.other_rid, a.estate_rid, a.company_rid, a.wage_rid,
                g.month, g.month, g.amount
            FROM against AS a JOIN granted AS g ON g.rid = a.rid
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.month, g.ways, g.conflict
FROM (SELECT hit.subject AS subject, CAST("q.period" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.month") FILTER (WHERE clause IS NULL) AS month, count(DISTINCT "q.conflict") FILTER (WHERE clause IS NULL) AS ways, min("q.conflict") FILTER (WHERE clause IS NULL) AS conflict
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.conflict AS "q.conflict", q.pay_rid AS "q.pay_rid", q.other_rid AS "q.other_rid", q.estate_rid AS "q.estate_rid", q.company_rid AS "q.company_rid", q.wage_rid AS "q.wage_rid", q.month AS "q.month", q.period AS "q.period", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, conflict, pay_rid, other_rid, estate_rid, company_rid, wage_rid, month, period, amount) AS (
WITH granted AS (
                SELECT citizen_id_person AS person, citizen_id_tier AS tier, rid, site, month, amount
                FROM benefit_pay WHERE citizen_id_person IN (SELECT subject FROM dirty_subject) AND citizen_id_tier <= 2 AND programme = 'weigai'),
            home AS (
                SELECT g.rid, g.person AS member, g.tier FROM granted AS g
                UNION
                SELECT g.rid, y.citizen_id_person, CASE WHEN g.tier + x.citizen_id_tier + y.citizen_id_tier > 3 THEN 2 ELSE 1 END
                FROM granted AS g CROSS JOIN household AS x CROSS JOIN household AS y
                WHERE x.citizen_id_person = g.person AND y.household_no = x.household_no AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2
                    AND (x.cancelled_on IS NULL OR x.cancelled_on > g.month * 100) AND (y.cancelled_on IS NULL OR y.cancelled_on > g.month * 100)
                UNION
                SELECT g.rid, y.member_id_person, CASE WHEN g.tier + x.member_id_tier + y.member_id_tier > 3 THEN 2 ELSE 1 END
                FROM granted AS g CROSS JOIN benefit_enrol AS x CROSS JOIN benefit_enrol AS y
                WHERE x.member_id_person = g.person AND y.head_id = x.head_id AND x.member_id_tier <= 2 AND y.member_id_tier <= 2 AND x.programme = 'weigai' AND y.programme = 'weigai'),
            against AS (
                SELECT h.rid, h.tier + p.citizen_id_tier AS tiers, 'again' AS conflict, p.rid AS other_rid, CAST(NULL AS BIGINT) AS estate_rid,
                    CAST(NULL AS BIGINT) AS company_rid, CAST(NULL AS BIGINT) AS wage_rid
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN benefit_pay AS p
                WHERE p.citizen_id_person = h.member AND p.citizen_id_tier <= 2 AND p.programme = 'weigai'
                    AND qq_months(g.month) - qq_months(p.month) >= 12 AND qq_months(g.month) - qq_months(p.month) < 120
                UNION ALL
                SELECT h.rid, h.tier + r.owner_id_tier, 'flat', NULL, r.rid, NULL, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN real_estate AS r
                WHERE r.owner_id_person = h.member AND r.owner_id_tier <= 2 AND r.use = 'home' AND r.way = 'purchase'
                    AND r.registered_on < g.month * 100 AND (r.cancelled_on IS NULL OR r.cancelled_on > g.month * 100 + 31)
                UNION ALL
                SELECT h.rid, h.tier + c.legal_rep_id_tier, 'company', NULL, NULL, c.rid, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN company AS c
                WHERE c.legal_rep_id_person = h.member AND c.legal_rep_id_tier <= 2 AND c.state = 'open' AND c.founded_on < g.month * 100
                    AND (c.kind IS NULL OR (c.kind NOT LIKE '%个体%' AND c.kind NOT LIKE '%合作社%'))
                UNION ALL
                SELECT h.rid, h.tier + r.citizen_id_tier, 'company', NULL, NULL, c.rid, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN company_role AS r CROSS JOIN company AS c
                WHERE r.citizen_id_person = h.member AND c.uscc = r.uscc AND r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share > 50 * 100))
                    AND r.from_day < g.month * 100 AND (r.to_day IS NULL OR r.to_day > g.month * 100 + 31)
                    AND c.state = 'open' AND (c.kind IS NULL OR (c.kind NOT LIKE '%个体%' AND c.kind NOT LIKE '%合作社%'))
                UNION ALL
                SELECT h.rid, h.tier + f.citizen_id_tier, 'payroll', NULL, NULL, NULL, f.rid
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN fiscal_pay AS f
                WHERE f.citizen_id_person = h.member AND f.citizen_id_tier <= 2 AND f.month = g.month AND f.amount > 0 AND f.item NOT LIKE '%村干部%' AND f.item NOT LIKE '%公益性岗位%')
            SELECT g.person, CASE WHEN a.tiers > 2 THEN 2 ELSE g.tier END, g.site, a.conflict, g.rid, a.other_rid, a.estate_rid, a.company_rid, a.wage_rid,
                g.month, g.month, g.amount
            FROM against AS a JOIN granted AS g ON g.rid = a.rid
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.month, g.ways, g.conflict
FROM (SELECT hit.subject AS subject, CAST("q.period" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.month") FILTER (WHERE clause IS NULL) AS month, count(DISTINCT "q.conflict") FILTER (WHERE clause IS NULL) AS ways, min("q.conflict") FILTER (WHERE clause IS NULL) AS conflict
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.conflict AS "q.conflict", q.pay_rid AS "q.pay_rid", q.other_rid AS "q.other_rid", q.estate_rid AS "q.estate_rid", q.company_rid AS "q.company_rid", q.wage_rid AS "q.wage_rid", q.month AS "q.month", q.period AS "q.period", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, conflict, pay_rid, other_rid, estate_rid, company_rid, wage_rid, month, period, amount) AS (
WITH granted AS (
                SELECT citizen_id_person AS person, citizen_id_tier AS tier, rid, site, month, amount
                FROM benefit_pay WHERE citizen_id_person IN (SELECT subject FROM hit_subject) AND citizen_id_tier <= 2 AND programme = 'weigai'),
            home AS (
                SELECT g.rid, g.person AS member, g.tier FROM granted AS g
                UNION
                SELECT g.rid, y.citizen_id_person, CASE WHEN g.tier + x.citizen_id_tier + y.citizen_id_tier > 3 THEN 2 ELSE 1 END
                FROM granted AS g CROSS JOIN household AS x CROSS JOIN household AS y
                WHERE x.citizen_id_person = g.person AND y.household_no = x.household_no AND x.citizen_id_tier <= 2 AND y.citizen_id_tier <= 2
                    AND (x.cancelled_on IS NULL OR x.cancelled_on > g.month * 100) AND (y.cancelled_on IS NULL OR y.cancelled_on > g.month * 100)
                UNION
                SELECT g.rid, y.member_id_person, CASE WHEN g.tier + x.member_id_tier + y.member_id_tier > 3 THEN 2 ELSE 1 END
                FROM granted AS g CROSS JOIN benefit_enrol AS x CROSS JOIN benefit_enrol AS y
                WHERE x.member_id_person = g.person AND y.head_id = x.head_id AND x.member_id_tier <= 2 AND y.member_id_tier <= 2 AND x.programme = 'weigai' AND y.programme = 'weigai'),
            against AS (
                SELECT h.rid, h.tier + p.citizen_id_tier AS tiers, 'again' AS conflict, p.rid AS other_rid, CAST(NULL AS BIGINT) AS estate_rid,
                    CAST(NULL AS BIGINT) AS company_rid, CAST(NULL AS BIGINT) AS wage_rid
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN benefit_pay AS p
                WHERE p.citizen_id_person = h.member AND p.citizen_id_tier <= 2 AND p.programme = 'weigai'
                    AND qq_months(g.month) - qq_months(p.month) >= 12 AND qq_months(g.month) - qq_months(p.month) < 120
                UNION ALL
                SELECT h.rid, h.tier + r.owner_id_tier, 'flat', NULL, r.rid, NULL, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN real_estate AS r
                WHERE r.owner_id_person = h.member AND r.owner_id_tier <= 2 AND r.use = 'home' AND r.way = 'purchase'
                    AND r.registered_on < g.month * 100 AND (r.cancelled_on IS NULL OR r.cancelled_on > g.month * 100 + 31)
                UNION ALL
                SELECT h.rid, h.tier + c.legal_rep_id_tier, 'company', NULL, NULL, c.rid, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN company AS c
                WHERE c.legal_rep_id_person = h.member AND c.legal_rep_id_tier <= 2 AND c.state = 'open' AND c.founded_on < g.month * 100
                    AND (c.kind IS NULL OR (c.kind NOT LIKE '%个体%' AND c.kind NOT LIKE '%合作社%'))
                UNION ALL
                SELECT h.rid, h.tier + r.citizen_id_tier, 'company', NULL, NULL, c.rid, NULL
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN company_role AS r CROSS JOIN company AS c
                WHERE r.citizen_id_person = h.member AND c.uscc = r.uscc AND r.citizen_id_tier <= 2 AND (r.role = 'manager' OR (r.role = 'holder' AND r.share > 50 * 100))
                    AND r.from_day < g.month * 100 AND (r.to_day IS NULL OR r.to_day > g.month * 100 + 31)
                    AND c.state = 'open' AND (c.kind IS NULL OR (c.kind NOT LIKE '%个体%' AND c.kind NOT LIKE '%合作社%'))
                UNION ALL
                SELECT h.rid, h.tier + f.citizen_id_tier, 'payroll', NULL, NULL, NULL, f.rid
                FROM home AS h JOIN granted AS g ON g.rid = h.rid CROSS JOIN fiscal_pay AS f
                WHERE f.citizen_id_person = h.member AND f.citizen_id_tier <= 2 AND f.month = g.month AND f.amount > 0 AND f.item NOT LIKE '%村干部%' AND f.item NOT LIKE '%公益性岗位%')
            SELECT g.person, CASE WHEN a.tiers > 2 THEN 2 ELSE g.tier END, g.site, a.conflict, g.rid, a.other_rid, a.estate_rid, a.company_rid, a.wage_rid,
                g.month, g.month, g.amount
            FROM against AS a JOIN granted AS g ON g.rid = a.rid
)
SELECT DISTINCT s.subject AS subject, CAST(q.period AS TEXT) AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, CAST(q.period AS TEXT) AS episode, 2 AS source, before.rid AS rid, before.version AS version, before.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS before
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND before.rid = q.other_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, CAST(q.period AS TEXT) AS episode, 3 AS source, estate.rid AS rid, estate.version AS version, estate.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN real_estate AS estate
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND estate.rid = q.estate_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, CAST(q.period AS TEXT) AS episode, 4 AS source, firm.rid AS rid, firm.version AS version, firm.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company AS firm
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND firm.rid = q.company_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, CAST(q.period AS TEXT) AS episode, 5 AS source, wage.rid AS rid, wage.version AS version, wage.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN fiscal_pay AS wage
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND wage.rid = q.wage_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT y.citizen_id_person FROM household AS x JOIN household AS y ON y.household_no = x.household_no WHERE x.citizen_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT citizen_id_person FROM household WHERE household_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT y.member_id_person FROM benefit_enrol AS x JOIN benefit_enrol AS y ON y.head_id = x.head_id WHERE x.member_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT member_id_person FROM benefit_enrol WHERE head_id IN (SELECT key FROM dirty_key)
            UNION
            SELECT y.citizen_id_person FROM company_role AS r JOIN household AS x ON x.citizen_id_person = r.citizen_id_person
                JOIN household AS y ON y.household_no = x.household_no WHERE r.uscc IN (SELECT key FROM dirty_key)
            UNION
            SELECT y.member_id_person FROM company_role AS r JOIN benefit_enrol AS x ON x.member_id_person = r.citizen_id_person
                JOIN benefit_enrol AS y ON y.head_id = x.head_id WHERE r.uscc IN (SELECT key FROM dirty_key)
            UNION
            SELECT citizen_id_person FROM company_role WHERE uscc IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
