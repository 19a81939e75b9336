SELECT FirstSequence, LastSequence, CheckedAt, IsHeld, IsMerged FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence >= @FirstSequence
ORDER BY FirstSequence
{{page}}
