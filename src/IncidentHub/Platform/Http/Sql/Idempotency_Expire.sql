DELETE FROM IdempotencyRecord WHERE CreatedAt < @Before
