SELECT COUNT(*) FROM GateDisposition d
INNER JOIN Incident i ON i.Id = @IncidentId
WHERE d.Disposition = 'Purge' AND d.At >= i.DeclaredAt AND d.ProgramId IN {{ids}}
