-- name: KeyRecord_Insert
INSERT INTO KeyRecord (Id, Purpose, PublicX, PublicY, Secret, CreatedAt, RetiredAt)
VALUES (@Id, @Purpose, @PublicX, @PublicY, @Secret, @CreatedAt, @RetiredAt)

-- name: KeyRecord_List
SELECT Id, Purpose, PublicX, PublicY, Secret, CreatedAt, RetiredAt, WithdrawnAt, WithdrawnByName, WithdrawReason FROM KeyRecord
  WHERE Purpose = @Purpose ORDER BY CreatedAt

-- name: KeyRecord_Retire
UPDATE KeyRecord SET RetiredAt = @SignsUntil WHERE Id IN {{ids}} AND RetiredAt IS NULL

-- name: KeyRecord_SignOn
UPDATE KeyRecord SET RetiredAt = NULL WHERE Id = @Id AND WithdrawnAt IS NULL

-- name: KeyRecord_Withdraw
UPDATE KeyRecord SET WithdrawnAt = @Now, WithdrawnByName = @By, WithdrawReason = @Reason, RetiredAt = CASE WHEN RetiredAt IS NULL
  OR RetiredAt > @Now THEN @Now ELSE RetiredAt END
WHERE Id = @Id AND WithdrawnAt IS NULL
