SELECT a.Cycle AS Cycle, a.Identifiability AS Identifiability, a.Confidentiality AS Confidentiality, a.Integrity AS Integrity, a.Availability AS Availability,
  a.Malicious AS Malicious, a.ContextAdjustment AS ContextAdjustment, a.Reason AS Reason, a.AssessedAt AS AssessedAt, a.AssessedBy AS AssessedBy
FROM IncidentAssessment a WHERE a.IncidentId = @Id ORDER BY a.Ordinal
