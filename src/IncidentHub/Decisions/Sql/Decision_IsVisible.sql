SELECT COUNT(*) FROM Decision d WHERE d.Id = @Id AND {{decisionvisible}}
