SELECT i.Kind AS Kind, i.Value AS Value FROM DatasetItem i WHERE i.DatasetId = @Id ORDER BY i.Kind, i.Ordinal
