INSERT INTO ProgramEpoch (ProgramId, Epoch, At, Cause, PauseId, Allowed, Terms) VALUES (@ProgramId, @Epoch, @At, @Cause, @PauseId, @Allowed, @Terms)
