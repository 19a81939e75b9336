INSERT INTO Program
  (Id, Code, Name, NameKey, Purpose, OwnerId, Unit, ParentInitiative, Population, People, Participation, LaunchDate, LawfulBasis, ImpactAssessment, Notice, WorksAgreement,
   TtlSeconds, LongestActSeconds, RenewalSeconds, Lifecycle, RegisteredAt, LaunchedAt, TerminatedAt, TerminationReason, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES
  (@Id, @Code, @Name, @NameKey, @Purpose, @OwnerId, @Unit, @ParentInitiative, @Population, @People, @Participation, @LaunchDate, @LawfulBasis, @ImpactAssessment, @Notice, @WorksAgreement,
   @TtlSeconds, @LongestActSeconds, @RenewalSeconds, @Lifecycle, @RegisteredAt, @LaunchedAt, @TerminatedAt, @TerminationReason, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)
