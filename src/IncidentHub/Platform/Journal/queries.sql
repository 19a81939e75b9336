-- name: Audit_Count
SELECT h.EntryCount FROM AuditHead h WHERE h.Id = 1

-- name: Audit_CountCheckpoint
-- The head counts them, so that removing the last is detected; only the next one is added.
UPDATE AuditHead SET CheckpointCount = @Number WHERE Id = 1 AND CheckpointCount = @Before

-- name: Audit_Insert (sqlite)
INSERT INTO AuditEntry (Sequence, At, ActorId, ActorName, ActorKind, Act, Subject, About, SubjectSalt, SubjectDigest, Payload, Salt,
  PayloadDigest, PreviousHash, Hash, HashVersion)
SELECT json_extract(j.value, '$.Sequence'), @At,
  json_extract(j.value, '$.ActorId'),
  json_extract(j.value, '$.ActorName'),
  json_extract(j.value, '$.ActorKind'),
  json_extract(j.value, '$.Act'),
  json_extract(j.value, '$.Subject'),
  json_extract(j.value, '$.About'),
  json_extract(j.value, '$.SubjectSalt'),
  json_extract(j.value, '$.SubjectDigest'),
  json_extract(j.value, '$.Payload'),
  json_extract(j.value, '$.Salt'),
  json_extract(j.value, '$.PayloadDigest'),
  json_extract(j.value, '$.PreviousHash'),
  json_extract(j.value, '$.Hash'),
  json_extract(j.value, '$.HashVersion')
FROM json_each(@Rows) j
ORDER BY j.key;
INSERT INTO RowDigest (TableName, RowsKey, Sequence, Salt, Digest)
SELECT json_extract(d.value, '$.TableName'),
  json_extract(d.value, '$.RowsKey'),
  json_extract(d.value, '$.Sequence'),
  json_extract(d.value, '$.Salt'),
  json_extract(d.value, '$.Digest')
FROM json_each(@Digests) d
WHERE 1 = 1
ON CONFLICT (TableName, RowsKey) DO UPDATE SET Sequence = excluded.Sequence, Salt = excluded.Salt, Digest = excluded.Digest;
INSERT INTO AuditSubject (SubjectId, Sequence)
SELECT json_extract(s.value, '$.SubjectId'), json_extract(s.value, '$.Sequence')
FROM json_each(@Subjects) s

-- name: Audit_Insert (sqlserver)
INSERT INTO AuditEntry (Sequence, At, ActorId, ActorName, ActorKind, Act, Subject, About, SubjectSalt, SubjectDigest, Payload, Salt,
  PayloadDigest, PreviousHash, Hash, HashVersion)
SELECT r.Sequence, @At, r.ActorId, r.ActorName, r.ActorKind, r.Act, r.Subject, r.About, r.SubjectSalt, r.SubjectDigest, r.Payload, r.Salt,
  r.PayloadDigest, r.PreviousHash, r.Hash, r.HashVersion
FROM OPENJSON(@Rows) WITH (
  Sequence bigint '$.Sequence',
  ActorId uniqueidentifier '$.ActorId',
  ActorName nvarchar(max) '$.ActorName',
  ActorKind nvarchar(10) '$.ActorKind',
  Act nvarchar(max) '$.Act',
  Subject nvarchar(max) '$.Subject',
  About nvarchar(max) '$.About',
  SubjectSalt nvarchar(32) '$.SubjectSalt',
  SubjectDigest nvarchar(64) '$.SubjectDigest',
  Payload nvarchar(max) '$.Payload',
  Salt nvarchar(32) '$.Salt',
  PayloadDigest nvarchar(64) '$.PayloadDigest',
  PreviousHash nvarchar(64) '$.PreviousHash',
  Hash nvarchar(64) '$.Hash',
  HashVersion int '$.HashVersion'
) r;
UPDATE d SET Sequence = r.Sequence, Salt = r.Salt, Digest = r.Digest
FROM RowDigest d
JOIN OPENJSON(@Digests) WITH (
  TableName nvarchar(40) '$.TableName',
  RowsKey nvarchar(100) '$.RowsKey',
  Sequence bigint '$.Sequence',
  Salt nvarchar(32) '$.Salt',
  Digest nvarchar(64) '$.Digest'
) r ON d.TableName = r.TableName COLLATE Latin1_General_100_BIN2 AND d.RowsKey = r.RowsKey COLLATE Latin1_General_100_BIN2;
INSERT INTO RowDigest (TableName, RowsKey, Sequence, Salt, Digest)
SELECT r.TableName, r.RowsKey, r.Sequence, r.Salt, r.Digest
FROM OPENJSON(@Digests) WITH (
  TableName nvarchar(40) '$.TableName',
  RowsKey nvarchar(100) '$.RowsKey',
  Sequence bigint '$.Sequence',
  Salt nvarchar(32) '$.Salt',
  Digest nvarchar(64) '$.Digest'
) r
WHERE NOT EXISTS (
  SELECT 1 FROM RowDigest d WITH (UPDLOCK, HOLDLOCK)
  WHERE d.TableName = r.TableName COLLATE Latin1_General_100_BIN2 AND d.RowsKey = r.RowsKey COLLATE Latin1_General_100_BIN2
);
INSERT INTO AuditSubject (SubjectId, Sequence)
SELECT s.SubjectId, s.Sequence
FROM OPENJSON(@Subjects) WITH (
  SubjectId uniqueidentifier '$.SubjectId',
  Sequence bigint '$.Sequence'
) s

