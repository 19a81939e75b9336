INSERT INTO GateTally (ProgramId, PauseId, Class, Held) VALUES (@ProgramId, @PauseId, @Class, 1)
