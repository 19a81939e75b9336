DELETE FROM ProgramDeputy WHERE ProgramId = @Id
