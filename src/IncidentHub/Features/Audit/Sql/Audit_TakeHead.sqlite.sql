UPDATE AuditHead SET EntryCount = EntryCount + 1 WHERE Id = 1 RETURNING EntryCount - 1 AS EntryCount, LastHash
