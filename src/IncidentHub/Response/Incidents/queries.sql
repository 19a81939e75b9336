-- name: Fragment_incidentcolumns
i.Id AS Id, i.Code AS Code, i.Title AS Title, i.Sev AS Sev, i.Status AS Status, i.Confidentiality AS Confidentiality, i.Cycle AS Cycle,
  i.Programs AS Programs, i.DeclaredAt AS DeclaredAt, i.ClosedAt AS ClosedAt, i.UpdateDueAt AS UpdateDueAt, i.ChangedAt AS ChangedAt,
    i.Version AS Version,
  (SELECT p.DisplayName FROM IncidentPerson ip JOIN Person p ON p.Id = ip.PersonId WHERE ip.IncidentId = i.Id
    AND ip.Role = 'Commander') AS Commander

-- name: Fragment_incidentfilter
AND i.IsOpen = @IsOpen --?Open
  AND i.Status = @Status --?Status
  AND i.Sev = @Sev --?Sev
  AND +i.Sev BETWEEN @SevFrom AND @SevTo --?SevRange
  AND i.DeclaredAt >= @From --?From
  AND i.DeclaredAt < @To --?To
  AND i.UpdateDueAt <= @UpdateDueBy --?UpdateDueBy
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId --?Program
    AND fp.WithdrawnReason IS NULL) --?Program
  AND EXISTS (SELECT 1 FROM IncidentPerson fm WHERE fm.IncidentId = i.Id AND fm.PersonId = @PersonId) --?Person
  AND EXISTS (SELECT 1 FROM IncidentWord f1 WHERE f1.IncidentId = i.Id AND f1.Word >= @Word1 AND f1.Word < @Word1End) --?Word1
  AND EXISTS (SELECT 1 FROM IncidentWord f2 WHERE f2.IncidentId = i.Id AND f2.Word >= @Word2 AND f2.Word < @Word2End) --?Word2
  AND EXISTS (SELECT 1 FROM IncidentWord f3 WHERE f3.IncidentId = i.Id AND f3.Word >= @Word3 AND f3.Word < @Word3End) --?Word3
  AND EXISTS (SELECT 1 FROM IncidentWord f4 WHERE f4.IncidentId = i.Id AND f4.Word >= @Word4 AND f4.Word < @Word4End) --?Word4
  AND i.DeclaredAt <= @AfterAt AND (i.DeclaredAt < @AfterAt OR i.Id < @AfterId) --?After

-- name: Fragment_incidentrow
i.Id AS Id, i.Code AS Code, i.Title AS Title, i.Summary AS Summary, i.Sev AS Sev, i.DeclaredSev AS DeclaredSev, i.Status AS Status,
  i.Confidentiality AS Confidentiality,
  i.MergedIntoId AS MergedIntoId, i.FlagId AS FlagId, i.ExposureStartedAt AS ExposureStartedAt, i.DetectedAt AS DetectedAt,
    i.FlaggedAt AS FlaggedAt,
  i.AcknowledgedAt AS AcknowledgedAt, i.DeclaredAt AS DeclaredAt, i.ClosedAt AS ClosedAt, i.LastUpdateAt AS LastUpdateAt,
    i.UpdateDueAt AS UpdateDueAt,
  i.Version AS Version, i.ChangedAt AS ChangedAt, i.ChangedBy AS ChangedBy, i.ChangedWhat AS ChangedWhat

-- name: Fragment_own_program
op.WithdrawnReason IS NULL AND (p.OwnerId = @ViewerId
    OR EXISTS (SELECT 1 FROM ProgramDeputy od WHERE od.ProgramId = p.Id AND od.PersonId = @ViewerId))

-- name: Fragment_relatedcolumns
i.Id AS Id, i.Code AS Code, i.Title AS Title, i.Sev AS Sev, i.Status AS Status, i.Confidentiality AS Confidentiality,
  i.DeclaredAt AS DeclaredAt

-- name: Fragment_visible
(i.Confidentiality = 'Open' OR @ViewerSeesRestricted = 1
  OR EXISTS (SELECT 1 FROM IncidentPerson vp WHERE vp.IncidentId = i.Id AND vp.PersonId = @ViewerId)
  OR EXISTS (SELECT 1 FROM BreakGlass vg WHERE vg.IncidentId = i.Id AND vg.PersonId = @ViewerId AND vg.EndsAt > @ViewerAt))

-- name: BreakGlass_Has
SELECT COUNT(*) FROM BreakGlass b WHERE b.IncidentId = @IncidentId AND b.PersonId = @PersonId AND b.EndsAt > @Now

-- name: BreakGlass_Insert
-- writes: BreakGlass @IncidentId
INSERT INTO BreakGlass (Id, IncidentId, PersonId, PersonName, Reason, OpenedAt, EndsAt)
VALUES (@Id, @IncidentId, @PersonId, @PersonName, @Reason, @OpenedAt, @EndsAt)

-- name: BreakGlass_OfIncident
SELECT i.Code AS IncidentCode, b.PersonName AS PersonName, b.Reason AS Reason, b.OpenedAt AS OpenedAt, b.EndsAt AS EndsAt
FROM BreakGlass b JOIN Incident i ON i.Id = b.IncidentId
WHERE b.IncidentId = @IncidentId AND b.EndsAt > @Now
ORDER BY b.OpenedAt, b.Id

-- name: BreakGlass_ToTell
SELECT i.Code AS IncidentCode, b.PersonName AS PersonName, b.Reason AS Reason, b.OpenedAt AS OpenedAt, b.EndsAt AS EndsAt
FROM BreakGlass b JOIN Incident i ON i.Id = b.IncidentId
WHERE b.OpenedAt > @Since AND b.PersonId <> @ViewerId AND {{visible}}
  AND (@IsPrivacy = 1
    OR EXISTS (SELECT 1 FROM IncidentPerson c WHERE c.IncidentId = i.Id AND c.PersonId = @ViewerId AND c.Role = 'Commander'))
ORDER BY b.OpenedAt, b.Id

-- name: Exposure_Insert
-- writes: Exposure @IncidentId
INSERT INTO Exposure (Id, IncidentId, DatasetId, DatasetName, Ordinal, Categories, PromisedScope, PromisedName, ActualScope, ActualName,
  ExposedFrom, ExposedUntil, Encrypted,
  Records, Subjects, RecipientsKnown, EvidenceOfAccess, Note, WithdrawnReason)
VALUES (@Id, @IncidentId, @DatasetId, @DatasetName, @Ordinal, @Categories, @PromisedScope, @PromisedName, @ActualScope, @ActualName,
  @ExposedFrom, @ExposedUntil, @Encrypted,
  @Records, @Subjects, @RecipientsKnown, @EvidenceOfAccess, @Note, @WithdrawnReason)

