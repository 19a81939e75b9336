namespace IncidentHub.Platform.Database;

/// <summary>Numbers for public codes: without gaps, because a number is taken in the transaction that uses it.</summary>
internal static class Counters
{
    public static Task<int> NextAsync(UnitOfWork tx, string name) => tx.ScalarAsync<int>("Counter_Next", new { Name = name });
}
