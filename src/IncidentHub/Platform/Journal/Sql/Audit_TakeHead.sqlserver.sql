UPDATE AuditHead SET EntryCount = EntryCount + @Count OUTPUT deleted.EntryCount AS EntryCount, deleted.LastHash AS LastHash WHERE Id = 1
