SELECT kp.ProgramId FROM ApiKeyProgram kp WHERE kp.ApiKeyId = @ApiKeyId
