SELECT Id, Purpose, PublicX, PublicY, Secret, CreatedAt, RetiredAt, WithdrawnAt, WithdrawnByName, WithdrawReason FROM KeyRecord WHERE Purpose = @Purpose ORDER BY CreatedAt
