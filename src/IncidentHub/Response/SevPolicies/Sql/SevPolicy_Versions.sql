SELECT v.Version AS Version, v.Reason AS Reason, v.ChangedAt AS ChangedAt, v.ChangedBy AS ChangedBy FROM SevPolicyVersion v ORDER BY v.Version DESC