-- name: Exposure_List
SELECT e.Id AS Id, e.DatasetId AS DatasetId, e.DatasetName AS DatasetName, e.Categories AS Categories, e.PromisedScope AS PromisedScope,
  e.PromisedName AS PromisedName,
  e.ActualScope AS ActualScope, e.ActualName AS ActualName, e.ExposedFrom AS ExposedFrom, e.ExposedUntil AS ExposedUntil,
    e.Encrypted AS Encrypted, e.Records AS Records,
  e.Subjects AS Subjects, e.RecipientsKnown AS RecipientsKnown, e.EvidenceOfAccess AS EvidenceOfAccess, e.Note AS Note,
    e.WithdrawnReason AS WithdrawnReason
FROM Exposure e WHERE e.IncidentId = @Id ORDER BY e.Ordinal

-- name: Exposure_Update
-- writes: Exposure @IncidentId
UPDATE Exposure SET Categories = @Categories, PromisedScope = @PromisedScope, PromisedName = @PromisedName, ActualScope = @ActualScope,
  ActualName = @ActualName,
  ExposedFrom = @ExposedFrom, ExposedUntil = @ExposedUntil, Encrypted = @Encrypted, Records = @Records, Subjects = @Subjects,
    RecipientsKnown = @RecipientsKnown,
  EvidenceOfAccess = @EvidenceOfAccess, Note = @Note, WithdrawnReason = @WithdrawnReason
WHERE Id = @Id AND IncidentId = @IncidentId

-- name: ExposureRevision_AsOf
SELECT r.ExposureId AS Id, r.DatasetId AS DatasetId, r.DatasetName AS DatasetName, r.Categories AS Categories,
  r.PromisedScope AS PromisedScope, r.PromisedName AS PromisedName, r.ActualScope AS ActualScope, r.ActualName AS ActualName,
  r.ExposedFrom AS ExposedFrom, r.ExposedUntil AS ExposedUntil, r.Encrypted AS Encrypted, r.Records AS Records, r.Subjects AS Subjects,
  r.RecipientsKnown AS RecipientsKnown, r.EvidenceOfAccess AS EvidenceOfAccess, r.Note AS Note, r.WithdrawnReason AS WithdrawnReason
FROM ExposureRevision r
WHERE r.IncidentId = @Id AND r.RecordedAt <= @AsOf
  AND NOT EXISTS (SELECT 1 FROM ExposureRevision x
    WHERE x.IncidentId = r.IncidentId AND x.ExposureId = r.ExposureId AND x.RecordedAt <= @AsOf
    AND (x.RecordedAt > r.RecordedAt OR (x.RecordedAt = r.RecordedAt AND x.RevisionId > r.RevisionId)))
ORDER BY r.Ordinal

-- name: IncidentCycleRevision_AsOf
SELECT r.Number AS Number, r.PolicyVersion AS PolicyVersion, r.Reason AS Reason, r.OpenedAt AS OpenedAt,
  r.PauseOrderedAt AS PauseOrderedAt, r.CollectionStoppedAt AS CollectionStoppedAt, r.ContainedAt AS ContainedAt, r.ResolvedAt AS ResolvedAt
FROM IncidentCycleRevision r
WHERE r.IncidentId = @Id AND r.RecordedAt <= @AsOf
  AND NOT EXISTS (SELECT 1 FROM IncidentCycleRevision x
    WHERE x.IncidentId = r.IncidentId AND x.Number = r.Number AND x.RecordedAt <= @AsOf
    AND (x.RecordedAt > r.RecordedAt OR (x.RecordedAt = r.RecordedAt AND x.RevisionId > r.RevisionId)))
ORDER BY r.Number

-- name: IncidentCycleRevision_Insert
INSERT INTO IncidentCycleRevision (IncidentId, Number, RecordedAt, RevisionId, PolicyVersion, Reason, OpenedAt, PauseOrderedAt,
  CollectionStoppedAt, ContainedAt, ResolvedAt)
SELECT c.IncidentId, c.Number, @RecordedAt, @RevisionId, c.PolicyVersion, c.Reason, c.OpenedAt, c.PauseOrderedAt,
  c.CollectionStoppedAt, c.ContainedAt, c.ResolvedAt
FROM IncidentCycle c
WHERE c.IncidentId = @IncidentId AND c.Number = @Number

-- name: IncidentProgramRevision_AsOf
SELECT r.ProgramId AS ProgramId, r.ProgramCode AS ProgramCode, r.Kind AS Kind, r.Note AS Note, r.WithdrawnReason AS WithdrawnReason
FROM IncidentProgramRevision r
WHERE r.IncidentId = @Id AND r.RecordedAt <= @AsOf
  AND NOT EXISTS (SELECT 1 FROM IncidentProgramRevision x
    WHERE x.IncidentId = r.IncidentId AND x.ProgramId = r.ProgramId AND x.RecordedAt <= @AsOf
    AND (x.RecordedAt > r.RecordedAt OR (x.RecordedAt = r.RecordedAt AND x.RevisionId > r.RevisionId)))
ORDER BY r.Ordinal

-- name: IncidentRevision_AsOf
SELECT r.Title AS Title, r.Sev AS Sev, r.Status AS Status, r.Confidentiality AS Confidentiality, r.ExposureStartedAt AS ExposureStartedAt,
  r.DetectedAt AS DetectedAt, r.FlaggedAt AS FlaggedAt, r.AcknowledgedAt AS AcknowledgedAt, r.DeclaredAt AS DeclaredAt,
  r.ClosedAt AS ClosedAt, r.LastUpdateAt AS LastUpdateAt, r.UpdateDueAt AS UpdateDueAt
FROM IncidentRevision r
WHERE r.IncidentId = @Id AND r.RecordedAt <= @AsOf
  AND NOT EXISTS (SELECT 1 FROM IncidentRevision x WHERE x.IncidentId = r.IncidentId AND x.RecordedAt <= @AsOf
    AND (x.RecordedAt > r.RecordedAt OR (x.RecordedAt = r.RecordedAt AND x.RevisionId > r.RevisionId)))

-- name: IncidentRevision_Insert
-- The incident with its cycles, and those of its exposures and programs that were changed, as they stand now.
INSERT INTO IncidentRevision (IncidentId, RecordedAt, RevisionId, Title, Sev, Status, Confidentiality, ExposureStartedAt, DetectedAt,
  FlaggedAt, AcknowledgedAt, DeclaredAt, ClosedAt, LastUpdateAt, UpdateDueAt)
SELECT i.Id, @RecordedAt, @RevisionId, i.Title, i.Sev, i.Status, i.Confidentiality, i.ExposureStartedAt, i.DetectedAt, i.FlaggedAt,
  i.AcknowledgedAt, i.DeclaredAt, i.ClosedAt, i.LastUpdateAt, i.UpdateDueAt
FROM Incident i
WHERE i.Id = @IncidentId;
INSERT INTO IncidentCycleRevision (IncidentId, Number, RecordedAt, RevisionId, PolicyVersion, Reason, OpenedAt, PauseOrderedAt,
  CollectionStoppedAt, ContainedAt, ResolvedAt)
SELECT c.IncidentId, c.Number, @RecordedAt, @RevisionId, c.PolicyVersion, c.Reason, c.OpenedAt, c.PauseOrderedAt,
  c.CollectionStoppedAt, c.ContainedAt, c.ResolvedAt
