SELECT Receipt, CollectorId FROM StopAck WHERE Digest = @Digest
