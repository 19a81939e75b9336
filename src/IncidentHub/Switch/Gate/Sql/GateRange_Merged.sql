DELETE FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence > @First AND FirstSequence <= @Last AND LastSequence <= @Last AND IsHeld = 0