FROM IncidentCycle c
WHERE c.IncidentId = @IncidentId;
INSERT INTO ExposureRevision (IncidentId, ExposureId, RecordedAt, RevisionId, DatasetId, DatasetName, Ordinal, Categories, PromisedScope,
  PromisedName, ActualScope, ActualName, ExposedFrom, ExposedUntil, Encrypted, Records, Subjects, RecipientsKnown, EvidenceOfAccess, Note,
  WithdrawnReason)
SELECT e.IncidentId, e.Id, @RecordedAt, @RevisionId, e.DatasetId, e.DatasetName, e.Ordinal, e.Categories, e.PromisedScope,
  e.PromisedName,
  e.ActualScope, e.ActualName, e.ExposedFrom, e.ExposedUntil, e.Encrypted, e.Records, e.Subjects, e.RecipientsKnown, e.EvidenceOfAccess,
  e.Note, e.WithdrawnReason
FROM Exposure e
WHERE e.IncidentId = @IncidentId AND e.Id IN {{ids}};
INSERT INTO IncidentProgramRevision (IncidentId, ProgramId, RecordedAt, RevisionId, ProgramCode, Ordinal, Kind, Note, WithdrawnReason)
SELECT l.IncidentId, l.ProgramId, @RecordedAt, @RevisionId, l.ProgramCode, l.Ordinal, l.Kind, l.Note, l.WithdrawnReason
FROM IncidentProgram l
WHERE l.IncidentId = @IncidentId AND l.ProgramId IN {{ids}}

-- name: IncidentRevision_Since
-- Roles, obligations and tasks are recorded since the incident is, or since a later time.
SELECT MIN(r.RecordedAt) AS RecordedAt,
  (SELECT s.RecordedAt FROM IncidentPartsSince s WHERE s.IncidentId = @Id) AS PartsRecordedAt
FROM IncidentRevision r
WHERE r.IncidentId = @Id

-- name: Incident_Steps
-- The steps of the life cycle, in the order in which they were recorded.
SELECT t.Kind AS Kind, t.RecordedAt AS RecordedAt
FROM TimelineEntry t
WHERE t.IncidentId = @Id AND t.Kind IN ('declared', 'contained', 'resolved', 'closed', 'reopened', 'merged')
ORDER BY t.RecordedAt, t.Id

-- name: IncidentAdvice_Insert
-- writes: IncidentAdvice @IncidentId
INSERT INTO IncidentAdvice (IncidentId, Ordinal, Cycle, Step, Score, SuggestedSev, Sev, Reason, RecordedAt, RecordedBy)
VALUES (@IncidentId, @Ordinal, @Cycle, @Step, @Score, @SuggestedSev, @Sev, @Reason, @RecordedAt, @RecordedBy)

-- name: IncidentAdvice_List
SELECT a.Cycle AS Cycle, a.Step AS Step, a.Score AS Score, a.SuggestedSev AS SuggestedSev, a.Sev AS Sev, a.Reason AS Reason,
  a.RecordedAt AS RecordedAt, a.RecordedBy AS RecordedBy
FROM IncidentAdvice a WHERE a.IncidentId = @Id ORDER BY a.Ordinal

-- name: IncidentAssessment_Insert
-- writes: IncidentAssessment @IncidentId
INSERT INTO IncidentAssessment (IncidentId, Ordinal, Cycle, Identifiability, Confidentiality, Integrity, Availability, Malicious,
  ContextAdjustment, Reason, AssessedAt, AssessedBy)
VALUES (@IncidentId, @Ordinal, @Cycle, @Identifiability, @Confidentiality, @Integrity, @Availability, @Malicious, @ContextAdjustment,
  @Reason, @AssessedAt, @AssessedBy)

-- name: IncidentAssessment_List
SELECT a.Cycle AS Cycle, a.Identifiability AS Identifiability, a.Confidentiality AS Confidentiality, a.Integrity AS Integrity,
  a.Availability AS Availability,
  a.Malicious AS Malicious, a.ContextAdjustment AS ContextAdjustment, a.Reason AS Reason, a.AssessedAt AS AssessedAt,
    a.AssessedBy AS AssessedBy
FROM IncidentAssessment a WHERE a.IncidentId = @Id ORDER BY a.Ordinal

-- name: IncidentCycle_Insert
-- writes: IncidentCycle @IncidentId
INSERT INTO IncidentCycle (IncidentId, Number, PolicyVersion, Reason, OpenedAt, PauseOrderedAt, CollectionStoppedAt, ContainedAt,
  ResolvedAt)
VALUES (@IncidentId, @Number, @PolicyVersion, @Reason, @OpenedAt, @PauseOrderedAt, @CollectionStoppedAt, @ContainedAt, @ResolvedAt)

-- name: IncidentCycle_List
SELECT c.Number AS Number, c.PolicyVersion AS PolicyVersion, c.Reason AS Reason, c.OpenedAt AS OpenedAt, c.PauseOrderedAt AS PauseOrderedAt,
  c.CollectionStoppedAt AS CollectionStoppedAt, c.ContainedAt AS ContainedAt, c.ResolvedAt AS ResolvedAt
FROM IncidentCycle c WHERE c.IncidentId = @Id ORDER BY c.Number

-- name: IncidentCycle_Update
-- writes: IncidentCycle @IncidentId
-- People and the switch write the same cycle: a writer that read it before the other's change finds no row and retries.
UPDATE IncidentCycle SET OpenedAt = @OpenedAt, PauseOrderedAt = @PauseOrderedAt, CollectionStoppedAt = @CollectionStoppedAt,
  ContainedAt = @ContainedAt, ResolvedAt = @ResolvedAt
WHERE IncidentId = @IncidentId AND Number = @Number AND OpenedAt = @WasOpenedAt
  AND (PauseOrderedAt = @WasPauseOrderedAt OR (PauseOrderedAt IS NULL AND @WasPauseOrderedAt IS NULL))
  AND (CollectionStoppedAt = @WasCollectionStoppedAt OR (CollectionStoppedAt IS NULL AND @WasCollectionStoppedAt IS NULL))
  AND (ContainedAt = @WasContainedAt OR (ContainedAt IS NULL AND @WasContainedAt IS NULL))
  AND (ResolvedAt = @WasResolvedAt OR (ResolvedAt IS NULL AND @WasResolvedAt IS NULL))

-- name: MeasuredIncident_Changed
SELECT s.Id AS Id, s.ChangedAt AS ChangedAt, s.Sev AS Sev, s.Status AS Status, s.Confidentiality AS Confidentiality,
  s.Programs AS Programs, s.FlaggedAt AS FlaggedAt,
  s.AcknowledgedAt AS AcknowledgedAt, s.DeclaredAt AS DeclaredAt, c.Number AS Number, c.PolicyVersion AS PolicyVersion,
    c.OpenedAt AS OpenedAt,
  c.PauseOrderedAt AS PauseOrderedAt, c.CollectionStoppedAt AS CollectionStoppedAt, c.ContainedAt AS ContainedAt, c.ResolvedAt AS ResolvedAt
