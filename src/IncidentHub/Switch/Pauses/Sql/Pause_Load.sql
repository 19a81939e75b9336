SELECT {{pause_columns}} FROM Pause p WHERE p.Id = @Id
