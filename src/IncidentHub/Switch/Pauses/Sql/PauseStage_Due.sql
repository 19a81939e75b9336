SELECT s.PauseId, s.DecisionId, s.Ordinal, s.DecisionLabel, s.Share, s.SoakSeconds, s.DueAt, s.StartedAt, s.StoppedAt FROM PauseStage s
WHERE s.StartedAt IS NULL AND s.StoppedAt IS NULL AND s.DueAt <= @Now
ORDER BY s.DueAt, s.PauseId
