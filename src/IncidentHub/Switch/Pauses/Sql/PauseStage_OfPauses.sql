SELECT s.PauseId, s.DecisionId, s.Ordinal, s.DecisionLabel, s.Share, s.SoakSeconds, s.DueAt, s.StartedAt, s.StoppedAt FROM PauseStage s
WHERE s.PauseId IN {{ids}} AND s.StoppedAt IS NULL
ORDER BY s.PauseId, s.Ordinal