FROM (
  SELECT i.Id, i.ChangedAt, i.Sev, i.Status, i.Confidentiality, i.Programs, i.FlaggedAt, i.AcknowledgedAt, i.DeclaredAt
  FROM Incident i
  WHERE i.ChangedAt >= @AfterAt AND (i.ChangedAt > @AfterAt OR i.Id > @AfterId)
  ORDER BY i.ChangedAt, i.Id
  {{page}}
) s
JOIN IncidentCycle c ON c.IncidentId = s.Id
ORDER BY s.ChangedAt, s.Id

-- name: MeasuredIncident_Count
SELECT COUNT(*) FROM Incident

-- name: IncidentLink_Insert
INSERT INTO IncidentLink (LinkId, IncidentId, OtherId, Reason, LinkedAt, LinkedById, LinkedByName)
VALUES (@LinkId, @IncidentId, @OtherId, @Reason, @LinkedAt, @LinkedById, @LinkedByName)

-- name: IncidentLink_List
-- With the other incident, where the viewer may see it.
SELECT k.LinkId AS LinkId, k.Reason AS Reason, k.LinkedAt AS LinkedAt, k.LinkedByName AS LinkedByName, k.RemovedAt AS RemovedAt,
  k.RemovedByName AS RemovedByName, k.RemoveReason AS RemoveReason, {{relatedcolumns}}
FROM IncidentLink k JOIN Incident i ON i.Id = k.OtherId
WHERE k.IncidentId = @IncidentId AND {{visible}}
ORDER BY k.LinkedAt DESC, k.LinkId DESC
{{page}}

-- name: IncidentLink_Active
SELECT k.LinkId AS Id FROM IncidentLink k WHERE k.IncidentId = @IncidentId AND k.OtherId = @OtherId AND k.RemovedAt IS NULL

-- name: IncidentLink_Remove
UPDATE IncidentLink SET RemovedAt = @RemovedAt, RemovedById = @RemovedById, RemovedByName = @RemovedByName, RemoveReason = @RemoveReason
WHERE IncidentId = @IncidentId AND LinkId = @LinkId AND RemovedAt IS NULL

-- name: IncidentSeriesMember_All
-- For the rules: every member of the series of an incident, in order.
SELECT m.SeriesId AS SeriesId, m.IncidentId AS IncidentId
FROM IncidentSeriesMember o JOIN IncidentSeriesMember m ON m.SeriesId = o.SeriesId
WHERE o.IncidentId = @IncidentId
ORDER BY m.Ordinal

-- name: IncidentSeriesMember_Delete
DELETE FROM IncidentSeriesMember WHERE SeriesId = @SeriesId

-- name: IncidentSeriesMember_Insert
INSERT INTO IncidentSeriesMember (SeriesId, IncidentId, Ordinal) VALUES (@SeriesId, @IncidentId, @Ordinal)

-- name: IncidentSeriesMember_List
-- The members that the viewer may see, in order.
SELECT m.SeriesId AS SeriesId, {{relatedcolumns}}
FROM IncidentSeriesMember o
JOIN IncidentSeriesMember m ON m.SeriesId = o.SeriesId
JOIN Incident i ON i.Id = m.IncidentId
WHERE o.IncidentId = @IncidentId AND {{visible}}
ORDER BY m.Ordinal

-- name: IncidentSeries_Delete
DELETE FROM IncidentSeries WHERE Id = @Id

-- name: IncidentSeries_Find
SELECT s.Id AS Id, s.Name AS Name, s.Version AS Version, s.ChangedAt AS ChangedAt, s.ChangedBy AS ChangedBy, s.ChangedWhat AS ChangedWhat
FROM IncidentSeries s WHERE s.Id = @Id

