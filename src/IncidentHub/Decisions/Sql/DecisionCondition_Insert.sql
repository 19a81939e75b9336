INSERT INTO DecisionCondition (DecisionId, Ordinal, What, OwnerId, OwnerName, DueAt) VALUES (@DecisionId, @Ordinal, @What, @OwnerId, @OwnerName, @DueAt)
