-- name: Fragment_pause_columns
p.Id, p.ProgramId, p.IncidentId, p.Cycle, p.Sev, p.PolicyVersion, p.Origin, p.Status, p.Categories, p.Regions, p.Reason, p.BufferPolicy,
  p.PlacedAt, p.PlacedById, p.PlacedByName, p.Deadline, p.DrillEndsAt, p.ActivatedAt, p.ActivatedById, p.ActivatedByName, p.Epoch,
  p.GuaranteedAt, p.GracePeriodSeconds, p.ReleasedShare, p.FullyStoppedAt, p.PopulationAt, p.EndedAt, p.EndedById, p.EndedByName,
  p.DeclineReason, p.DecisionId, p.DecisionLabel, p.ChangedAt, p.ChangedBy, p.ChangedWhat, p.Version

-- name: PauseStage_Due
SELECT s.PauseId, s.DecisionId, s.Ordinal, s.DecisionLabel, s.Share, s.SoakSeconds, s.DueAt, s.StartedAt, s.StoppedAt FROM PauseStage s
WHERE s.StartedAt IS NULL AND s.StoppedAt IS NULL AND s.DueAt <= @Now
ORDER BY s.DueAt, s.PauseId

-- name: PauseStage_Insert
-- writes: PauseStage @PauseId
INSERT INTO PauseStage (PauseId, DecisionId, Ordinal, DecisionLabel, Share, SoakSeconds, DueAt, StartedAt, StoppedAt)
VALUES (@PauseId, @DecisionId, @Ordinal, @DecisionLabel, @Share, @SoakSeconds, @DueAt, NULL, NULL)

-- name: PauseStage_OfPauses
SELECT s.PauseId, s.DecisionId, s.Ordinal, s.DecisionLabel, s.Share, s.SoakSeconds, s.DueAt, s.StartedAt, s.StoppedAt FROM PauseStage s
WHERE s.PauseId IN {{ids}} AND s.StoppedAt IS NULL
ORDER BY s.PauseId, s.Ordinal

-- name: PauseStage_SetDue
-- writes: PauseStage @PauseId
UPDATE PauseStage SET DueAt = @DueAt WHERE PauseId = @PauseId AND DecisionId = @DecisionId AND Ordinal = @Ordinal AND StartedAt IS NULL

-- name: PauseStage_Start
-- writes: PauseStage @PauseId
UPDATE PauseStage SET StartedAt = @Now WHERE PauseId = @PauseId AND DecisionId = @DecisionId AND Ordinal = @Ordinal AND StartedAt IS NULL
  AND StoppedAt IS NULL

-- name: PauseStage_Stop
-- writes: PauseStage @PauseId
UPDATE PauseStage SET StoppedAt = @Now WHERE PauseId = @PauseId AND StoppedAt IS NULL

-- name: PauseStopSummary_Expired
SELECT x.PauseId AS Id, x.ExpiredAt AS ExpiredAt FROM PauseStopSummary x WHERE x.PauseId IN {{ids}}

-- name: PauseStopSummary_Insert
INSERT INTO PauseStopSummary (PauseId, Population, Confirmed, Assured, Pending, Violating, Idle, Revoked, LastAfterMs, BucketMs, Curve,
  ProofsSha256, ExpiredAt)
VALUES (@PauseId, @Population, @Confirmed, @Assured, @Pending, @Violating, @Idle, @Revoked, @LastAfterMs, @BucketMs, @Curve, @ProofsSha256,
  @ExpiredAt)

-- name: PauseStopSummary_Load
SELECT x.Idle AS Idle, x.Revoked AS Revoked, x.BucketMs AS BucketMs, x.Curve AS Curve, x.ProofsSha256 AS ProofsSha256,
  x.ExpiredAt AS ExpiredAt FROM PauseStopSummary x WHERE x.PauseId = @PauseId

