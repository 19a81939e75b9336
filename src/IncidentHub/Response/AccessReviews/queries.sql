-- name: Fragment_review_columns
r.Id AS Id, r.IncidentId AS IncidentId, i.Code AS IncidentCode, r.Number AS Number, r.Code AS Code, r.DatasetId AS DatasetId,
  r.DatasetName AS DatasetName, r.EvidenceId AS EvidenceId, e.Code AS EvidenceCode, e.Name AS EvidenceName, r.Settings AS Settings,
  r.LoadedById AS LoadedById, r.LoadedByName AS LoadedByName, r.LoadedAt AS LoadedAt, r.Status AS Status, r.Result AS Result,
  r.FailedBecause AS FailedBecause, r.Conclusion AS Conclusion, r.Note AS Note, r.SignedOffById AS SignedOffById,
  r.SignedOffByName AS SignedOffByName, r.SignedOffAt AS SignedOffAt, r.Version AS Version, r.ChangedAt AS ChangedAt,
  r.ChangedBy AS ChangedBy, r.ChangedWhat AS ChangedWhat, u.RowsRead AS RowsRead, u.Position AS Position, u.Size AS Size

-- name: Fragment_review_visible
{{visible}} AND (@ViewerSeesRestricted = 1 OR r.LoadedById = @ViewerId
    OR EXISTS (SELECT 1 FROM AccessReviewPerson rp WHERE rp.ReviewId = r.Id AND rp.PersonId = @ViewerId))

-- name: AccessReviewAccount_Clear
DELETE FROM AccessReviewAccount WHERE ReviewId = @ReviewId

-- name: AccessReviewAccount_Insert (sqlite)
INSERT INTO AccessReviewAccount (ReviewId, Number, Account, IsService, Accesses, FirstAt, LastAt, FirstChunk, LastChunk)
SELECT @ReviewId,
  json_extract(j.value, '$.Number'),
  json_extract(j.value, '$.Account'),
  json_extract(j.value, '$.IsService'),
  json_extract(j.value, '$.Accesses'),
  json_extract(j.value, '$.FirstAt'),
  json_extract(j.value, '$.LastAt'),
  json_extract(j.value, '$.FirstChunk'),
  json_extract(j.value, '$.LastChunk')
FROM json_each(@Rows) j

-- name: AccessReviewAccount_Insert (sqlserver)
INSERT INTO AccessReviewAccount (ReviewId, Number, Account, IsService, Accesses, FirstAt, LastAt, FirstChunk, LastChunk)
SELECT @ReviewId, r.Number, r.Account, r.IsService, r.Accesses, r.FirstAt, r.LastAt, r.FirstChunk, r.LastChunk
FROM OPENJSON(@Rows) WITH (
  Number int '$.Number',
  Account nvarchar(max) '$.Account',
  IsService bit '$.IsService',
  Accesses bigint '$.Accesses',
  FirstAt datetimeoffset(7) '$.FirstAt',
  LastAt datetimeoffset(7) '$.LastAt',
  FirstChunk int '$.FirstChunk',
  LastChunk int '$.LastChunk'
) r

-- name: AccessReviewAccount_Redact
UPDATE AccessReviewAccount SET Account = @Mark WHERE ReviewId = @ReviewId

-- name: AccessReviewAccount_List
SELECT a.Number AS Number, a.Account AS Account, a.IsService AS IsService, a.Accesses AS Accesses, a.FirstAt AS FirstAt,
  a.LastAt AS LastAt, a.FirstChunk AS FirstChunk, a.LastChunk AS LastChunk
FROM AccessReviewAccount a
WHERE a.ReviewId = @ReviewId
  AND a.Number > @AfterNumber --?After
  AND a.Number = @Number --?One
  AND a.IsService = @IsService --?Services
ORDER BY a.Number
{{page}}

-- name: AccessReviewChunk_Insert
INSERT INTO AccessReviewChunk (ReviewId, Ordinal, Accesses, Data) VALUES (@ReviewId, @Ordinal, @Accesses, @Data)

-- name: AccessReviewChunk_List
SELECT c.Ordinal AS Ordinal, c.Accesses AS Accesses, c.Data AS Data
FROM AccessReviewChunk c
WHERE c.ReviewId = @ReviewId AND c.Ordinal BETWEEN @FirstChunk AND @LastChunk
ORDER BY c.Ordinal
{{page}}

