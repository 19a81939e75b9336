-- name: FlagAttachment_Insert
-- writes: FlagAttachment @FlagId
INSERT INTO FlagAttachment (FlagId, Ordinal, Id, MessageId, Kind, Size, Digest, AddedAt)
SELECT @FlagId, COALESCE(MAX(t.Ordinal), 0) + 1, @Id, @MessageId, @Kind, @Size, @Digest, @AddedAt
FROM FlagAttachment t
WHERE t.FlagId = @FlagId

-- name: FlagAttachment_Known
SELECT t.Id AS Id FROM FlagAttachment t WHERE t.Id IN {{ids}} AND t.RedactedAt IS NULL

-- name: FlagAttachment_List
SELECT t.Ordinal AS Ordinal, t.Id AS Id, t.MessageId AS MessageId, t.Kind AS Kind, t.Size AS Size, t.Digest AS Digest,
  t.AddedAt AS AddedAt, t.RedactedAt AS RedactedAt
FROM FlagAttachment t
WHERE t.FlagId = @FlagId
ORDER BY t.Ordinal

-- name: FlagAttachment_OfFiles
SELECT t.FlagId AS FlagId, t.Id AS Id FROM FlagAttachment t WHERE t.Id IN {{ids}} AND t.RedactedAt IS NULL

-- name: FlagAttachment_SetRedacted
-- writes: FlagAttachment @FlagId
UPDATE FlagAttachment SET RedactedAt = @Now WHERE FlagId = @FlagId AND Id = @Id

-- name: Flag_ById
SELECT f.Id AS Id, f.Code AS Code, f.Concern AS Concern, f.About AS About, f.DataAnswer AS DataAnswer, f.AudienceAnswer AS AudienceAnswer,
  f.StillOpen AS StillOpen,
  f.ProgramId AS ProgramId, p.Code AS ProgramCode, p.Name AS ProgramName, f.RaisedById AS RaisedById, r.Account AS RaisedByAccount,
    r.DisplayName AS RaisedByName, f.Status AS Status, f.FlaggedAt AS FlaggedAt,
  f.AcknowledgedAt AS AcknowledgedAt, f.AcknowledgedById AS AcknowledgedById, a.DisplayName AS AcknowledgedByName, f.ClosedAt AS ClosedAt,
    f.IncidentId AS IncidentId,
  f.DismissReason AS DismissReason, f.Version AS Version, f.ChangedAt AS ChangedAt, f.ChangedBy AS ChangedBy, f.ChangedWhat AS ChangedWhat
FROM Flag f
LEFT JOIN Program p ON p.Id = f.ProgramId
LEFT JOIN Person r ON r.Id = f.RaisedById
LEFT JOIN Person a ON a.Id = f.AcknowledgedById
WHERE f.Id = @Id

-- name: Flag_CodesVisible
SELECT f.Id AS Id, f.Code AS Code FROM Flag f WHERE f.Id IN {{ids}} AND (@ViewerTriages = 1 OR f.RaisedById = @ViewerId)

-- name: Flag_Counts
SELECT COALESCE(SUM(CASE WHEN f.Status = 'Waiting' THEN 1 ELSE 0 END), 0) AS Waiting,
  COALESCE(SUM(CASE WHEN f.Status = 'Acknowledged' THEN 1 ELSE 0 END), 0) AS Acknowledged
FROM Flag f
WHERE f.Status IN ('Waiting', 'Acknowledged')

-- name: Flag_IdByCode
SELECT f.Id AS Id FROM Flag f WHERE f.Code = @Code

-- name: Flag_IdByReceipt
SELECT f.Id AS Id FROM Flag f WHERE f.ReceiptHash = @ReceiptHash

