DELETE FROM ProgramDataset WHERE ProgramId = @ProgramId AND DatasetId = @DatasetId
