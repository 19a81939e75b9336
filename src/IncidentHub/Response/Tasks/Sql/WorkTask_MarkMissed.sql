UPDATE WorkTask SET MissedAt = @Now WHERE Id = @Id AND Kind = 'Condition' AND Status = 'Open' AND DueAt <= @Now AND MissedAt IS NULL
