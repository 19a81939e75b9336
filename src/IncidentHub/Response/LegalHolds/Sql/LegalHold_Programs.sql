SELECT ip.ProgramId AS Id FROM IncidentProgram ip WHERE ip.IncidentId = @IncidentId
UNION
SELECT p.ProgramId AS Id FROM Pause p WHERE p.IncidentId = @IncidentId
