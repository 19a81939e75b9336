SELECT TOP (1) LastSequence FROM GateRange WITH (UPDLOCK, SERIALIZABLE)
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence <= @LastSequence
ORDER BY FirstSequence DESC
