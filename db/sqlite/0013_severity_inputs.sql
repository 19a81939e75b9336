-- What people say of a breach that the exposures do not tell; the last one counts for the severity advice, all are kept.
CREATE TABLE IncidentAssessment (
  IncidentId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Cycle INTEGER NOT NULL,
  Identifiability TEXT,
  Confidentiality TEXT,
  Integrity TEXT NOT NULL,
  Availability TEXT NOT NULL,
  Malicious INTEGER NOT NULL,
  ContextAdjustment INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  AssessedAt TEXT NOT NULL,
  AssessedBy TEXT NOT NULL,
  CONSTRAINT PK_IncidentAssessment PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentAssessment_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentAssessment_Identifiability CHECK (Identifiability IN ('Negligible', 'Limited', 'Significant', 'Maximum')),
  CONSTRAINT CK_IncidentAssessment_Confidentiality CHECK (Confidentiality IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Integrity CHECK (Integrity IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Availability CHECK (Availability IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Malicious CHECK (Malicious IN (0, 1)),
  CONSTRAINT CK_IncidentAssessment_ContextAdjustment CHECK (ContextAdjustment BETWEEN -3 AND 3)
) STRICT;

-- A SEV in a status that few of it have: without this, all of the SEV's history is walked.
CREATE INDEX IX_Incident_SevStatus ON Incident (Sev, Status, DeclaredAt, Id);
