INSERT INTO ProgramEpoch (ProgramId, Epoch, At, Cause, PauseId, Allowed) VALUES (@ProgramId, @Epoch, @At, @Cause, @PauseId, @Allowed)
