SELECT l.At AS At, l.ActorName AS ActorName, l.Kind AS Kind, l.Title AS Title, l.Body AS Body FROM DecisionLog l WHERE l.DecisionId = @Id ORDER BY l.Ordinal
