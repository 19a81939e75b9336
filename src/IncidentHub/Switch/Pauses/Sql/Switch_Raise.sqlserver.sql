UPDATE ProgramSwitch SET Epoch = Epoch + 1 OUTPUT inserted.Epoch AS Epoch, inserted.MaxPermitExp AS MaxPermitExp WHERE ProgramId = @ProgramId
