SELECT a.Digest AS Digest, a.CollectorId AS CollectorId, a.ProgramId AS ProgramId, a.Epoch AS Epoch, a.Receipt AS Receipt
FROM json_each(@Rows) j
CROSS JOIN StopAck a ON a.CollectorId = json_extract(j.value, '$.c') AND a.ProgramId = json_extract(j.value, '$.p') AND a.Epoch = json_extract(j.value, '$.e')