-- name: PauseStop_AddViolating (sqlite)
INSERT INTO PauseStop (PauseId, CollectorId, PermitJti, PermitExp, ViolatedAt)
SELECT @PauseId, @CollectorId, @PermitJti, @PermitExp, @Now
WHERE NOT EXISTS (SELECT 1 FROM PauseStop WHERE PauseId = @PauseId AND CollectorId = @CollectorId)
  AND NOT EXISTS (SELECT 1 FROM PauseStopSummary WHERE PauseId = @PauseId)

-- name: PauseStop_AddViolating (sqlserver)
INSERT INTO PauseStop (PauseId, CollectorId, PermitJti, PermitExp, ViolatedAt)
SELECT @PauseId, @CollectorId, @PermitJti, @PermitExp, @Now
WHERE NOT EXISTS (SELECT 1 FROM PauseStop WITH (UPDLOCK, HOLDLOCK) WHERE PauseId = @PauseId AND CollectorId = @CollectorId)
  AND NOT EXISTS (SELECT 1 FROM PauseStopSummary WHERE PauseId = @PauseId)

-- name: PauseStop_AnyOpen
SELECT CASE WHEN EXISTS (SELECT 1 FROM PauseStop WHERE PauseId = @PauseId AND StoppedAfterMs IS NULL) THEN 1 ELSE 0 END

-- name: PauseStop_Apart
SELECT
  COALESCE(SUM(CASE WHEN c.RevokedAt IS NULL OR c.RevokedAt > p.ActivatedAt THEN 1 ELSE 0 END), 0) - (SELECT COUNT(*) FROM PauseStop s
    WHERE s.PauseId = @PauseId) AS Idle,
  COALESCE(SUM(CASE WHEN c.RevokedAt <= p.ActivatedAt THEN 1 ELSE 0 END), 0) AS Revoked
FROM Pause p
INNER JOIN CollectorProgram cp ON cp.ProgramId = p.ProgramId
INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE p.Id = @PauseId AND c.RegisteredAt <= p.ActivatedAt

-- name: PauseStop_Assure
UPDATE PauseStop SET AssuredAt = @Now, StoppedAfterMs = @AfterMs
WHERE PauseId = @PauseId AND PermitExp = @PermitExp AND StoppedAfterMs IS NULL AND ViolatedAt IS NULL

-- name: PauseStop_Confirm (sqlite)
UPDATE PauseStop SET AckAt = @Now, AckDigest = r.D, StoppedAfterMs = CASE WHEN ViolatedAt IS NULL THEN r.Ms ELSE NULL END
FROM (
  SELECT json_extract(j.value, '$.u') AS U, json_extract(j.value, '$.c') AS C, json_extract(j.value, '$.d') AS D,
    json_extract(j.value, '$.ms') AS Ms FROM json_each(@Rows) j
) r
WHERE PauseId = r.U AND CollectorId = r.C AND AckAt IS NULL

-- name: PauseStop_Confirm (sqlserver)
UPDATE s SET AckAt = @Now, AckDigest = r.D, StoppedAfterMs = CASE WHEN s.ViolatedAt IS NULL THEN r.Ms ELSE NULL END
FROM PauseStop s
INNER JOIN OPENJSON(@Rows) WITH (U uniqueidentifier '$.u', C uniqueidentifier '$.c', D nvarchar(64) '$.d', Ms int '$.ms') r
  ON r.U = s.PauseId AND r.C = s.CollectorId
WHERE s.AckAt IS NULL

-- name: PauseStop_CountViolating
SELECT COUNT(*) FROM PauseStop WHERE PauseId = @PauseId AND ViolatedAt IS NOT NULL

