SELECT d.Id AS Id
FROM Decision d
WHERE d.Status <> 'Decided' AND d.AsksAgainAt <= @Now
  AND NOT EXISTS (SELECT 1 FROM DecisionLog l WHERE l.DecisionId = d.Id AND l.Kind = 'asked-again')
