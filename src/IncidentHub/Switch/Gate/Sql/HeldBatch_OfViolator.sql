SELECT CASE WHEN EXISTS (SELECT 1 FROM HeldBatch WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND Class = 'C' AND HeldAt >= @Since AND Id <> @Id) THEN 1 ELSE 0 END
