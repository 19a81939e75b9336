DELETE FROM GateRefusal WHERE KeyId = @KeyId AND ProgramId = @ProgramId AND CollectorId = @CollectorId AND Reason = @Reason AND WindowStart = @WindowStart
