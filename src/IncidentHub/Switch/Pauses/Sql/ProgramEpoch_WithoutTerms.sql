SELECT s.ProgramId FROM ProgramSwitch s
LEFT JOIN ProgramEpoch e ON e.ProgramId = s.ProgramId AND e.Epoch = s.Epoch
WHERE e.Terms IS NULL
