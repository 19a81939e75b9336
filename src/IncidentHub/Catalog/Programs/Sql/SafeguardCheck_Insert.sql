INSERT INTO SafeguardCheck (Id, SafeguardId, Status, CheckedAt, CheckedById, Evidence, IncidentId)
VALUES (@Id, @SafeguardId, @Status, @CheckedAt, @CheckedById, @Evidence, @IncidentId)
