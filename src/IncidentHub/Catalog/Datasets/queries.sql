-- name: Dataset_ById
SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, d.Description AS Description, d.OwnerId AS OwnerId, o.Account AS OwnerAccount,
  o.DisplayName AS OwnerName, d.Classification AS Classification,
  d.EncryptionAtRest AS EncryptionAtRest, d.PromisedScope AS PromisedScope, d.PromisedName AS PromisedName, d.ActualScope AS ActualScope,
    d.ActualName AS ActualName,
  d.Records AS Records, d.Subjects AS Subjects, d.RetentionDays AS RetentionDays, d.Location AS Location, d.RegisteredAt AS RegisteredAt,
  d.Version AS Version, d.ChangedAt AS ChangedAt, d.ChangedBy AS ChangedBy, d.ChangedWhat AS ChangedWhat
FROM Dataset d
JOIN Person o ON o.Id = d.OwnerId
WHERE d.Id = @Id

-- name: Dataset_IdByName
SELECT d.Id AS Id FROM Dataset d WHERE d.Name = @Name

-- name: Dataset_Insert
-- writes: Dataset @Id
INSERT INTO Dataset
  (Id, Name, Kind, Description, OwnerId, Classification, EncryptionAtRest, PromisedScope, PromisedName, ActualScope, ActualName,
    OverExposed,
   Records, Subjects, RetentionDays, Location, RegisteredAt, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES
  (@Id, @Name, @Kind, @Description, @OwnerId, @Classification, @EncryptionAtRest, @PromisedScope, @PromisedName, @ActualScope, @ActualName,
    @OverExposed,
   @Records, @Subjects, @RetentionDays, @Location, @RegisteredAt, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)

-- name: Dataset_ItemInsert
-- writes: DatasetItem @DatasetId
INSERT INTO DatasetItem (DatasetId, Kind, Value, Ordinal) VALUES (@DatasetId, @Kind, @Value, @Ordinal)

-- name: Dataset_Items
SELECT i.Kind AS Kind, i.Value AS Value FROM DatasetItem i WHERE i.DatasetId = @Id ORDER BY i.Kind, i.Ordinal

-- name: Dataset_ItemsBetween
SELECT i.DatasetId AS DatasetId, i.Kind AS Kind, i.Value AS Value
FROM DatasetItem i
JOIN Dataset d ON d.Id = i.DatasetId
WHERE d.Name >= @First AND d.Name <= @Last
ORDER BY d.Name, i.Kind, i.Ordinal

-- name: Dataset_ItemsClear
-- writes: DatasetItem @Id
DELETE FROM DatasetItem WHERE DatasetId = @Id

-- name: Dataset_List
SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, o.DisplayName AS OwnerName, d.Classification AS Classification,
  d.EncryptionAtRest AS EncryptionAtRest,
  d.PromisedScope AS PromisedScope, d.PromisedName AS PromisedName, d.ActualScope AS ActualScope, d.ActualName AS ActualName,
    d.OverExposed AS OverExposed,
  d.Records AS Records, d.Subjects AS Subjects, d.ChangedAt AS ChangedAt
FROM Dataset d
JOIN Person o ON o.Id = d.OwnerId
WHERE d.Name > @After
  AND d.Kind = @Kind --?Kind
  AND d.Classification = @Classification --?Classification
  AND d.EncryptionAtRest = @Encryption --?Encryption
  AND d.OverExposed = 1 --?OverExposed
  AND EXISTS (SELECT 1 FROM DatasetItem c WHERE c.DatasetId = d.Id AND c.Kind = 'Category' AND c.Value = @Category) --?Category
  AND EXISTS (SELECT 1 FROM ProgramDataset f JOIN Program p ON p.Id = f.ProgramId WHERE f.DatasetId = d.Id AND p.Code = @Program) --?Program
  AND (d.Name LIKE @NameStart ESCAPE '\' OR d.Name LIKE @WordStart ESCAPE '\') --?Text
  AND d.ChangedAt >= @UpdatedSince --?UpdatedSince
ORDER BY d.Name
{{page}}

-- name: Dataset_Named
SELECT d.Id AS Id, d.Name AS Name, d.OwnerId AS OwnerId
FROM Dataset d
WHERE d.Name IN (@Name0, @Name1, @Name2, @Name3, @Name4, @Name5, @Name6, @Name7,
  @Name8, @Name9, @Name10, @Name11, @Name12, @Name13, @Name14, @Name15)

-- name: Dataset_Reachable
SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, o.DisplayName AS OwnerName, d.OverExposed AS OverExposed, d.Records AS Records,
  d.Subjects AS Subjects
FROM Dataset d
JOIN Person o ON o.Id = d.OwnerId
WHERE d.Id IN {{ids}}

-- name: Dataset_RegionsOf
SELECT i.DatasetId AS DatasetId, i.Value AS Region
FROM DatasetItem i
WHERE i.DatasetId IN {{ids}} AND i.Kind = 'Region'
ORDER BY i.DatasetId, i.Ordinal

-- name: Dataset_Search
SELECT d.Name AS Name, d.Kind AS Kind, d.Classification AS Classification
FROM Dataset d
WHERE d.Name LIKE @NameStart ESCAPE '\' OR d.Name LIKE @WordStart ESCAPE '\'
ORDER BY d.Name
{{page}}

-- name: Dataset_Some
SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, d.Classification AS Classification, d.EncryptionAtRest AS EncryptionAtRest,
  d.OverExposed AS OverExposed,
  d.Records AS Records, d.Subjects AS Subjects
FROM Dataset d
WHERE d.Id IN {{ids}}

-- name: Dataset_Update
-- writes: Dataset @Id
UPDATE Dataset
SET Kind = @Kind, Description = @Description, OwnerId = @OwnerId, Classification = @Classification, EncryptionAtRest = @EncryptionAtRest,
  PromisedScope = @PromisedScope, PromisedName = @PromisedName, ActualScope = @ActualScope, ActualName = @ActualName,
    OverExposed = @OverExposed,
  Records = @Records, Subjects = @Subjects, RetentionDays = @RetentionDays, Location = @Location,
  Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion

-- name: Feed_DatasetsOf
SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, d.Classification AS Classification, d.EncryptionAtRest AS EncryptionAtRest,
  d.OverExposed AS OverExposed,
  d.Records AS Records, d.Subjects AS Subjects
FROM ProgramDataset f
JOIN Dataset d ON d.Id = f.DatasetId
WHERE f.ProgramId = @ProgramId
ORDER BY d.Name

-- name: Feed_Delete
-- writes: ProgramDataset @ProgramId
DELETE FROM ProgramDataset WHERE ProgramId = @ProgramId AND DatasetId = @DatasetId

-- name: Feed_Insert
-- writes: ProgramDataset @ProgramId
INSERT INTO ProgramDataset (ProgramId, DatasetId) VALUES (@ProgramId, @DatasetId)

-- name: Feed_ProgramsOf
SELECT f.DatasetId AS DatasetId, p.Id AS ProgramId, p.Code AS Code, p.Name AS Name, p.Lifecycle AS Lifecycle, o.DisplayName AS OwnerName
FROM ProgramDataset f
JOIN Program p ON p.Id = f.ProgramId
JOIN Person o ON o.Id = p.OwnerId
WHERE f.DatasetId IN {{ids}}
ORDER BY p.Code

-- name: Lineage_Above
SELECT l.UpstreamId AS Upstream, l.DownstreamId AS Downstream FROM DatasetLineage l
  WHERE l.DownstreamId IN {{ids}}

-- name: Lineage_Below
SELECT l.UpstreamId AS Upstream, l.DownstreamId AS Downstream FROM DatasetLineage l
  WHERE l.UpstreamId IN {{ids}}

-- name: Lineage_Delete
-- writes: DatasetLineage @DownstreamId
DELETE FROM DatasetLineage WHERE UpstreamId = @UpstreamId AND DownstreamId = @DownstreamId

-- name: Lineage_Insert
-- writes: DatasetLineage @DownstreamId
INSERT INTO DatasetLineage (UpstreamId, DownstreamId) VALUES (@UpstreamId, @DownstreamId)

-- name: Rows_Dataset
SELECT t.Id AS RowsKey, t.*
FROM Dataset t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_DatasetItem
SELECT t.DatasetId AS RowsKey, t.*
FROM DatasetItem t
WHERE 1 = 1
  AND t.DatasetId IN {{ids}} --?Ids
  AND t.DatasetId > @After --?After
ORDER BY t.DatasetId, t.Kind, t.Value
{{page}} --?Page

-- name: Rows_DatasetLineage
SELECT t.DownstreamId AS RowsKey, t.*
FROM DatasetLineage t
WHERE 1 = 1
  AND t.DownstreamId IN {{ids}} --?Ids
  AND t.DownstreamId > @After --?After
ORDER BY t.DownstreamId, t.UpstreamId
{{page}} --?Page

-- name: Rows_ProgramDataset
SELECT t.ProgramId AS RowsKey, t.*
FROM ProgramDataset t
WHERE 1 = 1
  AND t.ProgramId IN {{ids}} --?Ids
  AND t.ProgramId > @After --?After
ORDER BY t.ProgramId, t.DatasetId
{{page}} --?Page
