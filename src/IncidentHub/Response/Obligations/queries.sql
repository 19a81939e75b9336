-- name: Fragment_obligation_columns
o.Id AS Id, o.Number AS Number, o.Code AS Code, o.IncidentId AS IncidentId, o.RegimeCode AS RegimeCode, o.RegimeVersion AS RegimeVersion,
  o.DutyKey AS DutyKey, o.Status AS Status, o.TriggeredAt AS TriggeredAt, o.AwareAt AS AwareAt, o.TriggerNote AS TriggerNote,
  o.DueAt AS DueAt, o.DueOrder AS DueOrder, o.LateAt AS LateAt, o.NotRequiredReason AS NotRequiredReason,
  o.DelayAuthority AS DelayAuthority, o.DelayReason AS DelayReason, o.DelayUntil AS DelayUntil, o.CreatedAt AS CreatedAt,
  o.Version AS Version, o.ChangedAt AS ChangedAt, o.ChangedBy AS ChangedBy, o.ChangedWhat AS ChangedWhat,
  r.EffectiveFrom AS EffectiveFrom, r.Definition AS Definition, i.Code AS IncidentCode, i.Title AS IncidentTitle,
  i.Confidentiality AS Confidentiality, COALESCE(i.DetectedAt, i.DeclaredAt) AS KnownAt

-- name: Fragment_obligation_revision
INSERT INTO ObligationRevision (ObligationId, RecordedAt, RevisionId, IncidentId, RegimeVersion, Status, TriggeredAt, AwareAt, TriggerNote,
  DueAt, DueOrder, LateAt, NotRequiredReason, DelayAuthority, DelayReason, DelayUntil, StateVersion, ChangedAt, ChangedBy, ChangedWhat)
SELECT o.Id, @RecordedAt, @RevisionId, o.IncidentId, o.RegimeVersion, o.Status, o.TriggeredAt, o.AwareAt, o.TriggerNote, o.DueAt,
  o.DueOrder, o.LateAt, o.NotRequiredReason, o.DelayAuthority, o.DelayReason, o.DelayUntil, o.Version, o.ChangedAt, o.ChangedBy,
  o.ChangedWhat
FROM Obligation o

-- name: CalendarFeed_Find
SELECT f.PersonId AS PersonId FROM CalendarFeed f WHERE f.TokenHash = @TokenHash AND f.RevokedAt IS NULL

-- name: CalendarFeed_Insert
INSERT INTO CalendarFeed (Id, PersonId, TokenHash, CreatedAt) VALUES (@Id, @PersonId, @TokenHash, @CreatedAt)

-- name: CalendarFeed_Of
SELECT f.CreatedAt AS CreatedAt FROM CalendarFeed f WHERE f.PersonId = @PersonId AND f.RevokedAt IS NULL

-- name: CalendarFeed_Revoke
UPDATE CalendarFeed SET RevokedAt = @Now WHERE PersonId = @PersonId AND RevokedAt IS NULL

-- name: Holiday_Calendars
SELECT h.Calendar AS Calendar, MIN(h.Day) AS FirstDay, MAX(h.Day) AS LastDay, COUNT(*) AS Days FROM Holiday h GROUP BY h.Calendar
ORDER BY h.Calendar

-- name: Holiday_Delete
DELETE FROM Holiday WHERE Calendar = @Calendar AND Day = @Day

-- name: Holiday_Insert
INSERT INTO Holiday (Calendar, Day, Name) VALUES (@Calendar, @Day, @Name)

-- name: Holiday_List
SELECT h.Day AS Day, h.Name AS Name FROM Holiday h WHERE h.Calendar = @Calendar ORDER BY h.Day

-- name: ObligationNotice_Insert
-- writes: ObligationNotice @ObligationId
INSERT INTO ObligationNotice (ObligationId, Number, At, Reference, Note, IsComplete, RecordedAt, RecordedBy)
VALUES (@ObligationId, @Number, @At, @Reference, @Note, @IsComplete, @RecordedAt, @RecordedBy)

