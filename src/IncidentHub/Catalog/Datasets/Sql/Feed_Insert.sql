INSERT INTO ProgramDataset (ProgramId, DatasetId) VALUES (@ProgramId, @DatasetId)
