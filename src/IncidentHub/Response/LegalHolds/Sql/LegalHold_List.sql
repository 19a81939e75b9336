SELECT Id, Reason, PlacedAt, PlacedByName, ReleasedAt, ReleasedByName, ReleaseReason FROM LegalHold WHERE IncidentId = @IncidentId ORDER BY PlacedAt DESC, Id DESC