-- name: ObligationNotice_List
SELECT n.ObligationId AS ObligationId, n.Number AS Number, n.At AS At, n.Reference AS Reference, n.Note AS Note,
  n.IsComplete AS IsComplete, n.RecordedAt AS RecordedAt, n.RecordedBy AS RecordedBy
FROM ObligationNotice n
WHERE n.ObligationId IN {{ids}}
ORDER BY n.ObligationId, n.Number

-- name: ObligationRevision_Insert
{{obligation_revision}}
WHERE o.Id = @Id

-- name: ObligationRevision_Moved
-- Those that came from the one incident to the other.
{{obligation_revision}}
WHERE o.IncidentId = @IntoId
  AND EXISTS (SELECT 1 FROM ObligationRevision r WHERE r.ObligationId = o.Id AND r.IncidentId = @FromId)

-- name: Obligation_AsOf
-- Of the incident that they belonged to then; the one to which they belong now decides who sees them.
SELECT o.Id AS Id, o.Number AS Number, o.Code AS Code, r.IncidentId AS IncidentId, o.RegimeCode AS RegimeCode,
  r.RegimeVersion AS RegimeVersion, o.DutyKey AS DutyKey, r.Status AS Status, r.TriggeredAt AS TriggeredAt, r.AwareAt AS AwareAt,
  r.TriggerNote AS TriggerNote, r.DueAt AS DueAt, r.DueOrder AS DueOrder, r.LateAt AS LateAt, r.NotRequiredReason AS NotRequiredReason,
  r.DelayAuthority AS DelayAuthority, r.DelayReason AS DelayReason, r.DelayUntil AS DelayUntil, o.CreatedAt AS CreatedAt,
  r.StateVersion AS Version, r.ChangedAt AS ChangedAt, r.ChangedBy AS ChangedBy, r.ChangedWhat AS ChangedWhat,
  g.EffectiveFrom AS EffectiveFrom, g.Definition AS Definition, a.Code AS IncidentCode, a.Title AS IncidentTitle,
  i.Confidentiality AS Confidentiality
FROM ObligationRevision r
JOIN Obligation o ON o.Id = r.ObligationId
JOIN Regime g ON g.Code = o.RegimeCode AND g.Version = r.RegimeVersion
JOIN Incident a ON a.Id = r.IncidentId
JOIN Incident i ON i.Id = o.IncidentId
WHERE r.IncidentId = @IncidentId AND r.RecordedAt <= @AsOf AND {{visible}}
  AND NOT EXISTS (SELECT 1 FROM ObligationRevision x WHERE x.ObligationId = r.ObligationId AND x.RecordedAt <= @AsOf
    AND (x.RecordedAt > r.RecordedAt OR (x.RecordedAt = r.RecordedAt AND x.RevisionId > r.RevisionId)))
  AND (r.DueOrder > @AfterDue OR (r.DueOrder = @AfterDue AND o.Id > @AfterId)) --?After
ORDER BY r.DueOrder, o.Id
{{page}}

-- name: Obligation_CountDue
SELECT COUNT(*)
FROM Obligation o
JOIN Incident i ON i.Id = o.IncidentId
WHERE o.DueOrder < @DueBefore AND o.Status IN ('Open', 'Delayed') AND {{visible}}

-- name: Obligation_Exposed
SELECT e.Id AS ExposureId, e.Categories AS Categories, COALESCE(e.Subjects, d.Subjects) AS Subjects, g.Value AS Region
FROM Exposure e
JOIN Dataset d ON d.Id = e.DatasetId
LEFT JOIN DatasetItem g ON g.DatasetId = d.Id AND g.Kind = 'Region'
WHERE e.IncidentId = @IncidentId AND e.WithdrawnReason IS NULL
ORDER BY e.Ordinal, g.Ordinal

