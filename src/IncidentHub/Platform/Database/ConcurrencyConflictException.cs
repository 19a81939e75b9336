namespace IncidentHub.Platform.Database;

/// <summary>
/// A row changed between its reading and its guarded update in one transaction, by another node. The work runs again on fresh rows: see
/// <see cref="Db.WriteAsync"/>. A version that the caller had seen is another thing: that is a refusal.
/// </summary>
internal sealed class ConcurrencyConflictException(string what) : Exception($"{what} was changed by another transaction.");
