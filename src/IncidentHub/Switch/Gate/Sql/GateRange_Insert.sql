INSERT INTO GateRange (ProgramId, CollectorId, FirstSequence, LastSequence, BatchId, Digest, Epoch, CheckedAt, IsHeld)
VALUES (@ProgramId, @CollectorId, @FirstSequence, @LastSequence, @BatchId, @Digest, @Epoch, @CheckedAt, @IsHeld)