-- name: Audit_RemovePayloads
UPDATE AuditEntry SET Payload = NULL, Salt = NULL WHERE Sequence IN {{numbers}}

-- name: Audit_SetHead
UPDATE AuditHead SET LastHash = @LastHash WHERE Id = 1

-- name: Audit_TakeHead (sqlite)
UPDATE AuditHead SET EntryCount = EntryCount + @Count WHERE Id = 1 RETURNING EntryCount - @Count AS EntryCount, LastHash

-- name: Audit_TakeHead (sqlserver)
UPDATE AuditHead SET EntryCount = EntryCount + @Count OUTPUT deleted.EntryCount AS EntryCount, deleted.LastHash AS LastHash WHERE Id = 1

-- name: Redact_TimelineEntry
-- writes: TimelineEntry @RowsKey
-- Whoever has the old body in a form has the revision before.
UPDATE TimelineEntry
SET Body = @Body, Title = @CopyTitle, PublicTitle = @CopyPublicTitle, Data = @CopyData,
  Revision = CASE WHEN Body <> @Body THEN Revision + 1 ELSE Revision END
WHERE Id = @RowsKey AND Revision = @KeyRevision

-- name: Redact_TimelineRevision
-- writes: TimelineRevision @RowsKey
UPDATE TimelineRevision SET Body = @Body, Title = @CopyTitle WHERE EntryId = @RowsKey AND Revision = @KeyRevision

-- name: RowDigest_Any
SELECT CASE WHEN EXISTS (SELECT 1 FROM RowDigest d) THEN 1 ELSE 0 END

-- name: RowDigest_Find
SELECT d.TableName AS TableName, d.RowsKey AS RowsKey, d.Sequence AS Sequence, d.Salt AS Salt, d.Digest AS Digest
FROM RowDigest d
WHERE d.TableName = @TableName AND d.RowsKey IN {{texts}}

-- name: RowDigest_OfEntries
SELECT d.TableName AS TableName, d.RowsKey AS RowsKey FROM RowDigest d WHERE d.Sequence IN {{numbers}}

-- name: RowDigest_Page
SELECT d.TableName AS TableName, d.RowsKey AS RowsKey, d.Sequence AS Sequence, d.Salt AS Salt, d.Digest AS Digest
FROM RowDigest d
WHERE d.TableName = @TableName AND d.RowsKey > @After
ORDER BY d.RowsKey
{{page}}

-- name: Rows_TimelineEntry
SELECT t.Id AS RowsKey, t.*
FROM TimelineEntry t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_TimelineRevision
SELECT t.EntryId AS RowsKey, t.*
FROM TimelineRevision t
WHERE 1 = 1
  AND t.EntryId IN {{ids}} --?Ids
  AND t.EntryId > @After --?After
ORDER BY t.EntryId, t.Revision
{{page}} --?Page

-- name: Texts_TimelineEntry
-- About a program, what belongs to no incident: two incidents of one program are two subjects.
SELECT t.Id AS RowsKey, t.Revision AS KeyRevision, t.Body AS Body, t.Title AS CopyTitle, t.PublicTitle AS CopyPublicTitle,
  t.Data AS CopyData, t.About AS OfSubjects, CASE WHEN t.IncidentId IS NULL THEN t.ProgramId END AS OfProgram,
  t.ActorId AS OfAuthor, t.ActorName AS OfPlace, t.Kind AS OfKind
