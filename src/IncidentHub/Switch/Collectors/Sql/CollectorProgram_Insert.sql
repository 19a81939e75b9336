INSERT INTO CollectorProgram (CollectorId, ProgramId, EnrolmentKeyId, Region, Categories, EpochSeen, LastSequence)
VALUES (@CollectorId, @ProgramId, @EnrolmentKeyId, @Region, @Categories, 0, 0)
