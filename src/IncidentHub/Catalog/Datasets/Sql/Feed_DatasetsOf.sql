SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, d.Classification AS Classification, d.EncryptionAtRest AS EncryptionAtRest, d.OverExposed AS OverExposed,
  d.Records AS Records, d.Subjects AS Subjects
FROM ProgramDataset f
JOIN Dataset d ON d.Id = f.DatasetId
WHERE f.ProgramId = @ProgramId
ORDER BY d.Name
