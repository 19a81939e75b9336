UPDATE ProgramSwitch SET MaxPermitExp = CASE WHEN MaxPermitExp IS NULL OR MaxPermitExp < @Exp THEN @Exp ELSE MaxPermitExp END
WHERE ProgramId = @ProgramId AND Epoch = @Epoch
