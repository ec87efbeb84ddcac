-- findings
WITH said(subject, tier, site, bank, pay_rid, account_rid, official_rid, month, persons, alone, amount, collected, family, institution, cadre) AS (
WITH paid AS (
                SELECT account, month, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, bank, amount,
                    CASE WHEN collector_id IS NULL THEN 0 ELSE 1 END AS collected
                FROM benefit_pay
                WHERE 1 = 1 AND account IS NOT NULL AND citizen_id_tier <= 2),
            shared AS (
                SELECT account, month, count(DISTINCT person) AS persons, count(DISTINCT CASE WHEN collected = 0 THEN person END) AS alone FROM paid
                GROUP BY account, month HAVING count(DISTINCT person) >= 2),
            home AS (
                SELECT s.account, s.month, s.alone, p.person, h.household_no AS home, 1 AS kind
                FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month AND p.collected = 0
                    JOIN household AS h ON h.citizen_id_person = p.person AND h.citizen_id_tier <= 2
                UNION ALL
                SELECT s.account, s.month, s.alone, p.person, e.head_id, 2
                FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month AND p.collected = 0
                    JOIN benefit_enrol AS e ON e.member_id_person = p.person AND e.member_id_tier <= 2),
            family AS (
                SELECT DISTINCT account, month FROM
                    (SELECT account, month FROM home GROUP BY account, month, alone, home, kind HAVING count(DISTINCT person) = alone) AS one),
            cadre AS (
                SELECT s.account, s.month, min(a.rid) AS account_rid, min(o.rid) AS official_rid
                FROM shared AS s JOIN account AS a ON a.account_no = s.account
                    JOIN official AS o ON o.citizen_id_person = a.holder_id_person
                WHERE a.holder_id_tier <= 2 AND o.citizen_id_tier <= 2 AND (o.village_cadre = 1 OR o.category = 'village')
                    AND o.post_from <= s.month * 100 + 1 AND (o.post_to IS NULL OR o.post_to >= s.month * 100 + 31)
                GROUP BY s.account, s.month)
            SELECT s.account, p.tier, p.site, p.bank, p.rid, coalesce(c.account_rid, a.rid), c.official_rid, s.month, s.persons, s.alone, p.amount, p.collected,
                CASE WHEN f.account IS NULL THEN 0 ELSE 1 END,
                CASE WHEN a.kind <> 'person' OR (a.holder_id IS NOT NULL AND a.holder_id_person IS NULL) THEN 1 ELSE 0 END,
                CASE WHEN c.account IS NULL THEN 0 ELSE 1 END
            FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month
                LEFT JOIN account AS a ON a.account_no = s.account
                LEFT JOIN family AS f ON f.account = s.account AND f.month = s.month
                LEFT JOIN cadre AS c ON c.account = s.account AND c.month = s.month
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.is_cadre = 1 THEN 4 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.first_month, g.last_month, g.months_paid, g.most_persons, g.is_cadre
FROM (SELECT hit.subject AS subject, 'shared' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.bank") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid, max("q.alone") FILTER (WHERE clause IS NULL) AS most_persons, max(CASE WHEN "q.cadre" = 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS is_cadre
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.bank AS "q.bank", q.pay_rid AS "q.pay_rid", q.account_rid AS "q.account_rid", q.official_rid AS "q.official_rid", q.month AS "q.month", q.persons AS "q.persons", q.alone AS "q.alone", q.amount AS "q.amount", q.collected AS "q.collected", q.family AS "q.family", q.institution AS "q.institution", q.cadre AS "q.cadre", CASE WHEN ((q.collected = 1 OR (q.cadre = 1 AND q.alone < 2) OR (q.cadre = 0 AND q.alone < 3))) THEN 1 WHEN q.family = 1 THEN 2 WHEN q.institution = 1 THEN 3 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0
  AND (((q.persons >= 3 OR (q.cadre = 1 AND q.persons >= 2))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, bank, pay_rid, account_rid, official_rid, month, persons, alone, amount, collected, family, institution, cadre) AS (
WITH paid AS (
                SELECT account, month, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, bank, amount,
                    CASE WHEN collector_id IS NULL THEN 0 ELSE 1 END AS collected
                FROM benefit_pay
                WHERE account IN (SELECT key FROM dirty_subject) AND account IS NOT NULL AND citizen_id_tier <= 2),
            shared AS (
                SELECT account, month, count(DISTINCT person) AS persons, count(DISTINCT CASE WHEN collected = 0 THEN person END) AS alone FROM paid
                GROUP BY account, month HAVING count(DISTINCT person) >= 2),
            home AS (
                SELECT s.account, s.month, s.alone, p.person, h.household_no AS home, 1 AS kind
                FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month AND p.collected = 0
                    JOIN household AS h ON h.citizen_id_person = p.person AND h.citizen_id_tier <= 2
                UNION ALL
                SELECT s.account, s.month, s.alone, p.person, e.head_id, 2
                FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month AND p.collected = 0
                    JOIN benefit_enrol AS e ON e.member_id_person = p.person AND e.member_id_tier <= 2),
            family AS (
                SELECT DISTINCT account, month FROM
                    (SELECT account, month FROM home GROUP BY account, month, alone, home, kind HAVING count(DISTINCT person) = alone) AS one),
            cadre AS (
                SELECT s.account, s.month, min(a.rid) AS account_rid, min(o.rid) AS official_rid
                FROM shared AS s JOIN account AS a ON a.account_no = s.account
                    JOIN official AS o ON o.citizen_id_person = a.holder_id_person
                WHERE a.holder_id_tier <= 2 AND o.citizen_id_tier <= 2 AND (o.village_cadre = 1 OR o.category = 'village')
                    AND o.post_from <= s.month * 100 + 1 AND (o.post_to IS NULL OR o.post_to >= s.month * 100 + 31)
                GROUP BY s.account, s.month)
            SELECT s.account, p.tier, p.site, p.bank, p.rid, coalesce(c.account_rid, a.rid), c.official_rid, s.month, s.persons, s.alone, p.amount, p.collected,
                CASE WHEN f.account IS NULL THEN 0 ELSE 1 END,
                CASE WHEN a.kind <> 'person' OR (a.holder_id IS NOT NULL AND a.holder_id_person IS NULL) THEN 1 ELSE 0 END,
                CASE WHEN c.account IS NULL THEN 0 ELSE 1 END
            FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month
                LEFT JOIN account AS a ON a.account_no = s.account
                LEFT JOIN family AS f ON f.account = s.account AND f.month = s.month
                LEFT JOIN cadre AS c ON c.account = s.account AND c.month = s.month
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.is_cadre = 1 THEN 4 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.first_month, g.last_month, g.months_paid, g.most_persons, g.is_cadre
FROM (SELECT hit.subject AS subject, 'shared' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.bank") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid, max("q.alone") FILTER (WHERE clause IS NULL) AS most_persons, max(CASE WHEN "q.cadre" = 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS is_cadre
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.bank AS "q.bank", q.pay_rid AS "q.pay_rid", q.account_rid AS "q.account_rid", q.official_rid AS "q.official_rid", q.month AS "q.month", q.persons AS "q.persons", q.alone AS "q.alone", q.amount AS "q.amount", q.collected AS "q.collected", q.family AS "q.family", q.institution AS "q.institution", q.cadre AS "q.cadre", CASE WHEN ((q.collected = 1 OR (q.cadre = 1 AND q.alone < 2) OR (q.cadre = 0 AND q.alone < 3))) THEN 1 WHEN q.family = 1 THEN 2 WHEN q.institution = 1 THEN 3 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0
  AND (((q.persons >= 3 OR (q.cadre = 1 AND q.persons >= 2))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, bank, pay_rid, account_rid, official_rid, month, persons, alone, amount, collected, family, institution, cadre) AS (
WITH paid AS (
                SELECT account, month, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, bank, amount,
                    CASE WHEN collector_id IS NULL THEN 0 ELSE 1 END AS collected
                FROM benefit_pay
                WHERE account IN (SELECT key FROM hit_subject) AND account IS NOT NULL AND citizen_id_tier <= 2),
            shared AS (
                SELECT account, month, count(DISTINCT person) AS persons, count(DISTINCT CASE WHEN collected = 0 THEN person END) AS alone FROM paid
                GROUP BY account, month HAVING count(DISTINCT person) >= 2),
            home AS (
                SELECT s.account, s.month, s.alone, p.person, h.household_no AS home, 1 AS kind
                FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month AND p.collected = 0
                    JOIN household AS h ON h.citizen_id_person = p.person AND h.citizen_id_tier <= 2
                UNION ALL
                SELECT s.account, s.month, s.alone, p.person, e.head_id, 2
                FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month AND p.collected = 0
                    JOIN benefit_enrol AS e ON e.member_id_person = p.person AND e.member_id_tier <= 2),
            family AS (
                SELECT DISTINCT account, month FROM
                    (SELECT account, month FROM home GROUP BY account, month, alone, home, kind HAVING count(DISTINCT person) = alone) AS one),
            cadre AS (
                SELECT s.account, s.month, min(a.rid) AS account_rid, min(o.rid) AS official_rid
                FROM shared AS s JOIN account AS a ON a.account_no = s.account
                    JOIN official AS o ON o.citizen_id_person = a.holder_id_person
                WHERE a.holder_id_tier <= 2 AND o.citizen_id_tier <= 2 AND (o.village_cadre = 1 OR o.category = 'village')
                    AND o.post_from <= s.month * 100 + 1 AND (o.post_to IS NULL OR o.post_to >= s.month * 100 + 31)
                GROUP BY s.account, s.month)
            SELECT s.account, p.tier, p.site, p.bank, p.rid, coalesce(c.account_rid, a.rid), c.official_rid, s.month, s.persons, s.alone, p.amount, p.collected,
                CASE WHEN f.account IS NULL THEN 0 ELSE 1 END,
                CASE WHEN a.kind <> 'person' OR (a.holder_id IS NOT NULL AND a.holder_id_person IS NULL) THEN 1 ELSE 0 END,
                CASE WHEN c.account IS NULL THEN 0 ELSE 1 END
            FROM shared AS s JOIN paid AS p ON p.account = s.account AND p.month = s.month
                LEFT JOIN account AS a ON a.account_no = s.account
                LEFT JOIN family AS f ON f.account = s.account AND f.month = s.month
                LEFT JOIN cadre AS c ON c.account = s.account AND c.month = s.month
)
SELECT DISTINCT s.subject AS subject, 'shared' AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND $1 > 0
  AND (((q.persons >= 3 OR (q.cadre = 1 AND q.persons >= 2))))
  AND NOT coalesce((((q.collected = 1 OR (q.cadre = 1 AND q.alone < 2) OR (q.cadre = 0 AND q.alone < 3)))), FALSE)
  AND NOT coalesce((q.family = 1), FALSE)
  AND NOT coalesce((q.institution = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'shared' AS episode, 2 AS source, acct.rid AS rid, acct.version AS version, acct.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN account AS acct
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND acct.rid = q.account_rid
  AND $1 > 0
  AND (((q.persons >= 3 OR (q.cadre = 1 AND q.persons >= 2))))
  AND NOT coalesce((((q.collected = 1 OR (q.cadre = 1 AND q.alone < 2) OR (q.cadre = 0 AND q.alone < 3)))), FALSE)
  AND NOT coalesce((q.family = 1), FALSE)
  AND NOT coalesce((q.institution = 1), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'shared' AS episode, 3 AS source, cadre.rid AS rid, cadre.version AS version, cadre.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS cadre
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND cadre.rid = q.official_rid
  AND $1 > 0
  AND (((q.persons >= 3 OR (q.cadre = 1 AND q.persons >= 2))))
  AND NOT coalesce((((q.collected = 1 OR (q.cadre = 1 AND q.alone < 2) OR (q.cadre = 0 AND q.alone < 3)))), FALSE)
  AND NOT coalesce((q.family = 1), FALSE)
  AND NOT coalesce((q.institution = 1), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT account FROM benefit_pay WHERE citizen_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT account_no FROM account WHERE holder_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM household LIMIT 1) AS found
