-- What was admitted or purged is decided for good: whoever decides at the same moment finds it done.
CREATE UNIQUE INDEX UX_GateDisposition_Final ON GateDisposition (BatchId) WHERE Disposition IN ('Admit', 'Purge');
