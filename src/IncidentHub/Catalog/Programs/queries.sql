-- name: Fragment_verification_counts
(s.CheckedAt > @Since90 AND (s.VerifyEveryDays IS NULL OR s.VerifyEveryDays = 90)
    OR s.CheckedAt > @Since30 AND s.VerifyEveryDays = 30 OR s.CheckedAt > @Since180 AND s.VerifyEveryDays = 180
    OR s.CheckedAt > @Since365 AND s.VerifyEveryDays = 365)

-- name: Program_ById
SELECT p.Id AS Id, p.Code AS Code, p.Name AS Name, p.Purpose AS Purpose, p.OwnerId AS OwnerId, o.Account AS OwnerAccount,
  o.DisplayName AS OwnerName, p.Unit AS Unit,
  p.ParentInitiative AS ParentInitiative, p.Population AS Population, p.People AS People, p.Participation AS Participation,
    p.LaunchDate AS LaunchDate,
  p.LawfulBasis AS LawfulBasis, p.ImpactAssessment AS ImpactAssessment, p.Notice AS Notice, p.WorksAgreement AS WorksAgreement,
  p.TtlSeconds AS TtlSeconds, p.GracePeriodSeconds AS GracePeriodSeconds, p.RenewalSeconds AS RenewalSeconds,
  p.Lifecycle AS Lifecycle, p.RegisteredAt AS RegisteredAt, p.LaunchedAt AS LaunchedAt, p.TerminatedAt AS TerminatedAt,
    p.TerminationReason AS TerminationReason,
  p.Version AS Version, p.ChangedAt AS ChangedAt, p.ChangedBy AS ChangedBy, p.ChangedWhat AS ChangedWhat
FROM Program p
JOIN Person o ON o.Id = p.OwnerId
WHERE p.Id = @Id

-- name: Program_Deputies
SELECT n.Id AS Id, n.Account AS Account, n.DisplayName AS Name
FROM ProgramDeputy d
JOIN Person n ON n.Id = d.PersonId
WHERE d.ProgramId = @Id
ORDER BY n.DisplayName, d.PersonId

-- name: Program_DeputiesBetween
SELECT d.ProgramId AS ProgramId, d.PersonId AS PersonId
FROM ProgramDeputy d
JOIN Program p ON p.Id = d.ProgramId
WHERE p.Code >= @First AND p.Code <= @Last

-- name: Program_DeputiesClear
-- writes: ProgramDeputy @Id
DELETE FROM ProgramDeputy WHERE ProgramId = @Id

-- name: Program_DeputyInsert
-- writes: ProgramDeputy @ProgramId
INSERT INTO ProgramDeputy (ProgramId, PersonId) VALUES (@ProgramId, @PersonId)

-- name: Program_IdByCode
SELECT p.Id AS Id FROM Program p WHERE p.Code = @Code

-- name: Program_Insert
-- writes: Program @Id
INSERT INTO Program
  (Id, Code, Name, NameKey, Purpose, OwnerId, Unit, ParentInitiative, Population, People, Participation, LaunchDate, LawfulBasis,
    ImpactAssessment, Notice, WorksAgreement,
   TtlSeconds, GracePeriodSeconds, RenewalSeconds, Lifecycle, RegisteredAt, LaunchedAt, TerminatedAt, TerminationReason, Version, ChangedAt,
     ChangedBy, ChangedWhat)
VALUES
  (@Id, @Code, @Name, @NameKey, @Purpose, @OwnerId, @Unit, @ParentInitiative, @Population, @People, @Participation, @LaunchDate,
    @LawfulBasis, @ImpactAssessment, @Notice, @WorksAgreement,
   @TtlSeconds, @GracePeriodSeconds, @RenewalSeconds, @Lifecycle, @RegisteredAt, @LaunchedAt, @TerminatedAt, @TerminationReason, @Version,
     @ChangedAt, @ChangedBy, @ChangedWhat)

-- name: Program_ItemInsert
-- writes: ProgramItem @ProgramId
INSERT INTO ProgramItem (ProgramId, Kind, Value, Ordinal) VALUES (@ProgramId, @Kind, @Value, @Ordinal)

-- name: Program_Items
SELECT i.Kind AS Kind, i.Value AS Value FROM ProgramItem i WHERE i.ProgramId = @Id ORDER BY i.Kind, i.Ordinal

-- name: Program_ItemsBetween
SELECT i.ProgramId AS ProgramId, i.Kind AS Kind, i.Value AS Value
FROM ProgramItem i
JOIN Program p ON p.Id = i.ProgramId
WHERE p.Code >= @First AND p.Code <= @Last
ORDER BY p.Code, i.Kind, i.Ordinal

-- name: Program_ItemsClear
-- writes: ProgramItem @Id
DELETE FROM ProgramItem WHERE ProgramId = @Id

