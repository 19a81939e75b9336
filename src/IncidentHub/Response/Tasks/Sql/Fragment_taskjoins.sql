LEFT JOIN Incident i ON i.Id = t.IncidentId
LEFT JOIN Program p ON p.Id = t.ProgramId
