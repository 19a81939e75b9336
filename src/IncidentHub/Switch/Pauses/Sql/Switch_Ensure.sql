INSERT INTO ProgramSwitch (ProgramId, Epoch, MaxPermitExp)
SELECT @ProgramId, 1, NULL WHERE NOT EXISTS (SELECT 1 FROM ProgramSwitch WHERE ProgramId = @ProgramId)
