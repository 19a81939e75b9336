-- Regulatory and contractual clocks as data: versions of each regime with the day from which it counts. Definition is JSON: see Regime.
CREATE TABLE Regime (
  Code nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Version int NOT NULL,
  EffectiveFrom nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Definition nvarchar(max) NOT NULL,
  Reason nvarchar(max) NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_Regime PRIMARY KEY (Code, Version)
);

-- Public holidays: not business days.
CREATE TABLE Holiday (
  Calendar nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Day nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Name nvarchar(480) NOT NULL,
  CONSTRAINT PK_Holiday PRIMARY KEY (Calendar, Day)
);

-- A clock that applies to an incident. DueOrder sorts those without a due time last.
CREATE TABLE Obligation (
  Id uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Code nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  RegimeCode nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  RegimeVersion int NOT NULL,
  DutyKey nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Status nvarchar(12) COLLATE Latin1_General_100_BIN2 NOT NULL,
  TriggeredAt datetimeoffset(7) NULL,
  AwareAt datetimeoffset(7) NULL,
  TriggerNote nvarchar(max) NULL,
  DueAt datetimeoffset(7) NULL,
  DueOrder datetimeoffset(7) NOT NULL,
  LateAt datetimeoffset(7) NULL,
  NotRequiredReason nvarchar(max) NULL,
  DelayAuthority nvarchar(800) NULL,
  DelayReason nvarchar(max) NULL,
  DelayUntil datetimeoffset(7) NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_Obligation PRIMARY KEY (Id),
  CONSTRAINT UQ_Obligation_Number UNIQUE (Number),
  CONSTRAINT UQ_Obligation_Code UNIQUE (Code),
  CONSTRAINT FK_Obligation_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_Obligation_Regime FOREIGN KEY (RegimeCode, RegimeVersion) REFERENCES Regime (Code, Version),
  CONSTRAINT CK_Obligation_Status CHECK (Status IN ('NotTriggered', 'Open', 'Met', 'NotRequired', 'Delayed'))
);
CREATE INDEX IX_Obligation_Incident ON Obligation (IncidentId, Number);
CREATE INDEX IX_Obligation_Due ON Obligation (DueOrder, Id);
CREATE INDEX IX_Obligation_Regime ON Obligation (RegimeCode, RegimeVersion);

-- Notices that were submitted; a phased notification has several.
CREATE TABLE ObligationNotice (
  ObligationId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  At datetimeoffset(7) NOT NULL,
  Reference nvarchar(800) NOT NULL,
  Note nvarchar(max) NOT NULL,
  IsComplete bit NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  RecordedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_ObligationNotice PRIMARY KEY (ObligationId, Number),
  CONSTRAINT FK_ObligationNotice_Obligation FOREIGN KEY (ObligationId) REFERENCES Obligation (Id)
);

-- The address of a person's calendar of due times: only its hash is kept. One is valid at a time.
CREATE TABLE CalendarFeed (
  Id uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  TokenHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  RevokedAt datetimeoffset(7) NULL,
  CONSTRAINT PK_CalendarFeed PRIMARY KEY (Id),
  CONSTRAINT UQ_CalendarFeed_TokenHash UNIQUE (TokenHash)
);
CREATE INDEX IX_CalendarFeed_Person ON CalendarFeed (PersonId);

INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'GDPR', 1, N'2018-05-25',
  N'{
  "name": "GDPR, articles 33 and 34",
  "regions": [
    "EU",
    "IS",
    "LI",
    "NO"
  ],
  "categories": [],
  "isProposed": true,
  "timeZone": "UTC",
  "duties": [
    {
      "key": "authority",
      "name": "Notify the supervisory authority",
      "trigger": "Awareness",
      "due": "72 h",
      "says": "Nature of the breach, categories and approximate numbers of people and records, contact, likely consequences, measures taken or proposed. What is not known yet may follow in phases, with the reasons for the delay."
    },
    {
      "key": "register",
      "name": "Document the breach in the register",
      "trigger": "Awareness",
      "due": null,
      "says": "The facts, the effects and the remedial action of every breach, also of one that nobody has to be notified of."
    },
    {
      "key": "people",
      "name": "Tell the people concerned",
      "trigger": "HighRisk",
      "due": null,
      "says": "In clear and plain language: the nature of the breach, contact, likely consequences, measures, and what they can do. Without undue delay."
    }
  ],
  "source": "Regulation (EU) 2016/679, articles 33 and 34",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'UK-GDPR', 1, N'2021-01-01',
  N'{
  "name": "UK GDPR, articles 33 and 34",
  "regions": [
    "GB"
  ],
  "categories": [],
  "isProposed": true,
  "timeZone": "UTC",
  "duties": [
    {
      "key": "authority",
      "name": "Notify the supervisory authority",
      "trigger": "Awareness",
      "due": "72 h",
      "says": "Nature of the breach, categories and approximate numbers of people and records, contact, likely consequences, measures taken or proposed. What is not known yet may follow in phases, with the reasons for the delay."
    },
    {
      "key": "register",
      "name": "Document the breach in the register",
      "trigger": "Awareness",
      "due": null,
      "says": "The facts, the effects and the remedial action of every breach, also of one that nobody has to be notified of."
    },
    {
      "key": "people",
      "name": "Tell the people concerned",
      "trigger": "HighRisk",
      "due": null,
      "says": "In clear and plain language: the nature of the breach, contact, likely consequences, measures, and what they can do. Without undue delay."
    }
  ],
  "source": "UK GDPR, articles 33 and 34",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'NIS2', 1, N'2024-10-18',
  N'{
  "name": "NIS2, article 23",
  "regions": [
    "EU"
  ],
  "categories": [],
  "isProposed": false,
  "timeZone": "UTC",
  "duties": [
    {
      "key": "early-warning",
      "name": "Early warning",
      "trigger": "SignificantIncident",
      "due": "24 h",
      "says": "Whether unlawful or malicious acts are suspected, and whether other countries may be affected."
    },
    {
      "key": "notice",
      "name": "Incident notification",
      "trigger": "SignificantIncident",
      "due": "72 h",
      "says": "An update of the early warning, a first assessment of severity and impact, indicators of compromise."
    },
    {
      "key": "final",
      "name": "Final report",
      "trigger": "EarlierNotice",
      "due": "1 mo",
      "says": "Detailed description, root cause, mitigation, cross-border impact.",
      "after": "notice"
    }
  ],
  "source": "Directive (EU) 2022/2555, article 23(4), as transposed",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'DORA', 1, N'2025-01-17',
  N'{
  "name": "DORA, article 19",
  "regions": [
    "EU"
  ],
  "categories": [],
  "isProposed": false,
  "timeZone": "UTC",
  "duties": [
    {
      "key": "initial",
      "name": "Initial notification",
      "trigger": "MajorIncident",
      "due": "4 h",
      "says": "Reference, time of detection and of classification, description, criteria that were met.",
      "atMostFromAwareness": "24 h"
    },
    {
      "key": "intermediate",
      "name": "Intermediate report",
      "trigger": "EarlierNotice",
      "due": "72 h",
      "says": "Status, causes, affected services and clients, recovery.",
      "after": "initial"
    },
    {
      "key": "final",
      "name": "Final report",
      "trigger": "EarlierNotice",
      "due": "1 mo",
      "says": "Root cause, resolution, costs and losses.",
      "after": "intermediate"
    }
  ],
  "source": "Delegated Regulation (EU) 2025/301, article 5",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'HIPAA', 1, N'2009-09-23',
  N'{
  "name": "HIPAA breach notification",
  "regions": [
    "US"
  ],
  "categories": [
    "health-data"
  ],
  "isProposed": true,
  "timeZone": "America/New_York",
  "duties": [
    {
      "key": "people",
      "name": "Notify the people concerned",
      "trigger": "Discovery",
      "due": "60 d",
      "says": "What happened and when, kinds of information, steps to protect oneself, what is being done, contact. Without unreasonable delay."
    },
    {
      "key": "authority",
      "name": "Notify the Secretary of Health and Human Services",
      "trigger": "Discovery",
      "due": "60 d",
      "says": "At the same time as the people concerned.",
      "moreThanSubjects": 499
    }
  ],
  "source": "45 CFR 164.404 and 164.408",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'SEC-8K', 1, N'2023-12-18',
  N'{
  "name": "SEC form 8-K, item 1.05",
  "regions": [
    "US"
  ],
  "categories": [],
  "isProposed": false,
  "timeZone": "America/New_York",
  "duties": [
    {
      "key": "form-8k",
      "name": "File form 8-K",
      "trigger": "Materiality",
      "due": "4 bd",
      "says": "Nature, scope and timing of the incident; its material impact on finances and operations."
    }
  ],
  "source": "Form 8-K, item 1.05; general instruction B.1",
  "checkedOn": "2026-11-28",
  "dayEnds": "17:30",
  "calendar": "US-FEDERAL"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'CA-1798-82', 1, N'2003-07-01',
  N'{
  "name": "California Civil Code 1798.82",
  "regions": [
    "US-CA"
  ],
  "categories": [],
  "isProposed": true,
  "timeZone": "America/Los_Angeles",
  "duties": [
    {
      "key": "people",
      "name": "Notify residents of California",
      "trigger": "Discovery",
      "due": null,
      "says": "In the most expedient time possible and without unreasonable delay."
    },
    {
      "key": "attorney-general",
      "name": "Submit the notice to the attorney general",
      "trigger": "EarlierNotice",
      "due": null,
      "says": "A sample copy of the notice to residents.",
      "after": "people",
      "moreThanSubjects": 500
    }
  ],
  "source": "California Civil Code section 1798.82",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'CA-1798-82', 2, N'2026-01-01',
  N'{
  "name": "California Civil Code 1798.82",
  "regions": [
    "US-CA"
  ],
  "categories": [],
  "isProposed": true,
  "timeZone": "America/Los_Angeles",
  "duties": [
    {
      "key": "people",
      "name": "Notify residents of California",
      "trigger": "Discovery",
      "due": "30 d",
      "says": "What happened, what information was involved, what is being done, what people can do, contact."
    },
    {
      "key": "attorney-general",
      "name": "Submit the notice to the attorney general",
      "trigger": "EarlierNotice",
      "due": "15 d",
      "says": "A sample copy of the notice to residents.",
      "after": "people",
      "moreThanSubjects": 500
    }
  ],
  "source": "California Civil Code section 1798.82, as amended by SB 446",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'NY-899-AA', 1, N'2005-12-07',
  N'{
  "name": "New York General Business Law 899-aa",
  "regions": [
    "US-NY"
  ],
  "categories": [],
  "isProposed": true,
  "timeZone": "America/New_York",
  "duties": [
    {
      "key": "people",
      "name": "Notify residents of New York",
      "trigger": "Discovery",
      "due": null,
      "says": "In the most expedient time possible and without unreasonable delay."
    }
  ],
  "source": "New York General Business Law section 899-aa",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'NY-899-AA', 2, N'2024-12-21',
  N'{
  "name": "New York General Business Law 899-aa",
  "regions": [
    "US-NY"
  ],
  "categories": [],
  "isProposed": true,
  "timeZone": "America/New_York",
  "duties": [
    {
      "key": "people",
      "name": "Notify residents of New York",
      "trigger": "Discovery",
      "due": "30 d",
      "says": "Contact, telephone numbers and websites of the agencies concerned, what information was involved."
    }
  ],
  "source": "New York General Business Law section 899-aa, as amended in December 2024",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'CO-6-1-716', 1, N'2018-09-01',
  N'{
  "name": "Colorado Revised Statutes 6-1-716",
  "regions": [
    "US-CO"
  ],
  "categories": [],
  "isProposed": true,
  "timeZone": "America/Denver",
  "duties": [
    {
      "key": "people",
      "name": "Notify residents of Colorado",
      "trigger": "Discovery",
      "due": "30 d",
      "says": "Date of the breach, information involved, contacts of the company, of consumer reporting agencies and of the Federal Trade Commission."
    },
    {
      "key": "attorney-general",
      "name": "Notify the attorney general",
      "trigger": "Discovery",
      "due": "30 d",
      "says": "The same facts.",
      "moreThanSubjects": 499
    }
  ],
  "source": "Colorado Revised Statutes section 6-1-716",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'FL-501-171', 1, N'2014-07-01',
  N'{
  "name": "Florida Statutes 501.171",
  "regions": [
    "US-FL"
  ],
  "categories": [],
  "isProposed": true,
  "timeZone": "America/New_York",
  "duties": [
    {
      "key": "people",
      "name": "Notify people in Florida",
      "trigger": "Discovery",
      "due": "30 d",
      "says": "Date of the breach, information involved, contact."
    },
    {
      "key": "authority",
      "name": "Notify the Department of Legal Affairs",
      "trigger": "Discovery",
      "due": "30 d",
      "says": "Synopsis, number of people in Florida, services offered, a copy of the notice, contact.",
      "moreThanSubjects": 499
    }
  ],
  "source": "Florida Statutes section 501.171",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Regime (Code, Version, EffectiveFrom, Definition, Reason, ChangedAt, ChangedBy)
