-- name: Fragment_decision_visible
(NOT EXISTS (SELECT 1 FROM DecisionPause vd JOIN Incident i ON i.Id = vd.IncidentId WHERE vd.DecisionId = d.Id AND NOT {{visible}})
    OR EXISTS (SELECT 1 FROM DecisionApprover va WHERE va.DecisionId = d.Id AND va.PersonId = @ViewerId))

-- name: DecisionApproval_Clear
DELETE FROM DecisionApproval WHERE DecisionId = @Id

-- name: DecisionApproval_Insert
INSERT INTO DecisionApproval (DecisionId, Capacity, ActorId, ActorName, At, Digest, Comment)
  VALUES (@DecisionId, @Capacity, @ActorId, @ActorName, @At, @Digest, @Comment)

-- name: DecisionApprover_Clear
DELETE FROM DecisionApprover WHERE DecisionId = @Id

-- name: DecisionApprover_Insert
INSERT INTO DecisionApprover (DecisionId, Capacity, PersonId, PersonName) VALUES (@DecisionId, @Capacity, @PersonId, @PersonName)

-- name: DecisionCondition_Clear
DELETE FROM DecisionCondition WHERE DecisionId = @Id

-- name: DecisionCondition_Insert
INSERT INTO DecisionCondition (DecisionId, Ordinal, What, OwnerId, OwnerName, DueAt)
  VALUES (@DecisionId, @Ordinal, @What, @OwnerId, @OwnerName, @DueAt)

-- name: DecisionCriterion_Clear
DELETE FROM DecisionCriterion WHERE DecisionId = @Id

-- name: DecisionCriterion_Insert
INSERT INTO DecisionCriterion (DecisionId, Kind, Status, Note, ById, ByName, At, About)
  VALUES (@DecisionId, @Kind, @Status, @Note, @ById, @ByName, @At, @About)

-- name: DecisionLog_Insert
INSERT INTO DecisionLog (DecisionId, Ordinal, At, ActorId, ActorName, Kind, Title, Body, About)
SELECT @DecisionId, COALESCE(MAX(l.Ordinal), 0) + 1, @At, @ActorId, @ActorName, @Kind, @Title, @Body, @About FROM DecisionLog l
  WHERE l.DecisionId = @DecisionId

-- name: DecisionPause_Clear
DELETE FROM DecisionPause WHERE DecisionId = @Id

-- name: DecisionPause_Insert
INSERT INTO DecisionPause (DecisionId, PauseId, IncidentId, ActivatedAt) VALUES (@DecisionId, @PauseId, @IncidentId, @ActivatedAt)

-- name: DecisionStage_Clear
DELETE FROM DecisionStage WHERE DecisionId = @Id

-- name: DecisionStage_Insert
INSERT INTO DecisionStage (DecisionId, Ordinal, Share, SoakSeconds) VALUES (@DecisionId, @Ordinal, @Share, @SoakSeconds)

-- name: Decision_Approvals
SELECT a.Capacity AS Capacity, a.ActorId AS ActorId, a.ActorName AS ActorName, a.At AS At, a.Digest AS Digest, a.Comment AS Comment
FROM DecisionApproval a WHERE a.DecisionId = @Id ORDER BY a.At, a.Capacity

-- name: Decision_Approvers
SELECT r.Capacity AS Capacity, r.PersonId AS PersonId, r.PersonName AS PersonName FROM DecisionApprover r WHERE r.DecisionId = @Id
  ORDER BY r.Capacity, r.PersonName, r.PersonId

-- name: Decision_Conditions
SELECT c.What AS What, c.OwnerId AS OwnerId, c.OwnerName AS OwnerName, c.DueAt AS DueAt FROM DecisionCondition c WHERE c.DecisionId = @Id
  ORDER BY c.Ordinal

-- name: Decision_CountDecided
SELECT COUNT(*) FROM Decision d WHERE d.DecidedAt IS NOT NULL

