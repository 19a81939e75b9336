-- name: Fragment_notice
s.Status = 'Published' AND s.Audience = 'Employees' AND i.Confidentiality = 'Open'

-- name: Fragment_statement_columns
s.Id AS Id, s.Number AS Number, s.Code AS Code, s.IncidentId AS IncidentId, s.Audience AS Audience, s.Status AS Status,
  s.PublishedVersion AS PublishedVersion, s.PublishedAt AS PublishedAt, s.PublishedBy AS PublishedBy, s.WithdrawnAt AS WithdrawnAt,
  s.WithdrawnReason AS WithdrawnReason, s.CreatedAt AS CreatedAt, s.Version AS Version, s.ChangedAt AS ChangedAt,
  s.ChangedBy AS ChangedBy, s.ChangedWhat AS ChangedWhat, i.Code AS IncidentCode, i.Confidentiality AS Confidentiality,
  CASE WHEN EXISTS (SELECT 1 FROM IncidentProgram op JOIN Program p ON p.Id = op.ProgramId
    WHERE op.IncidentId = s.IncidentId AND {{own_program}}) THEN 1 ELSE 0 END AS IsOwnProgram

-- name: IncidentStatement_Find
SELECT {{statement_columns}}
FROM IncidentStatement s
JOIN Incident i ON i.Id = s.IncidentId
WHERE s.Code = @Code AND {{visible}}

