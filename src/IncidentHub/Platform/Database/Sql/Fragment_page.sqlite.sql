LIMIT @Limit
