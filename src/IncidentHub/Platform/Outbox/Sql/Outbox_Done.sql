DELETE FROM OutboxMessage WHERE Id = @Id AND ClaimedBy = @Me
