SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, o.DisplayName AS OwnerName, d.Classification AS Classification, d.EncryptionAtRest AS EncryptionAtRest,
  d.PromisedScope AS PromisedScope, d.PromisedName AS PromisedName, d.ActualScope AS ActualScope, d.ActualName AS ActualName, d.OverExposed AS OverExposed,
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
