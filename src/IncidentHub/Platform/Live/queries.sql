-- name: LiveChange_After
SELECT c.Number AS Number, c.NodeId AS NodeId, c.Changes AS Changes FROM LiveChange c
WHERE c.Number > @After
ORDER BY c.Number
{{page}}

-- name: LiveChange_Expire
-- The oldest ones, in limited batches; never the last one, from whose number the next one follows.
DELETE FROM LiveChange
WHERE ChangedAt < @Before
  AND Number <= (SELECT MAX(o.Number) FROM (SELECT c.Number FROM LiveChange c ORDER BY c.Number {{page}}) o)
  AND Number < (SELECT MAX(l.Number) FROM LiveChange l)

-- name: LiveChange_Insert
INSERT INTO LiveChange (NodeId, ChangedAt, Changes) VALUES (@NodeId, @Now, @Changes)

-- name: LiveChange_Last
SELECT COALESCE(MAX(c.Number), 0) FROM LiveChange c

-- name: LiveChange_Some
SELECT c.Number AS Number, c.NodeId AS NodeId, c.Changes AS Changes FROM LiveChange c
WHERE c.Number IN {{numbers}}
ORDER BY c.Number
