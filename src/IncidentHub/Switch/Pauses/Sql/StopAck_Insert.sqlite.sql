INSERT INTO StopAck (Digest, CollectorId, ProgramId, Epoch, ReceivedAt, Token, Receipt)
SELECT json_extract(j.value, '$.d'), json_extract(j.value, '$.c'), json_extract(j.value, '$.p'), json_extract(j.value, '$.e'), @Now, json_extract(j.value, '$.t'), json_extract(j.value, '$.r')
FROM json_each(@Rows) j
