SELECT Epoch, At, Terms FROM ProgramEpoch
WHERE ProgramId = @ProgramId AND Epoch >= @Epoch
ORDER BY Epoch
{{page}}
