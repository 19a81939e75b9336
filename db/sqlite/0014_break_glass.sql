-- A person opened a restricted incident for a time, with a reason: until EndsAt they may see it.
CREATE TABLE BreakGlass (
  Id TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  PersonName TEXT NOT NULL,
  Reason TEXT NOT NULL,
  OpenedAt TEXT NOT NULL,
  EndsAt TEXT NOT NULL,
  CONSTRAINT PK_BreakGlass PRIMARY KEY (Id),
  CONSTRAINT FK_BreakGlass_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT;
CREATE INDEX IX_BreakGlass_Incident ON BreakGlass (IncidentId, PersonId, EndsAt);
CREATE INDEX IX_BreakGlass_OpenedAt ON BreakGlass (OpenedAt);
