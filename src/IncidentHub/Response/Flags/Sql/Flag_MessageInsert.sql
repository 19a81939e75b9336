INSERT INTO FlagMessage (Id, FlagId, Ordinal, Side, AuthorId, Body, WrittenAt) VALUES (@Id, @FlagId, @Ordinal, @Side, @AuthorId, @Body, @WrittenAt)
