SELECT l.ProgramId AS ProgramId, l.ProgramCode AS ProgramCode, l.Kind AS Kind, l.Note AS Note, l.WithdrawnReason AS WithdrawnReason
FROM IncidentProgram l WHERE l.IncidentId = @Id ORDER BY l.Ordinal
