SELECT Class, OnlyDrills, COUNT(*) AS Batches FROM HeldBatch WHERE Disposition IS NULL AND ProgramId = @ProgramId GROUP BY Class, OnlyDrills
