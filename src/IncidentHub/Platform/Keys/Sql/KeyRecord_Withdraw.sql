UPDATE KeyRecord SET WithdrawnAt = @Now, WithdrawnByName = @By, WithdrawReason = @Reason, RetiredAt = CASE WHEN RetiredAt IS NULL OR RetiredAt > @Now THEN @Now ELSE RetiredAt END
WHERE Id = @Id AND WithdrawnAt IS NULL
