SELECT Id, Reason, PlacedAt, PlacedByName, ReleasedAt, ReleasedByName, ReleaseReason FROM LegalHold WHERE IncidentId = @IncidentId AND Id = @Id
