INSERT INTO StopAck (Digest, CollectorId, ProgramId, Epoch, ReceivedAt, Token, Receipt) VALUES (@Digest, @CollectorId, @ProgramId, @Epoch, @ReceivedAt, @Token, @Receipt)