VALUES (N'CONTRACT', 1, N'1970-01-01',
  N'{
  "name": "Contract",
  "regions": [],
  "categories": [],
  "isProposed": false,
  "timeZone": "UTC",
  "duties": [
    {
      "key": "partner",
      "name": "Notify the contract partner",
      "trigger": "Contract",
      "due": null,
      "says": "As the contract says. An administrator can add a regime of its own for a contract with a number."
    }
  ],
  "source": "The contract",
  "checkedOn": "2026-11-28"
}',
  N'Shipped with the hub.', '2026-11-28T00:00:00.0000000+00:00', N'IncidentHub');
INSERT INTO Holiday (Calendar, Day, Name) VALUES
  (N'US-FEDERAL', N'2023-01-02', N'New Year''s Day'),
  (N'US-FEDERAL', N'2023-01-16', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2023-02-20', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2023-05-29', N'Memorial Day'),
  (N'US-FEDERAL', N'2023-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2023-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2023-09-04', N'Labor Day'),
  (N'US-FEDERAL', N'2023-10-09', N'Columbus Day'),
  (N'US-FEDERAL', N'2023-11-10', N'Veterans Day'),
  (N'US-FEDERAL', N'2023-11-23', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2023-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2024-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2024-01-15', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2024-02-19', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2024-05-27', N'Memorial Day'),
  (N'US-FEDERAL', N'2024-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2024-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2024-09-02', N'Labor Day'),
  (N'US-FEDERAL', N'2024-10-14', N'Columbus Day'),
  (N'US-FEDERAL', N'2024-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2024-11-28', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2024-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2025-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2025-01-20', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2025-02-17', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2025-05-26', N'Memorial Day'),
  (N'US-FEDERAL', N'2025-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2025-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2025-09-01', N'Labor Day'),
  (N'US-FEDERAL', N'2025-10-13', N'Columbus Day'),
  (N'US-FEDERAL', N'2025-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2025-11-27', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2025-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2026-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2026-01-19', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2026-02-16', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2026-05-25', N'Memorial Day'),
  (N'US-FEDERAL', N'2026-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2026-07-03', N'Independence Day'),
  (N'US-FEDERAL', N'2026-09-07', N'Labor Day'),
  (N'US-FEDERAL', N'2026-10-12', N'Columbus Day'),
  (N'US-FEDERAL', N'2026-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2026-11-26', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2026-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2027-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2027-01-18', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2027-02-15', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2027-05-31', N'Memorial Day'),
  (N'US-FEDERAL', N'2027-06-18', N'Juneteenth'),
  (N'US-FEDERAL', N'2027-07-05', N'Independence Day'),
  (N'US-FEDERAL', N'2027-09-06', N'Labor Day'),
  (N'US-FEDERAL', N'2027-10-11', N'Columbus Day'),
  (N'US-FEDERAL', N'2027-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2027-11-25', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2027-12-24', N'Christmas Day'),
  (N'US-FEDERAL', N'2027-12-31', N'New Year''s Day'),
  (N'US-FEDERAL', N'2028-01-17', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2028-02-21', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2028-05-29', N'Memorial Day'),
  (N'US-FEDERAL', N'2028-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2028-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2028-09-04', N'Labor Day'),
  (N'US-FEDERAL', N'2028-10-09', N'Columbus Day'),
  (N'US-FEDERAL', N'2028-11-10', N'Veterans Day'),
  (N'US-FEDERAL', N'2028-11-23', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2028-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2029-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2029-01-15', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2029-02-19', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2029-05-28', N'Memorial Day'),
  (N'US-FEDERAL', N'2029-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2029-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2029-09-03', N'Labor Day'),
  (N'US-FEDERAL', N'2029-10-08', N'Columbus Day'),
  (N'US-FEDERAL', N'2029-11-12', N'Veterans Day'),
  (N'US-FEDERAL', N'2029-11-22', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2029-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2030-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2030-01-21', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2030-02-18', N'Washington''s Birthday');
INSERT INTO Holiday (Calendar, Day, Name) VALUES
  (N'US-FEDERAL', N'2030-05-27', N'Memorial Day'),
  (N'US-FEDERAL', N'2030-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2030-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2030-09-02', N'Labor Day'),
  (N'US-FEDERAL', N'2030-10-14', N'Columbus Day'),
  (N'US-FEDERAL', N'2030-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2030-11-28', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2030-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2031-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2031-01-20', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2031-02-17', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2031-05-26', N'Memorial Day'),
  (N'US-FEDERAL', N'2031-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2031-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2031-09-01', N'Labor Day'),
  (N'US-FEDERAL', N'2031-10-13', N'Columbus Day'),
  (N'US-FEDERAL', N'2031-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2031-11-27', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2031-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2032-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2032-01-19', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2032-02-16', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2032-05-31', N'Memorial Day'),
  (N'US-FEDERAL', N'2032-06-18', N'Juneteenth'),
  (N'US-FEDERAL', N'2032-07-05', N'Independence Day'),
  (N'US-FEDERAL', N'2032-09-06', N'Labor Day'),
  (N'US-FEDERAL', N'2032-10-11', N'Columbus Day'),
  (N'US-FEDERAL', N'2032-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2032-11-25', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2032-12-24', N'Christmas Day'),
  (N'US-FEDERAL', N'2032-12-31', N'New Year''s Day'),
  (N'US-FEDERAL', N'2033-01-17', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2033-02-21', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2033-05-30', N'Memorial Day'),
  (N'US-FEDERAL', N'2033-06-20', N'Juneteenth'),
  (N'US-FEDERAL', N'2033-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2033-09-05', N'Labor Day'),
  (N'US-FEDERAL', N'2033-10-10', N'Columbus Day'),
  (N'US-FEDERAL', N'2033-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2033-11-24', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2033-12-26', N'Christmas Day'),
  (N'US-FEDERAL', N'2034-01-02', N'New Year''s Day'),
  (N'US-FEDERAL', N'2034-01-16', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2034-02-20', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2034-05-29', N'Memorial Day'),
  (N'US-FEDERAL', N'2034-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2034-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2034-09-04', N'Labor Day'),
  (N'US-FEDERAL', N'2034-10-09', N'Columbus Day'),
  (N'US-FEDERAL', N'2034-11-10', N'Veterans Day'),
  (N'US-FEDERAL', N'2034-11-23', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2034-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2035-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2035-01-15', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2035-02-19', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2035-05-28', N'Memorial Day'),
  (N'US-FEDERAL', N'2035-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2035-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2035-09-03', N'Labor Day'),
  (N'US-FEDERAL', N'2035-10-08', N'Columbus Day'),
  (N'US-FEDERAL', N'2035-11-12', N'Veterans Day'),
  (N'US-FEDERAL', N'2035-11-22', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2035-12-25', N'Christmas Day'),
  (N'US-FEDERAL', N'2036-01-01', N'New Year''s Day'),
  (N'US-FEDERAL', N'2036-01-21', N'Birthday of Martin Luther King, Jr.'),
  (N'US-FEDERAL', N'2036-02-18', N'Washington''s Birthday'),
  (N'US-FEDERAL', N'2036-05-26', N'Memorial Day'),
  (N'US-FEDERAL', N'2036-06-19', N'Juneteenth'),
  (N'US-FEDERAL', N'2036-07-04', N'Independence Day'),
  (N'US-FEDERAL', N'2036-09-01', N'Labor Day'),
  (N'US-FEDERAL', N'2036-10-13', N'Columbus Day'),
  (N'US-FEDERAL', N'2036-11-11', N'Veterans Day'),
  (N'US-FEDERAL', N'2036-11-27', N'Thanksgiving Day'),
  (N'US-FEDERAL', N'2036-12-25', N'Christmas Day');
