INSERT INTO GateDisposition (Number, BatchId, ProgramId, Disposition, At, ById, ByName, Reason) VALUES (@Number, @BatchId, @ProgramId, @Disposition, @At, @ById, @ByName, @Reason)
