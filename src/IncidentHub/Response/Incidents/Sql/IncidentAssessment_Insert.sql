INSERT INTO IncidentAssessment (IncidentId, Ordinal, Cycle, Identifiability, Confidentiality, Integrity, Availability, Malicious, ContextAdjustment, Reason, AssessedAt, AssessedBy)
VALUES (@IncidentId, @Ordinal, @Cycle, @Identifiability, @Confidentiality, @Integrity, @Availability, @Malicious, @ContextAdjustment, @Reason, @AssessedAt, @AssessedBy)
