SELECT i.Kind AS Kind, i.Value AS Value FROM ProgramItem i WHERE i.ProgramId = @Id ORDER BY i.Kind, i.Ordinal
