using IncidentHub.Domain.Access;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>A key in a list.</summary>
/// <param name="Programs">Codes of the programs that it is limited to; empty for all.</param>
internal sealed record ApiKeyLine(ApiKeyRow Row, IReadOnlyList<string> Programs);

internal sealed class ApiKeyQueries(Db db, ProgramReader programs)
{
    /// <summary>
    /// The keys of a program, newest first; where no program is named, the keys that are not limited to programs: all of them for
    /// administrators, their own for others.
    /// </summary>
    public Task<Result<Page<ApiKeyLine>>> ListAsync(string? program, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default) => db.ReadAsync<Result<Page<ApiKeyLine>>>(
        async sql =>
        {
            if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
            var before = Cursor.DecodeTimeAndId("keys", cursor);
            if (before.Refusal is { } bad) return bad;
            var size = Cursor.Limit(limit);
            if (size.Refusal is { } wrong) return wrong;
            var options = new List<string>();
            var only = await programs.OfFilterAsync(sql, program);
            if (only.Refusal is { } unknown) return unknown;
            if (only.Value is { } of)
            {
                if (AccessTable.Deny(viewer, Act.ManageKeys, of.Relation(viewer)) is { } notHere) return notHere;
                options.Add("Program");
            }
            else if (!AccessTable.Allows(viewer, Act.ManageKeys))
            {
                options.Add("Own");
            }
            if (before.Value is not null) options.Add("Before");
            var rows = await sql.QueryAsync<ApiKeyRow>("ApiKey_List",
                new
                {
                    ProgramId = only.Value?.Id,
                    OwnerId = viewer.Id,
                    BeforeAt = before.Value?.At,
                    BeforeId = before.Value?.Id,
                    Limit = size.Value
                + 1
                }, [.. options]);
            return Page<ApiKeyRow>.Of(rows, size.Value, "keys", r => [r.CreatedAt, r.Id]).Map(await WithProgramsAsync(sql, rows));
        },
        ct);

    private static async Task<Func<ApiKeyRow, ApiKeyLine>> WithProgramsAsync(ISql sql, IReadOnlyList<ApiKeyRow> rows)
    {
        if (rows.Count == 0) return r => new(r, []);
        var tied =
            (await sql.QueryAsync<KeyProgramRow>("ApiKeyProgram_Between", new { FromAt = rows[^1].CreatedAt, ToAt = rows[0].CreatedAt }))
            .ToLookup(t => t.ApiKeyId, t => t.Code);
        return r => new(r, [.. tied[r.Id]]);
    }

    private sealed record KeyProgramRow
    {
        public required Guid ApiKeyId { get; init; }
        public required string Code { get; init; }
    }
}
