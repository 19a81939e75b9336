-- name: Fragment_task_columns
t.Id AS Id, t.Number AS Number, t.Code AS Code, t.Kind AS Kind, t.Status AS Status, t.What AS What, t.OwnerId AS OwnerId,
  t.OwnerName AS OwnerName, t.DueAt AS DueAt, t.MissedAt AS MissedAt, t.ProgramId AS ProgramId, t.DecisionId AS DecisionId,
  t.DatasetId AS DatasetId, t.CreatedAt AS CreatedAt, t.DoneById AS DoneById, t.DoneByName AS DoneByName, t.DoneAt AS DoneAt,
  t.DoneNote AS DoneNote, t.EvidenceId AS EvidenceId, t.IsKept AS IsKept,
  t.ClosedById AS ClosedById, t.ClosedByName AS ClosedByName, t.ClosedAt AS ClosedAt,
  t.ClosedNote AS ClosedNote, t.Version AS Version, t.ChangedAt AS ChangedAt, t.ChangedBy AS ChangedBy, t.ChangedWhat AS ChangedWhat,
  {{task_seen}}

-- name: Fragment_task_revision
INSERT INTO WorkTaskRevision (TaskId, RecordedAt, RevisionId, Status, What, OwnerId, OwnerName, DueAt, MissedAt, DoneById, DoneByName,
  DoneAt, DoneNote, EvidenceId, IsKept, ClosedById, ClosedByName, ClosedAt, ClosedNote, StateVersion, ChangedAt, ChangedBy, ChangedWhat)
SELECT t.Id, @RecordedAt, @RevisionId, t.Status, t.What, t.OwnerId, t.OwnerName, t.DueAt, t.MissedAt, t.DoneById, t.DoneByName, t.DoneAt,
  t.DoneNote, t.EvidenceId, t.IsKept, t.ClosedById, t.ClosedByName, t.ClosedAt, t.ClosedNote, t.Version, t.ChangedAt, t.ChangedBy,
  t.ChangedWhat
FROM WorkTask t
WHERE t.Id = @Id

-- name: Fragment_task_seen
CASE WHEN NOT EXISTS (
    SELECT 1 FROM WorkTaskIncident wd JOIN Incident i ON i.Id = wd.IncidentId WHERE wd.TaskId = t.Id AND NOT {{visible}})
    THEN t.DecisionCode END AS DecisionCode, p.Code AS ProgramCode,
  (SELECT MIN(i.Code) FROM WorkTaskIncident wc JOIN Incident i ON i.Id = wc.IncidentId WHERE wc.TaskId = t.Id AND {{visible}})
    AS IncidentCode,
  CASE WHEN t.OwnerId = @ViewerId OR NOT EXISTS (
    SELECT 1 FROM WorkTaskIncident wf JOIN Incident i ON i.Id = wf.IncidentId WHERE wf.TaskId = t.Id AND NOT {{visible}})
    THEN 1 ELSE 0 END AS IsTextVisible,
  (SELECT MIN(we.IncidentId) FROM WorkTaskIncident we JOIN Incident r ON r.Id = we.IncidentId
    WHERE we.TaskId = t.Id AND r.Confidentiality = 'Restricted') AS RestrictedId

-- name: Fragment_task_visible
(t.OwnerId = @ViewerId
    OR NOT EXISTS (SELECT 1 FROM WorkTaskIncident wn WHERE wn.TaskId = t.Id)
    OR EXISTS (SELECT 1 FROM WorkTaskIncident wv JOIN Incident i ON i.Id = wv.IncidentId WHERE wv.TaskId = t.Id AND {{visible}}))

-- name: Redact_WorkTask
-- writes: WorkTask @RowsKey
UPDATE WorkTask SET What = @What, DoneNote = @DoneNote, ClosedNote = @ClosedNote, Version = @Version + 1
WHERE Id = @RowsKey AND Version = @Version

-- name: Redact_WorkTaskRevision
UPDATE WorkTaskRevision SET What = @What, DoneNote = @DoneNote, ClosedNote = @ClosedNote
WHERE TaskId = @RowsKey AND RevisionId = @KeyRevisionId

-- name: Rows_WorkTask
SELECT t.Id AS RowsKey, t.*
FROM WorkTask t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_WorkTaskIncident
SELECT t.TaskId AS RowsKey, t.*
FROM WorkTaskIncident t
WHERE 1 = 1
  AND t.TaskId IN {{ids}} --?Ids
  AND t.TaskId > @After --?After
ORDER BY t.TaskId, t.IncidentId
{{page}} --?Page

-- name: Texts_WorkTask
SELECT t.Id AS RowsKey, t.Version AS Version, t.What AS What, t.DoneNote AS DoneNote, t.ClosedNote AS ClosedNote,
  t.Code AS OfPlace, t.Kind AS OfKind
