UPDATE LegalHold SET ReleasedAt = @ReleasedAt, ReleasedById = @ReleasedById, ReleasedByName = @ReleasedByName, ReleaseReason = @ReleaseReason WHERE Id = @Id AND ReleasedAt IS NULL
