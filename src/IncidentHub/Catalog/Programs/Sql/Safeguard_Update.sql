UPDATE Safeguard
SET Status = @Status, CheckedAt = @CheckedAt, CheckedById = @CheckedById, Evidence = @Evidence, BrokenByIncidentId = @BrokenByIncidentId, Version = @Version
WHERE Id = @Id AND Version = @LoadedVersion
