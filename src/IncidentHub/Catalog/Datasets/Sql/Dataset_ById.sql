SELECT d.Id AS Id, d.Name AS Name, d.Kind AS Kind, d.Description AS Description, d.OwnerId AS OwnerId, o.Account AS OwnerAccount, o.DisplayName AS OwnerName, d.Classification AS Classification,
  d.EncryptionAtRest AS EncryptionAtRest, d.PromisedScope AS PromisedScope, d.PromisedName AS PromisedName, d.ActualScope AS ActualScope, d.ActualName AS ActualName,
  d.Records AS Records, d.Subjects AS Subjects, d.RetentionDays AS RetentionDays, d.Location AS Location, d.RegisteredAt AS RegisteredAt,
  d.Version AS Version, d.ChangedAt AS ChangedAt, d.ChangedBy AS ChangedBy, d.ChangedWhat AS ChangedWhat
FROM Dataset d
JOIN Person o ON o.Id = d.OwnerId
WHERE d.Id = @Id
