using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>The records of changes of a key; never its secret.</summary>
internal static class ApiKeyHistory
{
    public static JournalEntry Created(ApiKeyRow key, IReadOnlyList<ProgramFacts> programs) => Entry("created", key, programs, new
    {
        key.Id,
        Scopes = Names.Split(key.Scopes),
        Programs = programs.Select(p => p.Code),
        key.Region,
        Categories = Names.Split(key.Categories),
        key.ExpiresAt,
        Networks = key.Networks is null ? null : Names.Split(key.Networks),
        MaxCollectors = key.Granted.HasFlag(IncidentHub.Domain.Access.Scopes.Enrol) ? key.MaxCollectors : (int?)null,
    });

    public static JournalEntry Rotated(ApiKeyRow key, IReadOnlyList<ProgramFacts> programs) =>
        Entry("rotated", key, programs, new { key.Id, OldSecretUntil = key.OldKeyUntil, key.ExpiresAt });

    public static JournalEntry Revoked(ApiKeyRow key, IReadOnlyList<ProgramFacts> programs) =>
        Entry("revoked", key, programs, new { key.Id });

    private static JournalEntry Entry(string act, ApiKeyRow key, IReadOnlyList<ProgramFacts> programs, object detail) => new()
    {
        Action = $"key.{act}",
        Subject = $"key {key.Name}",
        Detail = detail,
        Topics = ["keys", .. programs.Select(p => $"program:{p.Id}")],
    };
}
