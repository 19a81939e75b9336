-- When privacy removed a file: its bytes are gone, its record, digest and custody stay.
ALTER TABLE Evidence ADD RedactedAt datetimeoffset(7) NULL;
ALTER TABLE FlagAttachment ADD RedactedAt datetimeoffset(7) NULL;
ALTER TABLE EvidenceCustody DROP CONSTRAINT CK_EvidenceCustody_Kind;
ALTER TABLE EvidenceCustody ADD CONSTRAINT CK_EvidenceCustody_Kind2
  CHECK (Kind IN ('Added', 'Seen', 'Downloaded', 'Damaged', 'Intact', 'Moved', 'Redacted'));
