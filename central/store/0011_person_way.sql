-- How persons are written, and whose each way is now. Merged by somebody's decision it is no better than T2, and no worse when the
-- person that is kept has a number.
CREATE VIEW person_way AS SELECT l.number, l.name, l.person AS home, k.id AS person,
    CASE WHEN p.cluster IS NULL OR k.id18 = '' THEN l.tier ELSE 2 END AS tier, l.explanation, l.decided_by, l.at_ms
    FROM person_link AS l JOIN person AS p ON p.id = l.person JOIN person AS k ON k.id = coalesce(p.cluster, p.id);