-- name: Obligation_Find
SELECT {{obligation_columns}}
FROM Obligation o
JOIN Incident i ON i.Id = o.IncidentId
JOIN Regime r ON r.Code = o.RegimeCode AND r.Version = o.RegimeVersion
WHERE o.Code = @Code AND {{visible}}

-- name: Obligation_Following
SELECT o.Code AS Code, o.DutyKey AS DutyKey
FROM Obligation o
WHERE o.IncidentId = @IncidentId AND o.RegimeCode = @RegimeCode AND o.Status = 'NotTriggered'
ORDER BY o.Number

-- name: Obligation_Insert
-- writes: Obligation @IncidentId
INSERT INTO Obligation (Id, Number, Code, IncidentId, RegimeCode, RegimeVersion, DutyKey, Status, TriggeredAt, AwareAt, TriggerNote, DueAt,
  DueOrder, LateAt, NotRequiredReason, DelayAuthority, DelayReason, DelayUntil, CreatedAt, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES (@Id, @Number, @Code, @IncidentId, @RegimeCode, @RegimeVersion, @DutyKey, @Status, @TriggeredAt, @AwareAt, @TriggerNote, @DueAt,
  @DueOrder, @LateAt, @NotRequiredReason, @DelayAuthority, @DelayReason, @DelayUntil, @CreatedAt, @Version, @ChangedAt, @ChangedBy,
  @ChangedWhat);
{{obligation_revision}}
WHERE o.Id = @Id

-- name: Obligation_List
SELECT {{obligation_columns}}
FROM Obligation o
JOIN Incident i ON i.Id = o.IncidentId
JOIN Regime r ON r.Code = o.RegimeCode AND r.Version = o.RegimeVersion
WHERE {{visible}}
  AND (o.DueOrder > @AfterDue OR (o.DueOrder = @AfterDue AND o.Id > @AfterId)) --?After
  AND i.Code = @IncidentCode --?Incident
  AND o.RegimeCode = @RegimeCode --?Regime
  AND o.Status IN ('NotTriggered', 'Open', 'Delayed') --?Open
  AND i.Confidentiality = 'Open' --?Public
  AND o.DueOrder < @DueBefore AND o.Status IN ('Open', 'Delayed') --?DueBefore
ORDER BY o.DueOrder, o.Id
{{page}}

-- name: Obligation_Move
-- writes: Obligation @FromId, Obligation @IntoId
UPDATE Obligation SET IncidentId = @IntoId, Version = Version + 1 WHERE IncidentId = @FromId

-- name: Obligation_Overdue
SELECT o.Code AS Code
FROM Obligation o
WHERE o.DueOrder <= @Now AND o.Status IN ('Open', 'Delayed') AND o.LateAt IS NULL
ORDER BY o.DueOrder, o.Id

-- name: Obligation_Tracked
SELECT o.RegimeCode AS RegimeCode, o.DutyKey AS DutyKey FROM Obligation o WHERE o.IncidentId = @IncidentId ORDER BY o.Number

-- name: Obligation_Unsettled
SELECT o.Code AS Code
FROM Obligation o
WHERE o.IncidentId = @IncidentId AND o.Status IN ('NotTriggered', 'Open', 'Delayed')
ORDER BY o.Number

-- name: Obligation_Update
-- writes: Obligation @IncidentId
UPDATE Obligation
SET RegimeVersion = @RegimeVersion, Status = @Status, TriggeredAt = @TriggeredAt, AwareAt = @AwareAt, TriggerNote = @TriggerNote,
  DueAt = @DueAt, DueOrder = @DueOrder, LateAt = @LateAt, NotRequiredReason = @NotRequiredReason, DelayAuthority = @DelayAuthority,
  DelayReason = @DelayReason, DelayUntil = @DelayUntil, Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy,
  ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion

-- name: Obligation_WithCalendar
SELECT o.Code AS Code, r.Definition AS Definition
FROM Obligation o
JOIN Regime r ON r.Code = o.RegimeCode AND r.Version = o.RegimeVersion
WHERE o.Status = 'Open'
ORDER BY o.Number

-- name: Redact_Obligation
-- writes: Obligation @RowsKey
UPDATE Obligation SET TriggerNote = @TriggerNote, NotRequiredReason = @NotRequiredReason, DelayAuthority = @DelayAuthority,
  DelayReason = @DelayReason, Version = @Version + 1 WHERE IncidentId = @RowsKey AND Id = @KeyId AND Version = @Version

-- name: Redact_ObligationNotice
-- writes: ObligationNotice @RowsKey
UPDATE ObligationNotice SET Reference = @Reference, Note = @Note WHERE ObligationId = @RowsKey AND Number = @KeyNumber

-- name: Redact_ObligationRevision
UPDATE ObligationRevision SET TriggerNote = @TriggerNote, NotRequiredReason = @NotRequiredReason, DelayAuthority = @DelayAuthority,
  DelayReason = @DelayReason WHERE ObligationId = @RowsKey AND RevisionId = @KeyRevisionId

-- name: Regime_Insert
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
SELECT @Code, @Version, @EffectiveFrom, @Definition, @Reason, @ChangedAt, @ChangedBy
WHERE (SELECT COALESCE(MAX(g.Version), 0) FROM Regime g WHERE g.Code = @Code) = @Before

-- name: Regime_List
SELECT r.Code AS Code, r.Version AS Version, r.EffectiveFrom AS EffectiveFrom, r.Definition AS Definition, r.Reason AS Reason,
  r.ChangedAt AS ChangedAt, r.ChangedBy AS ChangedBy
FROM Regime r
ORDER BY r.Code, r.Version

-- name: Regime_Versions
SELECT r.Code AS Code, r.Version AS Version, r.EffectiveFrom AS EffectiveFrom, r.Definition AS Definition, r.Reason AS Reason,
  r.ChangedAt AS ChangedAt, r.ChangedBy AS ChangedBy
FROM Regime r
WHERE r.Code = @Code
ORDER BY r.Version

-- name: Rows_Obligation
SELECT t.IncidentId AS RowsKey, t.*
FROM Obligation t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Id
{{page}} --?Page

-- name: Rows_ObligationNotice
SELECT t.ObligationId AS RowsKey, t.*
FROM ObligationNotice t
WHERE 1 = 1
  AND t.ObligationId IN {{ids}} --?Ids
  AND t.ObligationId > @After --?After
ORDER BY t.ObligationId, t.Number
{{page}} --?Page

-- name: Texts_Obligation
SELECT t.IncidentId AS RowsKey, t.Id AS KeyId, t.Version AS Version, t.TriggerNote AS TriggerNote,
  t.NotRequiredReason AS NotRequiredReason, t.DelayAuthority AS DelayAuthority, t.DelayReason AS DelayReason, t.Code AS OfPlace
FROM Obligation t
WHERE t.IncidentId = @Subject

-- name: Texts_ObligationNotice
SELECT t.ObligationId AS RowsKey, t.Number AS KeyNumber, t.Reference AS Reference, t.Note AS Note, o.Code AS OfPlace, t.Number AS OfKind
FROM ObligationNotice t
JOIN Obligation o ON o.Id = t.ObligationId
WHERE t.ObligationId IN (SELECT p.Id FROM Obligation p WHERE p.IncidentId = @Subject)

-- name: Texts_ObligationRevision
SELECT t.ObligationId AS RowsKey, t.RevisionId AS KeyRevisionId, t.TriggerNote AS TriggerNote, t.NotRequiredReason AS NotRequiredReason,
  t.DelayAuthority AS DelayAuthority, t.DelayReason AS DelayReason,
  c.Code AS OfPlace
FROM ObligationRevision t
JOIN Obligation c ON c.Id = t.ObligationId
WHERE t.ObligationId IN (SELECT p.Id FROM Obligation p WHERE p.IncidentId = @Subject)
