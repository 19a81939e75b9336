using System.Text.Json;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>The cause of an epoch.</summary>
internal enum EpochCause
{
    Pause, Lift, DrillEnd,

    /// <summary>An active pause orders collectors to seal what they have buffered; nothing else is allowed or forbidden.</summary>
    SealBuffers,

    /// <summary>The program itself changed, or the key that signs its permits.</summary>
    Program,
}

/// <summary>Announced immediately after the commit: collectors are notified first.</summary>
/// <param name="ClosedBelow">Permits of epochs below this one may allow something that is forbidden now.</param>
internal sealed record SwitchRaised(Guid ProgramId, string Code, long Epoch, long ClosedBelow);

/// <summary>The state of a program's switch, which another process may have changed.</summary>
internal sealed record SwitchEpoch
{
    public required Guid ProgramId { get; init; }
    public required long Epoch { get; init; }
    public required long ClosedBelow { get; init; }
}

/// <summary>A switch that issues no permit after a restored backup, until a person confirms.</summary>
internal sealed record HeldSwitch
{
    public required Guid ProgramId { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>The latest end of a permit that can have been issued before.</summary>
    public required DateTimeOffset? MaxPermitExp { get; init; }
}

/// <summary>
/// Published: a program's switch, with the epoch and the latest end of any permit. The row by which renewals and pauses are serialised.
/// </summary>
internal static class ProgramSwitch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// One statement: from its commit on, no permit of an older epoch is issued. Throws <see cref="ConcurrencyConflictException"/> where
    /// the program has changed since it was read: what the epoch allows, and the guaranteed stop time, would be those of before.
    /// </summary>
    public static async Task<RaisedSwitch> RaiseAsync(UnitOfWork tx, ProgramFacts program)
    {
        var row = await tx.FirstOrDefaultAsync<SwitchRow>("Switch_Raise", new { ProgramId = program.Id });
        if (row is null)
        {
            await EnsureAsync(tx, program);
            row = await tx.FirstOrDefaultAsync<SwitchRow>("Switch_Raise", new { ProgramId = program.Id })
                ?? throw new InvalidOperationException("The switch's row was deleted in its transaction.");
        }
        // While the switch is locked: an edit may have been committed since the caller read the program.
        if (await ProgramReader.VersionAsync(tx, program.Id) != program.Version) throw new ConcurrencyConflictException(program.Code);
        return new RaisedSwitch(row.Epoch, row.MaxPermitExp, program.GracePeriod);
    }

    /// <summary>
    /// Locks the program's row until the commit. A transaction that will change pauses after other rows takes it first, so that changes of
    /// the pauses of one program are serialised.
    /// </summary>
    public static Task LockAsync(UnitOfWork tx, Guid programId) => tx.ExecuteAsync("Switch_Lock", new { ProgramId = programId });

    /// <summary>The program's row; created where it does not exist, with the first epoch of its history.</summary>
    public static async Task EnsureAsync(UnitOfWork tx, ProgramFacts program)
    {
        if (await tx.ExecuteAsync("Switch_Ensure", new { ProgramId = program.Id }) == 1)
            await RecordAsync(tx, program, 1, EpochCause.Program, null);
    }

    /// <summary>The current epoch; 1 where the switch was never changed.</summary>
    public static async Task<long> EpochAsync(ISql sql, Guid programId) =>
        (await StandingAsync(sql, programId)).Epoch;

    /// <summary>The same, and since when no permit is issued because nobody has confirmed the switch after a restored backup.</summary>
    public static async Task<(long Epoch, DateTimeOffset? UnconfirmedSince)> StandingAsync(ISql sql, Guid programId) =>
        await sql.FirstOrDefaultAsync<StandingRow>("Switch_Load", new { ProgramId = programId }) is { } row
            ? (row.Epoch, row.UnconfirmedSince) : (1, null);

    /// <summary>
    /// The switches of these programs, or of all where null; one statement. A program whose switch was never changed is omitted.
    /// </summary>
    public static Task<IReadOnlyList<SwitchEpoch>> EpochsAsync(ISql sql, IReadOnlyCollection<Guid>? programIds = null) => programIds is null
        ? sql.QueryAsync<SwitchEpoch>("Switch_Epochs")
        : sql.QueryAsync<SwitchEpoch>("Switch_Epochs", new { Ids = IdList.Of(programIds) }, "Some");

    /// <summary>
    /// Those of these programs, or of all where null, whose switch waits for a confirmation after a restored backup; one statement.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, HeldSwitch>> HeldAsync(
        ISql sql, IReadOnlyCollection<Guid>? programIds = null) => (programIds is null
            ? await sql.QueryAsync<HeldSwitch>("Switch_Held")
            : await sql.QueryAsync<HeldSwitch>("Switch_Held", new { Ids = IdList.Of(programIds) }, "Some")).ToDictionary(s => s.ProgramId);

    /// <summary>Records permits until <paramref name="exp"/>, where the epoch is still the one under which they were evaluated.</summary>
    public static async Task<bool> RenewAsync(UnitOfWork tx, Guid programId, long epoch, DateTimeOffset exp) =>
        await tx.ExecuteAsync("Switch_Renew", new { ProgramId = programId, Epoch = epoch, Exp = exp }) == 1;

    /// <summary>
    /// Stores what is allowed from this epoch on: late uploads are checked against what was allowed when they were collected.
    /// </summary>
    public static async Task RecordAsync(UnitOfWork tx, ProgramFacts program, long epoch, EpochCause cause, Guid? pauseId)
    {
        var pauses = (await PauseStore.OpenOfProgramAsync(tx, program.Id)).Select(p => p.State).ToList();
        var allowed = program.Lifecycle == Domain.Programs.ProgramLifecycle.Live
            ? Allowance.Allowed(program.Categories, program.Regions, pauses)
            : new Dictionary<string, IReadOnlyList<string>>();
        await tx.ExecuteAsync("ProgramEpoch_Insert", new
        {
            ProgramId = program.Id,
            Epoch = epoch,
            At = tx.Now,
            Cause = cause.ToString(),
            PauseId = pauseId,
            Allowed = JsonSerializer.Serialize(allowed, Json),
            Terms = TermsText.Of(program, pauses),
        });
        tx.Announce(
            new SwitchRaised(program.Id, program.Code, epoch,
            cause is EpochCause.Lift or EpochCause.DrillEnd or EpochCause.SealBuffers ? 0 : epoch));
    }

    private sealed record StandingRow
    {
        public required long Epoch { get; init; }
        public required DateTimeOffset? UnconfirmedSince { get; init; }
    }

    private sealed record SwitchRow
    {
        public required long Epoch { get; init; }
        public required DateTimeOffset? MaxPermitExp { get; init; }
    }
}
