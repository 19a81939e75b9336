UPDATE ViolationAlert SET Ending = 'TakenOn', EndedAt = @Now, EndedByName = @By, Note = @Note, Version = Version + 1
WHERE ProgramId = @ProgramId AND Ending IS NULL
