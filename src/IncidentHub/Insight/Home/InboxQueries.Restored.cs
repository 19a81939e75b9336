using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Pauses;
using IncidentHub.Switch.Pauses.Parts;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Insight.Home;

/// <summary>What a database that was put back to an older state asks of people.</summary>
internal sealed partial class InboxQueries
{
    private static HashSet<Guid> AddHeld(Actor actor, IReadOnlyList<OpenPauses> pauses, List<InboxItem> items)
    {
        var held = pauses.Where(p => p.HeldSince is not null && AccessTable.Allows(actor, Act.ConfirmSwitch, p.Program.Relation(actor)))
            .ToList();
        Add(items, [.. held.Take(Most).Select(Confirmation)], held.Count,
            n => $"{n:N0} more {(n == 1 ? "program waits" : "programs wait")} for a confirmation", "programs?state=held&mine=1");
        return [.. held.Select(p => p.Program.Id)];
    }

    // A database that was put back without the mark of a backup is found by what its collectors have seen.
    private async Task AddAheadAsync(ISql sql, Actor actor, HashSet<Guid> held, List<InboxItem> items)
    {
        var mine = (await ahead.AllAsync(sql))
            .Where(a => EpochTrust.Concerns(actor, a.Program.Relation(actor)) && !held.Contains(a.Program.Id)).ToList();
        Add(items, [.. mine.Take(Most).Select(Ahead)], mine.Count,
            n => $"{n:N0} more {(n == 1 ? "program's" : "programs'")} collectors do not trust the hub", "programs");
    }

    private static InboxItem Confirmation(OpenPauses p) => new(
        Urgency.Awaited, "Confirmation", Tone.Warn, $"Confirm what may be collected by {p.Program.Code}", $"programs/{p.Program.Code}",
        Since: p.HeldSince, Note: "the hub was restored from a backup");

    private static InboxItem Ahead(ProgramAhead a) => new(
        Urgency.Awaited, NotTrusted, Tone.Warn, $"{a.Program.Code}: {StopSummary.Collectors(a.Collectors)} "
            + $"{(a.Collectors == 1 ? "has" : "have")} stopped and {(a.Collectors == 1 ? "does" : "do")} not trust the hub",
        $"programs/{a.Program.Code}", Note: $"seen: epoch {a.Highest:N0}; the hub has {a.Epoch:N0}, from an older state");
}
