-- name: Fragment_decision_visible
(NOT EXISTS (SELECT 1 FROM DecisionPause vd JOIN Incident i ON i.Id = vd.IncidentId WHERE vd.DecisionId = d.Id AND NOT {{visible}})
    OR EXISTS (SELECT 1 FROM DecisionApprover va WHERE va.DecisionId = d.Id AND va.PersonId = @ViewerId)
    OR EXISTS (SELECT 1 FROM DecisionOpinionPerson vo
      JOIN DecisionOpinionRequest vq ON vq.DecisionId = vo.DecisionId AND vq.Number = vo.Number
      WHERE vo.DecisionId = d.Id AND vo.PersonId = @ViewerId AND vq.AudienceId = d.AudienceId AND vq.WithdrawnAt IS NULL
        AND (vq.Role = 'DataProtectionOfficer' AND @ViewerIsOfficer = 1 OR vq.Role = 'WorksCouncil' AND @ViewerIsCouncil = 1)))

-- name: DecisionApproval_Clear
-- writes: DecisionApproval @Id
DELETE FROM DecisionApproval WHERE DecisionId = @Id

-- name: DecisionApproval_Insert
-- writes: DecisionApproval @DecisionId
INSERT INTO DecisionApproval (DecisionId, Capacity, ActorId, ActorName, At, Digest, Comment)
  VALUES (@DecisionId, @Capacity, @ActorId, @ActorName, @At, @Digest, @Comment)

-- name: DecisionApprover_Clear
-- writes: DecisionApprover @Id
DELETE FROM DecisionApprover WHERE DecisionId = @Id

-- name: DecisionApprover_Insert
-- writes: DecisionApprover @DecisionId
INSERT INTO DecisionApprover (DecisionId, Capacity, PersonId, PersonName) VALUES (@DecisionId, @Capacity, @PersonId, @PersonName)

-- name: DecisionCondition_Clear
-- writes: DecisionCondition @Id
DELETE FROM DecisionCondition WHERE DecisionId = @Id

-- name: DecisionCondition_Insert
-- writes: DecisionCondition @DecisionId
INSERT INTO DecisionCondition (DecisionId, Ordinal, What, OwnerId, OwnerName, DueAt)
  VALUES (@DecisionId, @Ordinal, @What, @OwnerId, @OwnerName, @DueAt)

-- name: DecisionCriterion_Clear
-- writes: DecisionCriterion @Id
DELETE FROM DecisionCriterion WHERE DecisionId = @Id

-- name: DecisionCriterion_Insert
-- writes: DecisionCriterion @DecisionId
INSERT INTO DecisionCriterion (DecisionId, Kind, Status, Note, ById, ByName, At, About)
  VALUES (@DecisionId, @Kind, @Status, @Note, @ById, @ByName, @At, @About)

-- name: DecisionLog_Insert
-- writes: DecisionLog @DecisionId
INSERT INTO DecisionLog (DecisionId, Ordinal, At, ActorId, ActorName, Kind, Title, Body, About)
SELECT @DecisionId, COALESCE(MAX(l.Ordinal), 0) + 1, @At, @ActorId, @ActorName, @Kind, @Title, @Body, @About FROM DecisionLog l
  WHERE l.DecisionId = @DecisionId

-- name: DecisionPause_Clear
-- writes: DecisionPause @Id
DELETE FROM DecisionPause WHERE DecisionId = @Id

-- name: DecisionPause_IncidentsOf
SELECT DISTINCT p.IncidentId AS Id FROM DecisionPause p WHERE p.DecisionId IN {{ids}} AND p.IncidentId IS NOT NULL

-- name: DecisionPause_Insert
-- writes: DecisionPause @DecisionId
INSERT INTO DecisionPause (DecisionId, PauseId, IncidentId, ActivatedAt) VALUES (@DecisionId, @PauseId, @IncidentId, @ActivatedAt)

