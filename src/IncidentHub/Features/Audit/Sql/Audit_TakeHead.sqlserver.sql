UPDATE AuditHead SET EntryCount = EntryCount + 1 OUTPUT deleted.EntryCount AS EntryCount, deleted.LastHash AS LastHash WHERE Id = 1
