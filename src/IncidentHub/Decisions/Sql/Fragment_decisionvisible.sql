(@ViewerIsExecutive = 1
    OR NOT EXISTS (SELECT 1 FROM DecisionPause vd JOIN Incident i ON i.Id = vd.IncidentId WHERE vd.DecisionId = d.Id AND NOT {{visible}})
    OR EXISTS (SELECT 1 FROM Program vo WHERE vo.Id = d.ProgramId AND vo.OwnerId = @ViewerId)
    OR EXISTS (SELECT 1 FROM ProgramDeputy vy WHERE vy.ProgramId = d.ProgramId AND vy.PersonId = @ViewerId))
