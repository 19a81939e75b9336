UPDATE ViolationAlert SET RaisedAt = @Now, OwnWord = @OwnWord, Ending = NULL, EndedAt = NULL, EndedByName = NULL, Note = NULL, Version = Version + 1
WHERE ProgramId = @ProgramId
