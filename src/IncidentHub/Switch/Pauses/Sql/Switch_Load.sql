SELECT Epoch, MaxPermitExp FROM ProgramSwitch WHERE ProgramId = @ProgramId