FROM WorkTask t
WHERE t.Id IN (
  SELECT @Subject
  UNION ALL
  SELECT d.Id FROM WorkTask d WHERE d.DecisionId = @Subject
  UNION ALL
  SELECT x.TaskId FROM WorkTaskIncident x WHERE x.IncidentId = @Subject
)

-- name: Texts_WorkTaskRevision
SELECT t.TaskId AS RowsKey, t.RevisionId AS KeyRevisionId, t.What AS What, t.DoneNote AS DoneNote, t.ClosedNote AS ClosedNote,
  c.Code AS OfPlace
FROM WorkTaskRevision t
JOIN WorkTask c ON c.Id = t.TaskId
WHERE t.TaskId IN (SELECT w.Id FROM WorkTask w WHERE w.Id = @Subject OR w.DecisionId = @Subject)
  OR t.TaskId IN (SELECT x.TaskId FROM WorkTaskIncident x WHERE x.IncidentId = @Subject)

-- name: WorkTaskIncident_Insert
-- writes: WorkTaskIncident @TaskId
INSERT INTO WorkTaskIncident (TaskId, IncidentId) VALUES (@TaskId, @IncidentId)

-- name: WorkTaskRevision_Insert
{{task_revision}}

-- name: WorkTask_AsOf
SELECT t.Id AS Id, t.Number AS Number, t.Code AS Code, t.Kind AS Kind, r.Status AS Status, r.What AS What, r.OwnerId AS OwnerId,
  r.OwnerName AS OwnerName, r.DueAt AS DueAt, r.MissedAt AS MissedAt, t.ProgramId AS ProgramId, t.DecisionId AS DecisionId,
  t.DatasetId AS DatasetId, t.CreatedAt AS CreatedAt, r.DoneById AS DoneById, r.DoneByName AS DoneByName, r.DoneAt AS DoneAt,
  r.DoneNote AS DoneNote, r.EvidenceId AS EvidenceId, r.IsKept AS IsKept, r.ClosedById AS ClosedById, r.ClosedByName AS ClosedByName,
  r.ClosedAt AS ClosedAt, r.ClosedNote AS ClosedNote, r.StateVersion AS Version, r.ChangedAt AS ChangedAt, r.ChangedBy AS ChangedBy,
  r.ChangedWhat AS ChangedWhat,
  {{task_seen}}
FROM WorkTaskIncident ti
JOIN WorkTask t ON t.Id = ti.TaskId
JOIN WorkTaskRevision r ON r.TaskId = ti.TaskId
LEFT JOIN Program p ON p.Id = t.ProgramId
WHERE ti.IncidentId = @IncidentId AND r.RecordedAt <= @AsOf AND {{task_visible}}
  AND NOT EXISTS (SELECT 1 FROM WorkTaskRevision x WHERE x.TaskId = r.TaskId AND x.RecordedAt <= @AsOf
    AND (x.RecordedAt > r.RecordedAt OR (x.RecordedAt = r.RecordedAt AND x.RevisionId > r.RevisionId)))
  AND t.Number < (SELECT b.Number FROM WorkTask b WHERE b.Id = @BeforeId) --?Before
ORDER BY t.Number DESC --?!OpenFirst
ORDER BY CASE WHEN r.Status IN ('Open', 'AwaitingCheck') THEN 0 ELSE 1 END, --?OpenFirst
  CASE WHEN r.Status IN ('Open', 'AwaitingCheck') THEN COALESCE(r.DueAt, @Never) END, --?OpenFirst
  CASE WHEN r.Status IN ('Open', 'AwaitingCheck') THEN t.Number ELSE -t.Number END --?OpenFirst
{{page}}

-- name: WorkTask_CountOverdue
SELECT COUNT(*)
FROM WorkTask t
WHERE t.Status IN ('Open', 'AwaitingCheck') AND t.DueAt < @Now AND {{task_visible}}
  AND (t.ProgramId = @AboutProgramId --?About
    OR EXISTS (SELECT 1 FROM WorkTaskIncident fi JOIN IncidentProgram fp ON fp.IncidentId = fi.IncidentId --?About
      WHERE fi.TaskId = t.Id AND fp.ProgramId = @AboutProgramId AND fp.WithdrawnReason IS NULL)) --?About
  AND t.OwnerId = @ViewerId --?Mine

-- name: WorkTask_Find
SELECT {{task_columns}}
FROM WorkTask t
LEFT JOIN Program p ON p.Id = t.ProgramId
WHERE t.Code = @Code
  AND {{task_visible}}

-- name: WorkTask_Fixers
SELECT DISTINCT t.DoneById AS PersonId
FROM WorkTask t
JOIN WorkTaskIncident ti ON ti.TaskId = t.Id
WHERE ti.IncidentId = @IncidentId AND t.Kind = 'Fix' AND t.DoneById IS NOT NULL

