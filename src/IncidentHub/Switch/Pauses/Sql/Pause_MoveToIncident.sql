UPDATE Pause SET IncidentId = @To, Cycle = @Cycle, Version = Version + 1 WHERE IncidentId = @From AND Status IN ('Proposed', 'InForce')
