UPDATE Program
SET Name = @Name, NameKey = @NameKey, Purpose = @Purpose, OwnerId = @OwnerId, Unit = @Unit, ParentInitiative = @ParentInitiative, Population = @Population, People = @People,
  Participation = @Participation, LaunchDate = @LaunchDate, LawfulBasis = @LawfulBasis, ImpactAssessment = @ImpactAssessment, Notice = @Notice, WorksAgreement = @WorksAgreement,
  TtlSeconds = @TtlSeconds, LongestActSeconds = @LongestActSeconds, RenewalSeconds = @RenewalSeconds,
  Lifecycle = @Lifecycle, LaunchedAt = @LaunchedAt, TerminatedAt = @TerminatedAt, TerminationReason = @TerminationReason,
  Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion
