using System.Text.Json;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Why an epoch began.</summary>
internal enum EpochCause
{
    Pause, Lift, DrillEnd,

    /// <summary>An active pause tells collectors something else; nothing more is allowed or forbidden.</summary>
    Reassert,

    /// <summary>The program itself changed, or the key that signs its permits.</summary>
    Program,
}

/// <summary>Announced the moment it is committed: collectors are told before anything else.</summary>
/// <param name="ClosedBelow">Something that permits of an older epoch than this allow may be forbidden now.</param>
internal sealed record SwitchRaised(Guid ProgramId, string Code, long Epoch, long ClosedBelow);

/// <summary>A program's switch as another process may have left it.</summary>
internal sealed record SwitchEpoch
{
    public required Guid ProgramId { get; init; }
    public required long Epoch { get; init; }
    public required long ClosedBelow { get; init; }
}

/// <summary>
/// Published: a program's switch, the epoch, and the latest end of any permit. The one row that renewals and pauses meet at.
/// </summary>
internal static class ProgramSwitch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>One statement: from its commit on, no permit of an older epoch is given out.</summary>
    public static async Task<RaisedSwitch> RaiseAsync(UnitOfWork tx, ProgramFacts program)
    {
        var row = await tx.FirstOrDefaultAsync<SwitchRow>("Switch_Raise", new { ProgramId = program.Id });
        if (row is null)
        {
            await EnsureAsync(tx, program);
            row = await tx.FirstOrDefaultAsync<SwitchRow>("Switch_Raise", new { ProgramId = program.Id })
                ?? throw new InvalidOperationException("The switch's row vanished in its transaction.");
        }
        return new RaisedSwitch(row.Epoch, row.MaxPermitExp, program.GracePeriod);
    }

    /// <summary>
    /// Holds the program's row until the commit. Whoever will change pauses after other rows takes it first: all that change the pauses of
    /// one program then come one after the other.
    /// </summary>
    public static Task LockAsync(UnitOfWork tx, Guid programId) => tx.ExecuteAsync("Switch_Lock", new { ProgramId = programId });

    /// <summary>The program's row; made where there is none, with the first epoch of its history.</summary>
    public static async Task EnsureAsync(UnitOfWork tx, ProgramFacts program)
    {
        if (await tx.ExecuteAsync("Switch_Ensure", new { ProgramId = program.Id }) == 1)
            await RecordAsync(tx, program, 1, EpochCause.Program, null);
    }

    /// <summary>The current epoch; 1 where nothing ever happened.</summary>
    public static async Task<long> EpochAsync(ISql sql, Guid programId) =>
        (await sql.FirstOrDefaultAsync<SwitchRow>("Switch_Load", new { ProgramId = programId }))?.Epoch ?? 1;

    /// <summary>
    /// The switches of these programs, or of all where null; one statement. A program whose switch was never touched is left out.
    /// </summary>
    public static Task<IReadOnlyList<SwitchEpoch>> EpochsAsync(ISql sql, IReadOnlyCollection<Guid>? programIds = null) => programIds is null
        ? sql.QueryAsync<SwitchEpoch>("Switch_Epochs")
        : sql.QueryAsync<SwitchEpoch>("Switch_Epochs", new { Ids = PauseStore.IdList(programIds) }, "Some");

    /// <summary>Records permits until <paramref name="exp"/>, where the epoch is still the one that they were judged by.</summary>
    public static async Task<bool> RenewAsync(UnitOfWork tx, Guid programId, long epoch, DateTimeOffset exp) =>
        await tx.ExecuteAsync("Switch_Renew", new { ProgramId = programId, Epoch = epoch, Exp = exp }) == 1;

    /// <summary>Keeps what is allowed from this epoch on: late uploads are judged by what was allowed when they were collected.</summary>
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
            cause is EpochCause.Lift or EpochCause.DrillEnd or EpochCause.Reassert ? 0 : epoch));
    }

    private sealed record SwitchRow
    {
        public required long Epoch { get; init; }
        public required DateTimeOffset? MaxPermitExp { get; init; }
    }
}
