SELECT e.At AS At FROM AuditEntry e JOIN AuditHead h ON h.EntryCount = e.Sequence
