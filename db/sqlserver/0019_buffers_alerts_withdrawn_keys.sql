-- What collectors are told to do with their buffers, violations that wait for somebody, and signing keys that were withdrawn.

ALTER TABLE Pause ADD BufferPolicy nvarchar(10) NOT NULL CONSTRAINT DF_Pause_BufferPolicy DEFAULT ('Hold');
GO
ALTER TABLE Pause ADD CONSTRAINT CK_Pause_BufferPolicy CHECK (BufferPolicy IN ('Hold', 'Seal') AND (BufferPolicy = 'Hold' OR DrillEndsAt IS NULL));

-- One row a program whose collectors went on after a stop: it waits until somebody has taken it on, or its batches were decided; new evidence raises it again.
CREATE TABLE ViolationAlert (
  ProgramId uniqueidentifier NOT NULL,
  RaisedAt datetimeoffset(7) NOT NULL,
  OwnWord bit NOT NULL,
  Ending nvarchar(10) NULL,
  EndedAt datetimeoffset(7) NULL,
  EndedByName nvarchar(200) NULL,
  Note nvarchar(2000) NULL,
  Version int NOT NULL,
  CONSTRAINT PK_ViolationAlert PRIMARY KEY NONCLUSTERED (ProgramId),
  CONSTRAINT FK_ViolationAlert_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_ViolationAlert_OwnWord CHECK (OwnWord IN (0, 1)),
  CONSTRAINT CK_ViolationAlert_Ending CHECK (Ending IN ('TakenOn', 'Decided')),
  CONSTRAINT CK_ViolationAlert_Ended CHECK ((Ending IS NULL AND EndedAt IS NULL) OR (Ending IS NOT NULL AND EndedAt IS NOT NULL AND EndedByName IS NOT NULL))
);

-- A key that others know: it signs no more, and nothing that it signed is believed.
ALTER TABLE KeyRecord ADD WithdrawnAt datetimeoffset(7) NULL;
ALTER TABLE KeyRecord ADD WithdrawnByName nvarchar(200) NULL;
ALTER TABLE KeyRecord ADD WithdrawReason nvarchar(2000) NULL;
GO
ALTER TABLE KeyRecord ADD CONSTRAINT CK_KeyRecord_Withdrawn CHECK ((WithdrawnAt IS NULL AND WithdrawReason IS NULL) OR (WithdrawnAt IS NOT NULL AND WithdrawnByName IS NOT NULL AND WithdrawReason IS NOT NULL));
