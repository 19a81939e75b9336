UPDATE IncidentProgram SET Ordinal = @Ordinal, Kind = @Kind, Note = @Note, WithdrawnReason = @WithdrawnReason WHERE IncidentId = @IncidentId AND ProgramId = @ProgramId
