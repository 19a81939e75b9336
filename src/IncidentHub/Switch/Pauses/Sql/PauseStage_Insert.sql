INSERT INTO PauseStage (PauseId, DecisionId, Ordinal, DecisionLabel, Share, SoakSeconds, DueAt, StartedAt, StoppedAt)
VALUES (@PauseId, @DecisionId, @Ordinal, @DecisionLabel, @Share, @SoakSeconds, @DueAt, NULL, NULL)
