-- That two incidents have to do with each other: a row for each of the two. A link that was removed keeps its rows.
CREATE TABLE IncidentLink (
  LinkId TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  OtherId TEXT NOT NULL,
  Reason TEXT NOT NULL,
  LinkedAt TEXT NOT NULL,
  LinkedById TEXT NOT NULL,
  LinkedByName TEXT NOT NULL,
  RemovedAt TEXT NULL,
  RemovedById TEXT NULL,
  RemovedByName TEXT NULL,
  RemoveReason TEXT NULL,
  CONSTRAINT PK_IncidentLink PRIMARY KEY (IncidentId, LinkId),
  CONSTRAINT FK_IncidentLink_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentLink_Other FOREIGN KEY (OtherId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentLink_Other CHECK (OtherId <> IncidentId),
  CONSTRAINT CK_IncidentLink_Removed
    CHECK ((RemovedAt IS NULL AND RemovedById IS NULL AND RemovedByName IS NULL AND RemoveReason IS NULL)
      OR (RemovedAt IS NOT NULL AND RemovedById IS NOT NULL AND RemovedByName IS NOT NULL AND RemoveReason IS NOT NULL))
) STRICT;
-- Two incidents are linked once at a time.
CREATE UNIQUE INDEX UX_IncidentLink_Pair ON IncidentLink (IncidentId, OtherId, RemovedAt) WHERE RemovedAt IS NULL;

-- The latest of several incidents of one kind. An incident is in one series at most.
CREATE TABLE IncidentSeries (
  Id TEXT NOT NULL,
  Name TEXT NOT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_IncidentSeries PRIMARY KEY (Id)
) STRICT;

CREATE TABLE IncidentSeriesMember (
  SeriesId TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  CONSTRAINT PK_IncidentSeriesMember PRIMARY KEY (SeriesId, IncidentId),
  CONSTRAINT UQ_IncidentSeriesMember_Incident UNIQUE (IncidentId),
  CONSTRAINT FK_IncidentSeriesMember_Series FOREIGN KEY (SeriesId) REFERENCES IncidentSeries (Id),
  CONSTRAINT FK_IncidentSeriesMember_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT;
