INSERT INTO DatasetItem (DatasetId, Kind, Value, Ordinal) VALUES (@DatasetId, @Kind, @Value, @Ordinal)