-- name: IncidentSeries_Insert
INSERT INTO IncidentSeries (Id, Name, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES (@Id, @Name, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)

-- name: IncidentSeries_Update
UPDATE IncidentSeries SET Name = @Name, Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @ExpectedVersion

-- name: IncidentPerson_AsOf
SELECT ip.Role AS Role, ip.PersonId AS PersonId, p.DisplayName AS Name
FROM IncidentPersonPeriod ip JOIN Person p ON p.Id = ip.PersonId
WHERE ip.IncidentId = @Id AND ip.HeldFrom <= @AsOf AND (ip.HeldUntil IS NULL OR ip.HeldUntil > @AsOf)
ORDER BY ip.Role, p.DisplayName

-- name: IncidentPerson_CountFew
SELECT COUNT(*) AS Found
  FROM (SELECT r.IncidentId AS IncidentId FROM IncidentPerson r WHERE r.PersonId = @PersonId ORDER BY r.IncidentId {{page}}) few

-- name: IncidentPerson_Delete
-- writes: IncidentPerson @IncidentId
DELETE FROM IncidentPerson WHERE IncidentId = @IncidentId AND Role = @Role AND PersonId = @PersonId;
UPDATE IncidentPersonPeriod SET HeldUntil = @At
WHERE IncidentId = @IncidentId AND Role = @Role AND PersonId = @PersonId AND HeldUntil IS NULL

-- name: IncidentPerson_Insert
-- writes: IncidentPerson @IncidentId
INSERT INTO IncidentPerson (IncidentId, Role, PersonId) VALUES (@IncidentId, @Role, @PersonId);
INSERT INTO IncidentPersonPeriod (IncidentId, Role, PersonId, HeldFrom, RevisionId)
VALUES (@IncidentId, @Role, @PersonId, @At, @RevisionId)

-- name: IncidentPerson_List
SELECT ip.Role AS Role, ip.PersonId AS PersonId, p.DisplayName AS Name
FROM IncidentPerson ip JOIN Person p ON p.Id = ip.PersonId WHERE ip.IncidentId = @Id ORDER BY ip.Role, p.DisplayName

-- name: IncidentProgram_CountFew
SELECT COUNT(*) AS Found
  FROM (SELECT l.IncidentId AS IncidentId FROM IncidentProgram l WHERE l.ProgramId = @ProgramId ORDER BY l.IncidentId {{page}}) few

-- name: IncidentProgram_Insert
-- writes: IncidentProgram @IncidentId
INSERT INTO IncidentProgram (IncidentId, ProgramId, ProgramCode, Ordinal, Kind, Note, WithdrawnReason)
VALUES (@IncidentId, @ProgramId, @ProgramCode, @Ordinal, @Kind, @Note, @WithdrawnReason)

-- name: IncidentProgram_List
SELECT l.ProgramId AS ProgramId, l.ProgramCode AS ProgramCode, l.Kind AS Kind, l.Note AS Note, l.WithdrawnReason AS WithdrawnReason
FROM IncidentProgram l WHERE l.IncidentId = @Id ORDER BY l.Ordinal

-- name: IncidentProgram_Update
-- writes: IncidentProgram @IncidentId
UPDATE IncidentProgram SET Ordinal = @Ordinal, Kind = @Kind, Note = @Note, WithdrawnReason = @WithdrawnReason WHERE IncidentId = @IncidentId
  AND ProgramId = @ProgramId

-- name: IncidentSetAside_Insert
-- writes: IncidentSetAside @IncidentId
INSERT INTO IncidentSetAside (IncidentId, Ordinal, SubjectType, SubjectId, SubjectName, Kind, Reason, SetAsideAt, SetAsideBy)
VALUES (@IncidentId, @Ordinal, @SubjectType, @SubjectId, @SubjectName, @Kind, @Reason, @SetAsideAt, @SetAsideBy)

-- name: IncidentSetAside_List
SELECT s.SubjectType AS SubjectType, s.SubjectId AS SubjectId, s.SubjectName AS SubjectName, s.Kind AS Kind, s.Reason AS Reason,
  s.SetAsideAt AS SetAsideAt, s.SetAsideBy AS SetAsideBy
FROM IncidentSetAside s WHERE s.IncidentId = @Id ORDER BY s.Ordinal

-- name: IncidentSevChange_Insert
-- writes: IncidentSevChange @IncidentId
INSERT INTO IncidentSevChange (IncidentId, Ordinal, Cycle, FromSev, ToSev, Reason, ChangedAt, ChangedBy)
VALUES (@IncidentId, @Ordinal, @Cycle, @FromSev, @ToSev, @Reason, @ChangedAt, @ChangedBy)

-- name: IncidentSevChange_List
SELECT s.Cycle AS Cycle, s.FromSev AS FromSev, s.ToSev AS ToSev, s.Reason AS Reason, s.ChangedAt AS ChangedAt, s.ChangedBy AS ChangedBy
FROM IncidentSevChange s WHERE s.IncidentId = @Id ORDER BY s.Ordinal

-- name: IncidentWord_CountFew
-- How many incidents have the word, counted up to a limit.
SELECT COUNT(*) AS Found
  FROM (SELECT w.IncidentId AS IncidentId FROM IncidentWord w WHERE w.Word >= @Word AND w.Word < @WordEnd ORDER BY w.Word {{page}}) few

-- name: IncidentWord_Delete
DELETE FROM IncidentWord WHERE IncidentId = @IncidentId

-- name: IncidentWord_Insert (sqlite)
INSERT INTO IncidentWord (Word, IncidentId) SELECT j.value, @IncidentId FROM json_each(@Words) j

-- name: IncidentWord_Insert (sqlserver)
INSERT INTO IncidentWord (Word, IncidentId) SELECT CAST(j.value AS nvarchar(48)), @IncidentId FROM OPENJSON(@Words) j

-- name: Incident_CodesVisible
SELECT i.Id AS Id, i.Code AS Code
FROM Incident i
WHERE i.Id IN {{ids}} AND {{visible}}

-- name: Exposure_CountUnreviewed
SELECT COUNT(*) FROM Exposure x
WHERE x.IncidentId IN {{ids}} AND x.WithdrawnReason IS NULL AND x.EvidenceOfAccess NOT IN ('NoneFound', 'Found')

-- name: Incident_CountRestricted
SELECT COUNT(*) FROM Incident i WHERE i.Confidentiality = 'Restricted' AND i.Id IN {{ids}}

-- name: Incident_Facts
SELECT i.Id AS Id, i.Code AS Code, i.Title AS Title, i.Sev AS Sev, i.Status AS Status, i.Cycle AS Cycle,
  i.Confidentiality AS Confidentiality, i.DeclaredAt AS DeclaredAt, i.Version AS Version,
  (SELECT ip.PersonId FROM IncidentPerson ip WHERE ip.IncidentId = i.Id AND ip.Role = 'Commander') AS CommanderId
FROM Incident i
WHERE i.Id = @Id --?ById
WHERE i.Code = @Code --?!ById
  AND {{visible}} --?Visible

-- name: Incident_Find
SELECT {{incidentrow}} FROM Incident i WHERE i.Id = @Id

-- name: Incident_FindVisible
SELECT {{incidentrow}} FROM Incident i WHERE i.Code = @Code AND {{visible}}

-- name: Incident_Insert
-- writes: Incident @Id
INSERT INTO Incident (Id, Code, Number, Title, Summary, Sev, DeclaredSev, Status, IsOpen, Confidentiality, MergedIntoId, FlagId, Cycle,
  Programs, ExposureStartedAt, DetectedAt,
  FlaggedAt, AcknowledgedAt, DeclaredAt, ClosedAt, LastUpdateAt, UpdateDueAt, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES (@Id, @Code, @Number, @Title, @Summary, @Sev, @Sev, @Status, @IsOpen, @Confidentiality, @MergedIntoId, @FlagId, @Cycle, @Programs,
  @ExposureStartedAt, @DetectedAt,
  @FlaggedAt, @AcknowledgedAt, @DeclaredAt, @ClosedAt, @LastUpdateAt, @UpdateDueAt, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)

-- name: Incident_List
-- Newest first, along an index in that order: for filters that most incidents pass.
SELECT {{incidentcolumns}}
FROM Incident i
WHERE {{visible}}
{{incidentfilter}}
ORDER BY i.DeclaredAt DESC, i.Id DESC
{{page}}

-- name: Incident_ListByPerson
-- For one person: starts from the incidents on which they have a role.
SELECT {{incidentcolumns}}
FROM (SELECT DISTINCT r.IncidentId AS IncidentId FROM IncidentPerson r WHERE r.PersonId = @RarePersonId) few
CROSS JOIN Incident i
WHERE i.Id = few.IncidentId AND {{visible}}
{{incidentfilter}}
ORDER BY i.DeclaredAt DESC, i.Id DESC
{{page}}

-- name: Incident_ListByProgram
-- For a program with few incidents: starts from those.
SELECT {{incidentcolumns}}
FROM (SELECT l.IncidentId AS IncidentId FROM IncidentProgram l WHERE l.ProgramId = @RareProgramId AND l.WithdrawnReason IS NULL) few
CROSS JOIN Incident i
WHERE i.Id = few.IncidentId AND {{visible}}
{{incidentfilter}}
ORDER BY i.DeclaredAt DESC, i.Id DESC
{{page}}

-- name: Incident_ListByWord
-- For a rare word: starts from its incidents, then applies the other filters. CROSS JOIN forces this order in SQLite.
SELECT {{incidentcolumns}}
FROM (SELECT DISTINCT w.IncidentId AS IncidentId FROM IncidentWord w WHERE w.Word >= @RareWord AND w.Word < @RareWordEnd) few
CROSS JOIN Incident i
WHERE i.Id = few.IncidentId AND {{visible}}
{{incidentfilter}}
ORDER BY i.DeclaredAt DESC, i.Id DESC
{{page}}

-- name: Incident_ListChanged
-- For clients that keep a copy: changes since a time, oldest first, so that a reader never misses one.
SELECT {{incidentcolumns}}
FROM Incident i
WHERE i.ChangedAt >= @Since AND {{visible}}
  AND i.ChangedAt < @Settled --?Settled
  AND i.ChangedAt >= @AfterAt AND (i.ChangedAt > @AfterAt OR i.Id > @AfterId) --?After
ORDER BY i.ChangedAt, i.Id
{{page}}

-- name: Incident_OwnsProgram
SELECT CASE WHEN EXISTS (SELECT 1 FROM IncidentProgram op JOIN Program p ON p.Id = op.ProgramId
  WHERE op.IncidentId = @IncidentId AND {{own_program}}) THEN 1 ELSE 0 END

-- name: Incident_SeenBefore
-- Other incidents that share datasets or programs, those with most in common first, then the newest: a row for each thing that is shared.
-- Of each kind, only the newest candidates count, along its index: a program may have had thousands of incidents.
SELECT b.Id AS Id, b.Code AS Code, b.Title AS Title, b.Sev AS Sev, b.Status AS Status, b.Confidentiality AS Confidentiality,
  b.DeclaredAt AS DeclaredAt, b.Dataset AS Dataset, b.Program AS Program
FROM (
  SELECT a.Id, a.Code, a.Title, a.Sev, a.Status, a.Confidentiality, a.DeclaredAt, a.Dataset, a.Program,
    DENSE_RANK() OVER (ORDER BY a.Shared DESC, a.DeclaredAt DESC, a.Id DESC) AS Place
  FROM (
    SELECT {{relatedcolumns}}, c.Dataset AS Dataset, c.Program AS Program,
      SUM(CASE WHEN c.Dataset IS NOT NULL THEN 2 ELSE 1 END) OVER (PARTITION BY i.Id) AS Shared
    FROM (
      SELECT DISTINCT d.IncidentId, d.DatasetName AS Dataset, CAST(NULL AS nvarchar(24)) AS Program
      FROM (
        SELECT e.IncidentId, e.DatasetName FROM Exposure e
        WHERE e.DatasetId IN {{ids}} AND e.WithdrawnReason IS NULL AND e.IncidentId <> @ExceptId
        ORDER BY e.IncidentId DESC
        {{page}}
      ) d
      UNION ALL
      SELECT p.IncidentId, CAST(NULL AS nvarchar(200)) AS Dataset, p.ProgramCode AS Program
      FROM (
        SELECT l.IncidentId, l.ProgramCode FROM IncidentProgram l
        WHERE l.ProgramId IN {{ids}} AND l.WithdrawnReason IS NULL AND l.IncidentId <> @ExceptId
        ORDER BY l.IncidentId DESC
        {{page}}
      ) p
    ) c
    JOIN Incident i ON i.Id = c.IncidentId
    WHERE i.Status <> 'Merged' AND {{visible}}
  ) a
) b
WHERE b.Place <= @Shown
ORDER BY b.Place, b.Dataset, b.Program

-- name: Incident_SetUpdate
-- writes: Incident @Id
UPDATE Incident SET LastUpdateAt = @LastUpdateAt, UpdateDueAt = @UpdateDueAt WHERE Id = @Id

-- name: Incident_Update
-- writes: Incident @Id
UPDATE Incident SET Title = @Title, Summary = @Summary, Sev = @Sev, Status = @Status, IsOpen = @IsOpen, Confidentiality = @Confidentiality,
  MergedIntoId = @MergedIntoId,
  Cycle = @Cycle, Programs = @Programs, ExposureStartedAt = @ExposureStartedAt, DetectedAt = @DetectedAt, FlaggedAt = @FlaggedAt,
    AcknowledgedAt = @AcknowledgedAt,
  DeclaredAt = @DeclaredAt, ClosedAt = @ClosedAt, LastUpdateAt = @LastUpdateAt, UpdateDueAt = @UpdateDueAt,
  Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @ExpectedVersion

-- name: OpenIncident_BySev
SELECT i.Sev AS Sev, COUNT(*) AS Incidents
FROM Incident i
WHERE i.IsOpen = 1 AND {{visible}}
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId --?Program
    AND fp.WithdrawnReason IS NULL) --?Program
GROUP BY i.Sev

-- name: OpenIncident_UpdatesDue
SELECT i.Code AS Code, i.Title AS Title, i.Sev AS Sev, i.Status AS Status, i.Cycle AS Cycle, i.UpdateDueAt AS UpdateDueAt,
  i.Id AS Id, i.Confidentiality AS Confidentiality,
  COUNT(*) OVER () AS Total,
  (SELECT c.OpenedAt FROM IncidentCycle c WHERE c.IncidentId = i.Id AND c.Number = i.Cycle) AS OpenedAt
FROM Incident i
WHERE i.UpdateDueAt <= @By AND i.IsOpen = 1 AND {{visible}}
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId --?Program
    AND fp.WithdrawnReason IS NULL) --?Program
  AND EXISTS (SELECT 1 FROM IncidentPerson cp WHERE cp.IncidentId = i.Id AND cp.Role IN ('Commander', 'Scribe') --?Sender
    AND cp.PersonId = @SenderId) --?Sender
