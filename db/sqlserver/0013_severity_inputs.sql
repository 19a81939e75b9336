-- What people say of a breach that the exposures do not tell; the last one counts for the severity advice, all are kept.
CREATE TABLE IncidentAssessment (
  IncidentId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Cycle int NOT NULL,
  Identifiability nvarchar(16) NULL,
  Confidentiality nvarchar(16) NULL,
  Integrity nvarchar(16) NOT NULL,
  Availability nvarchar(16) NOT NULL,
  Malicious bit NOT NULL,
  ContextAdjustment int NOT NULL,
  Reason nvarchar(2000) NOT NULL,
  AssessedAt datetimeoffset(7) NOT NULL,
  AssessedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_IncidentAssessment PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentAssessment_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentAssessment_Identifiability CHECK (Identifiability IN ('Negligible', 'Limited', 'Significant', 'Maximum')),
  CONSTRAINT CK_IncidentAssessment_Confidentiality CHECK (Confidentiality IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Integrity CHECK (Integrity IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Availability CHECK (Availability IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Malicious CHECK (Malicious IN (0, 1)),
  CONSTRAINT CK_IncidentAssessment_ContextAdjustment CHECK (ContextAdjustment BETWEEN -3 AND 3)
);

-- A SEV in a status that few of it have: without this, all of the SEV's history is walked.
CREATE INDEX IX_Incident_SevStatus ON Incident (Sev, Status, DeclaredAt, Id);
