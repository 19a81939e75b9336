UPDATE KeyRecord SET RetiredAt = @SignsUntil WHERE Id = @Id AND RetiredAt IS NULL
