-- Suggested links of an incident that a person set aside: a program (Kind as it was suggested) or a dataset (Kind is null). Rows are added,
-- never changed. Name is the program's code or the dataset's name, which never change.
CREATE TABLE IncidentSetAside (
  IncidentId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  SubjectType TEXT NOT NULL,
  SubjectId TEXT NOT NULL,
  SubjectName TEXT NOT NULL,
  Kind TEXT NULL,
  Reason TEXT NOT NULL,
  SetAsideAt TEXT NOT NULL,
  SetAsideBy TEXT NOT NULL,
  CONSTRAINT PK_IncidentSetAside PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentSetAside_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentSetAside_SubjectType CHECK (SubjectType IN ('Program', 'Dataset')),
  CONSTRAINT CK_IncidentSetAside_Kind CHECK (Kind IN ('Source', 'Suspected', 'Downstream'))
) STRICT;
