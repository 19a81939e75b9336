UPDATE Pause SET PopulationAt = @Now WHERE Id = @Id AND PopulationAt IS NULL
