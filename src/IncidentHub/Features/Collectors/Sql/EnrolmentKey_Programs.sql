SELECT ProgramId FROM EnrolmentKeyProgram WHERE EnrolmentKeyId = @EnrolmentKeyId
