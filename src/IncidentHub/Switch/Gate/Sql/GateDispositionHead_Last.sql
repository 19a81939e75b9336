SELECT LastNumber FROM GateDispositionHead WHERE Id = 1
