SELECT COUNT(*) AS Found FROM (SELECT l.IncidentId AS IncidentId FROM IncidentProgram l WHERE l.ProgramId = @ProgramId ORDER BY l.IncidentId {{page}}) few