ORDER BY i.UpdateDueAt, i.Id
{{page}}

-- name: OpenIncident_WorstFirst
SELECT i.Code AS Code, i.Title AS Title, i.Sev AS Sev, i.Status AS Status, i.Cycle AS Cycle, i.UpdateDueAt AS UpdateDueAt,
  i.Id AS Id, i.Confidentiality AS Confidentiality,
  (SELECT c.OpenedAt FROM IncidentCycle c WHERE c.IncidentId = i.Id AND c.Number = i.Cycle) AS OpenedAt
FROM Incident i
WHERE i.IsOpen = 1 AND {{visible}}
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId --?Program
    AND fp.WithdrawnReason IS NULL) --?Program
ORDER BY i.Sev, i.DeclaredAt, i.Id
{{page}}

-- name: Redact_BreakGlass
-- writes: BreakGlass @RowsKey
UPDATE BreakGlass SET Reason = @Reason WHERE IncidentId = @RowsKey AND Id = @KeyId

-- name: Redact_Exposure
-- writes: Exposure @RowsKey
UPDATE Exposure SET PromisedName = @PromisedName, ActualName = @ActualName, Note = @Note, WithdrawnReason = @WithdrawnReason
WHERE IncidentId = @RowsKey AND Id = @KeyId

-- name: Redact_ExposureRevision
UPDATE ExposureRevision SET PromisedName = @PromisedName, ActualName = @ActualName, Note = @Note, WithdrawnReason = @WithdrawnReason
WHERE IncidentId = @RowsKey AND ExposureId = @KeyExposureId AND RevisionId = @KeyRevisionId

-- name: Redact_Incident
-- writes: Incident @RowsKey
UPDATE Incident SET Title = @Title, Summary = @Summary, ChangedWhat = @CopyChangedWhat, Version = @Version + 1
WHERE Id = @RowsKey AND Version = @Version

-- name: Redact_IncidentAdvice
-- writes: IncidentAdvice @RowsKey
UPDATE IncidentAdvice SET Reason = @Reason WHERE IncidentId = @RowsKey AND Ordinal = @KeyOrdinal

-- name: Redact_IncidentAssessment
-- writes: IncidentAssessment @RowsKey
UPDATE IncidentAssessment SET Reason = @Reason WHERE IncidentId = @RowsKey AND Ordinal = @KeyOrdinal

