INSERT INTO DecisionStage (DecisionId, Ordinal, Share, SoakSeconds) VALUES (@DecisionId, @Ordinal, @Share, @SoakSeconds)
