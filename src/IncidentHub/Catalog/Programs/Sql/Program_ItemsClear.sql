DELETE FROM ProgramItem WHERE ProgramId = @Id
