-- Suggested links of an incident that a person set aside: a program (Kind as it was suggested) or a dataset (Kind is null). Rows are added,
-- never changed. Name is the program's code or the dataset's name, which never change.
CREATE TABLE IncidentSetAside (
  IncidentId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  SubjectType nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  SubjectId uniqueidentifier NOT NULL,
  SubjectName nvarchar(200) NOT NULL,
  Kind nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  Reason nvarchar(max) NOT NULL,
  SetAsideAt datetimeoffset(7) NOT NULL,
  SetAsideBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_IncidentSetAside PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentSetAside_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentSetAside_SubjectType CHECK (SubjectType IN ('Program', 'Dataset')),
  CONSTRAINT CK_IncidentSetAside_Kind CHECK (Kind IN ('Source', 'Suspected', 'Downstream'))
);
