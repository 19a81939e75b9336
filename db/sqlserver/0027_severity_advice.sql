-- What the breach score suggested and which SEV the incident had, at each change of either. Rows are added, never changed. Older incidents
-- have none before their next change; their timelines have the advice of before.
CREATE TABLE IncidentAdvice (
  IncidentId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Cycle int NOT NULL,
  Step nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Score nvarchar(100) NULL,
  SuggestedSev int NULL,
  Sev int NOT NULL,
  Reason nvarchar(max) NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  RecordedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_IncidentAdvice PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentAdvice_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentAdvice_Step CHECK (Step IN ('Scored', 'Chosen', 'Overridden')),
  CONSTRAINT CK_IncidentAdvice_SuggestedSev CHECK (SuggestedSev BETWEEN 0 AND 5),
  CONSTRAINT CK_IncidentAdvice_Sev CHECK (Sev BETWEEN 0 AND 5)
);
