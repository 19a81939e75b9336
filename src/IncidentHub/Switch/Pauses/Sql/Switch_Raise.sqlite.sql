UPDATE ProgramSwitch SET Epoch = Epoch + 1 WHERE ProgramId = @ProgramId RETURNING Epoch, MaxPermitExp
