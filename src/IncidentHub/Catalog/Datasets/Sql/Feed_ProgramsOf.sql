SELECT f.DatasetId AS DatasetId, p.Id AS ProgramId, p.Code AS Code, p.Name AS Name, p.Lifecycle AS Lifecycle
FROM ProgramDataset f
JOIN Program p ON p.Id = f.ProgramId
WHERE f.DatasetId IN (@Id0, @Id1, @Id2, @Id3, @Id4, @Id5, @Id6, @Id7, @Id8, @Id9, @Id10, @Id11, @Id12, @Id13, @Id14, @Id15)
ORDER BY p.Code
