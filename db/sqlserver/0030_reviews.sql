-- Causes that reviews of incidents name; administrators keep the list. The first ones are shipped.
CREATE TABLE IncidentCause (
  Id uniqueidentifier NOT NULL,
  Name nvarchar(800) NOT NULL,
  Description nvarchar(max) NOT NULL,
  IsRetired bit NOT NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_IncidentCause PRIMARY KEY (Id),
  CONSTRAINT UQ_IncidentCause_Name UNIQUE (Name)
);

-- The review of an incident. DueAt is empty while the incident is open.
CREATE TABLE IncidentReview (
  IncidentId uniqueidentifier NOT NULL,
  Status nvarchar(12) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Factors nvarchar(max) NOT NULL,
  WentWell nvarchar(max) NOT NULL,
  Lessons nvarchar(max) NOT NULL,
  DueAt datetimeoffset(7) NULL,
  CompletedAt datetimeoffset(7) NULL,
  CompletedBy nvarchar(200) NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_IncidentReview PRIMARY KEY (IncidentId),
  CONSTRAINT FK_IncidentReview_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentReview_Status CHECK (Status IN ('Draft', 'Completed'))
);
CREATE INDEX IX_IncidentReview_Due ON IncidentReview (Status, DueAt, IncidentId);
CREATE INDEX IX_IncidentReview_Completed ON IncidentReview (Status, CompletedAt, IncidentId);

CREATE TABLE IncidentReviewCause (
  IncidentId uniqueidentifier NOT NULL,
  CauseId uniqueidentifier NOT NULL,
  CONSTRAINT PK_IncidentReviewCause PRIMARY KEY (IncidentId, CauseId),
  CONSTRAINT FK_IncidentReviewCause_IncidentReview FOREIGN KEY (IncidentId) REFERENCES IncidentReview (IncidentId),
  CONSTRAINT FK_IncidentReviewCause_IncidentCause FOREIGN KEY (CauseId) REFERENCES IncidentCause (Id)
);
CREATE INDEX IX_IncidentReviewCause_Cause ON IncidentReviewCause (CauseId, IncidentId);

-- From the close of an incident to its completed review. Empty: none is asked for.
ALTER TABLE SevPolicyLevel ADD ReviewWithin nvarchar(16) NULL;

INSERT INTO IncidentCause (Id, Name, Description, IsRetired, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES
  ('01926e50-0000-7000-8000-000000000001', 'Access granted too broadly', 'A permission, a role, a bucket or a link was open to more people than was promised.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-000000000002', 'Copied without its safeguards', 'Data left its protected place: an export, a cache, a test system, a notebook.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-000000000003', 'Changed without review', 'A configuration or a release changed who or what is reached, and nobody checked it.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-000000000004', 'Fault in software', 'A defect let data through that the design would have stopped.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-000000000005', 'Credential lost or shared', 'A key, a token or a password was in wrong hands.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-000000000006', 'Sent to the wrong recipient', 'A message, a file or a link went to somebody it was not meant for.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-000000000007', 'Kept longer than promised', 'Data was not deleted or made anonymous when it should have been.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-000000000008', 'Collected more than declared', 'The program collected data, people or places outside of its purpose.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-000000000009', 'Third party', 'A supplier or a partner handled the data differently than agreed.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped'),
  ('01926e50-0000-7000-8000-00000000000a', 'Nobody was responsible', 'The dataset, the check or the alert had no owner.', 0, 1, '2026-11-29T00:00:00.0000000Z', 'Hub', 'shipped');
