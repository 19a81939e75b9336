UPDATE AuditHead SET EntryCount = EntryCount + @Count WHERE Id = 1 RETURNING EntryCount - @Count AS EntryCount, LastHash