-- name: PauseStop_Counts
SELECT s.PauseId AS PauseId, COUNT(*) AS Population,
  SUM(CASE WHEN s.ViolatedAt IS NULL AND s.AckAt IS NOT NULL THEN 1 ELSE 0 END) AS Confirmed,
  SUM(CASE WHEN s.ViolatedAt IS NULL AND s.AckAt IS NULL AND s.AssuredAt IS NOT NULL THEN 1 ELSE 0 END) AS Assured,
  SUM(CASE WHEN s.ViolatedAt IS NULL AND s.AckAt IS NULL AND s.AssuredAt IS NULL THEN 1 ELSE 0 END) AS Pending,
  SUM(CASE WHEN s.ViolatedAt IS NOT NULL THEN 1 ELSE 0 END) AS Violating,
  MAX(s.StoppedAfterMs) AS LastAfterMs
FROM PauseStop s WHERE s.PauseId IN {{ids}} AND NOT EXISTS (SELECT 1 FROM PauseStopSummary x WHERE x.PauseId = s.PauseId)
GROUP BY s.PauseId
UNION ALL
SELECT x.PauseId AS PauseId, x.Population AS Population, x.Confirmed AS Confirmed, x.Assured AS Assured, x.Pending AS Pending,
  x.Violating AS Violating, x.LastAfterMs AS LastAfterMs
FROM PauseStopSummary x WHERE x.PauseId IN {{ids}}

-- name: PauseStop_Curve
SELECT StoppedAfterMs / @BucketMs AS Bucket, COUNT(*) AS Stopped FROM PauseStop
WHERE PauseId = @PauseId AND StoppedAfterMs IS NOT NULL
GROUP BY StoppedAfterMs / @BucketMs
ORDER BY StoppedAfterMs / @BucketMs

-- name: PauseStop_Delete
DELETE FROM PauseStop WHERE PauseId = @PauseId AND CollectorId <= @Until

-- name: PauseStop_Digests
SELECT s.PermitJti AS PermitJti, s.AckDigest AS AckDigest, s.StoppedAfterMs AS StoppedAfterMs FROM PauseStop s
WHERE s.PauseId = @PauseId
ORDER BY s.PermitJti

-- name: PauseStop_DueExpiries
SELECT DISTINCT PermitExp FROM PauseStop
WHERE PauseId = @PauseId AND StoppedAfterMs IS NULL AND ViolatedAt IS NULL AND PermitExp <= @UpTo

-- name: PauseStop_Expired
SELECT p.Id AS Id, p.ProgramId AS ProgramId FROM Pause p
WHERE p.EndedAt <= @EndedBefore AND p.Status = 'Lifted' AND EXISTS (SELECT 1 FROM PauseStop s WHERE s.PauseId = p.Id)
ORDER BY p.EndedAt, p.Id

-- name: PauseStop_Fix
INSERT INTO PauseStop (PauseId, CollectorId, PermitJti, PermitExp)
SELECT @PauseId, cp.CollectorId, cp.PermitJti, CASE WHEN cp.PermitExp < @NotBefore THEN @NotBefore ELSE cp.PermitExp END
  FROM CollectorProgram cp
INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId AND cp.PermitExp > @After AND cp.PermitEpoch < @Epoch AND (c.RevokedAt IS NULL OR c.RevokedAt > @At)
  AND COALESCE(cp.Region, '') = @Region AND cp.PermitCategories = @PermitCategories
ORDER BY cp.CollectorId

-- name: PauseStop_FixAll
INSERT INTO PauseStop (PauseId, CollectorId, PermitJti, PermitExp)
SELECT @PauseId, cp.CollectorId, cp.PermitJti, CASE WHEN cp.PermitExp < @NotBefore THEN @NotBefore ELSE cp.PermitExp END
  FROM CollectorProgram cp
INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId AND cp.PermitExp > @After AND cp.PermitEpoch < @Epoch AND (c.RevokedAt IS NULL OR c.RevokedAt > @At)
ORDER BY cp.CollectorId

-- name: PauseStop_Groups
SELECT cp.Region, cp.PermitCategories FROM CollectorProgram cp
INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId AND cp.PermitExp > @After AND cp.PermitEpoch < @Epoch AND (c.RevokedAt IS NULL OR c.RevokedAt > @At)
GROUP BY cp.Region, cp.PermitCategories

