using System.Globalization;
using IncidentHub.Access.Audit;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Backups;

/// <summary>What a backup holds.</summary>
/// <param name="Schema">The number and the name of its last script.</param>
/// <param name="LastActAt">What happened later is not in it.</param>
internal sealed record BackupContent(string Schema, AuditHead Head, DateTimeOffset? LastActAt)
{
    public string LastAct => LastActAt is { } at ? at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC" : "never";
}

/// <summary>The whole check of a file: every page is read.</summary>
internal static class BackupCheck
{
    private const int MostFaults = 5;

    /// <summary>
    /// Throws <see cref="DatabaseFaultException"/> with one sentence where the file is not a sound database of this schema.
    /// </summary>
    /// <param name="verifyChain">The whole audit log as well, not only that it ends with the record that its head names.</param>
    public static async Task<BackupContent> RunAsync(string file, Statements statements, bool verifyChain, MasterKey? master)
    {
        await using var connection = SqliteFile.Open(file);
        var faults = SqliteFile.Texts(connection, $"PRAGMA integrity_check({MostFaults})");
        if (faults is not ["ok"]) throw new DatabaseFaultException($"{file} is damaged: {string.Join("; ", faults.Select(OneLine))}.");
        if (SqliteFile.Texts(connection, "PRAGMA foreign_key_check") is [var table, ..])
            throw new DatabaseFaultException($"{file} is damaged: a row of {table} names a row that does not exist.");
        var sql = new Sql(Engine.Sqlite, statements, connection, null, TimeProvider.System.GetUtcNow);
        if (await AuditReader.HeadAsync(sql) is not { } head)
            throw new DatabaseFaultException($"{file} is damaged: the audit log has no head.");
        var last = (await AuditReader.ReadAsync(sql, head.Count - 1)).FirstOrDefault();
        if (head.Count > 0 && (last?.Sequence != head.Count || last.Hash != head.LastHash))
            throw new DatabaseFaultException($"{file} is damaged: the audit log does not end with the record that its head names.");
        if (verifyChain)
        {
            using var keys = await AuditKeyReader.LoadAsync(sql, master);
            var report = AuditReport.Of(await AuditReader.VerifyAsync(sql, keys));
            if (!report.IsOk) throw new DatabaseFaultException($"The audit log in {file} was changed: {string.Join(" ", report.Lines)}");
        }
        var script = Migrator.Applied(connection)[^1];
        var at = await sql.FirstOrDefaultAsync<LastAct>("Audit_LastAt");
        return new($"{script.Number:0000}_{script.Name}", head, at?.At);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private sealed record LastAct
    {
        public required DateTimeOffset At { get; init; }
    }
}