-- name: Redact_IncidentCycle
-- writes: IncidentCycle @RowsKey
UPDATE IncidentCycle SET Reason = @Reason WHERE IncidentId = @RowsKey AND Number = @KeyNumber

-- name: Redact_IncidentCycleRevision
UPDATE IncidentCycleRevision SET Reason = @Reason WHERE IncidentId = @RowsKey AND Number = @KeyNumber AND RevisionId = @KeyRevisionId

-- name: Redact_IncidentLink
UPDATE IncidentLink SET Reason = @Reason, RemoveReason = @RemoveReason WHERE IncidentId = @RowsKey AND LinkId = @KeyLinkId

-- name: Redact_IncidentProgram
-- writes: IncidentProgram @RowsKey
UPDATE IncidentProgram SET Note = @Note, WithdrawnReason = @WithdrawnReason WHERE IncidentId = @RowsKey AND ProgramId = @KeyProgramId

-- name: Redact_IncidentProgramRevision
UPDATE IncidentProgramRevision SET Note = @Note, WithdrawnReason = @WithdrawnReason
WHERE IncidentId = @RowsKey AND ProgramId = @KeyProgramId AND RevisionId = @KeyRevisionId

-- name: Redact_IncidentRevision
UPDATE IncidentRevision SET Title = @Title WHERE IncidentId = @RowsKey AND RevisionId = @KeyRevisionId

-- name: Redact_IncidentSeries
UPDATE IncidentSeries SET Name = @Name, ChangedWhat = @CopyChangedWhat, Version = @Version + 1 WHERE Id = @RowsKey AND Version = @Version

-- name: Redact_IncidentSetAside
-- writes: IncidentSetAside @RowsKey
UPDATE IncidentSetAside SET Reason = @Reason WHERE IncidentId = @RowsKey AND Ordinal = @KeyOrdinal

-- name: Redact_IncidentSevChange
-- writes: IncidentSevChange @RowsKey
UPDATE IncidentSevChange SET Reason = @Reason WHERE IncidentId = @RowsKey AND Ordinal = @KeyOrdinal

-- name: Redact_PrivilegedNote
UPDATE PrivilegedNote SET Body = @Body, DigestSalt = NULL WHERE Id = @RowsKey

-- name: Redact_PrivilegedNoteRevision
UPDATE PrivilegedNoteRevision SET Body = @Body, DigestSalt = NULL WHERE NoteId = @RowsKey AND Revision = @KeyRevision

-- name: Rows_BreakGlass
SELECT t.IncidentId AS RowsKey, t.*
FROM BreakGlass t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Id
{{page}} --?Page

-- name: Rows_Exposure
SELECT t.IncidentId AS RowsKey, t.*
FROM Exposure t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Id
{{page}} --?Page

-- name: Rows_Incident
SELECT t.Id AS RowsKey, t.*
FROM Incident t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_IncidentAdvice
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentAdvice t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Ordinal
{{page}} --?Page

-- name: Rows_IncidentAssessment
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentAssessment t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Ordinal
{{page}} --?Page

-- name: Rows_IncidentCycle
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentCycle t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Number
{{page}} --?Page

-- name: Rows_IncidentPerson
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentPerson t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Role, t.PersonId
{{page}} --?Page

-- name: Rows_IncidentProgram
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentProgram t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.ProgramId
{{page}} --?Page

-- name: Rows_IncidentSetAside
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentSetAside t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Ordinal
{{page}} --?Page

-- name: Rows_IncidentSevChange
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentSevChange t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Ordinal
{{page}} --?Page

-- name: PrivilegedNoteRevision_Insert
-- The salt of the digest in the audit log goes along with the text.
INSERT INTO PrivilegedNoteRevision (NoteId, Revision, Body, RevisedAt, RevisedById, RevisedByName, DigestSalt)
SELECT n.Id, @Revision, @Body, @RevisedAt, @RevisedById, @RevisedByName, n.DigestSalt FROM PrivilegedNote n WHERE n.Id = @NoteId

-- name: PrivilegedNoteRevision_List
SELECT r.NoteId AS NoteId, r.Revision AS Revision, r.Body AS Body, r.RevisedAt AS RevisedAt, r.RevisedByName AS RevisedByName
FROM PrivilegedNoteRevision r JOIN PrivilegedNote n ON n.Id = r.NoteId
WHERE n.PartId = @PartId
ORDER BY r.NoteId, r.Revision

-- name: PrivilegedNote_Find
SELECT n.Id AS Id, n.Body AS Body, n.WrittenAt AS WrittenAt, n.AuthorId AS AuthorId, n.Revision AS Revision
FROM PrivilegedNote n WHERE n.Id = @Id AND n.PartId = @PartId

-- name: PrivilegedNote_Insert
INSERT INTO PrivilegedNote (Id, PartId, Body, WrittenAt, AuthorId, AuthorName, Revision, DigestSalt)
VALUES (@Id, @PartId, @Body, @WrittenAt, @AuthorId, @AuthorName, @Revision, @DigestSalt)

-- name: PrivilegedNote_List
SELECT n.Id AS Id, n.Body AS Body, n.WrittenAt AS WrittenAt, n.AuthorId AS AuthorId, n.AuthorName AS AuthorName, n.Revision AS Revision
FROM PrivilegedNote n
WHERE n.PartId = @PartId
ORDER BY n.WrittenAt DESC, n.Id DESC

-- name: PrivilegedNote_Revise
UPDATE PrivilegedNote SET Body = @Body, Revision = @Revision, DigestSalt = @DigestSalt WHERE Id = @Id AND Revision = @Revision - 1

-- name: PrivilegedPart_Find
SELECT p.Id AS Id FROM PrivilegedPart p WHERE p.IncidentId = @IncidentId

-- name: PrivilegedPart_Insert (sqlite)
INSERT INTO PrivilegedPart (Id, IncidentId)
SELECT @Id, @IncidentId
WHERE NOT EXISTS (SELECT 1 FROM PrivilegedPart WHERE IncidentId = @IncidentId)

-- name: PrivilegedPart_Insert (sqlserver)
INSERT INTO PrivilegedPart (Id, IncidentId)
SELECT @Id, @IncidentId
WHERE NOT EXISTS (SELECT 1 FROM PrivilegedPart WITH (UPDLOCK, HOLDLOCK) WHERE IncidentId = @IncidentId)

-- name: PrivilegedPart_Visible
-- The role privacy alone does not suffice, nor does a role on the incident; who is named keeps to the role.
SELECT p.Id AS Id, i.Code AS IncidentCode
FROM PrivilegedPart p
JOIN Incident i ON i.Id = p.IncidentId
WHERE p.Id IN {{ids}} AND {{visible}}
  AND (@ViewerIsCounsel = 1 OR (@ViewerMayBeNamed = 1
    AND EXISTS (SELECT 1 FROM PrivilegedReader pr WHERE pr.PartId = p.Id AND pr.PersonId = @ViewerId)))

-- name: PrivilegedReader_Delete
DELETE FROM PrivilegedReader WHERE PartId = @PartId AND PersonId = @PersonId

