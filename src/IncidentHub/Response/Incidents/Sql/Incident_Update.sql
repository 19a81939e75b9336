UPDATE Incident SET Title = @Title, Summary = @Summary, Sev = @Sev, Status = @Status, IsOpen = @IsOpen, Confidentiality = @Confidentiality, MergedIntoId = @MergedIntoId,
  Cycle = @Cycle, Programs = @Programs, ExposureStartedAt = @ExposureStartedAt, DetectedAt = @DetectedAt, FlaggedAt = @FlaggedAt, AcknowledgedAt = @AcknowledgedAt,
  DeclaredAt = @DeclaredAt, ClosedAt = @ClosedAt, LastUpdateAt = @LastUpdateAt, UpdateDueAt = @UpdateDueAt,
  Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @ExpectedVersion