-- name: Decision_Criteria
SELECT c.Kind AS Kind, c.Status AS Status, c.Note AS Note, c.ById AS ById, c.ByName AS ByName, c.At AS At, c.About AS About
FROM DecisionCriterion c
  WHERE c.DecisionId = @Id

-- name: Decision_DecidedAfter
SELECT d.Id AS Id, d.ProgramCode AS ProgramCode, d.DecidedAt AS DecidedAt,
  CASE WHEN d.AudienceId IS NULL THEN 0 ELSE 1 END AS IsRestricted,
  (SELECT MIN(p.ActivatedAt) FROM DecisionPause p WHERE p.DecisionId = d.Id) AS PausedSince
FROM Decision d
WHERE d.DecidedAt >= @AfterAt AND (d.DecidedAt > @AfterAt OR d.Id > @AfterId)
ORDER BY d.DecidedAt, d.Id
{{page}}

-- name: Decision_DueAgain
SELECT d.Id AS Id
FROM Decision d
WHERE d.Status <> 'Decided' AND d.DueAgainAt <= @Now
  AND NOT EXISTS (SELECT 1 FROM DecisionLog l WHERE l.DecisionId = d.Id AND l.Kind = 'due-again')

-- name: Decision_Insert
INSERT INTO Decision (Id, Number, Code, ProgramId, AudienceId, ProgramCode, Status, Template, ErrorClaim, WorstSev, ToResume, ToTerminate,
  Outcome,
  Rationale, StayUntil,
  ProposerId, ProposerName, ProposedAt, OpenedAt, DueAgainAt, PredecessorId, DecidedAt, Digest, OpenKey, Version)
VALUES (@Id, @Number, @Code, @ProgramId, @AudienceId, @ProgramCode, @Status, @Template, @ErrorClaim, @WorstSev, @ToResume, @ToTerminate,
  @Outcome,
  @Rationale, @StayUntil,
  @ProposerId, @ProposerName, @ProposedAt, @OpenedAt, @DueAgainAt, @PredecessorId, @DecidedAt, @Digest, @OpenKey, @Version)

-- name: Decision_IsVisible
SELECT COUNT(*) FROM Decision d WHERE d.Id = @Id AND {{decision_visible}}

-- name: Decision_List
SELECT d.Id AS Id, d.Number AS Number, d.Code AS Code, d.ProgramCode AS ProgramCode, p.Name AS ProgramName, d.Status AS Status,
  d.Template AS Template, d.WorstSev AS WorstSev,
  d.Outcome AS Outcome, d.ToResume AS ToResume, d.ToTerminate AS ToTerminate, d.ProposerName AS ProposerName, d.ProposedAt AS ProposedAt,
    d.OpenedAt AS OpenedAt,
  d.DueAgainAt AS DueAgainAt, d.DecidedAt AS DecidedAt, d.StayUntil AS StayUntil,
  (SELECT MIN(f.ActivatedAt) FROM DecisionPause f WHERE f.DecisionId = d.Id) AS PausedAt,
  (SELECT COUNT(*) FROM DecisionCriterion c WHERE c.DecisionId = d.Id) AS Criteria,
  (SELECT COUNT(*) FROM DecisionCriterion c WHERE c.DecisionId = d.Id AND c.Status <> 'Open') AS Answered,
  (SELECT COUNT(*) FROM DecisionApproval a WHERE a.DecisionId = d.Id) AS Approved,
  (SELECT MIN(e.IncidentId) FROM DecisionPause e JOIN Incident r ON r.Id = e.IncidentId
    WHERE e.DecisionId = d.Id AND r.Confidentiality = 'Restricted') AS RestrictedId,
  (SELECT MIN(i.Code) FROM DecisionPause b JOIN Incident i ON i.Id = b.IncidentId WHERE b.DecisionId = d.Id AND {{visible}}) AS IncidentCode
