SELECT s.ProgramId, s.Epoch,
  COALESCE((SELECT MAX(e.Epoch) FROM ProgramEpoch e WHERE e.ProgramId = s.ProgramId AND e.Cause NOT IN ('Lift', 'DrillEnd', 'Reassert')), 0) AS ClosedBelow
FROM ProgramSwitch s
WHERE s.ProgramId IN {{ids}} --?Some
