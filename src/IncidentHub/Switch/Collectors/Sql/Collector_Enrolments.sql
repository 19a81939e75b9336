SELECT cp.ProgramId, cp.Region, cp.Categories FROM CollectorProgram cp WHERE cp.CollectorId = @CollectorId
