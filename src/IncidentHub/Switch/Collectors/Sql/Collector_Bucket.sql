SELECT Bucket FROM Collector WHERE Id = @Id
