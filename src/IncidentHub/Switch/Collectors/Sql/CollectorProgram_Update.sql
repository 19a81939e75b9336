UPDATE CollectorProgram SET EnrolmentKeyId = @EnrolmentKeyId, Region = @Region, Categories = @Categories WHERE CollectorId = @CollectorId AND ProgramId = @ProgramId
