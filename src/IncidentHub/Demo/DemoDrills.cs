using IncidentHub.Switch.Pauses;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>Drills that owners ran: planned, proven, ended automatically.</summary>
internal sealed class DemoDrills(PauseCommands pauses, PauseTick tick, DemoCollectors collectors)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly (string Program, Domain.Access.Actor Owner, int DaysAgo)[] All =
        [("CODE-TRACE", OtherOwner, 96), ("SUPPORT-QA", OtherOwner, 41), ("FIELD-VOICE", Owner, 26), ("MEETING-BOT", OtherOwner, 12)];

    public void Write(DemoScript script, DateTimeOffset now)
    {
        foreach (var (program, owner, daysAgo) in All)
        {
            var at = now.AddDays(-daysAgo).AddMinutes(-37 - daysAgo);
            Guid pause = default;
            script.At(at.AddSeconds(-2 - (daysAgo % 7)), tx => collectors.RenewAsync(tx, program));
            script.At(at, async tx =>
                pause = Must(
                await pauses.OrderAsync(tx, new OrderPause(program, "Quarterly drill of the pause switch.", DrillFor: Length), owner)).Id);
            script.At(at.AddSeconds(66), tx => collectors.ProveAsync(tx, program));
            script.At(at + Length, async tx => Must(await tick.AdvanceAsync(tx, pause, Length)));
        }
    }
}
