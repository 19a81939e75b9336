using System.Collections.Concurrent;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Programs;

/// <summary>Programs by code. A code never changes its meaning, so cached results stay valid.</summary>
internal sealed class ProgramCodes(Db db, ProgramReader programs)
{
    private readonly ConcurrentDictionary<string, Guid> _ids = new(StringComparer.Ordinal);

    /// <param name="code">As typed.</param>
    public async Task<Guid?> FindAsync(string code, CancellationToken ct)
    {
        if (_ids.TryGetValue(Codes.Upper(code), out var id)) return id;
        if (await db.ReadAsync(sql => programs.FindByCodeAsync(sql, code), ct) is not { } program) return null;
        return _ids[program.Code] = program.Id;
    }
}
