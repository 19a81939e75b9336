SELECT COUNT(*) FROM AuditEntry e JOIN AuditHead h ON h.EntryCount < e.Sequence
