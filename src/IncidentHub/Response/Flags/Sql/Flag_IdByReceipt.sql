SELECT f.Id AS Id FROM Flag f WHERE f.ReceiptHash = @ReceiptHash
