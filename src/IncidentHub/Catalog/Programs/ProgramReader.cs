using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Programs;

/// <summary>Published reader: programs for other features.</summary>
internal sealed class ProgramReader
{
    public async Task<ProgramFacts?> FindByCodeAsync(ISql sql, string code) => (await ProgramStore.LoadAsync(sql, code))?.ToFacts();

    /// <summary>The program of a filter: null if the filter names none; refused if there is no program with its code.</summary>
    public async Task<Result<ProgramFacts?>> OfFilterAsync(ISql sql, string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return (ProgramFacts?)null;
        return await FindByCodeAsync(sql, code) is { } program
            ? program : Refusal.Invalid("program", "There is no program with this code.");
    }

    /// <summary>The current version of a program.</summary>
    public static Task<int> VersionAsync(ISql sql, Guid id) => sql.ScalarAsync<int>("Program_Version", new { Id = id });

    public async Task<ProgramFacts?> FindAsync(ISql sql, Guid id) => (await ProgramStore.LoadAsync(sql, id))?.ToFacts();

    /// <summary>The program with all that its owner states of it.</summary>
    public Task<ProgramRecord?> RecordAsync(ISql sql, Guid id) => ProgramStore.LoadAsync(sql, id);

    /// <summary>The safeguards of a program, in their order.</summary>
    public async Task<IReadOnlyList<SafeguardState>> SafeguardsAsync(ISql sql, Guid programId) =>
        [.. (await SafeguardStore.OfProgramAsync(sql, programId)).Select(s => s.State)];

    /// <summary>
    /// Programs whose code, name, or a word of the name begins with <paramref name="text"/>; all programs where it is empty.
    /// </summary>
    public Task<IReadOnlyList<ProgramPick>> SearchByPrefixAsync(ISql sql, string? text, int limit = 10)
    {
        var start = LikeText.Prefix(text);
        return sql.QueryAsync<ProgramPick>("Program_Search",
            new { CodeStart = start.ToUpperInvariant(), NameStart = start, WordStart = LikeText.Word(text), Limit = limit });
    }
}