-- name: Flag_Insert
-- writes: Flag @Id
INSERT INTO Flag
  (Id, Code, Number, Concern, About, DataAnswer, AudienceAnswer, StillOpen, SuggestedSev, ProgramId, RaisedById, ReceiptHash, Status,
    FlaggedAt,
   AcknowledgedAt, AcknowledgedById, ClosedAt, IncidentId, DismissReason, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES
  (@Id, @Code, @Number, @Concern, @About, @DataAnswer, @AudienceAnswer, @StillOpen, @SuggestedSev, @ProgramId, @RaisedById, @ReceiptHash,
    @Status, @FlaggedAt,
   @AcknowledgedAt, @AcknowledgedById, @ClosedAt, @IncidentId, @DismissReason, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)

-- name: Flag_List
SELECT f.Id AS Id, f.Code AS Code, f.Number AS Number, f.Concern AS Concern, f.About AS About, f.SuggestedSev AS SuggestedSev,
  f.StillOpen AS StillOpen, f.Status AS Status,
  f.FlaggedAt AS FlaggedAt, f.AcknowledgedAt AS AcknowledgedAt, f.RaisedById AS RaisedById, r.DisplayName AS RaisedByName,
    p.Code AS ProgramCode, f.IncidentId AS IncidentId,
  (SELECT COUNT(*) FROM FlagMessage m WHERE m.FlagId = f.Id) AS Messages
FROM Flag f
LEFT JOIN Program p ON p.Id = f.ProgramId
LEFT JOIN Person r ON r.Id = f.RaisedById
WHERE f.Number < @Before
  AND f.RaisedById = @RaisedById --?RaisedById
  AND f.Status IN ('Waiting', 'Acknowledged') --?Open
  AND f.Status = @Status --?Status
  AND p.Code = @Program --?Program
  AND f.ChangedAt >= @UpdatedSince --?UpdatedSince
ORDER BY f.Number DESC
{{page}}

-- name: Flag_MessageInsert
-- writes: FlagMessage @FlagId
INSERT INTO FlagMessage (Id, FlagId, Ordinal, Side, AuthorId, Body, WrittenAt)
SELECT @Id, @FlagId, COALESCE(MAX(m.Ordinal), 0) + 1, @Side, @AuthorId, @Body, @WrittenAt FROM FlagMessage m WHERE m.FlagId = @FlagId

-- name: Flag_Messages
SELECT m.Id AS Id, m.Side AS Side, n.DisplayName AS AuthorName, m.Body AS Body, m.WrittenAt AS WrittenAt
FROM FlagMessage m
LEFT JOIN Person n ON n.Id = m.AuthorId
WHERE m.FlagId = @FlagId
ORDER BY m.Ordinal

-- name: Flag_Update
-- writes: Flag @Id
UPDATE Flag
SET Status = @Status, AcknowledgedAt = @AcknowledgedAt, AcknowledgedById = @AcknowledgedById, ClosedAt = @ClosedAt,
  IncidentId = @IncidentId, DismissReason = @DismissReason,
  Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion

-- name: Flag_Waiting
SELECT w.Code AS Code, w.Concern AS Concern, w.SuggestedSev AS SuggestedSev, w.FlaggedAt AS FlaggedAt, w.Waiting AS Waiting
FROM (
  SELECT f.Code AS Code, f.Concern AS Concern, f.SuggestedSev AS SuggestedSev, f.FlaggedAt AS FlaggedAt, COUNT(*) OVER () AS Waiting,
    ROW_NUMBER() OVER (PARTITION BY f.SuggestedSev ORDER BY f.FlaggedAt, f.Number) AS Place
  FROM Flag f
  WHERE f.Status = 'Waiting'
) w
WHERE w.Place <= @Most
ORDER BY w.SuggestedSev, w.Place

-- name: Redact_Flag
-- writes: Flag @RowsKey
UPDATE Flag SET Concern = @Concern, About = @About, DismissReason = @DismissReason, Version = @Version + 1
WHERE Id = @RowsKey AND Version = @Version

-- name: Redact_FlagMessage
-- writes: FlagMessage @RowsKey
UPDATE FlagMessage SET Body = @Body WHERE FlagId = @RowsKey AND Id = @KeyId

-- name: Rows_Flag
SELECT t.Id AS RowsKey, t.*
FROM Flag t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_FlagAttachment
SELECT t.FlagId AS RowsKey, t.*
FROM FlagAttachment t
WHERE 1 = 1
  AND t.FlagId IN {{ids}} --?Ids
  AND t.FlagId > @After --?After
ORDER BY t.FlagId, t.Ordinal
{{page}} --?Page

-- name: Rows_FlagMessage
SELECT t.FlagId AS RowsKey, t.*
FROM FlagMessage t
WHERE 1 = 1
  AND t.FlagId IN {{ids}} --?Ids
  AND t.FlagId > @After --?After
ORDER BY t.FlagId, t.Id
{{page}} --?Page

-- name: Texts_Flag
SELECT t.Id AS RowsKey, t.Version AS Version, t.Concern AS Concern, t.About AS About, t.DismissReason AS DismissReason,
  t.Code AS OfPlace
FROM Flag t
WHERE t.Id = @Subject OR t.IncidentId = @Subject

-- name: Texts_FlagMessage
SELECT t.FlagId AS RowsKey, t.Id AS KeyId, t.Body AS Body, f.Code AS OfPlace
FROM FlagMessage t
JOIN Flag f ON f.Id = t.FlagId
WHERE t.FlagId = @Subject OR t.FlagId IN (SELECT p.Id FROM Flag p WHERE p.IncidentId = @Subject)