-- name: DecisionStage_Clear
-- writes: DecisionStage @Id
DELETE FROM DecisionStage WHERE DecisionId = @Id

-- name: DecisionStage_Insert
-- writes: DecisionStage @DecisionId
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
-- writes: Decision @Id
INSERT INTO Decision (Id, Number, Code, ProgramId, AudienceId, ProgramCode, Status, Template, ErrorClaim, WorstSev, ToResume, ToTerminate,
  Outcome,
  Rationale, StayUntil,
  ProposerId, ProposerName, ProposedAt, OpenedAt, DueAgainAt, PredecessorId, DecidedAt, Digest, DigestSalt, OpenKey, Version)
VALUES (@Id, @Number, @Code, @ProgramId, @AudienceId, @ProgramCode, @Status, @Template, @ErrorClaim, @WorstSev, @ToResume, @ToTerminate,
  @Outcome,
  @Rationale, @StayUntil,
  @ProposerId, @ProposerName, @ProposedAt, @OpenedAt, @DueAgainAt, @PredecessorId, @DecidedAt, @Digest, @DigestSalt, @OpenKey, @Version)

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
  (SELECT COUNT(DISTINCT o.Role) FROM DecisionOpinion o WHERE o.DecisionId = d.Id) AS Opinions,
  (SELECT COUNT(*) FROM DecisionOpinion o WHERE o.DecisionId = d.Id AND o.Position = 'Objection'
    AND NOT EXISTS (SELECT 1 FROM DecisionOpinion l WHERE l.DecisionId = o.DecisionId AND l.Role = o.Role AND l.Number > o.Number))
    AS Objections,
  (SELECT COUNT(DISTINCT n.Role) FROM DecisionOpinionRequest n WHERE n.DecisionId = d.Id AND n.WithdrawnAt IS NULL
    AND NOT EXISTS (SELECT 1 FROM DecisionOpinion m WHERE m.DecisionId = n.DecisionId AND m.Role = n.Role AND m.Number > n.Number))
    AS OpinionsAwaited,
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
  AND EXISTS (SELECT 1 FROM DecisionOpinionRequest q WHERE q.DecisionId = d.Id AND {{opinion_awaited}}) --?OpinionAwaited
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
    d.DigestSalt AS DigestSalt, d.Version AS Version,
  CASE WHEN EXISTS (SELECT 1 FROM DecisionOpinion o WHERE o.DecisionId = d.Id)
    OR EXISTS (SELECT 1 FROM DecisionOpinionRequest q WHERE q.DecisionId = d.Id) THEN 1 ELSE 0 END AS HasOpinions,
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

-- name: Decision_SetDigestSalt
-- writes: Decision @Id
UPDATE Decision SET DigestSalt = @DigestSalt WHERE Id = @Id AND Version = @Version

-- name: Decision_Update
-- writes: Decision @Id
UPDATE Decision SET AudienceId = @AudienceId, Status = @Status, Template = @Template, ErrorClaim = @ErrorClaim, WorstSev = @WorstSev,
  ToResume = @ToResume,
  ToTerminate = @ToTerminate,
  Outcome = @Outcome, Rationale = @Rationale, StayUntil = @StayUntil, ProposerId = @ProposerId, ProposerName = @ProposerName,
    ProposedAt = @ProposedAt,
  DecidedAt = @DecidedAt, Digest = @Digest, DigestSalt = @DigestSalt, OpenKey = @OpenKey, Version = @Version
WHERE Id = @Id AND Version = @OldVersion AND Status <> 'Decided'

-- name: Redact_Decision
-- writes: Decision @RowsKey
UPDATE Decision SET ErrorClaim = @ErrorClaim, Rationale = @Rationale, Version = @Version + 1 WHERE Id = @RowsKey AND Version = @Version

-- name: Redact_DecisionApproval
-- writes: DecisionApproval @RowsKey
UPDATE DecisionApproval SET Comment = @Comment WHERE DecisionId = @RowsKey AND Capacity = @KeyCapacity

