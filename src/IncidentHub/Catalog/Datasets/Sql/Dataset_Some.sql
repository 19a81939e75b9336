SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, d.Classification AS Classification, d.EncryptionAtRest AS EncryptionAtRest, d.OverExposed AS OverExposed,
  d.Records AS Records, d.Subjects AS Subjects
FROM Dataset d
WHERE d.Id IN (@Id0, @Id1, @Id2, @Id3, @Id4, @Id5, @Id6, @Id7, @Id8, @Id9, @Id10, @Id11, @Id12, @Id13, @Id14, @Id15)
