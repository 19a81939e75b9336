UPDATE HeldBatch SET Disposition = @Disposition, DisposedAt = @At, DisposedByName = @ByName, DisposeReason = @Reason
WHERE Id = @BatchId AND COALESCE(Disposition, '') = COALESCE(@Was, '')
