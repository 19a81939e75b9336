INSERT INTO ViolationAlert (ProgramId, RaisedAt, OwnWord, Version) VALUES (@ProgramId, @Now, @OwnWord, 1)