-- name: Program_List
SELECT p.Id AS Id, p.Code AS Code, p.Name AS Name, p.Lifecycle AS Lifecycle, p.OwnerId AS OwnerId, o.DisplayName AS OwnerName,
  p.Unit AS Unit, p.Participation AS Participation,
  p.People AS People, p.Population AS Population, p.LaunchDate AS LaunchDate, p.ChangedAt AS ChangedAt,
  p.TtlSeconds AS TtlSeconds, p.GracePeriodSeconds AS GracePeriodSeconds, p.RenewalSeconds AS RenewalSeconds, p.Version AS Version,
  (SELECT COUNT(*) FROM Safeguard s WHERE s.ProgramId = p.Id) AS Safeguards,
  (SELECT COUNT(*) FROM Safeguard s WHERE s.ProgramId = p.Id AND s.Status = 'Broken') AS Broken,
  (SELECT COUNT(*) FROM Safeguard s WHERE s.ProgramId = p.Id AND s.Status = 'Verified' AND {{verification_counts}}) AS Verified
FROM Program p
JOIN Person o ON o.Id = p.OwnerId
WHERE p.Code > @After
  AND p.Lifecycle = @Lifecycle --?Lifecycle
  AND (p.OwnerId = @PersonId OR EXISTS (SELECT 1 FROM ProgramDeputy d WHERE d.ProgramId = p.Id AND d.PersonId = @PersonId)) --?PersonId
  AND EXISTS (SELECT 1 FROM ProgramItem c WHERE c.ProgramId = p.Id AND c.Kind = 'Category' AND c.Value = @Category) --?Category
  AND EXISTS (SELECT 1 FROM ProgramItem r WHERE r.ProgramId = p.Id AND r.Kind = 'Region' AND r.Value = @Region) --?Region
  AND (p.Code LIKE @CodeStart ESCAPE '\' OR p.NameKey LIKE @NameStart ESCAPE '\' OR p.NameKey LIKE @WordStart ESCAPE '\') --?Text
  AND p.ChangedAt >= @UpdatedSince --?UpdatedSince
ORDER BY p.Code
{{page}}

-- name: Program_CodesOfOwner
SELECT p.Code FROM Program p WHERE p.OwnerId = @OwnerId AND p.Lifecycle <> 'Terminated' ORDER BY p.Code

-- name: Program_Owners
SELECT o.Id AS Id, o.DisplayName AS Name
FROM Person o
WHERE o.IsActive = 1
  AND (o.Roles LIKE '%ProgramOwner%' OR o.Roles LIKE '%Privacy%' OR o.MappedRoles LIKE '%ProgramOwner%' OR o.MappedRoles LIKE '%Privacy%')
  AND (o.NameKey LIKE @NameStart ESCAPE '\' OR o.NameKey LIKE @WordStart ESCAPE '\')
ORDER BY o.DisplayName, o.Id
{{page}}

-- name: Program_Search
SELECT p.Code AS Code, p.Name AS Name, p.Lifecycle AS Lifecycle
FROM Program p
WHERE p.Code LIKE @CodeStart ESCAPE '\' OR p.NameKey LIKE @NameStart ESCAPE '\' OR p.NameKey LIKE @WordStart ESCAPE '\'
ORDER BY p.Code
{{page}}

-- name: Program_Update
-- writes: Program @Id
UPDATE Program
SET Name = @Name, NameKey = @NameKey, Purpose = @Purpose, OwnerId = @OwnerId, Unit = @Unit, ParentInitiative = @ParentInitiative,
  Population = @Population, People = @People,
  Participation = @Participation, LaunchDate = @LaunchDate, LawfulBasis = @LawfulBasis, ImpactAssessment = @ImpactAssessment,
    Notice = @Notice, WorksAgreement = @WorksAgreement,
  TtlSeconds = @TtlSeconds, GracePeriodSeconds = @GracePeriodSeconds, RenewalSeconds = @RenewalSeconds,
  Lifecycle = @Lifecycle, LaunchedAt = @LaunchedAt, TerminatedAt = @TerminatedAt, TerminationReason = @TerminationReason,
  Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion

-- name: Program_Version
SELECT p.Version FROM Program p WHERE p.Id = @Id

-- name: Redact_Safeguard
-- writes: Safeguard @RowsKey
UPDATE Safeguard SET Evidence = @CopyEvidence, Version = @Version + 1 WHERE Id = @RowsKey AND Version = @Version

-- name: Redact_SafeguardCheck
-- writes: SafeguardCheck @RowsKey
UPDATE SafeguardCheck SET Evidence = @CopyEvidence WHERE SafeguardId = @RowsKey AND Id = @KeyId

-- name: Rows_Program
SELECT t.Id AS RowsKey, t.*
FROM Program t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_ProgramDeputy
SELECT t.ProgramId AS RowsKey, t.*
FROM ProgramDeputy t
WHERE 1 = 1
  AND t.ProgramId IN {{ids}} --?Ids
  AND t.ProgramId > @After --?After
ORDER BY t.ProgramId, t.PersonId
{{page}} --?Page

-- name: Rows_ProgramItem
SELECT t.ProgramId AS RowsKey, t.*
FROM ProgramItem t
WHERE 1 = 1
  AND t.ProgramId IN {{ids}} --?Ids
  AND t.ProgramId > @After --?After
ORDER BY t.ProgramId, t.Kind, t.Value
{{page}} --?Page

-- name: Rows_Safeguard
SELECT t.Id AS RowsKey, t.*
FROM Safeguard t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_SafeguardCheck
SELECT t.SafeguardId AS RowsKey, t.*
FROM SafeguardCheck t
WHERE 1 = 1
  AND t.SafeguardId IN {{ids}} --?Ids
  AND t.SafeguardId > @After --?After
ORDER BY t.SafeguardId, t.Id
{{page}} --?Page

-- name: SafeguardCheck_Insert
-- writes: SafeguardCheck @SafeguardId
INSERT INTO SafeguardCheck (Id, SafeguardId, Status, CheckedAt, CheckedById, Evidence, IncidentId)
VALUES (@Id, @SafeguardId, @Status, @CheckedAt, @CheckedById, @Evidence, @IncidentId)

-- name: Safeguard_Counts
SELECT COUNT(*) AS Total,
  COALESCE(SUM(CASE WHEN s.Status = 'Verified' AND {{verification_counts}} THEN 1 ELSE 0 END), 0) AS Verified,
  COALESCE(SUM(CASE WHEN s.Status = 'Verified' THEN 1 ELSE 0 END), 0)
    - COALESCE(SUM(CASE WHEN s.Status = 'Verified' AND {{verification_counts}} THEN 1 ELSE 0 END), 0) AS Expired,
  COALESCE(SUM(CASE WHEN s.Status = 'Broken' THEN 1 ELSE 0 END), 0) AS Broken
FROM Safeguard s
JOIN Program p ON p.Id = s.ProgramId
WHERE p.Lifecycle = 'Live'
  AND p.Id = @ProgramId --?Program

-- name: Safeguard_OfOwner
SELECT p.Code AS ProgramCode, s.Id AS Id, s.ProgramId AS ProgramId, s.Ordinal AS Ordinal, s.Commitment AS Commitment,
  s.Source AS Source, s.CommittedOn AS CommittedOn, s.Status AS Status, s.CheckedAt AS CheckedAt, s.CheckedById AS CheckedById,
  NULL AS CheckedByName, s.Evidence AS Evidence, s.BrokenByIncidentId AS BrokenByIncidentId, s.VerifyEveryDays AS VerifyEveryDays,
  s.Version AS Version
FROM Program p
JOIN Safeguard s ON s.ProgramId = p.Id
WHERE p.OwnerId = @OwnerId AND p.Lifecycle = 'Live' AND s.Status = 'Verified'
ORDER BY p.Code, s.Ordinal

-- name: Safeguard_Insert
-- writes: Safeguard @Id
INSERT INTO Safeguard (Id, ProgramId, Ordinal, Commitment, Source, CommittedOn, Status, CheckedAt, CheckedById, Evidence,
  BrokenByIncidentId, VerifyEveryDays,
  Version)
VALUES (@Id, @ProgramId, @Ordinal, @Commitment, @Source, @CommittedOn, @Status, @CheckedAt, @CheckedById, @Evidence, @BrokenByIncidentId,
  @VerifyEveryDays, @Version)

-- name: Safeguard_OfProgram
SELECT s.Id AS Id, s.ProgramId AS ProgramId, s.Ordinal AS Ordinal, s.Commitment AS Commitment, s.Source AS Source,
  s.CommittedOn AS CommittedOn,
  s.Status AS Status,
  s.CheckedAt AS CheckedAt, s.CheckedById AS CheckedById, c.DisplayName AS CheckedByName, s.Evidence AS Evidence,
    s.BrokenByIncidentId AS BrokenByIncidentId, s.VerifyEveryDays AS VerifyEveryDays, s.Version AS Version
FROM Safeguard s
LEFT JOIN Person c ON c.Id = s.CheckedById
WHERE s.ProgramId = @ProgramId
ORDER BY s.Ordinal

-- name: Safeguard_Update
-- writes: Safeguard @Id
UPDATE Safeguard
SET Status = @Status, CheckedAt = @CheckedAt, CheckedById = @CheckedById, Evidence = @Evidence, BrokenByIncidentId = @BrokenByIncidentId,
  VerifyEveryDays = @VerifyEveryDays, Version = @Version
WHERE Id = @Id AND Version = @LoadedVersion

-- name: Texts_Safeguard
SELECT t.Id AS RowsKey, t.Version AS Version, t.Evidence AS CopyEvidence, p.Code AS OfPlace, t.Ordinal AS OfKind, t.ProgramId AS OfProgram
FROM Safeguard t
JOIN Program p ON p.Id = t.ProgramId
WHERE t.BrokenByIncidentId = @Subject

-- name: Texts_SafeguardCheck
SELECT t.SafeguardId AS RowsKey, t.Id AS KeyId, t.Evidence AS CopyEvidence, p.Code AS OfPlace, s.Ordinal AS OfKind, s.ProgramId AS OfProgram
FROM SafeguardCheck t
JOIN Safeguard s ON s.Id = t.SafeguardId
JOIN Program p ON p.Id = s.ProgramId
WHERE t.IncidentId = @Subject