-- name: PauseStop_NextIds
SELECT s.CollectorId AS Id FROM PauseStop s WHERE s.PauseId = @PauseId
ORDER BY s.CollectorId
{{page}}

-- name: PauseStop_Pending
SELECT s.CollectorId AS CollectorId, c.InstanceName AS InstanceName, cp.HeardAt AS HeardAt, s.PermitExp AS PermitExp,
  s.ViolatedAt AS ViolatedAt
FROM (
  SELECT o.PauseId, o.CollectorId, o.PermitExp, o.ViolatedAt FROM PauseStop o
  WHERE o.PauseId = @PauseId AND o.StoppedAfterMs IS NULL
    AND (o.PermitExp > @AfterExp OR (o.PermitExp = @AfterExp AND o.CollectorId > @AfterId)) --?AfterExp
  ORDER BY o.PermitExp, o.CollectorId
  {{page}}
) s
INNER JOIN Pause p ON p.Id = s.PauseId
INNER JOIN Collector c ON c.Id = s.CollectorId
INNER JOIN CollectorProgram cp ON cp.CollectorId = s.CollectorId AND cp.ProgramId = p.ProgramId
ORDER BY s.PermitExp, s.CollectorId

-- name: PauseStop_Proofs
SELECT s.CollectorId AS CollectorId, c.HostPseudonym AS Host, s.PermitJti AS PermitJti, s.PermitExp AS PermitExp, s.AckAt AS AckAt,
  s.AckDigest AS AckDigest, s.AssuredAt AS AssuredAt,
  s.ViolatedAt AS ViolatedAt, s.StoppedAfterMs AS StoppedAfterMs, a.Token AS Ack, a.Receipt AS Receipt
FROM PauseStop s
INNER JOIN Collector c ON c.Id = s.CollectorId
LEFT JOIN StopAck a ON a.Digest = s.AckDigest
WHERE s.PauseId = @PauseId
  AND s.CollectorId > @After --?After
ORDER BY s.CollectorId
{{page}}

-- name: PauseStop_Violated
UPDATE PauseStop SET ViolatedAt = @Now, StoppedAfterMs = NULL WHERE PauseId = @PauseId AND CollectorId = @CollectorId AND ViolatedAt IS NULL

-- name: PauseStop_Waiting (sqlite)
SELECT json_extract(j.value, '$.n') AS N, s.PauseId, s.PermitJti, s.PermitExp, s.AssuredAt, p.ActivatedAt, p.GracePeriodSeconds,
  p.FullyStoppedAt
FROM json_each(@Rows) j
CROSS JOIN Pause p ON p.ProgramId = json_extract(j.value, '$.p') AND p.Status = 'Active' AND p.Epoch <= json_extract(j.value, '$.e')
CROSS JOIN PauseStop s ON s.PauseId = p.Id AND s.CollectorId = json_extract(j.value, '$.c')
WHERE s.AckAt IS NULL

-- name: PauseStop_Waiting (sqlserver)
SELECT r.N AS N, s.PauseId, s.PermitJti, s.PermitExp, s.AssuredAt, p.ActivatedAt, p.GracePeriodSeconds, p.FullyStoppedAt
FROM OPENJSON(@Rows) WITH (N bigint '$.n', C uniqueidentifier '$.c', P uniqueidentifier '$.p', E bigint '$.e') r
INNER JOIN Pause p ON p.ProgramId = r.P AND p.Status = 'Active' AND p.Epoch <= r.E
INNER JOIN PauseStop s ON s.PauseId = p.Id AND s.CollectorId = r.C
WHERE s.AckAt IS NULL

-- name: Pause_Due
SELECT {{pause_columns}} FROM Pause p
WHERE (p.Status = 'Proposed' AND p.Deadline <= @Now)
   OR (p.Status = 'Active' AND p.DrillEndsAt <= @Now)
   OR (p.Status = 'Active' AND p.FullyStoppedAt IS NULL)
