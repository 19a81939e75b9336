UPDATE HeldBatch SET OnlyDrills = 0 WHERE Id = @Id
