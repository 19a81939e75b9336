UPDATE GateDispositionHead SET LastNumber = LastNumber + @Count WHERE Id = 1
