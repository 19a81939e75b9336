-- That two incidents have to do with each other: a row for each of the two. A link that was removed keeps its rows.
CREATE TABLE IncidentLink (
  LinkId uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  OtherId uniqueidentifier NOT NULL,
  Reason nvarchar(max) NOT NULL,
  LinkedAt datetimeoffset(7) NOT NULL,
  LinkedById uniqueidentifier NOT NULL,
  LinkedByName nvarchar(200) NOT NULL,
  RemovedAt datetimeoffset(7) NULL,
  RemovedById uniqueidentifier NULL,
  RemovedByName nvarchar(200) NULL,
  RemoveReason nvarchar(max) NULL,
  CONSTRAINT PK_IncidentLink PRIMARY KEY (IncidentId, LinkId),
  CONSTRAINT FK_IncidentLink_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentLink_Other FOREIGN KEY (OtherId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentLink_Other CHECK (OtherId <> IncidentId),
  CONSTRAINT CK_IncidentLink_Removed
    CHECK ((RemovedAt IS NULL AND RemovedById IS NULL AND RemovedByName IS NULL AND RemoveReason IS NULL)
      OR (RemovedAt IS NOT NULL AND RemovedById IS NOT NULL AND RemovedByName IS NOT NULL AND RemoveReason IS NOT NULL))
);
-- Two incidents are linked once at a time.
CREATE UNIQUE INDEX UX_IncidentLink_Pair ON IncidentLink (IncidentId, OtherId, RemovedAt) WHERE RemovedAt IS NULL;

-- The latest of several incidents of one kind. An incident is in one series at most.
CREATE TABLE IncidentSeries (
  Id uniqueidentifier NOT NULL,
  Name nvarchar(800) NOT NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_IncidentSeries PRIMARY KEY (Id)
);

CREATE TABLE IncidentSeriesMember (
  SeriesId uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  CONSTRAINT PK_IncidentSeriesMember PRIMARY KEY (SeriesId, IncidentId),
  CONSTRAINT UQ_IncidentSeriesMember_Incident UNIQUE (IncidentId),
  CONSTRAINT FK_IncidentSeriesMember_Series FOREIGN KEY (SeriesId) REFERENCES IncidentSeries (Id),
  CONSTRAINT FK_IncidentSeriesMember_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);
