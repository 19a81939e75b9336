SELECT CollectorId, FirstSequence FROM GateRange
WHERE IsMerged = 0 AND IsHeld = 0 AND ProgramId = @ProgramId AND CheckedAt < @Before
ORDER BY CheckedAt
{{page}}
