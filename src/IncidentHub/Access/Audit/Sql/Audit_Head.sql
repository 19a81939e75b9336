SELECT h.EntryCount AS EntryCount, h.LastHash AS LastHash FROM AuditHead h WHERE h.Id = 1
