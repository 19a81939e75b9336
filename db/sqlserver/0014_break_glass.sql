-- A person opened a restricted incident for a time, with a reason: until EndsAt they may see it.
CREATE TABLE BreakGlass (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  PersonName nvarchar(200) NOT NULL,
  Reason nvarchar(max) NOT NULL,
  OpenedAt datetimeoffset(7) NOT NULL,
  EndsAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_BreakGlass PRIMARY KEY (Id),
  CONSTRAINT FK_BreakGlass_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);
CREATE INDEX IX_BreakGlass_Incident ON BreakGlass (IncidentId, PersonId, EndsAt);
CREATE INDEX IX_BreakGlass_OpenedAt ON BreakGlass (OpenedAt);
