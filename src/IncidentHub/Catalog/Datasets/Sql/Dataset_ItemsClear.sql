DELETE FROM DatasetItem WHERE DatasetId = @Id