ORDER BY p.PlacedAt, p.Id

-- name: Pause_FixPopulation
UPDATE Pause SET PopulationAt = @Now WHERE Id = @Id AND PopulationAt IS NULL

-- name: Pause_FullyStopped
-- writes: Pause @Id
UPDATE Pause SET FullyStoppedAt = @At WHERE Id = @Id AND FullyStoppedAt IS NULL

-- name: Pause_Insert
-- writes: Pause @Id
INSERT INTO Pause (Id, ProgramId, IncidentId, Cycle, Sev, PolicyVersion, Origin, Status, Categories, Regions, Reason, BufferPolicy,
  PlacedAt, PlacedById, PlacedByName, Deadline, DrillEndsAt, ActivatedAt, ActivatedById, ActivatedByName, Epoch, GuaranteedAt,
  GracePeriodSeconds,
  ReleasedShare, FullyStoppedAt, EndedAt, EndedById, EndedByName, DeclineReason, DecisionId, DecisionLabel, ChangedAt,
  ChangedBy, ChangedWhat, Version)
VALUES (@Id, @ProgramId, @IncidentId, @Cycle, @Sev, @PolicyVersion, @Origin, @Status, @Categories, @Regions, @Reason, @BufferPolicy,
  @PlacedAt, @PlacedById, @PlacedByName, @Deadline, @DrillEndsAt, @ActivatedAt, @ActivatedById, @ActivatedByName, @Epoch, @GuaranteedAt,
  @GracePeriodSeconds, @ReleasedShare, @FullyStoppedAt, @EndedAt, @EndedById, @EndedByName, @DeclineReason, @DecisionId, @DecisionLabel,
  @ChangedAt, @ChangedBy, @ChangedWhat, @Version)

-- name: Pause_Load
SELECT {{pause_columns}} FROM Pause p WHERE p.Id = @Id

-- name: Pause_Lock (sqlite)
SELECT p.Id FROM Pause p WHERE p.Id = @Id

-- name: Pause_Lock (sqlserver)
SELECT p.Id FROM Pause p WITH (UPDLOCK) WHERE p.Id = @Id

-- name: Pause_LockOfIncident (sqlite)
SELECT p.Id FROM Pause p WHERE p.IncidentId = @IncidentId
ORDER BY p.PlacedAt, p.Id

-- name: Pause_LockOfIncident (sqlserver)
-- In one order, so that two transactions do not wait for each other.
SELECT p.Id FROM Pause p WITH (UPDLOCK) WHERE p.IncidentId = @IncidentId
ORDER BY p.PlacedAt, p.Id

-- name: Pause_MoveToIncident
UPDATE Pause SET IncidentId = @To, Cycle = @Cycle, ChangedAt = @At, ChangedBy = @By, ChangedWhat = @What, Version = Version + 1
WHERE IncidentId = @From AND Status IN ('Proposed', 'Active')

-- name: Pause_NotStopped
-- writes: Pause @Id
UPDATE Pause SET FullyStoppedAt = NULL WHERE Id = @Id AND FullyStoppedAt IS NOT NULL

-- name: Pause_OfIncident
SELECT {{pause_columns}} FROM Pause p
WHERE p.IncidentId = @IncidentId
  AND p.ProgramId = @ProgramId --?Program
ORDER BY p.PlacedAt, p.Id

-- name: Pause_OfProgram
SELECT {{pause_columns}} FROM Pause p
WHERE p.ProgramId = @ProgramId
  AND (p.PlacedAt < @BeforeAt OR (p.PlacedAt = @BeforeAt AND p.Id < @BeforeId)) --?Before
ORDER BY p.PlacedAt DESC, p.Id DESC
{{page}}

-- name: Pause_Open
SELECT {{pause_columns}} FROM Pause p
WHERE p.Status IN ('Proposed', 'Active')
ORDER BY p.PlacedAt, p.Id

