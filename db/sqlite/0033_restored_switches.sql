-- Since when no permit of the program is issued, because the hub was restored from a backup and nobody has confirmed what may be collected.
ALTER TABLE ProgramSwitch ADD COLUMN UnconfirmedSince TEXT NULL;
