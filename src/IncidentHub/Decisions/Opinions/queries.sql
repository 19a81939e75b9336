-- name: Fragment_opinion_awaited
(q.Role = 'DataProtectionOfficer' AND @ViewerIsOfficer = 1 OR q.Role = 'WorksCouncil' AND @ViewerIsCouncil = 1)
  AND (NOT EXISTS (SELECT 1 FROM DecisionOpinionPerson qn WHERE qn.DecisionId = q.DecisionId AND qn.Number = q.Number)
    OR EXISTS (SELECT 1 FROM DecisionOpinionPerson qm WHERE qm.DecisionId = q.DecisionId AND qm.Number = q.Number
      AND qm.PersonId = @ViewerId))
  AND q.WithdrawnAt IS NULL
  AND NOT EXISTS (SELECT 1 FROM DecisionOpinionRequest ql WHERE ql.DecisionId = q.DecisionId AND ql.Role = q.Role AND ql.Number > q.Number)
  AND NOT EXISTS (SELECT 1 FROM DecisionOpinion qo WHERE qo.DecisionId = q.DecisionId AND qo.Role = q.Role AND qo.Number > q.Number)

-- name: Fragment_opinion_columns
o.Id AS Id, o.DecisionId AS DecisionId, o.Number AS Number, o.Role AS Role, o.Position AS Position, o.Text AS Text, o.GivenAt AS GivenAt,
  o.DocumentName AS DocumentName, o.DocumentSize AS DocumentSize, o.DocumentDigest AS DocumentDigest,
  o.DocumentRedactedAt AS DocumentRedactedAt, o.RecordedById AS RecordedById, o.RecordedByName AS RecordedByName,
  o.RecordedAt AS RecordedAt, o.OnBehalf AS OnBehalf

-- name: DecisionOpinionCustody_Insert
INSERT INTO DecisionOpinionCustody (Id, OpinionId, Kind, At, PersonId, PersonName, Note)
VALUES (@Id, @OpinionId, @Kind, @At, @PersonId, @PersonName, @Note)

-- name: DecisionOpinionCustody_List
SELECT c.Id AS Id, c.Kind AS Kind, c.At AS At, c.PersonName AS PersonName, c.Note AS Note
FROM DecisionOpinionCustody c
WHERE c.OpinionId = @OpinionId
  AND c.Id < @BeforeId --?Before
ORDER BY c.Id DESC
{{page}}

-- name: DecisionOpinionPerson_Insert
-- writes: DecisionOpinionPerson @DecisionId
INSERT INTO DecisionOpinionPerson (DecisionId, Number, PersonId, PersonName) VALUES (@DecisionId, @Number, @PersonId, @PersonName)

-- name: DecisionOpinionPerson_OfDecision
SELECT p.Number AS Number, p.PersonId AS PersonId, p.PersonName AS PersonName
FROM DecisionOpinionPerson p
WHERE p.DecisionId = @Id
ORDER BY p.Number, p.PersonName, p.PersonId

-- name: DecisionOpinionRequest_Awaited
SELECT d.Code AS Code, d.ProgramCode AS ProgramCode, q.Role AS Role, q.DueAt AS DueAt, q.ByName AS ByName, q.At AS At
FROM DecisionOpinionRequest q
JOIN Decision d ON d.Id = q.DecisionId
WHERE d.Status <> 'Decided' AND {{opinion_awaited}}
  AND {{decision_visible}}
ORDER BY q.At, q.DecisionId, q.Number
{{page}}

-- name: DecisionOpinionRequest_Insert
-- writes: DecisionOpinionRequest @DecisionId
INSERT INTO DecisionOpinionRequest (DecisionId, Number, Role, DueAt, AudienceId, ById, ByName, At, WithdrawnAt, WithdrawnByName)
VALUES (@DecisionId, @Number, @Role, @DueAt, @AudienceId, @ById, @ByName, @At, @WithdrawnAt, @WithdrawnByName)

