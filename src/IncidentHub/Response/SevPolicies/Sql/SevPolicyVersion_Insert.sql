INSERT INTO SevPolicyVersion (Version, Reason, ChangedAt, ChangedBy) VALUES (@Version, @Reason, @ChangedAt, @ChangedBy)
