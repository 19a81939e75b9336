-- Orders to keep everything that an incident touches. Released, never deleted.
CREATE TABLE LegalHold (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  Reason nvarchar(2000) NOT NULL,
  PlacedAt datetimeoffset(7) NOT NULL,
  PlacedById uniqueidentifier NOT NULL,
  PlacedByName nvarchar(200) NOT NULL,
  ReleasedAt datetimeoffset(7) NULL,
  ReleasedById uniqueidentifier NULL,
  ReleasedByName nvarchar(200) NULL,
  ReleaseReason nvarchar(2000) NULL,
  CONSTRAINT PK_LegalHold PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT FK_LegalHold_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_LegalHold_Released CHECK ((ReleasedAt IS NULL AND ReleasedById IS NULL AND ReleasedByName IS NULL AND ReleaseReason IS NULL) OR (ReleasedAt IS NOT NULL AND ReleasedById IS NOT NULL AND ReleasedByName IS NOT NULL AND ReleaseReason IS NOT NULL))
);
CREATE INDEX IX_LegalHold_Incident ON LegalHold (IncidentId, PlacedAt, Id);
CREATE INDEX IX_LegalHold_Open ON LegalHold (ReleasedAt, IncidentId);
