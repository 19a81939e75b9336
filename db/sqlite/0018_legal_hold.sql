-- Orders to keep everything that an incident touches. Released, never deleted.
CREATE TABLE LegalHold (
  Id TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  Reason TEXT NOT NULL,
  PlacedAt TEXT NOT NULL,
  PlacedById TEXT NOT NULL,
  PlacedByName TEXT NOT NULL,
  ReleasedAt TEXT NULL,
  ReleasedById TEXT NULL,
  ReleasedByName TEXT NULL,
  ReleaseReason TEXT NULL,
  CONSTRAINT PK_LegalHold PRIMARY KEY (Id),
  CONSTRAINT FK_LegalHold_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_LegalHold_Released CHECK ((ReleasedAt IS NULL AND ReleasedById IS NULL AND ReleasedByName IS NULL AND ReleaseReason IS NULL) OR (ReleasedAt IS NOT NULL AND ReleasedById IS NOT NULL AND ReleasedByName IS NOT NULL AND ReleaseReason IS NOT NULL))
) STRICT;
CREATE INDEX IX_LegalHold_Incident ON LegalHold (IncidentId, PlacedAt, Id);
CREATE INDEX IX_LegalHold_Open ON LegalHold (ReleasedAt, IncidentId);
