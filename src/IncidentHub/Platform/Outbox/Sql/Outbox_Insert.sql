INSERT INTO OutboxMessage (Id, Topic, Consumer, Payload, CreatedAt, AvailableAt, Attempts)
VALUES (@Id, @Topic, @Consumer, @Payload, @CreatedAt, @AvailableAt, 0)
