INSERT INTO KeyRecord (Id, Purpose, PublicX, PublicY, Secret, CreatedAt, RetiredAt)
VALUES (@Id, @Purpose, @PublicX, @PublicY, @Secret, @CreatedAt, @RetiredAt)