-- name: Pause_OpenOfProgram
SELECT {{pause_columns}} FROM Pause p
WHERE p.ProgramId = @ProgramId AND p.Status IN ('Proposed', 'Active')
ORDER BY p.PlacedAt, p.Id

-- name: Pause_OpenOfPrograms
SELECT {{pause_columns}} FROM Pause p
WHERE p.ProgramId IN {{ids}} AND p.Status IN ('Proposed', 'Active')
ORDER BY p.PlacedAt, p.Id

-- name: Pause_Spans
SELECT p.ProgramId AS ProgramId, p.ActivatedAt AS ActivatedAt, p.EndedAt AS EndedAt
FROM Pause p
WHERE p.EndedAt >= @From AND p.Status = 'Lifted' AND p.DrillEndsAt IS NULL
UNION ALL
SELECT p.ProgramId AS ProgramId, p.ActivatedAt AS ActivatedAt, p.EndedAt AS EndedAt
FROM Pause p
WHERE p.Status = 'Active' AND p.DrillEndsAt IS NULL

-- name: Pause_Uncounted
SELECT p.Id AS Id FROM Pause p WHERE p.ProgramId IN {{ids}} AND p.Status = 'Active' AND p.PopulationAt IS NULL
ORDER BY p.PlacedAt, p.Id

-- name: Pause_Update
-- writes: Pause @Id
UPDATE Pause SET BufferPolicy = @BufferPolicy, Cycle = @Cycle, Sev = @Sev, PolicyVersion = @PolicyVersion, Status = @Status,
  ActivatedAt = @ActivatedAt, ActivatedById = @ActivatedById, ActivatedByName = @ActivatedByName, Epoch = @Epoch,
  GuaranteedAt = @GuaranteedAt,
  GracePeriodSeconds = @GracePeriodSeconds, ReleasedShare = @ReleasedShare, EndedAt = @EndedAt, EndedById = @EndedById,
  EndedByName = @EndedByName,
  DeclineReason = @DeclineReason, DecisionId = @DecisionId, DecisionLabel = @DecisionLabel, ChangedAt = @ChangedAt,
  ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat, Version = @Version
WHERE Id = @Id AND Version = @ExpectedVersion

-- name: ProgramEpoch_From
SELECT Epoch, At, Terms FROM ProgramEpoch
WHERE ProgramId = @ProgramId AND Epoch >= @Epoch
ORDER BY Epoch
{{page}}

-- name: ProgramEpoch_Insert
INSERT INTO ProgramEpoch (ProgramId, Epoch, At, Cause, PauseId, Allowed, Terms)
  VALUES (@ProgramId, @Epoch, @At, @Cause, @PauseId, @Allowed, @Terms)

-- name: Redact_Pause
-- writes: Pause @RowsKey
UPDATE Pause SET Reason = @Reason, DeclineReason = @DeclineReason, ChangedWhat = @CopyChangedWhat, Version = @Version + 1
WHERE Id = @RowsKey AND Version = @Version

-- name: Rows_Pause
SELECT t.Id AS RowsKey, t.*
FROM Pause t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_PauseStage
SELECT t.PauseId AS RowsKey, t.*
FROM PauseStage t
WHERE 1 = 1
  AND t.PauseId IN {{ids}} --?Ids
  AND t.PauseId > @After --?After
ORDER BY t.PauseId, t.DecisionId, t.Ordinal
{{page}} --?Page

-- name: StopAck_Expire
DELETE FROM StopAck WHERE Digest IN (SELECT s.AckDigest FROM PauseStop s WHERE s.PauseId = @PauseId AND s.CollectorId <= @Until
  AND s.AckDigest IS NOT NULL)