-- name: AccessReviewChunk_Clear
DELETE FROM AccessReviewChunk WHERE ReviewId = @ReviewId

-- name: AccessReviewPerson_Insert
INSERT INTO AccessReviewPerson (ReviewId, PersonId, PersonName) VALUES (@ReviewId, @PersonId, @PersonName)

-- name: AccessReviewPerson_List
SELECT p.PersonName AS PersonName FROM AccessReviewPerson p WHERE p.ReviewId = @ReviewId ORDER BY p.PersonName

-- name: AccessReviewRun_Find
SELECT u.Audience AS Audience, u.State AS State FROM AccessReviewRun u WHERE u.ReviewId = @ReviewId

-- name: AccessReviewRun_Insert
INSERT INTO AccessReviewRun (ReviewId, Audience, RowsRead, Position, Size, State, At)
VALUES (@ReviewId, @Audience, 0, 0, @Size, NULL, @At)

-- name: AccessReviewRun_Redact
UPDATE AccessReviewRun SET State = NULL WHERE ReviewId = @ReviewId

-- name: AccessReviewRun_Save
UPDATE AccessReviewRun SET RowsRead = @RowsRead, Position = @Position, Size = @Size, State = @State, At = @At
WHERE ReviewId = @ReviewId
  AND EXISTS (SELECT 1 FROM AccessReview r WHERE r.Id = AccessReviewRun.ReviewId AND r.Status = 'Running')

-- name: AccessReview_Find
SELECT {{review_columns}}
FROM AccessReview r
JOIN Incident i ON i.Id = r.IncidentId
JOIN Evidence e ON e.Id = r.EvidenceId
JOIN AccessReviewRun u ON u.ReviewId = r.Id
WHERE r.Code = @Code AND {{review_visible}}

-- name: AccessReview_Insert
INSERT INTO AccessReview (Id, IncidentId, Number, Code, DatasetId, DatasetName, EvidenceId, Settings, LoadedById, LoadedByName, LoadedAt,
  Status, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES (@Id, @IncidentId, @Number, @Code, @DatasetId, @DatasetName, @EvidenceId, @Settings, @LoadedById, @LoadedByName, @LoadedAt,
  @Status, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)

-- name: AccessReview_List
SELECT {{review_columns}}
FROM AccessReview r
JOIN Incident i ON i.Id = r.IncidentId
JOIN Evidence e ON e.Id = r.EvidenceId
JOIN AccessReviewRun u ON u.ReviewId = r.Id
WHERE r.IncidentId = @IncidentId AND {{review_visible}}
  AND r.Number < @BeforeNumber --?Before
ORDER BY r.Number DESC
{{page}}

-- name: AccessReview_Move
UPDATE AccessReview SET IncidentId = @ToId, Version = Version + 1 WHERE IncidentId = @FromId

-- name: AccessReview_OfFile
SELECT r.Id AS Id FROM AccessReview r WHERE r.EvidenceId = @EvidenceId

-- name: AccessReview_Running
SELECT r.Code AS Code FROM AccessReview r WHERE r.Status = 'Running' ORDER BY r.Number

-- name: AccessReview_Update
UPDATE AccessReview
SET Status = @Status, Result = @Result, FailedBecause = @FailedBecause, Conclusion = @Conclusion, Note = @Note,
  SignedOffById = @SignedOffById, SignedOffByName = @SignedOffByName, SignedOffAt = @SignedOffAt, Version = @Version,
  ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion

-- name: Redact_AccessReview
UPDATE AccessReview SET Note = @Note, FailedBecause = @CopyFailedBecause, Settings = @CopySettings, Result = @CopyResult,
  Version = @Version + 1 WHERE Id = @RowsKey AND Version = @Version

-- name: Texts_AccessReview
SELECT t.Id AS RowsKey, t.Version AS Version, t.Note AS Note, t.FailedBecause AS CopyFailedBecause, t.Settings AS CopySettings,
  t.Result AS CopyResult, t.Code AS OfPlace
FROM AccessReview t
WHERE t.IncidentId = @Subject
