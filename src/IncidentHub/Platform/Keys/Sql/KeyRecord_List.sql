SELECT Id, Purpose, PublicX, PublicY, Secret, CreatedAt, RetiredAt FROM KeyRecord WHERE Purpose = @Purpose ORDER BY CreatedAt
