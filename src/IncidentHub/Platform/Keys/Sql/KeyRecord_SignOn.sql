UPDATE KeyRecord SET RetiredAt = NULL WHERE Id = @Id AND WithdrawnAt IS NULL
