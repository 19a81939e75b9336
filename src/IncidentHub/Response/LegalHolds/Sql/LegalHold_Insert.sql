INSERT INTO LegalHold (Id, IncidentId, Reason, PlacedAt, PlacedById, PlacedByName) VALUES (@Id, @IncidentId, @Reason, @PlacedAt, @PlacedById, @PlacedByName)