-- name: PrivilegedReader_Insert (sqlite)
INSERT INTO PrivilegedReader (PartId, PersonId, PersonName, NamedAt, NamedByName)
SELECT @PartId, @PersonId, @PersonName, @NamedAt, @NamedByName
WHERE NOT EXISTS (SELECT 1 FROM PrivilegedReader WHERE PartId = @PartId AND PersonId = @PersonId)

-- name: PrivilegedReader_Insert (sqlserver)
INSERT INTO PrivilegedReader (PartId, PersonId, PersonName, NamedAt, NamedByName)
SELECT @PartId, @PersonId, @PersonName, @NamedAt, @NamedByName
WHERE NOT EXISTS (SELECT 1 FROM PrivilegedReader WITH (UPDLOCK, HOLDLOCK) WHERE PartId = @PartId AND PersonId = @PersonId)

-- name: PrivilegedReader_List
SELECT q.Account AS Account, r.PersonName AS PersonName, r.NamedAt AS NamedAt, r.NamedByName AS NamedByName
FROM PrivilegedReader r JOIN Person q ON q.Id = r.PersonId
WHERE r.PartId = @PartId
ORDER BY r.PersonName, r.PersonId

-- name: Texts_BreakGlass
SELECT t.IncidentId AS RowsKey, t.Id AS KeyId, t.Reason AS Reason, t.PersonName AS OfPlace
FROM BreakGlass t
WHERE t.IncidentId = @Subject

-- name: Texts_Exposure
SELECT t.IncidentId AS RowsKey, t.Id AS KeyId, t.PromisedName AS PromisedName, t.ActualName AS ActualName, t.Note AS Note,
  t.WithdrawnReason AS WithdrawnReason, t.DatasetName AS OfPlace
FROM Exposure t
WHERE t.IncidentId = @Subject

-- name: Texts_ExposureRevision
SELECT t.IncidentId AS RowsKey, t.ExposureId AS KeyExposureId, t.RevisionId AS KeyRevisionId, t.PromisedName AS PromisedName,
  t.ActualName AS ActualName, t.Note AS Note, t.WithdrawnReason AS WithdrawnReason, t.DatasetName AS OfPlace
FROM ExposureRevision t
WHERE t.IncidentId = @Subject

-- name: Texts_Incident
SELECT t.Id AS RowsKey, t.Version AS Version, t.Title AS Title, t.Summary AS Summary, t.ChangedWhat AS CopyChangedWhat,
  t.Code AS OfPlace
FROM Incident t
WHERE t.Id = @Subject

-- name: Texts_IncidentAdvice
SELECT t.IncidentId AS RowsKey, t.Ordinal AS KeyOrdinal, t.Reason AS Reason, t.RecordedBy AS OfPlace
FROM IncidentAdvice t
WHERE t.IncidentId = @Subject

-- name: Texts_IncidentAssessment
SELECT t.IncidentId AS RowsKey, t.Ordinal AS KeyOrdinal, t.Reason AS Reason, t.AssessedBy AS OfPlace
FROM IncidentAssessment t
WHERE t.IncidentId = @Subject

-- name: Texts_IncidentCycle
SELECT t.IncidentId AS RowsKey, t.Number AS KeyNumber, t.Reason AS Reason, t.Number AS OfPlace
FROM IncidentCycle t
WHERE t.IncidentId = @Subject

-- name: Texts_IncidentCycleRevision
SELECT t.IncidentId AS RowsKey, t.Number AS KeyNumber, t.RevisionId AS KeyRevisionId, t.Reason AS Reason, t.Number AS OfPlace
FROM IncidentCycleRevision t
WHERE t.IncidentId = @Subject

-- name: Texts_IncidentLink
SELECT t.IncidentId AS RowsKey, t.LinkId AS KeyLinkId, t.Reason AS Reason, t.RemoveReason AS RemoveReason,
  CASE WHEN t.IncidentId = @Subject THEN o.Code ELSE i.Code END AS OfPlace,
  CASE WHEN t.IncidentId = @Subject THEN t.OtherId ELSE t.IncidentId END AS OfSubjects
FROM IncidentLink t
JOIN Incident i ON i.Id = t.IncidentId
JOIN Incident o ON o.Id = t.OtherId
WHERE t.IncidentId IN (SELECT @Subject UNION ALL SELECT l.OtherId FROM IncidentLink l WHERE l.IncidentId = @Subject)
  AND (t.IncidentId = @Subject OR t.OtherId = @Subject)

-- name: Texts_IncidentProgram
SELECT t.IncidentId AS RowsKey, t.ProgramId AS KeyProgramId, t.Note AS Note, t.WithdrawnReason AS WithdrawnReason,
  t.ProgramCode AS OfPlace
FROM IncidentProgram t
WHERE t.IncidentId = @Subject

-- name: Texts_IncidentProgramRevision
SELECT t.IncidentId AS RowsKey, t.ProgramId AS KeyProgramId, t.RevisionId AS KeyRevisionId, t.Note AS Note,
  t.WithdrawnReason AS WithdrawnReason, p.Code AS OfPlace
FROM IncidentProgramRevision t
JOIN Program p ON p.Id = t.ProgramId
WHERE t.IncidentId = @Subject

-- name: Texts_IncidentRevision
SELECT t.IncidentId AS RowsKey, t.RevisionId AS KeyRevisionId, t.Title AS Title
FROM IncidentRevision t
WHERE t.IncidentId = @Subject

-- name: Texts_IncidentSeries
SELECT t.Id AS RowsKey, t.Version AS Version, t.Name AS Name, t.ChangedWhat AS CopyChangedWhat
FROM IncidentSeries t
WHERE t.Id IN (SELECT m.SeriesId FROM IncidentSeriesMember m WHERE m.IncidentId = @Subject)

-- name: Texts_IncidentSetAside
SELECT t.IncidentId AS RowsKey, t.Ordinal AS KeyOrdinal, t.Reason AS Reason, t.SubjectName AS OfPlace
FROM IncidentSetAside t
WHERE t.IncidentId = @Subject

-- name: Texts_IncidentSevChange
SELECT t.IncidentId AS RowsKey, t.Ordinal AS KeyOrdinal, t.Reason AS Reason, t.ChangedBy AS OfPlace
FROM IncidentSevChange t
WHERE t.IncidentId = @Subject

-- name: Texts_PrivilegedNote
SELECT t.Id AS RowsKey, t.Body AS Body, t.AuthorName AS OfPlace, t.PartId AS OfSubjects
FROM PrivilegedNote t
WHERE t.PartId IN (SELECT p.Id FROM PrivilegedPart p WHERE p.IncidentId = @Subject)

-- name: Texts_PrivilegedNoteRevision
SELECT t.NoteId AS RowsKey, t.Revision AS KeyRevision, t.Body AS Body, n.AuthorName AS OfPlace, n.PartId AS OfSubjects
FROM PrivilegedNoteRevision t
JOIN PrivilegedNote n ON n.Id = t.NoteId
WHERE n.PartId IN (SELECT p.Id FROM PrivilegedPart p WHERE p.IncidentId = @Subject)
