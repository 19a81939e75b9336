UPDATE ViolationAlert SET OwnWord = 1 WHERE ProgramId = @ProgramId AND Ending IS NULL