-- name: Redact_DecisionCondition
-- writes: DecisionCondition @RowsKey
UPDATE DecisionCondition SET What = @What WHERE DecisionId = @RowsKey AND Ordinal = @KeyOrdinal

-- name: Redact_DecisionCriterion
-- writes: DecisionCriterion @RowsKey
UPDATE DecisionCriterion SET Note = @Note WHERE DecisionId = @RowsKey AND Kind = @KeyKind

-- name: Redact_DecisionLog
-- writes: DecisionLog @RowsKey
UPDATE DecisionLog SET Body = @Body, Title = @CopyTitle WHERE DecisionId = @RowsKey AND Ordinal = @KeyOrdinal

-- name: Rows_Decision
SELECT t.Id AS RowsKey, t.*
FROM Decision t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_DecisionApproval
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionApproval t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Capacity
{{page}} --?Page

-- name: Rows_DecisionApprover
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionApprover t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Capacity, t.PersonId
{{page}} --?Page

-- name: Rows_DecisionCondition
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionCondition t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Ordinal
{{page}} --?Page

-- name: Rows_DecisionCriterion
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionCriterion t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Kind
{{page}} --?Page

-- name: Rows_DecisionLog
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionLog t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Ordinal
{{page}} --?Page

-- name: Rows_DecisionPause
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionPause t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.PauseId
{{page}} --?Page

-- name: Rows_DecisionStage
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionStage t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Ordinal
{{page}} --?Page

-- name: Texts_Decision
SELECT t.Id AS RowsKey, t.Version AS Version, t.ErrorClaim AS ErrorClaim, t.Rationale AS Rationale, t.Code AS OfPlace
FROM Decision t
WHERE t.Id = @Subject OR t.Id IN (SELECT p.DecisionId FROM DecisionPause p WHERE p.IncidentId = @Subject)

-- name: Texts_DecisionApproval
SELECT t.DecisionId AS RowsKey, t.Capacity AS KeyCapacity, t.Comment AS Comment, d.Code AS OfPlace, t.Capacity AS OfKind
FROM DecisionApproval t
JOIN Decision d ON d.Id = t.DecisionId
WHERE t.DecisionId = @Subject OR t.DecisionId IN (SELECT p.DecisionId FROM DecisionPause p WHERE p.IncidentId = @Subject)

-- name: Texts_DecisionCondition
SELECT t.DecisionId AS RowsKey, t.Ordinal AS KeyOrdinal, t.What AS What, d.Code AS OfPlace
FROM DecisionCondition t
JOIN Decision d ON d.Id = t.DecisionId
WHERE t.DecisionId = @Subject OR t.DecisionId IN (SELECT p.DecisionId FROM DecisionPause p WHERE p.IncidentId = @Subject)

-- name: Texts_DecisionCriterion
SELECT t.DecisionId AS RowsKey, t.Kind AS KeyKind, t.Note AS Note, d.Code AS OfPlace, t.Kind AS OfKind, t.ById AS OfAuthor,
  t.About AS OfSubjects
FROM DecisionCriterion t
JOIN Decision d ON d.Id = t.DecisionId
WHERE t.DecisionId = @Subject OR t.DecisionId IN (SELECT p.DecisionId FROM DecisionPause p WHERE p.IncidentId = @Subject)

-- name: Texts_DecisionLog
SELECT t.DecisionId AS RowsKey, t.Ordinal AS KeyOrdinal, t.Body AS Body, t.Title AS CopyTitle,
  d.Code AS OfPlace, t.Kind AS OfKind, t.ActorId AS OfAuthor, t.About AS OfSubjects
FROM DecisionLog t
JOIN Decision d ON d.Id = t.DecisionId
WHERE t.DecisionId = @Subject OR t.DecisionId IN (SELECT p.DecisionId FROM DecisionPause p WHERE p.IncidentId = @Subject)
