i.Id AS Id, i.Code AS Code, i.Title AS Title, i.Summary AS Summary, i.Sev AS Sev, i.DeclaredSev AS DeclaredSev, i.Status AS Status, i.Confidentiality AS Confidentiality,
  i.MergedIntoId AS MergedIntoId, i.FlagId AS FlagId, i.ExposureStartedAt AS ExposureStartedAt, i.DetectedAt AS DetectedAt, i.FlaggedAt AS FlaggedAt,
  i.AcknowledgedAt AS AcknowledgedAt, i.DeclaredAt AS DeclaredAt, i.ClosedAt AS ClosedAt, i.LastUpdateAt AS LastUpdateAt, i.UpdateDueAt AS UpdateDueAt,
  i.Version AS Version, i.ChangedAt AS ChangedAt, i.ChangedBy AS ChangedBy, i.ChangedWhat AS ChangedWhat
