using Dapper;
using IncidentHub.Access.Audit;
using IncidentHub.Domain;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>
/// A log of thirteen rows with checkpoints after rows 4 and 8, made by a real hub, once; each test changes its own copy and verifies it as
/// an operator does.
/// </summary>
public sealed class SignedLog : IAsyncLifetime
{
    // The demo accounts, eleven acts, the auditor's sign-in, and the export.
    public const int Rows = 14;

    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-audit-").FullName;
    private static readonly Statements Statements = new(Engine.Sqlite);
    private int _copies;

    /// <summary>The checkpoints as the hub wrote them.</summary>
    public string Kept => Path.Combine(_folder, "kept");

    public string Keys => Path.Combine(_folder, "keys.json");

    public IReadOnlyList<string> Export { get; private set; } = [];

    private string MasterKey => Path.Combine(_folder, "master.key");

    public async ValueTask InitializeAsync()
    {
        if (TestEngine.Current != Engine.Sqlite) return;
        Directory.CreateDirectory(Kept);
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Audit:CheckpointFolder"] = Kept } };
        await FillAsync(hub, 3);
        await SignAsync(hub);
        await FillAsync(hub, 4);
        await SignAsync(hub);
        await FillAsync(hub, 4);
        await File.WriteAllTextAsync(Keys, await (await hub.AsAsync(null)).GetStringAsync("/.well-known/jwks.json"));
        var export = await (await hub.AsAsync("auditor")).GetStringAsync("/api/v1/audit/export");
        Export = export.TrimEnd('\n').Split('\n');
        await using var connection = new SqliteConnection($"Data Source={hub.DatabaseFile}");
        await connection.ExecuteAsync($"VACUUM INTO '{Path.Combine(_folder, "log.db")}'");
        File.Copy(Path.Combine(Path.GetDirectoryName(hub.DatabaseFile)!, "master.key"), MasterKey);
    }

    /// <summary>Signs what has no checkpoint yet.</summary>
    internal static async Task SignAsync(TestHub hub)
    {
        hub.Clock.Advance(Checkpointing.Age);
        await hub.Services.GetRequiredService<Checkpointing>().RunAsync(CancellationToken.None);
    }

    // Every second row is about something that nobody may see.
    internal static async Task FillAsync(TestHub hub, int rows) => await hub.Db.WriteAsync<Done>(async tx =>
    {
        for (var i = 0; i < rows; i++)
        {
            await tx.RecordAsync(TestHub.Actor("responder"),
                new()
                {
                    Action = "test.ran",
                    Subject = $"run {i}",
                    Detail = new { n = i },
                    About = i % 2 == 0
                    ? [] : [OrderedId.Next(tx.Now)]
                });
        }
        return default(Done);
    });

    /// <summary>Verifies a copy of the database after this change of it.</summary>
    internal async Task<string> AfterAsync(Action<SqliteConnection> change, string? kept = null)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        await using (var file = new SqliteConnection($"Data Source={Path.Combine(_folder, "log.db")};Mode=ReadOnly"))
        {
            file.Open();
            file.BackupDatabase(connection);
        }
        change(connection);
        var sql = new Sql(Engine.Sqlite, Statements, connection, null, TimeProvider.System.GetUtcNow);
        using var keys = await AuditKeyReader.LoadAsync(sql, IncidentHub.Platform.Keys.MasterKey.Find(MasterKey));
        var result = await AuditReader.VerifyAsync(sql, keys, kept is null ? null : CheckpointFolder.Read(kept));
        return string.Join('\n', AuditReport.Of(result).Lines);
    }

    /// <summary>Verifies a copy of the database with the command.</summary>
    internal async Task<(int Code, string Said)> CommandAsync(params string[] options)
    {
        var copy = Path.Combine(_folder, $"copy-{Interlocked.Increment(ref _copies)}.db");
        File.Copy(Path.Combine(_folder, "log.db"), copy);
        var configuration = new ConfigurationManager();
        configuration["ConnectionStrings:IncidentHub"] = $"Data Source={copy};Pooling=False";
        configuration["Keys:MasterKeyFile"] = MasterKey;
        return await RunAsync(configuration, options);
    }

    /// <summary>Verifies an export of these lines.</summary>
    internal string Verify(IEnumerable<string> lines)
    {
        using var keys = AuditKeys.FromJwks(File.ReadAllText(Keys));
        return AuditReport.Of(AuditExport.Verify(lines, keys, CheckpointFolder.Read(Kept)).Result).Lines[0];
    }

    /// <summary>The same with the command.</summary>
    internal async Task<(int Code, string Said)> CommandAsync(IEnumerable<string> lines, params string[] options)
    {
        var file = Path.Combine(_folder, $"export-{Interlocked.Increment(ref _copies)}.jsonl");
        await File.WriteAllLinesAsync(file, lines);
        return await RunAsync(new ConfigurationManager(), [file, .. options]);
    }

    /// <summary>Computes all hashes anew from this row on, with the head, as somebody does who can write to the database.</summary>
    internal static void Recompute(SqliteConnection c, long from)
    {
        var rows = c.Query<(long Sequence, string At, string ActorId, string ActorName, string ActorKind, string Act, string Subject,
            string? About, string SubjectSalt, string? Payload, string? Salt, string Previous)>(
            "SELECT Sequence, At, ActorId, ActorName, ActorKind, Act, Subject, About, SubjectSalt, Payload, Salt, "
                + "(SELECT p.Hash FROM AuditEntry p WHERE p.Sequence = @from - 1) FROM AuditEntry WHERE Sequence >= @from ORDER BY "
                    + "Sequence",
            new { from }).ToList();
        var head = from == 1 ? AuditHead.Empty : new AuditHead(from - 1, rows[0].Previous);
        c.Execute("DELETE FROM AuditEntry WHERE Sequence >= @from", new { from });
        foreach (var r in rows)
        {
            (var e, head) = AuditChain.Next(head, new(DateTimeOffset.Parse(r.At), Guid.Parse(r.ActorId), r.ActorName,
                Enum.Parse<IncidentHub.Domain.Access.ActorKind>(r.ActorKind), r.Act, r.Subject, r.Payload, r.Salt ?? "", r.SubjectSalt)
            {
                About = r.About,
            });
            c.Execute(
                "INSERT INTO AuditEntry (Sequence, At, ActorId, ActorName, ActorKind, Act, Subject, About, SubjectSalt, SubjectDigest, "
                    + "Payload, Salt, PayloadDigest, PreviousHash, Hash, HashVersion) VALUES (@Sequence, @At, @ActorId, @ActorName, "
                    + "@ActorKind, @Act, @Subject, @About, @SubjectSalt, @SubjectDigest, @Payload, @Salt, @PayloadDigest, @PreviousHash, "
                    + "@Hash, @HashVersion)",
                new
                {
                    e.Sequence,
                    r.At,
                    r.ActorId,
                    e.ActorName,
                    r.ActorKind,
                    e.Act,
                    e.Subject,
                    e.About,
                    e.SubjectSalt,
                    e.SubjectDigest,
                    e.Payload,
                    e.Salt,
                    e.PayloadDigest,
                    e.PreviousHash,
                    e.Hash,
                    e.HashVersion,
                });
        }
        c.Execute("UPDATE AuditHead SET EntryCount = @Count, LastHash = @LastHash", new { head.Count, head.LastHash });
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<(int Code, string Said)> RunAsync(ConfigurationManager configuration, string[] options)
    {
        var say = new StringWriter();
        var code = await AuditCommand.RunAsync(["audit", "verify", .. options], configuration, say);
        return (code, say.ToString().Trim());
    }
}
