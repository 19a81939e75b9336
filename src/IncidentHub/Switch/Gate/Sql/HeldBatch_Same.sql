SELECT Id, CollectorId, PauseId, Class, Digest, FirstSequence, LastSequence, Epoch, HeldAt, Disposition, DisposedAt FROM HeldBatch
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence = @FirstSequence AND LastSequence = @LastSequence AND Digest = @Digest