-- name: IncidentStatement_Insert
-- writes: IncidentStatement @IncidentId
INSERT INTO IncidentStatement (Id, Number, Code, IncidentId, Audience, Status, PublishedVersion, PublishedAt, PublishedBy, WithdrawnAt,
  WithdrawnReason, CreatedAt, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES (@Id, @Number, @Code, @IncidentId, @Audience, @Status, @PublishedVersion, @PublishedAt, @PublishedBy, @WithdrawnAt,
  @WithdrawnReason, @CreatedAt, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)

-- name: IncidentStatement_List
SELECT {{statement_columns}}
FROM IncidentStatement s
JOIN Incident i ON i.Id = s.IncidentId
WHERE {{visible}}
  AND s.Number < @BeforeNumber --?Before
  AND i.Code = @IncidentCode --?Incident
  AND s.Status = @Status --?Status
ORDER BY s.Number DESC
{{page}}

-- name: IncidentStatement_Move
-- writes: IncidentStatement @FromId, IncidentStatement @IntoId
UPDATE IncidentStatement SET IncidentId = @IntoId, Version = Version + 1 WHERE IncidentId = @FromId

-- name: IncidentStatement_Waiting
SELECT (SELECT COUNT(*) FROM IncidentStatement s WHERE s.IncidentId = @IncidentId AND s.Status = 'Draft')
  + (SELECT COUNT(*) FROM NoticeQuestion q WHERE q.IncidentId = @IncidentId AND q.Answer IS NULL)

-- name: IncidentStatement_Update
-- writes: IncidentStatement @IncidentId
UPDATE IncidentStatement
SET Status = @Status, PublishedVersion = @PublishedVersion, PublishedAt = @PublishedAt, PublishedBy = @PublishedBy,
  WithdrawnAt = @WithdrawnAt, WithdrawnReason = @WithdrawnReason, Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy,
  ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion

-- name: Notice_Collection
SELECT v.Title AS Title, v.Body AS Body, s.PublishedAt AS PublishedAt
FROM IncidentStatement s
JOIN Incident i ON i.Id = s.IncidentId
JOIN StatementVersion v ON v.StatementId = s.Id AND v.Number = s.PublishedVersion
WHERE s.IncidentId = @IncidentId AND s.Status = 'Published' AND s.Audience = 'Collection' AND i.Confidentiality = 'Open'
ORDER BY s.PublishedAt DESC, s.Id DESC
{{page}}

-- name: Notice_List
SELECT s.Id AS Id, i.Code AS Code, i.Status AS Status, v.Title AS Title, s.PublishedAt AS PublishedAt
FROM IncidentStatement s
JOIN Incident i ON i.Id = s.IncidentId
JOIN StatementVersion v ON v.StatementId = s.Id AND v.Number = s.PublishedVersion
WHERE {{notice}}
  AND NOT EXISTS (SELECT 1 FROM IncidentStatement l WHERE l.IncidentId = s.IncidentId AND l.Status = 'Published'
    AND l.Audience = 'Employees' AND (l.PublishedAt > s.PublishedAt OR (l.PublishedAt = s.PublishedAt AND l.Id > s.Id)))
  AND (s.PublishedAt < @BeforeAt OR (s.PublishedAt = @BeforeAt AND s.Id < @BeforeId)) --?Before
ORDER BY s.PublishedAt DESC, s.Id DESC
{{page}}

-- name: Notice_Statements
SELECT i.Id AS IncidentId, i.Code AS Code, i.Status AS Status, v.Title AS Title, v.Body AS Body, s.PublishedAt AS PublishedAt
FROM IncidentStatement s
JOIN Incident i ON i.Id = s.IncidentId
JOIN StatementVersion v ON v.StatementId = s.Id AND v.Number = s.PublishedVersion
WHERE i.Code = @Code AND {{notice}}
ORDER BY s.PublishedAt DESC, s.Id DESC

-- name: Notice_Texts
SELECT s.Id AS Id, i.Code AS Code, i.Status AS Status, v.Title AS Title, v.Body AS Body, s.PublishedAt AS PublishedAt
FROM IncidentStatement s
JOIN Incident i ON i.Id = s.IncidentId
JOIN StatementVersion v ON v.StatementId = s.Id AND v.Number = s.PublishedVersion
WHERE {{notice}}
ORDER BY s.PublishedAt DESC, s.Id DESC
{{page}}

-- name: NoticeQuestion_Find
SELECT q.Id AS Id, q.IncidentId AS IncidentId, q.Question AS Question, q.AskedById AS AskedById, q.AskedBy AS AskedBy,
  q.AskedAt AS AskedAt, q.Answer AS Answer, q.AnsweredBy AS AnsweredBy, q.AnsweredAt AS AnsweredAt, q.Version AS Version
FROM NoticeQuestion q
WHERE q.IncidentId = @IncidentId AND q.Id = @Id

-- name: NoticeQuestion_Insert
-- writes: NoticeQuestion @IncidentId
INSERT INTO NoticeQuestion (Id, IncidentId, Question, AskedById, AskedBy, AskedAt, Answer, AnsweredBy, AnsweredAt, Version)
VALUES (@Id, @IncidentId, @Question, @AskedById, @AskedBy, @AskedAt, @Answer, @AnsweredBy, @AnsweredAt, @Version)

-- name: NoticeQuestion_List
SELECT q.Id AS Id, q.IncidentId AS IncidentId, q.Question AS Question, q.AskedById AS AskedById, q.AskedBy AS AskedBy,
  q.AskedAt AS AskedAt, q.Answer AS Answer, q.AnsweredBy AS AnsweredBy, q.AnsweredAt AS AnsweredAt, q.Version AS Version
FROM NoticeQuestion q
WHERE q.IncidentId = @IncidentId
  AND q.Answer IS NOT NULL --?Answered
ORDER BY q.Id DESC

-- name: NoticeQuestion_Move
-- writes: NoticeQuestion @FromId, NoticeQuestion @IntoId
UPDATE NoticeQuestion SET IncidentId = @IntoId, Version = Version + 1 WHERE IncidentId = @FromId

-- name: NoticeQuestion_Update
-- writes: NoticeQuestion @IncidentId
UPDATE NoticeQuestion
SET Answer = @Answer, AnsweredBy = @AnsweredBy, AnsweredAt = @AnsweredAt, Version = @Version
WHERE IncidentId = @IncidentId AND Id = @Id AND Version = @LoadedVersion

-- name: NoticeQuestion_Waiting
SELECT COUNT(*) FROM NoticeQuestion q WHERE q.IncidentId = @IncidentId AND q.AskedById = @AskedById AND q.Answer IS NULL

-- name: Redact_IncidentStatement
-- writes: IncidentStatement @RowsKey
UPDATE IncidentStatement SET WithdrawnReason = @WithdrawnReason, Version = @Version + 1
WHERE IncidentId = @RowsKey AND Id = @KeyId AND Version = @Version

-- name: Redact_NoticeQuestion
-- writes: NoticeQuestion @RowsKey
UPDATE NoticeQuestion SET Question = @Question, Answer = @Answer, Version = @Version + 1
WHERE IncidentId = @RowsKey AND Id = @KeyId AND Version = @Version

-- name: Redact_StatementVersion
-- writes: StatementVersion @RowsKey
UPDATE StatementVersion SET Title = @Title, Body = @Body WHERE StatementId = @RowsKey AND Number = @KeyNumber

-- name: Rows_IncidentStatement
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentStatement t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Id
{{page}} --?Page

-- name: Rows_NoticeQuestion
SELECT t.IncidentId AS RowsKey, t.*
FROM NoticeQuestion t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Id
{{page}} --?Page

-- name: Rows_StatementVersion
SELECT t.StatementId AS RowsKey, t.*
FROM StatementVersion t
WHERE 1 = 1
  AND t.StatementId IN {{ids}} --?Ids
  AND t.StatementId > @After --?After
ORDER BY t.StatementId, t.Number
{{page}} --?Page

-- name: StatementVersion_Insert
-- writes: StatementVersion @StatementId
INSERT INTO StatementVersion (StatementId, Number, Title, Body, WrittenById, WrittenBy, WrittenAt)
VALUES (@StatementId, @Number, @Title, @Body, @WrittenById, @WrittenBy, @WrittenAt)

-- name: StatementVersion_List
SELECT v.StatementId AS StatementId, v.Number AS Number, v.Title AS Title, v.Body AS Body, v.WrittenById AS WrittenById,
  v.WrittenBy AS WrittenBy, v.WrittenAt AS WrittenAt
FROM StatementVersion v
WHERE v.StatementId IN {{ids}}
ORDER BY v.StatementId, v.Number

-- name: Texts_IncidentStatement
SELECT t.IncidentId AS RowsKey, t.Id AS KeyId, t.Version AS Version, t.WithdrawnReason AS WithdrawnReason, t.Code AS OfPlace
FROM IncidentStatement t
WHERE t.IncidentId = @Subject

-- name: Texts_NoticeQuestion
SELECT t.IncidentId AS RowsKey, t.Id AS KeyId, t.Version AS Version, t.Question AS Question, t.Answer AS Answer
FROM NoticeQuestion t
WHERE t.IncidentId = @Subject

-- name: Texts_StatementVersion
SELECT t.StatementId AS RowsKey, t.Number AS KeyNumber, t.Title AS Title, t.Body AS Body, s.Code AS OfPlace, t.Number AS OfKind
FROM StatementVersion t
JOIN IncidentStatement s ON s.Id = t.StatementId
WHERE t.StatementId IN (SELECT p.Id FROM IncidentStatement p WHERE p.IncidentId = @Subject)
