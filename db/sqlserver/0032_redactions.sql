-- When privacy removed a file: its bytes are gone, its record, digest and custody stay.
ALTER TABLE Evidence ADD RedactedAt datetimeoffset(7) NULL;
ALTER TABLE FlagAttachment ADD RedactedAt datetimeoffset(7) NULL;
ALTER TABLE EvidenceCustody DROP CONSTRAINT CK_EvidenceCustody_Kind;
ALTER TABLE EvidenceCustody ADD CONSTRAINT CK_EvidenceCustody_Kind2
  CHECK (Kind IN ('Added', 'Seen', 'Downloaded', 'Damaged', 'Intact', 'Moved', 'Redacted'));

-- An audience of statements: what was collected and whom to ask.
ALTER TABLE IncidentStatement DROP CONSTRAINT CK_IncidentStatement_Audience;
ALTER TABLE IncidentStatement ADD CONSTRAINT CK_IncidentStatement_Audience2 CHECK (Audience IN ('Employees', 'Collection', 'External'));
