using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Programs;

/// <summary>The records of each event of a program.</summary>
internal static class ProgramHistory
{
    public static JournalEntry Of(ProgramState program, DomainEvent happened) => happened switch
    {
        ProgramRegistered => Entry(program, "registered", $"{program.Code} registered as a draft", detail: program.Details),
        ProgramEdited e => Entry(program, "edited", $"Record edited: {Summary([e])}", detail: e) with
        {
            // What may be collected changed: permits under the old record are not renewed.
            Events = e.ScopeChanged ? [new ProgramScopeChanged(program.Id)] : [],
        },
        ProgramLaunched e => Entry(program, "launched", $"{program.Code} went live", detail: e) with
        {
            Events = [new ProgramScopeChanged(program.Id)],
        },
        ProgramTerminated e => Entry(program, "terminated", $"{program.Code} terminated permanently", e.Reason, e) with
        {
            Events = [new ProgramScopeChanged(program.Id)],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a program."),
    };

    /// <summary>As a clause, for the refusal of a stale command.</summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) => string.Join("; ", events.Select(happened => happened switch
    {
        ProgramRegistered => "registered",
        ProgramEdited e => string.Join(", ", e.Changes.Select(c => FieldNames.Words(c.Field))),
        ProgramLaunched => "launched",
        ProgramTerminated => "terminated",
        _ => throw new ArgumentOutOfRangeException(nameof(events), happened, "Not an event of a program."),
    }));

    private static JournalEntry Entry(ProgramState program, string kind, string title, string? body = null, object? detail = null) => new()
    {
        Action = $"program.{kind}",
        Subject = $"program {program.Code}",
        Detail = detail,
        Timeline = [new() { ProgramId = program.Id, Kind = kind, Title = title, Body = body }],
        Topics = ["programs"],
    };
}
