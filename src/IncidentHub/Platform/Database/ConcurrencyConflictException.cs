namespace IncidentHub.Platform.Database;

/// <summary>
/// Another node changed a row between its reading and its guarded update in one transaction. The work runs again on fresh rows: see
/// <see cref="Db.WriteAsync"/>. A stale version that the caller supplied is not a conflict of this kind: it is a refusal.
/// </summary>
internal sealed class ConcurrencyConflictException(string what) : Exception($"{what} was changed by another transaction.");
