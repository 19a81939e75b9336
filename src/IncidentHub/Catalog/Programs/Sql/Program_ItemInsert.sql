INSERT INTO ProgramItem (ProgramId, Kind, Value, Ordinal) VALUES (@ProgramId, @Kind, @Value, @Ordinal)
