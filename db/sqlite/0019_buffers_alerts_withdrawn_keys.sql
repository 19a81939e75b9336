-- What collectors are told to do with their buffers, violations that wait for somebody, and signing keys that were withdrawn.

ALTER TABLE Pause ADD COLUMN BufferPolicy TEXT NOT NULL DEFAULT 'Hold'
  CONSTRAINT CK_Pause_BufferPolicy CHECK (BufferPolicy IN ('Hold', 'Seal') AND (BufferPolicy = 'Hold' OR DrillEndsAt IS NULL));

-- One row a program whose collectors went on after a stop: it waits until somebody has taken it on, or its batches were decided; new evidence raises it again.
CREATE TABLE ViolationAlert (
  ProgramId TEXT NOT NULL,
  RaisedAt TEXT NOT NULL,
  OwnWord INTEGER NOT NULL,
  Ending TEXT NULL,
  EndedAt TEXT NULL,
  EndedByName TEXT NULL,
  Note TEXT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT PK_ViolationAlert PRIMARY KEY (ProgramId),
  CONSTRAINT FK_ViolationAlert_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_ViolationAlert_OwnWord CHECK (OwnWord IN (0, 1)),
  CONSTRAINT CK_ViolationAlert_Ending CHECK (Ending IN ('TakenOn', 'Decided')),
  CONSTRAINT CK_ViolationAlert_Ended CHECK ((Ending IS NULL AND EndedAt IS NULL) OR (Ending IS NOT NULL AND EndedAt IS NOT NULL AND EndedByName IS NOT NULL))
) STRICT;

-- A key that others know: it signs no more, and nothing that it signed is believed.
ALTER TABLE KeyRecord ADD COLUMN WithdrawnAt TEXT NULL;
ALTER TABLE KeyRecord ADD COLUMN WithdrawnByName TEXT NULL;
ALTER TABLE KeyRecord ADD COLUMN WithdrawReason TEXT NULL
  CONSTRAINT CK_KeyRecord_Withdrawn CHECK ((WithdrawnAt IS NULL AND WithdrawReason IS NULL) OR (WithdrawnAt IS NOT NULL AND WithdrawnByName IS NOT NULL AND WithdrawReason IS NOT NULL));
