INSERT INTO IncidentPerson (IncidentId, Role, PersonId) VALUES (@IncidentId, @Role, @PersonId)
