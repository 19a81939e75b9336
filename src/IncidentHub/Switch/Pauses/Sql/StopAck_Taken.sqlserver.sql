SELECT a.Digest AS Digest, a.CollectorId AS CollectorId, a.ProgramId AS ProgramId, a.Epoch AS Epoch, a.Receipt AS Receipt
FROM OPENJSON(@Rows) WITH (C uniqueidentifier '$.c', P uniqueidentifier '$.p', E bigint '$.e') r
INNER JOIN StopAck a ON a.CollectorId = r.C AND a.ProgramId = r.P AND a.Epoch = r.E
