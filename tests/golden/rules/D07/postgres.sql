-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, 'one hand' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(sum("p.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "p.rid") FILTER (WHERE clause IS NULL) AS payments, min("p.paid_on") FILTER (WHERE clause IS NULL) AS first_on, max("p.paid_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(p.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", p.rid AS "p.rid", p.contract_no AS "p.contract_no", p.payment_no AS "p.payment_no", p.paid_on AS "p.paid_on", p.amount AS "p.amount", p.payee AS "p.payee", p.payee_account AS "p.payee_account", p.nature AS "p.nature", p.applicant AS "p.applicant", p.approver AS "p.approver", p.voucher_no AS "p.voucher_no", p.invoice_no AS "p.invoice_no", CAST(NULL AS INTEGER) AS clause
FROM contract AS c CROSS JOIN tr_payment AS p
WHERE c.contract_no IS NOT NULL
  AND p.contract_no = c.contract_no
  AND $1 > 0
  AND (p.applicant = p.approver)
  AND (p.amount >= 1000000)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, 'one hand' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.name") AS called, coalesce(sum("p.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "p.rid") FILTER (WHERE clause IS NULL) AS payments, min("p.paid_on") FILTER (WHERE clause IS NULL) AS first_on, max("p.paid_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT c.contract_no AS subject, 1 AS tier, coalesce(p.site, '') AS site, c.rid AS "c.rid", c.contract_no AS "c.contract_no", c.lot_no AS "c.lot_no", c.name AS "c.name", c.signed_on AS "c.signed_on", c.amount AS "c.amount", c.term_days AS "c.term_days", c.buyer AS "c.buyer", c.supplier AS "c.supplier", c.supplier_uscc AS "c.supplier_uscc", p.rid AS "p.rid", p.contract_no AS "p.contract_no", p.payment_no AS "p.payment_no", p.paid_on AS "p.paid_on", p.amount AS "p.amount", p.payee AS "p.payee", p.payee_account AS "p.payee_account", p.nature AS "p.nature", p.applicant AS "p.applicant", p.approver AS "p.approver", p.voucher_no AS "p.voucher_no", p.invoice_no AS "p.invoice_no", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN contract AS c CROSS JOIN tr_payment AS p
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND p.contract_no = c.contract_no
  AND $1 > 0
  AND (p.applicant = p.approver)
  AND (p.amount >= 1000000)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'one hand' AS episode, 0 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN tr_payment AS p
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND p.contract_no = c.contract_no
  AND $1 > 0
  AND (p.applicant = p.approver)
  AND (p.amount >= 1000000)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'one hand' AS episode, 1 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN contract AS c CROSS JOIN tr_payment AS p
WHERE c.contract_no = s.key AND c.contract_no IS NOT NULL
  AND p.contract_no = c.contract_no
  AND $1 > 0
  AND (p.applicant = p.approver)
  AND (p.amount >= 1000000)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM tr_payment LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found
