INSERT INTO GateRefusal (KeyId, ProgramId, CollectorId, Reason, WindowStart, Refused) VALUES (@KeyId, @ProgramId, @CollectorId, @Reason, @WindowStart, 1)
