using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;
using IncidentHub.Switch.Protocol;
using IncidentHub.Domain.Collectors;

namespace IncidentHub.Switch.FeatureFlags;

/// <summary>One program's flag at the time of reading, with its serialised responses.</summary>
internal sealed class OfrepFlag(SwitchSnapshot snapshot, string key)
{
    private static readonly int Reasons = Enum.GetValues<FlagReason>().Length;
    private readonly byte[]?[] _answers = new byte[]?[2 * Reasons];

    public SwitchSnapshot Snapshot => snapshot;

    /// <summary>The evaluation as JSON.</summary>
    public byte[] Evaluate(in OfrepContext context)
    {
        var program = snapshot.Program;
        var category = context.DataCategory is null || program.Categories.Contains(context.DataCategory)
            ? context.DataCategory : DataCategories.Key(context.DataCategory);
        var region = context.Region is null || Regions.IsValid(context.Region) ? context.Region : Regions.Key(context.Region);
        var bucket = context.TargetingKey is null || snapshot.Pauses.Count == 0
            ? DeviceBucket.Last : DeviceBucket.Of(SHA256.HashData(Encoding.UTF8.GetBytes(context.TargetingKey)));
        var (value, reason) = snapshot.IsUnconfirmed ? (false, FlagReason.Disabled)
            : CollectFlag.Evaluate(program.Lifecycle, program.Categories, program.Regions, snapshot.Pauses, category, region, bucket);
        return _answers[((value ? 1 : 0) * Reasons) + (int)reason] ??= Write(value, reason);
    }

    private byte[] Write(bool value, FlagReason reason) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        key,
        value,
        reason = reason switch
        {
            FlagReason.Static => "STATIC",
            FlagReason.TargetingMatch => "TARGETING_MATCH",
            FlagReason.Split =>
            "SPLIT",
            FlagReason.Disabled => "DISABLED"
        },
        variant = value ? "on" : "off",
        // A reader may cache the value for any time, so no stop time is guaranteed.
        metadata = new { epoch = snapshot.Epoch, bounded = false },
    });
}

/// <summary>The flags <c>program.CODE.collect</c>, from the in-memory snapshots of the switch.</summary>
internal sealed class OfrepFlags : IDisposable
{
    private const string Start = "program.", End = ".collect";
    private const int MostPrograms = 1_000;
    private static readonly TimeSpan ListAgainAfter = TimeSpan.FromSeconds(5);
    private readonly Db _db;
    private readonly ProgramReader _programs;
    private readonly SwitchSnapshots _snapshots;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private readonly ProgramCodes _codes;
    private readonly ConcurrentDictionary<Guid, OfrepFlag> _flags = new();
    private volatile Listed? _listed;

    private sealed record Listed(IReadOnlyList<string> Keys, long At);

    public OfrepFlags(Db db, ProgramReader programs, ProgramCodes codes, SwitchSnapshots snapshots, LiveFeed live, TimeProvider clock)
    {
        (_db, _programs, _codes, _snapshots, _clock) = (db, programs, codes, snapshots, clock);
        _subscription = live.Subscribe(["programs"], () => _listed = null);
    }

    /// <summary>The program of the flag, or null where the flag does not exist.</summary>
    public async ValueTask<Guid?> ProgramOfAsync(string key, CancellationToken ct)
    {
        var flag = key.Clean();
        if (flag.Length <= Start.Length + End.Length || !flag.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
            || !flag.EndsWith(End, StringComparison.OrdinalIgnoreCase)) return null;
        return await _codes.FindAsync(flag[Start.Length..^End.Length], ct);
    }

    public async ValueTask<OfrepFlag> FlagAsync(Guid programId)
    {
        var snapshot = await _snapshots.GetAsync(programId);
        if (_flags.TryGetValue(programId, out var flag) && ReferenceEquals(flag.Snapshot, snapshot)) return flag;
        return _flags[programId] = new OfrepFlag(snapshot, Start + snapshot.Program.Code + End);
    }

    /// <summary>The keys of all flags, in the order of the programs' codes.</summary>
    public async ValueTask<IReadOnlyList<string>> KeysAsync(CancellationToken ct)
    {
        if (_listed is { } listed && _clock.GetElapsedTime(listed.At) < ListAgainAfter) return listed.Keys;
        var at = _clock.GetTimestamp();
        var picks = await _db.ReadAsync(sql => _programs.SearchByPrefixAsync(sql, null, MostPrograms), ct);
        IReadOnlyList<string> keys = [.. picks.Select(p => Start + p.Code + End)];
        _listed = new(keys, at);
        return keys;
    }

    public void Dispose() => _subscription.Dispose();
}
