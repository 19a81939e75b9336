SELECT {{pause_columns}} FROM Pause p
WHERE p.IncidentId = @IncidentId
  AND p.ProgramId = @ProgramId --?Program
ORDER BY p.PlacedAt, p.Id