-- name: StopAck_Insert (sqlite)
INSERT INTO StopAck (Digest, CollectorId, ProgramId, Epoch, ReceivedAt, Token, Receipt)
SELECT json_extract(j.value, '$.d'), json_extract(j.value, '$.c'), json_extract(j.value, '$.p'), json_extract(j.value, '$.e'), @Now,
  json_extract(j.value, '$.t'), json_extract(j.value, '$.r')
FROM json_each(@Rows) j

-- name: StopAck_Insert (sqlserver)
INSERT INTO StopAck (Digest, CollectorId, ProgramId, Epoch, ReceivedAt, Token, Receipt)
SELECT r.D, r.C, r.P, r.E, @Now, r.T, r.R
FROM OPENJSON(@Rows) WITH (D nvarchar(64) '$.d', C uniqueidentifier '$.c', P uniqueidentifier '$.p', E bigint '$.e', T nvarchar(max) '$.t',
  R nvarchar(max) '$.r') r

-- name: StopAck_Latest
SELECT Epoch, ReceivedAt, Token FROM StopAck
WHERE CollectorId = @CollectorId AND ProgramId = @ProgramId
ORDER BY Epoch DESC
{{page}}

-- name: StopAck_Taken (sqlite)
SELECT a.Digest AS Digest, a.CollectorId AS CollectorId, a.ProgramId AS ProgramId, a.Epoch AS Epoch, a.Receipt AS Receipt
FROM json_each(@Rows) j
CROSS JOIN StopAck a ON a.CollectorId = json_extract(j.value, '$.c') AND a.ProgramId = json_extract(j.value, '$.p')
  AND a.Epoch = json_extract(j.value, '$.e')

-- name: StopAck_Taken (sqlserver)
SELECT a.Digest AS Digest, a.CollectorId AS CollectorId, a.ProgramId AS ProgramId, a.Epoch AS Epoch, a.Receipt AS Receipt
FROM OPENJSON(@Rows) WITH (C uniqueidentifier '$.c', P uniqueidentifier '$.p', E bigint '$.e') r
INNER JOIN StopAck a ON a.CollectorId = r.C AND a.ProgramId = r.P AND a.Epoch = r.E

-- name: Switch_Ahead
-- By the index of the program: read where its page is open, or after a restored backup.
SELECT COUNT(*) AS Collectors, MAX(c.EpochSeen) AS Highest FROM CollectorProgram c
WHERE c.ProgramId = @ProgramId AND c.EpochSeen > @Epoch AND c.EpochSeen <= @Most

-- name: Switch_AllAhead
SELECT c.ProgramId, s.Epoch, COUNT(*) AS Collectors, MAX(c.EpochSeen) AS Highest
FROM CollectorProgram c INNER JOIN ProgramSwitch s ON s.ProgramId = c.ProgramId
WHERE c.EpochSeen > s.Epoch AND c.EpochSeen <= s.Epoch + @MostAhead
GROUP BY c.ProgramId, s.Epoch

-- name: Switch_Confirm
UPDATE ProgramSwitch SET Epoch = @Epoch, UnconfirmedSince = NULL WHERE ProgramId = @ProgramId AND Epoch = @Was

-- name: Switch_Ensure (sqlite)
INSERT INTO ProgramSwitch (ProgramId, Epoch, MaxPermitExp)
SELECT @ProgramId, 1, NULL WHERE NOT EXISTS (SELECT 1 FROM ProgramSwitch WHERE ProgramId = @ProgramId)

-- name: Switch_Ensure (sqlserver)
INSERT INTO ProgramSwitch (ProgramId, Epoch, MaxPermitExp)
SELECT @ProgramId, 1, NULL WHERE NOT EXISTS (SELECT 1 FROM ProgramSwitch WITH (UPDLOCK, HOLDLOCK) WHERE ProgramId = @ProgramId)

-- name: Switch_Epochs
SELECT s.ProgramId, s.Epoch,
  COALESCE((SELECT MAX(e.Epoch) FROM ProgramEpoch e WHERE e.ProgramId = s.ProgramId AND e.Cause NOT IN ('Lift', 'DrillEnd', 'SealBuffers')),
    0) AS ClosedBelow
