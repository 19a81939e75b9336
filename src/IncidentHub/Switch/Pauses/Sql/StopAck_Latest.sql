SELECT Epoch, ReceivedAt, Token FROM StopAck
WHERE CollectorId = @CollectorId AND ProgramId = @ProgramId
ORDER BY Epoch DESC
{{page}}
