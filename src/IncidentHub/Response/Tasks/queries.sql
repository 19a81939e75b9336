-- name: Fragment_taskcolumns
t.Id AS Id, t.Number AS Number, t.Code AS Code, t.Kind AS Kind, t.Status AS Status, t.What AS What, t.OwnerId AS OwnerId,
  t.OwnerName AS OwnerName,
  t.DueAt AS DueAt, t.IncidentId AS IncidentId, t.ProgramId AS ProgramId, t.DecisionId AS DecisionId, t.DatasetId AS DatasetId,
  t.CreatedAt AS CreatedAt, t.DoneById AS DoneById, t.DoneByName AS DoneByName, t.DoneAt AS DoneAt, t.DoneNote AS DoneNote,
  t.ClosedById AS ClosedById, t.ClosedByName AS ClosedByName, t.ClosedAt AS ClosedAt, t.ClosedNote AS ClosedNote, t.Version AS Version,
  t.ChangedBy AS ChangedBy, t.ChangedWhat AS ChangedWhat,
  i.Code AS IncidentCode, p.Code AS ProgramCode, t.DecisionCode AS DecisionCode

-- name: Fragment_taskjoins
LEFT JOIN Incident i ON i.Id = t.IncidentId
LEFT JOIN Program p ON p.Id = t.ProgramId

-- name: WorkTask_CountOverdue
SELECT COUNT(*)
FROM WorkTask t
LEFT JOIN Incident i ON i.Id = t.IncidentId
WHERE t.Status IN ('Open', 'AwaitingCheck') AND t.DueAt < @Now AND (t.IncidentId IS NULL OR {{visible}} OR t.OwnerId = @ViewerId)
  AND (t.ProgramId = @AboutProgramId --?About
    OR EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = t.IncidentId AND fp.ProgramId = @AboutProgramId --?About
    AND fp.WithdrawnReason IS NULL)) --?About
  AND t.OwnerId = @ViewerId --?Mine

-- name: WorkTask_Find
SELECT {{taskcolumns}},
  CASE WHEN t.IncidentId IS NULL OR {{visible}} THEN 1 ELSE 0 END AS IncidentVisible
FROM WorkTask t
{{taskjoins}}
WHERE t.Code = @Code
  AND (t.IncidentId IS NULL OR {{visible}} OR t.OwnerId = @ViewerId)

-- name: WorkTask_Fixers
SELECT DISTINCT t.DoneById AS PersonId FROM WorkTask t WHERE t.IncidentId = @IncidentId AND t.Kind = 'Fix' AND t.DoneById IS NOT NULL

-- name: WorkTask_Insert
INSERT INTO WorkTask (Id, Number, Code, Kind, Status, What, OwnerId, OwnerName, DueAt, IncidentId, ProgramId, DecisionId, DecisionCode,
  DatasetId, CreatedAt, DoneById, DoneByName,
  DoneAt, DoneNote, ClosedById, ClosedByName, ClosedAt, ClosedNote, Version, ChangedBy, ChangedWhat)
VALUES (@Id, @Number, @Code, @Kind, @Status, @What, @OwnerId, @OwnerName, @DueAt, @IncidentId, @ProgramId, @DecisionId, @DecisionCode,
  @DatasetId, @CreatedAt, @DoneById,
  @DoneByName, @DoneAt, @DoneNote, @ClosedById, @ClosedByName, @ClosedAt, @ClosedNote, @Version, @ChangedBy, @ChangedWhat)

-- name: WorkTask_List
SELECT {{taskcolumns}},
  CASE WHEN t.IncidentId IS NULL OR {{visible}} THEN 1 ELSE 0 END AS IncidentVisible
FROM WorkTask t
{{taskjoins}}
WHERE (t.IncidentId IS NULL OR {{visible}} OR t.OwnerId = @ViewerId)
  AND t.Number < @Before --?Before
  AND (COALESCE(t.DueAt, @Never) > @AfterDue OR (COALESCE(t.DueAt, @Never) = @AfterDue AND t.Id > @AfterId)) --?AfterDue
  AND t.OwnerId = @ViewerId --?Mine
  AND t.Status IN ('Open', 'AwaitingCheck') --?Open
  AND t.DueAt < @DueBefore --?DueBefore
  AND t.Kind = @Kind --?Kind
  AND i.Code = @IncidentCode --?Incident
  AND p.Code = @ProgramCode --?Program
  AND t.DecisionCode = @DecisionCode --?Decision
  AND (t.ProgramId = (SELECT ap.Id FROM Program ap WHERE ap.Code = @AboutCode) --?About
    OR EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = t.IncidentId --?About
    AND fp.ProgramId = (SELECT ap.Id FROM Program ap WHERE ap.Code = @AboutCode) AND fp.WithdrawnReason IS NULL)) --?About
ORDER BY t.Number DESC --?!NextDue
ORDER BY COALESCE(t.DueAt, @Never), t.Id --?NextDue
{{page}}

-- name: WorkTask_MarkMissed
UPDATE WorkTask SET MissedAt = @Now WHERE Id = @Id AND Kind = 'Condition' AND Status = 'Open' AND DueAt <= @Now AND MissedAt IS NULL

-- name: WorkTask_MineDue
SELECT {{taskcolumns}},
  CASE WHEN t.IncidentId IS NULL OR {{visible}} THEN 1 ELSE 0 END AS IncidentVisible
FROM WorkTask t
{{taskjoins}}
WHERE t.OwnerId = @ViewerId AND t.Status IN ('Open', 'AwaitingCheck') AND t.DueAt < @Now
ORDER BY t.DueAt, t.Number
{{page}}

-- name: WorkTask_MissedConditions
SELECT t.Id AS Id, t.Code AS Code, t.What AS What, t.OwnerName AS OwnerName, t.DueAt AS DueAt, t.ProgramId AS ProgramId,
  t.IncidentId AS IncidentId, t.DecisionId AS DecisionId
FROM WorkTask t
WHERE t.Kind = 'Condition' AND t.Status = 'Open' AND t.DueAt <= @Now AND t.MissedAt IS NULL
ORDER BY t.Number

-- name: WorkTask_Update
UPDATE WorkTask SET Status = @Status, What = @What, OwnerId = @OwnerId, OwnerName = @OwnerName, DueAt = @DueAt, MissedAt = CASE
  WHEN DueAt = @DueAt THEN MissedAt ELSE NULL END, DoneById = @DoneById, DoneByName = @DoneByName,
  DoneAt = @DoneAt, DoneNote = @DoneNote, ClosedById = @ClosedById, ClosedByName = @ClosedByName, ClosedAt = @ClosedAt,
    ClosedNote = @ClosedNote,
  Version = @Version, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @OldVersion
