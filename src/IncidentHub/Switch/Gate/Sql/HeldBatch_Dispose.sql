UPDATE HeldBatch SET Disposition = @Disposition, DisposedAt = @At, DisposedByName = @ByName, DisposeReason = @Reason WHERE Id = @BatchId
