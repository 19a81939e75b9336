SELECT DISTINCT t.DoneById AS PersonId FROM WorkTask t WHERE t.IncidentId = @IncidentId AND t.Kind = 'Fix' AND t.DoneById IS NOT NULL