-- name: DecisionOpinionRequest_OfDecision
SELECT q.Number AS Number, q.Role AS Role, q.DueAt AS DueAt, q.AudienceId AS AudienceId, q.ById AS ById, q.ByName AS ByName, q.At AS At,
  q.WithdrawnAt AS WithdrawnAt, q.WithdrawnByName AS WithdrawnByName
FROM DecisionOpinionRequest q
WHERE q.DecisionId = @Id
ORDER BY q.Number

-- name: DecisionOpinionRequest_SetWithdrawn
-- writes: DecisionOpinionRequest @DecisionId
UPDATE DecisionOpinionRequest SET WithdrawnAt = @WithdrawnAt, WithdrawnByName = @WithdrawnByName
WHERE DecisionId = @DecisionId AND Number = @Number AND WithdrawnAt IS NULL

-- name: DecisionOpinion_Insert
-- writes: DecisionOpinion @DecisionId
INSERT INTO DecisionOpinion (Id, DecisionId, Number, Role, Position, Text, GivenAt, DocumentName, DocumentSize, DocumentDigest,
  DocumentRedactedAt, RecordedById, RecordedByName, RecordedAt, OnBehalf)
VALUES (@Id, @DecisionId, @Number, @Role, @Position, @Text, @GivenAt, @DocumentName, @DocumentSize, @DocumentDigest,
  @DocumentRedactedAt, @RecordedById, @RecordedByName, @RecordedAt, @OnBehalf)

-- name: DecisionOpinion_Known
SELECT o.Id AS Id FROM DecisionOpinion o WHERE o.Id IN {{ids}} AND o.DocumentRedactedAt IS NULL

-- name: DecisionOpinion_OfDecision
SELECT {{opinion_columns}}
FROM DecisionOpinion o
WHERE o.DecisionId = @Id
ORDER BY o.Number

-- name: DecisionOpinion_OfIncident
SELECT {{opinion_columns}}, d.Code AS Code,
  CASE WHEN EXISTS (SELECT 1 FROM DecisionOpinion l WHERE l.DecisionId = o.DecisionId AND l.Role = o.Role AND l.Number > o.Number)
    THEN 1 ELSE 0 END AS IsSuperseded
FROM DecisionOpinion o
JOIN Decision d ON d.Id = o.DecisionId
WHERE EXISTS (SELECT 1 FROM DecisionPause g WHERE g.DecisionId = d.Id AND g.IncidentId = @IncidentId)
  AND {{decision_visible}}
  AND o.Id < @BeforeId --?Before
ORDER BY o.Id DESC
{{page}}

-- name: DecisionOpinion_SetRedacted
-- writes: DecisionOpinion @DecisionId
UPDATE DecisionOpinion SET DocumentRedactedAt = @Now
WHERE DecisionId = @DecisionId AND Id IN {{ids}} AND DocumentName IS NOT NULL AND DocumentRedactedAt IS NULL

-- name: Redact_DecisionOpinion
-- writes: DecisionOpinion @RowsKey
UPDATE DecisionOpinion SET Text = @Text, DocumentName = @DocumentName WHERE DecisionId = @RowsKey AND Number = @KeyNumber

-- name: Rows_DecisionOpinion
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionOpinion t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Number
{{page}} --?Page

-- name: Rows_DecisionOpinionPerson
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionOpinionPerson t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Number, t.PersonId
{{page}} --?Page

-- name: Rows_DecisionOpinionRequest
SELECT t.DecisionId AS RowsKey, t.*
FROM DecisionOpinionRequest t
WHERE 1 = 1
  AND t.DecisionId IN {{ids}} --?Ids
  AND t.DecisionId > @After --?After
ORDER BY t.DecisionId, t.Number
{{page}} --?Page

-- name: Texts_DecisionOpinion
SELECT t.DecisionId AS RowsKey, t.Number AS KeyNumber, t.Text AS Text, t.DocumentName AS DocumentName,
  d.Code AS OfPlace, t.Role AS OfKind
FROM DecisionOpinion t
JOIN Decision d ON d.Id = t.DecisionId
WHERE t.DecisionId = @Subject OR t.DecisionId IN (SELECT p.DecisionId FROM DecisionPause p WHERE p.IncidentId = @Subject)
