SELECT a.Capacity AS Capacity, a.ActorId AS ActorId, a.ActorName AS ActorName, a.At AS At, a.Digest AS Digest, a.Comment AS Comment
FROM DecisionApproval a WHERE a.DecisionId = @Id ORDER BY a.At, a.Capacity
