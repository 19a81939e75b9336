UPDATE KeyRecord SET RetiredAt = @Now WHERE Purpose = @Purpose AND RetiredAt IS NULL
