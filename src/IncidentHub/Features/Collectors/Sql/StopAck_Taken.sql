SELECT Digest FROM StopAck WHERE CollectorId = @CollectorId AND ProgramId = @ProgramId AND Epoch = @Epoch
