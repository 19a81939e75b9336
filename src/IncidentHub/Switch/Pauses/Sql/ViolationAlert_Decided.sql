UPDATE ViolationAlert SET Ending = 'Decided', EndedAt = @Now, EndedByName = @By, Version = Version + 1
WHERE ProgramId = @ProgramId AND Ending IS NULL AND OwnWord = 0
