INSERT INTO IncidentProgram (IncidentId, ProgramId, ProgramCode, Ordinal, Kind, Note, WithdrawnReason)
VALUES (@IncidentId, @ProgramId, @ProgramCode, @Ordinal, @Kind, @Note, @WithdrawnReason)