FROM TimelineEntry t
WHERE t.Id IN (
  SELECT i.Id FROM TimelineEntry i WHERE i.IncidentId = @Subject
  UNION ALL
  SELECT s.EntryId FROM TimelineSubject s WHERE s.SubjectId = @Subject
  UNION ALL
  SELECT p.Id FROM TimelineEntry p WHERE p.ProgramId = @Subject AND p.IncidentId IS NULL AND p.About IS NULL
)

-- name: Texts_TimelineRevision
SELECT t.EntryId AS RowsKey, t.Revision AS KeyRevision, t.Body AS Body, t.Title AS CopyTitle, t.ActorName AS OfPlace
FROM TimelineRevision t
WHERE t.EntryId IN (SELECT e.Id FROM TimelineEntry e WHERE e.IncidentId = @Subject)

-- name: Timeline_ActorsSince
SELECT DISTINCT t.ActorId AS ActorId
FROM TimelineEntry t
WHERE t.IncidentId = @IncidentId AND t.Kind = @Kind
  AND NOT EXISTS (SELECT 1 FROM TimelineEntry r WHERE r.IncidentId = @IncidentId AND r.Kind = @Since AND r.RecordedAt >= t.RecordedAt)

-- name: Timeline_Find
SELECT e.Id AS Id, e.Kind AS Kind, e.HappenedAt AS HappenedAt, e.RecordedAt AS RecordedAt, e.ActorId AS ActorId, e.ActorName AS ActorName,
  e.Title AS Title, e.PublicTitle AS PublicTitle, e.Body AS Body,
  e.Data AS Data, e.ProgramId AS ProgramId, e.IsPinned AS IsPinned, e.Revision AS Revision, e.About AS About,
  e.RedactedAt AS RedactedAt, e.RedactedByName AS RedactedByName, e.RedactReason AS RedactReason
FROM TimelineEntry e WHERE e.Id = @Id AND e.IncidentId = @IncidentId

-- name: Timeline_Insert (sqlite)
INSERT INTO TimelineEntry (Id, IncidentId, ProgramId, Kind, HappenedAt, RecordedAt, ActorId, ActorName, Title, PublicTitle, Body,
  Data, IsPinned, About, Revision)
SELECT json_extract(j.value, '$.Id'),
  json_extract(j.value, '$.IncidentId'),
  json_extract(j.value, '$.ProgramId'),
  json_extract(j.value, '$.Kind'),
  json_extract(j.value, '$.HappenedAt'),
  json_extract(j.value, '$.RecordedAt'),
  json_extract(j.value, '$.ActorId'),
  json_extract(j.value, '$.ActorName'),
  json_extract(j.value, '$.Title'),
  json_extract(j.value, '$.PublicTitle'),
  json_extract(j.value, '$.Body'),
  json_extract(j.value, '$.Data'),
  json_extract(j.value, '$.IsPinned'),
  json_extract(j.value, '$.About'),
  1
FROM json_each(@Rows) j
ORDER BY j.key;
INSERT INTO TimelineSubject (SubjectId, EntryId)
SELECT json_extract(s.value, '$.SubjectId'), json_extract(s.value, '$.EntryId')
FROM json_each(@Subjects) s

-- name: Timeline_Insert (sqlserver)
INSERT INTO TimelineEntry (Id, IncidentId, ProgramId, Kind, HappenedAt, RecordedAt, ActorId, ActorName, Title, PublicTitle, Body,
  Data, IsPinned, About, Revision)
SELECT r.Id, r.IncidentId, r.ProgramId, r.Kind, r.HappenedAt, r.RecordedAt, r.ActorId, r.ActorName, r.Title, r.PublicTitle, r.Body,
  r.Data, r.IsPinned, r.About, 1
