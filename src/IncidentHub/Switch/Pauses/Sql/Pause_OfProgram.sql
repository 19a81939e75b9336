SELECT {{pause_columns}} FROM Pause p
WHERE p.ProgramId = @ProgramId
  AND (p.PlacedAt < @BeforeAt OR (p.PlacedAt = @BeforeAt AND p.Id < @BeforeId)) --?Before
ORDER BY p.PlacedAt DESC, p.Id DESC
{{page}}
