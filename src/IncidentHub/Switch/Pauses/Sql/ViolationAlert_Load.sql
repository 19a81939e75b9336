SELECT ProgramId, RaisedAt, OwnWord, Ending, EndedByName, Version FROM ViolationAlert WHERE ProgramId = @ProgramId