FROM OPENJSON(@Rows) WITH (
  Id uniqueidentifier '$.Id',
  IncidentId uniqueidentifier '$.IncidentId',
  ProgramId uniqueidentifier '$.ProgramId',
  Kind nvarchar(40) '$.Kind',
  HappenedAt datetimeoffset(7) '$.HappenedAt',
  RecordedAt datetimeoffset(7) '$.RecordedAt',
  ActorId uniqueidentifier '$.ActorId',
  ActorName nvarchar(450) '$.ActorName',
  Title nvarchar(max) '$.Title',
  PublicTitle nvarchar(max) '$.PublicTitle',
  Body nvarchar(max) '$.Body',
  Data nvarchar(max) '$.Data',
  IsPinned bit '$.IsPinned',
  About nvarchar(max) '$.About'
) r;
INSERT INTO TimelineSubject (SubjectId, EntryId)
SELECT s.SubjectId, s.EntryId
FROM OPENJSON(@Subjects) WITH (
  SubjectId uniqueidentifier '$.SubjectId',
  EntryId uniqueidentifier '$.EntryId'
) s

-- name: Timeline_KeepRevision
-- writes: TimelineRevision @Id
-- The text that is being replaced, with who replaced it and when.
INSERT INTO TimelineRevision (EntryId, Revision, Title, Body, RevisedAt, ActorId, ActorName)
SELECT e.Id, e.Revision, e.Title, e.Body, @RevisedAt, @ActorId, @ActorName FROM TimelineEntry e WHERE e.Id = @Id

-- name: Timeline_Page
SELECT e.Id AS Id, e.Kind AS Kind, e.HappenedAt AS HappenedAt, e.RecordedAt AS RecordedAt, e.ActorId AS ActorId, e.ActorName AS ActorName,
  e.Title AS Title, e.PublicTitle AS PublicTitle, e.Body AS Body,
  e.Data AS Data, e.ProgramId AS ProgramId, e.IsPinned AS IsPinned, e.Revision AS Revision, e.About AS About,
  e.RedactedAt AS RedactedAt, e.RedactedByName AS RedactedByName, e.RedactReason AS RedactReason
FROM TimelineEntry e
WHERE 1 = 1
  AND e.IncidentId = @IncidentId --?!Program
  AND e.ProgramId = @ProgramId --?Program
  AND e.Kind IN (@Kind1, @Kind2, @Kind3, @Kind4, @Kind5, @Kind6, @Kind7, @Kind8, --?Kinds
    @Kind9, @Kind10, @Kind11, @Kind12, @Kind13, @Kind14, @Kind15, @Kind16) --?Kinds
  AND e.IsPinned = 1 --?Pinned
  AND e.RecordedAt <= @AsOf --?AsOf
  AND e.HappenedAt <= @AfterAt AND (e.HappenedAt < @AfterAt OR e.Id < @AfterId) --?After
  AND e.HappenedAt >= @AfterAt AND (e.HappenedAt > @AfterAt OR e.Id > @AfterId) --?AfterOldest
ORDER BY e.HappenedAt DESC, e.Id DESC --?!OldestFirst
ORDER BY e.HappenedAt, e.Id --?OldestFirst
{{page}}

-- name: Timeline_Pin
-- writes: TimelineEntry @Id
UPDATE TimelineEntry SET IsPinned = @IsPinned WHERE Id = @Id AND IncidentId = @IncidentId

-- name: Timeline_Redact
-- writes: TimelineEntry @Id
UPDATE TimelineEntry SET Body = NULL, Data = NULL, RedactedAt = @Now, RedactedByName = @ByName, RedactReason = @Reason
WHERE Id = @Id AND RedactedAt IS NULL

-- name: Timeline_RedactRevisions
-- writes: TimelineRevision @Id
UPDATE TimelineRevision SET Body = NULL WHERE EntryId = @Id

-- name: Timeline_Revise
-- writes: TimelineEntry @Id
UPDATE TimelineEntry SET Body = @Body, Revision = @Revision WHERE Id = @Id AND Revision = @Revision - 1

-- name: Timeline_RevisionsAfter
-- The texts that were replaced after a time: the first of each entry is its text at that time.
SELECT r.EntryId AS EntryId, r.Revision AS Revision, r.Body AS Body FROM TimelineRevision r
WHERE r.EntryId IN {{ids}} AND r.RevisedAt > @AsOf
ORDER BY r.EntryId, r.Revision

-- name: Timeline_Revisions
SELECT r.Revision AS Revision, r.Body AS Body, r.RevisedAt AS RevisedAt, r.ActorName AS RevisedBy FROM TimelineRevision r
  WHERE r.EntryId = @Id ORDER BY r.Revision
