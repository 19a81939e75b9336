UPDATE ProgramEpoch SET Terms = @Terms WHERE ProgramId = @ProgramId AND Epoch = @Epoch
