SELECT BatchId, Epoch, CheckedAt FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence = @FirstSequence AND LastSequence = @LastSequence AND Digest = @Digest AND IsHeld = 0
