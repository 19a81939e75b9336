SELECT Held FROM GateTally WHERE ProgramId = @ProgramId AND PauseId = @PauseId AND Class = @Class
