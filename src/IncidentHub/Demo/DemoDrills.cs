using IncidentHub.Switch.Pauses;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>Drills that owners ran: planned, proven, ended automatically.</summary>
internal sealed class DemoDrills(PauseCommands pauses, PauseTick tick, DemoPastPermits permits)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly (string Program, Domain.Access.Actor Owner, int DaysAgo)[] All =
        [("CODE-TRACE", OtherOwner, 96), ("SUPPORT-QA", OtherOwner, 41), ("FIELD-VOICE", Owner, 26), ("MEETING-BOT", OtherOwner, 12)];

    /// <summary>When each program was drilled.</summary>
    public static IEnumerable<(string Program, DateTimeOffset From, DateTimeOffset To)> Spans(DateTimeOffset now) =>
        All.Select(d => (d.Program, Start(now, d.DaysAgo), Start(now, d.DaysAgo) + Length));

    public void Write(DemoScript script, DateTimeOffset now)
    {
        foreach (var (program, owner, daysAgo) in All)
        {
            var at = Start(now, daysAgo);
            Guid pause = default;
            script.At(at.AddSeconds(-2 - (daysAgo % 7)), tx => permits.RenewAsync(tx, program));
            script.At(at, async tx =>
                pause = Must(
                await pauses.OrderAsync(tx, new OrderPause(program, "Quarterly drill of the pause switch.", DrillFor: Length), owner)).Id);
            script.At(at.AddSeconds(66), tx => permits.ProveAsync(tx, program));
            script.At(at + Length, async tx => Must(await tick.AdvanceAsync(tx, pause, Length)));
        }
    }

    private static DateTimeOffset Start(DateTimeOffset now, int daysAgo) => now.AddDays(-daysAgo).AddMinutes(-37 - daysAgo);
}
