UPDATE Flag
SET Status = @Status, AcknowledgedAt = @AcknowledgedAt, AcknowledgedById = @AcknowledgedById, ClosedAt = @ClosedAt, IncidentId = @IncidentId, DismissReason = @DismissReason,
  Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion
