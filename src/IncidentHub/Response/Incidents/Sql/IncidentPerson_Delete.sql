DELETE FROM IncidentPerson WHERE IncidentId = @IncidentId AND Role = @Role AND PersonId = @PersonId
