-- findings
WITH said(subject, site, number, member_rid, decision_rid, contract_rid, company_rid, role_rid, kin_rid, met_on, is_own, recused, amount, tier) AS (
WITH d AS (
                SELECT d.unit_code, d.decision_no, d.rid, d.site, d.met_on, d.recused, c.rid AS contract_rid, c.supplier_uscc, c.amount
                FROM decision AS d JOIN contract AS c ON d.matter_no IN (c.contract_no, c.lot_no) WHERE 1 = 1),
            member AS (
                SELECT d.unit_code, d.decision_no, d.rid, d.contract_rid, m.rid AS member_rid, m.citizen_id_person AS person, m.citizen_id_tier AS tier,
                    coalesce(m.recused, 0) = 1 OR coalesce(qq_contains(d.recused, m.name), 0) = 1 AS recused
                FROM d JOIN decision_member AS m ON m.unit_code = d.unit_code AND m.decision_no = d.decision_no
                WHERE m.citizen_id_tier <= 2 AND coalesce(m.observer, 0) = 0),
            firm AS (
                SELECT d.rid, d.contract_rid, f.legal_rep_id_person AS person, f.legal_rep_id_tier AS tier, f.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM d JOIN company AS f ON f.uscc = d.supplier_uscc WHERE f.legal_rep_id_tier <= 2
                UNION ALL
                SELECT d.rid, d.contract_rid, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid
                FROM d JOIN company_role AS r ON r.uscc = d.supplier_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= d.met_on AND (r.to_day IS NULL OR r.to_day >= d.met_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)),
            linked AS (
                SELECT m.rid, m.contract_rid, m.member_rid, m.recused, f.company_rid, f.role_rid, CAST(NULL AS BIGINT) AS kin_rid,
                    CASE WHEN m.tier = 2 OR f.tier = 2 THEN 2 ELSE 1 END AS tier
                FROM member AS m JOIN firm AS f ON f.rid = m.rid AND f.contract_rid = m.contract_rid AND f.person = m.person
                UNION ALL
                SELECT m.rid, m.contract_rid, m.member_rid, m.recused, f.company_rid, f.role_rid, k.rid,
                    CASE WHEN m.tier = 2 OR f.tier = 2 OR k.official_id_tier = 2 OR k.kin_id_tier = 2 THEN 2 ELSE 1 END
                FROM member AS m JOIN kin AS k ON k.official_id_person = m.person
                    JOIN firm AS f ON f.rid = m.rid AND f.contract_rid = m.contract_rid AND f.person = k.kin_id_person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL)
            SELECT d.unit_code, d.site, d.decision_no, n.member_rid, d.rid, d.contract_rid, n.company_rid, n.role_rid, n.kin_rid,
                d.met_on, n.kin_rid IS NULL, n.recused, d.amount, n.tier
            FROM linked AS n JOIN d ON d.rid = n.rid AND d.contract_rid = n.contract_rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.members, g.met_on, g.is_own
FROM (SELECT hit.subject AS subject, "q.number" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.member_rid") FILTER (WHERE clause IS NULL) AS members, min("q.met_on") FILTER (WHERE clause IS NULL) AS met_on, max(CASE WHEN "q.is_own" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS is_own
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.number AS "q.number", q.member_rid AS "q.member_rid", q.decision_rid AS "q.decision_rid", q.contract_rid AS "q.contract_rid", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.kin_rid AS "q.kin_rid", q.met_on AS "q.met_on", q.is_own AS "q.is_own", q.recused AS "q.recused", q.amount AS "q.amount", q.tier AS "q.tier", CASE WHEN q.recused THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, number, member_rid, decision_rid, contract_rid, company_rid, role_rid, kin_rid, met_on, is_own, recused, amount, tier) AS (
WITH d AS (
                SELECT d.unit_code, d.decision_no, d.rid, d.site, d.met_on, d.recused, c.rid AS contract_rid, c.supplier_uscc, c.amount
                FROM decision AS d JOIN contract AS c ON d.matter_no IN (c.contract_no, c.lot_no) WHERE d.unit_code IN (SELECT key FROM dirty_subject)),
            member AS (
                SELECT d.unit_code, d.decision_no, d.rid, d.contract_rid, m.rid AS member_rid, m.citizen_id_person AS person, m.citizen_id_tier AS tier,
                    coalesce(m.recused, 0) = 1 OR coalesce(qq_contains(d.recused, m.name), 0) = 1 AS recused
                FROM d JOIN decision_member AS m ON m.unit_code = d.unit_code AND m.decision_no = d.decision_no
                WHERE m.citizen_id_tier <= 2 AND coalesce(m.observer, 0) = 0),
            firm AS (
                SELECT d.rid, d.contract_rid, f.legal_rep_id_person AS person, f.legal_rep_id_tier AS tier, f.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM d JOIN company AS f ON f.uscc = d.supplier_uscc WHERE f.legal_rep_id_tier <= 2
                UNION ALL
                SELECT d.rid, d.contract_rid, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid
                FROM d JOIN company_role AS r ON r.uscc = d.supplier_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= d.met_on AND (r.to_day IS NULL OR r.to_day >= d.met_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)),
            linked AS (
                SELECT m.rid, m.contract_rid, m.member_rid, m.recused, f.company_rid, f.role_rid, CAST(NULL AS BIGINT) AS kin_rid,
                    CASE WHEN m.tier = 2 OR f.tier = 2 THEN 2 ELSE 1 END AS tier
                FROM member AS m JOIN firm AS f ON f.rid = m.rid AND f.contract_rid = m.contract_rid AND f.person = m.person
                UNION ALL
                SELECT m.rid, m.contract_rid, m.member_rid, m.recused, f.company_rid, f.role_rid, k.rid,
                    CASE WHEN m.tier = 2 OR f.tier = 2 OR k.official_id_tier = 2 OR k.kin_id_tier = 2 THEN 2 ELSE 1 END
                FROM member AS m JOIN kin AS k ON k.official_id_person = m.person
                    JOIN firm AS f ON f.rid = m.rid AND f.contract_rid = m.contract_rid AND f.person = k.kin_id_person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL)
            SELECT d.unit_code, d.site, d.decision_no, n.member_rid, d.rid, d.contract_rid, n.company_rid, n.role_rid, n.kin_rid,
                d.met_on, n.kin_rid IS NULL, n.recused, d.amount, n.tier
            FROM linked AS n JOIN d ON d.rid = n.rid AND d.contract_rid = n.contract_rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.members, g.met_on, g.is_own
FROM (SELECT hit.subject AS subject, "q.number" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.member_rid") FILTER (WHERE clause IS NULL) AS members, min("q.met_on") FILTER (WHERE clause IS NULL) AS met_on, max(CASE WHEN "q.is_own" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS is_own
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.number AS "q.number", q.member_rid AS "q.member_rid", q.decision_rid AS "q.decision_rid", q.contract_rid AS "q.contract_rid", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.kin_rid AS "q.kin_rid", q.met_on AS "q.met_on", q.is_own AS "q.is_own", q.recused AS "q.recused", q.amount AS "q.amount", q.tier AS "q.tier", CASE WHEN q.recused THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, number, member_rid, decision_rid, contract_rid, company_rid, role_rid, kin_rid, met_on, is_own, recused, amount, tier) AS (
WITH d AS (
                SELECT d.unit_code, d.decision_no, d.rid, d.site, d.met_on, d.recused, c.rid AS contract_rid, c.supplier_uscc, c.amount
                FROM decision AS d JOIN contract AS c ON d.matter_no IN (c.contract_no, c.lot_no) WHERE d.unit_code IN (SELECT key FROM hit_subject)),
            member AS (
                SELECT d.unit_code, d.decision_no, d.rid, d.contract_rid, m.rid AS member_rid, m.citizen_id_person AS person, m.citizen_id_tier AS tier,
                    coalesce(m.recused, 0) = 1 OR coalesce(qq_contains(d.recused, m.name), 0) = 1 AS recused
                FROM d JOIN decision_member AS m ON m.unit_code = d.unit_code AND m.decision_no = d.decision_no
                WHERE m.citizen_id_tier <= 2 AND coalesce(m.observer, 0) = 0),
            firm AS (
                SELECT d.rid, d.contract_rid, f.legal_rep_id_person AS person, f.legal_rep_id_tier AS tier, f.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM d JOIN company AS f ON f.uscc = d.supplier_uscc WHERE f.legal_rep_id_tier <= 2
                UNION ALL
                SELECT d.rid, d.contract_rid, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid
                FROM d JOIN company_role AS r ON r.uscc = d.supplier_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= d.met_on AND (r.to_day IS NULL OR r.to_day >= d.met_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)),
            linked AS (
                SELECT m.rid, m.contract_rid, m.member_rid, m.recused, f.company_rid, f.role_rid, CAST(NULL AS BIGINT) AS kin_rid,
                    CASE WHEN m.tier = 2 OR f.tier = 2 THEN 2 ELSE 1 END AS tier
                FROM member AS m JOIN firm AS f ON f.rid = m.rid AND f.contract_rid = m.contract_rid AND f.person = m.person
                UNION ALL
                SELECT m.rid, m.contract_rid, m.member_rid, m.recused, f.company_rid, f.role_rid, k.rid,
                    CASE WHEN m.tier = 2 OR f.tier = 2 OR k.official_id_tier = 2 OR k.kin_id_tier = 2 THEN 2 ELSE 1 END
                FROM member AS m JOIN kin AS k ON k.official_id_person = m.person
                    JOIN firm AS f ON f.rid = m.rid AND f.contract_rid = m.contract_rid AND f.person = k.kin_id_person
                WHERE k.official_id_tier <= 2 AND k.kin_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL)
            SELECT d.unit_code, d.site, d.decision_no, n.member_rid, d.rid, d.contract_rid, n.company_rid, n.role_rid, n.kin_rid,
                d.met_on, n.kin_rid IS NULL, n.recused, d.amount, n.tier
            FROM linked AS n JOIN d ON d.rid = n.rid AND d.contract_rid = n.contract_rid
)
SELECT DISTINCT s.subject AS subject, q.number AS episode, 1 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN decision AS d
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND d.rid = q.decision_rid
  AND $1 > 0
  AND NOT coalesce((q.recused), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 2 AS source, m.rid AS rid, m.version AS version, m.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN decision_member AS m
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND m.rid = q.member_rid
  AND $1 > 0
  AND NOT coalesce((q.recused), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 3 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
  AND NOT coalesce((q.recused), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 4 AS source, firm.rid AS rid, firm.version AS version, firm.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company AS firm
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND firm.rid = q.company_rid
  AND $1 > 0
  AND NOT coalesce((q.recused), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 5 AS source, r.rid AS rid, r.version AS version, r.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company_role AS r
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND r.rid = q.role_rid
  AND $1 > 0
  AND NOT coalesce((q.recused), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 6 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND $1 > 0
  AND NOT coalesce((q.recused), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT unit_code FROM decision WHERE matter_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT d.unit_code FROM contract AS c JOIN decision AS d ON d.matter_no IN (c.contract_no, c.lot_no) WHERE c.supplier_uscc IN (SELECT key FROM dirty_key)
            UNION
            SELECT unit_code FROM decision_member WHERE citizen_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT d.unit_code FROM company AS f JOIN contract AS c ON c.supplier_uscc = f.uscc JOIN decision AS d ON d.matter_no IN (c.contract_no, c.lot_no)
            WHERE f.legal_rep_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT d.unit_code FROM company_role AS r JOIN contract AS c ON c.supplier_uscc = r.uscc JOIN decision AS d ON d.matter_no IN (c.contract_no, c.lot_no)
            WHERE r.citizen_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM decision_member LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM decision LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM company LIMIT 1) AS found
