INSERT INTO AuditEntry (Sequence, At, ActorId, ActorName, ActorKind, Act, Subject, Payload, Salt, PayloadDigest, PreviousHash, Hash)
VALUES (@Sequence, @At, @ActorId, @ActorName, @ActorKind, @Act, @Subject, @Payload, @Salt, @PayloadDigest, @PreviousHash, @Hash)