FROM ProgramSwitch s
WHERE s.ProgramId IN {{ids}} --?Some

-- name: Switch_Held
SELECT s.ProgramId, s.UnconfirmedSince AS Since, s.MaxPermitExp
FROM ProgramSwitch s
WHERE s.UnconfirmedSince IS NOT NULL
  AND s.ProgramId IN {{ids}} --?Some

-- name: Switch_Hold
UPDATE ProgramSwitch SET UnconfirmedSince = @Now,
  MaxPermitExp = CASE WHEN MaxPermitExp IS NULL OR MaxPermitExp < @Exp THEN @Exp ELSE MaxPermitExp END
WHERE ProgramId = @ProgramId

-- name: Switch_LivePrograms
SELECT Id FROM Program WHERE Lifecycle = @Live

-- name: Switch_Load
SELECT Epoch, UnconfirmedSince FROM ProgramSwitch WHERE ProgramId = @ProgramId

-- name: Switch_Lock
UPDATE ProgramSwitch SET Epoch = Epoch WHERE ProgramId = @ProgramId

-- name: Switch_Raise (sqlite)
UPDATE ProgramSwitch SET Epoch = Epoch + 1 WHERE ProgramId = @ProgramId RETURNING Epoch, MaxPermitExp

-- name: Switch_Raise (sqlserver)
UPDATE ProgramSwitch SET Epoch = Epoch + 1 OUTPUT inserted.Epoch AS Epoch, inserted.MaxPermitExp AS MaxPermitExp
  WHERE ProgramId = @ProgramId

-- name: Switch_Renew
UPDATE ProgramSwitch SET MaxPermitExp = CASE WHEN MaxPermitExp IS NULL OR MaxPermitExp < @Exp THEN @Exp ELSE MaxPermitExp END
WHERE ProgramId = @ProgramId AND Epoch = @Epoch

-- name: Texts_Pause
SELECT t.Id AS RowsKey, t.Version AS Version, t.Reason AS Reason, t.DeclineReason AS DeclineReason, t.ChangedWhat AS CopyChangedWhat,
  p.Code AS OfPlace, t.Origin AS OfKind, t.ProgramId AS OfProgram, t.PlacedById AS OfAuthor
FROM Pause t
JOIN Program p ON p.Id = t.ProgramId
WHERE t.IncidentId = @Subject OR (t.ProgramId = @Subject AND t.IncidentId IS NULL)

-- name: ViolationAlert_Decided
UPDATE ViolationAlert SET Ending = 'Decided', EndedAt = @Now, EndedByName = @By, Version = Version + 1
WHERE ProgramId = @ProgramId AND Ending IS NULL AND SelfReported = 0

-- name: ViolationAlert_End
UPDATE ViolationAlert SET Ending = 'Acknowledged', EndedAt = @Now, EndedByName = @By, Note = @Note, Version = Version + 1
WHERE ProgramId = @ProgramId AND Ending IS NULL

-- name: ViolationAlert_Insert
INSERT INTO ViolationAlert (ProgramId, RaisedAt, SelfReported, Version) VALUES (@ProgramId, @Now, @SelfReported, 1)

-- name: ViolationAlert_Load
SELECT ProgramId, RaisedAt, SelfReported, Ending, EndedByName, Version FROM ViolationAlert WHERE ProgramId = @ProgramId

-- name: ViolationAlert_Raise
UPDATE ViolationAlert SET RaisedAt = @Now, SelfReported = @SelfReported, Ending = NULL, EndedAt = NULL, EndedByName = NULL, Note = NULL,
  Version = Version + 1
WHERE ProgramId = @ProgramId

-- name: ViolationAlert_SaidSo
UPDATE ViolationAlert SET SelfReported = 1 WHERE ProgramId = @ProgramId AND Ending IS NULL
