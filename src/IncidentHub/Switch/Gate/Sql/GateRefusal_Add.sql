UPDATE GateRefusal SET Refused = Refused + 1 WHERE KeyId = @KeyId AND ProgramId = @ProgramId AND CollectorId = @CollectorId AND Reason = @Reason AND WindowStart = @WindowStart