-- name: WorkTask_Incidents
SELECT ti.IncidentId AS IncidentId FROM WorkTaskIncident ti WHERE ti.TaskId = @Id ORDER BY ti.IncidentId

-- name: WorkTask_Insert
-- writes: WorkTask @Id
INSERT INTO WorkTask (Id, Number, Code, Kind, Status, What, OwnerId, OwnerName, DueAt, MissedAt, ProgramId, DecisionId, DecisionCode,
  DatasetId, CreatedAt, DoneById, DoneByName, DoneAt, DoneNote, EvidenceId, IsKept, ClosedById, ClosedByName, ClosedAt, ClosedNote, Version,
  ChangedAt, ChangedBy, ChangedWhat)
VALUES (@Id, @Number, @Code, @Kind, @Status, @What, @OwnerId, @OwnerName, @DueAt, @MissedAt, @ProgramId, @DecisionId, @DecisionCode,
  @DatasetId, @CreatedAt, @DoneById, @DoneByName, @DoneAt, @DoneNote, @EvidenceId, @IsKept, @ClosedById, @ClosedByName, @ClosedAt,
  @ClosedNote, @Version, @ChangedAt, @ChangedBy, @ChangedWhat);
{{task_revision}}

-- name: WorkTask_List
SELECT {{task_columns}}
FROM WorkTask t
LEFT JOIN Program p ON p.Id = t.ProgramId
WHERE {{task_visible}}
  AND t.Number < (SELECT b.Number FROM WorkTask b WHERE b.Id = @BeforeId) --?Before
  AND (COALESCE(t.DueAt, @Never) > @AfterDue OR (COALESCE(t.DueAt, @Never) = @AfterDue AND t.Id > @AfterId)) --?AfterDue
  AND t.OwnerId = @ViewerId --?Mine
  AND t.Status IN ('Open', 'AwaitingCheck') --?Open
  AND t.Status IN ('Closed', 'Cancelled') --?Ended
  AND t.DueAt < @DueBefore --?DueBefore
  AND t.Kind = @Kind --?Kind
  AND EXISTS (SELECT 1 FROM WorkTaskIncident wi JOIN Incident i ON i.Id = wi.IncidentId --?Incident
    WHERE wi.TaskId = t.Id AND i.Code = @IncidentCode AND {{visible}}) --?Incident
  AND p.Code = @ProgramCode --?Program
  AND t.DecisionCode = @DecisionCode --?Decision
  AND (t.ProgramId = (SELECT ap.Id FROM Program ap WHERE ap.Code = @AboutCode) --?About
    OR EXISTS (SELECT 1 FROM WorkTaskIncident fi JOIN IncidentProgram fp ON fp.IncidentId = fi.IncidentId --?About
      JOIN Program ap ON ap.Id = fp.ProgramId --?About
      WHERE fi.TaskId = t.Id AND ap.Code = @AboutCode AND fp.WithdrawnReason IS NULL)) --?About
ORDER BY t.Number DESC --?!NextDue
ORDER BY COALESCE(t.DueAt, @Never), t.Id --?NextDue
{{page}}

-- name: WorkTask_MineDue
SELECT {{task_columns}}
FROM WorkTask t
LEFT JOIN Program p ON p.Id = t.ProgramId
WHERE t.OwnerId = @ViewerId AND t.Status IN ('Open', 'AwaitingCheck') AND t.DueAt < @Now
ORDER BY t.DueAt, t.Number
{{page}}

-- name: WorkTask_NextReminder
SELECT MIN(t.DueAt) AS DueAt
FROM WorkTask t
WHERE t.OwnerId = @ViewerId AND t.Status IN ('Open', 'AwaitingCheck') AND t.DueAt >= @Now

-- name: WorkTask_MissedConditions
SELECT t.Code AS Code
FROM WorkTask t
WHERE t.Kind = 'Condition' AND t.Status = 'Open' AND t.DueAt <= @Now AND t.MissedAt IS NULL
ORDER BY t.Number

-- name: WorkTask_Update
-- writes: WorkTask @Id
UPDATE WorkTask
SET Status = @Status, What = @What, OwnerId = @OwnerId, OwnerName = @OwnerName, DueAt = @DueAt, MissedAt = @MissedAt,
  DoneById = @DoneById, DoneByName = @DoneByName, DoneAt = @DoneAt, DoneNote = @DoneNote, EvidenceId = @EvidenceId,
  IsKept = @IsKept, ClosedById = @ClosedById,
  ClosedByName = @ClosedByName, ClosedAt = @ClosedAt, ClosedNote = @ClosedNote, Version = @Version, ChangedAt = @ChangedAt,
  ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion
