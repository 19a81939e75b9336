using System.Globalization;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Pauses;

/// <summary>The records of permits that are held after a restored backup.</summary>
internal static class ConfirmationHistory
{
    public static JournalEntry Held(ProgramFacts program, DateTimeOffset? lastActAt) => Entry(program, "switch.held",
        $"{program.Code}: no permits until its owner confirms, because the hub was restored from a backup",
        lastActAt is { } at
            ? $"Pauses and changes after {at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC are lost." : null,
        new { lastActOfTheBackup = lastActAt });

    public static JournalEntry Confirmed(ProgramFacts program, SwitchStanding before, long epoch, string reason) => Entry(program,
        "switch.confirmed", $"{program.Code}: confirmed what may be collected, epoch {before.Epoch:N0} to {epoch:N0}", reason,
        new { from = before.Epoch, to = epoch, before.UnconfirmedSince, before.CollectorsAhead, before.HighestEpochSeen });

    private static JournalEntry Entry(ProgramFacts program, string act, string title, string? body, object detail) => new()
    {
        Action = act,
        Subject = $"program {program.Code}",
        Detail = detail,
        Timeline = [new() { ProgramId = program.Id, Kind = "switch", Title = title, Body = body, Data = detail }],
        Topics = [$"program:{program.Id}", "programs"],
    };
}
