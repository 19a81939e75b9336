SELECT s.Share AS Share, s.SoakSeconds AS SoakSeconds FROM DecisionStage s WHERE s.DecisionId = @Id ORDER BY s.Ordinal
