UPDATE GateRange SET LastSequence = @Last, Digest = '', IsMerged = 1
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence = @First AND LastSequence <= @Last AND IsHeld = 0
