lh.ReleasedAt IS NULL AND (EXISTS (SELECT 1 FROM IncidentProgram hl WHERE hl.IncidentId = lh.IncidentId AND hl.ProgramId = @ProgramId)
    OR EXISTS (SELECT 1 FROM Pause hp WHERE hp.IncidentId = lh.IncidentId AND hp.ProgramId = @ProgramId))
