SELECT p.Id AS Id, p.Code AS Code, p.Name AS Name, p.Purpose AS Purpose, p.OwnerId AS OwnerId, o.Account AS OwnerAccount, o.DisplayName AS OwnerName, p.Unit AS Unit,
  p.ParentInitiative AS ParentInitiative, p.Population AS Population, p.People AS People, p.Participation AS Participation, p.LaunchDate AS LaunchDate,
  p.LawfulBasis AS LawfulBasis, p.ImpactAssessment AS ImpactAssessment, p.Notice AS Notice, p.WorksAgreement AS WorksAgreement,
  p.TtlSeconds AS TtlSeconds, p.LongestActSeconds AS LongestActSeconds, p.RenewalSeconds AS RenewalSeconds,
  p.Lifecycle AS Lifecycle, p.RegisteredAt AS RegisteredAt, p.LaunchedAt AS LaunchedAt, p.TerminatedAt AS TerminatedAt, p.TerminationReason AS TerminationReason,
  p.Version AS Version, p.ChangedAt AS ChangedAt, p.ChangedBy AS ChangedBy, p.ChangedWhat AS ChangedWhat
FROM Program p
JOIN Person o ON o.Id = p.OwnerId
WHERE p.Id = @Id
