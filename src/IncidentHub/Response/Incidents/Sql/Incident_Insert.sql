INSERT INTO Incident (Id, Code, Number, Title, Summary, Sev, DeclaredSev, Status, IsOpen, Confidentiality, MergedIntoId, FlagId, Cycle, Programs, ExposureStartedAt, DetectedAt,
  FlaggedAt, AcknowledgedAt, DeclaredAt, ClosedAt, LastUpdateAt, UpdateDueAt, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES (@Id, @Code, @Number, @Title, @Summary, @Sev, @Sev, @Status, @IsOpen, @Confidentiality, @MergedIntoId, @FlagId, @Cycle, @Programs, @ExposureStartedAt, @DetectedAt,
  @FlaggedAt, @AcknowledgedAt, @DeclaredAt, @ClosedAt, @LastUpdateAt, @UpdateDueAt, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)
