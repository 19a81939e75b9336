INSERT INTO StopAck (Digest, CollectorId, ProgramId, Epoch, ReceivedAt, Token, Receipt)
SELECT r.D, r.C, r.P, r.E, @Now, r.T, r.R
FROM OPENJSON(@Rows) WITH (D nvarchar(64) '$.d', C uniqueidentifier '$.c', P uniqueidentifier '$.p', E bigint '$.e', T nvarchar(max) '$.t', R nvarchar(max) '$.r') r
