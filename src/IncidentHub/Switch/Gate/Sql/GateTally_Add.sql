UPDATE GateTally SET Held = Held + 1 WHERE ProgramId = @ProgramId AND PauseId = @PauseId AND Class = @Class