FROM Decision d
JOIN Program p ON p.Id = d.ProgramId
WHERE {{decision_visible}}
  AND d.Number < (SELECT b.Number FROM Decision b WHERE b.Id = @BeforeId) --?Before
  AND d.Status <> 'Decided' --?Open
  AND d.Status = 'Proposed' --?Proposed
  AND d.Status = 'Decided' --?Closed
  AND d.Status = 'Preparing' AND d.DueAgainAt <= @Now --?AskedAgain
  AND d.ProgramCode = @ProgramCode --?Program
  AND EXISTS (SELECT 1 FROM DecisionPause g WHERE g.DecisionId = d.Id AND g.IncidentId = @IncidentId) --?Incident
ORDER BY d.Number DESC
{{page}}

-- name: Decision_Load
SELECT d.Id AS Id, d.Code AS Code, d.ProgramId AS ProgramId, d.AudienceId AS AudienceId, d.ProgramCode AS ProgramCode,
  d.Status AS Status, d.Template AS Template,
  d.ErrorClaim AS ErrorClaim, d.WorstSev AS WorstSev, d.ToResume AS ToResume, d.ToTerminate AS ToTerminate, d.Outcome AS Outcome,
  d.Rationale AS Rationale, d.StayUntil AS StayUntil, d.ProposerId AS ProposerId, d.ProposerName AS ProposerName,
    d.ProposedAt AS ProposedAt,
  d.OpenedAt AS OpenedAt, d.DueAgainAt AS DueAgainAt, d.PredecessorId AS PredecessorId, d.DecidedAt AS DecidedAt, d.Digest AS Digest,
    d.Version AS Version,
  l.At AS ChangedAt, l.ActorName AS ChangedBy, l.Title AS ChangedWhat
FROM Decision d
LEFT JOIN DecisionLog l ON l.DecisionId = d.Id AND l.Ordinal = (SELECT MAX(m.Ordinal) FROM DecisionLog m WHERE m.DecisionId = d.Id)
WHERE 1 = 1
  AND d.Id = @Id --?ById
  AND d.Code = @Code --?ByCode
  AND d.OpenKey = @OpenKey --?Open

-- name: Decision_Log
SELECT l.At AS At, l.ActorName AS ActorName, l.Kind AS Kind, l.Title AS Title, l.Body AS Body, l.About AS About
FROM DecisionLog l
WHERE l.DecisionId = @Id
ORDER BY l.Ordinal

-- name: Decision_OpenOfIncident
SELECT DISTINCT d.Id AS Id
FROM Decision d
JOIN DecisionPause p ON p.DecisionId = d.Id
WHERE p.IncidentId = @IncidentId AND d.Status <> 'Decided'

-- name: Decision_OpenOfProgram
SELECT d.Id AS Id FROM Decision d WHERE d.ProgramId = @ProgramId AND d.Status <> 'Decided' ORDER BY d.Number

-- name: Decision_Pauses
SELECT p.PauseId AS PauseId, p.IncidentId AS IncidentId, p.ActivatedAt AS ActivatedAt FROM DecisionPause p WHERE p.DecisionId = @Id
  ORDER BY p.ActivatedAt, p.PauseId

-- name: Decision_Stages
SELECT s.Share AS Share, s.SoakSeconds AS SoakSeconds FROM DecisionStage s WHERE s.DecisionId = @Id ORDER BY s.Ordinal

-- name: Decision_Update
UPDATE Decision SET AudienceId = @AudienceId, Status = @Status, Template = @Template, ErrorClaim = @ErrorClaim, WorstSev = @WorstSev,
  ToResume = @ToResume,
  ToTerminate = @ToTerminate,
  Outcome = @Outcome, Rationale = @Rationale, StayUntil = @StayUntil, ProposerId = @ProposerId, ProposerName = @ProposerName,
    ProposedAt = @ProposedAt,
  DecidedAt = @DecidedAt, Digest = @Digest, OpenKey = @OpenKey, Version = @Version
WHERE Id = @Id AND Version = @OldVersion AND Status <> 'Decided'
