SELECT LastSequence FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence <= @LastSequence
ORDER BY FirstSequence DESC
LIMIT 1
