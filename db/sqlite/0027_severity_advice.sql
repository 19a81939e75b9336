-- What the breach score suggested and which SEV the incident had, at each change of either. Rows are added, never changed. Older incidents
-- have none before their next change; their timelines have the advice of before.
CREATE TABLE IncidentAdvice (
  IncidentId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Cycle INTEGER NOT NULL,
  Step TEXT NOT NULL,
  Score TEXT NULL,
  SuggestedSev INTEGER NULL,
  Sev INTEGER NOT NULL,
  Reason TEXT NULL,
  RecordedAt TEXT NOT NULL,
  RecordedBy TEXT NOT NULL,
  CONSTRAINT PK_IncidentAdvice PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentAdvice_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentAdvice_Step CHECK (Step IN ('Scored', 'Chosen', 'Overridden')),
  CONSTRAINT CK_IncidentAdvice_SuggestedSev CHECK (SuggestedSev BETWEEN 0 AND 5),
  CONSTRAINT CK_IncidentAdvice_Sev CHECK (Sev BETWEEN 0 AND 5)
) STRICT;
