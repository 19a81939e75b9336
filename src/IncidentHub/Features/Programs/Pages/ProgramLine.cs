using IncidentHub.Features.Pauses;

namespace IncidentHub.Features.Programs.Pages;

/// <summary>A line of the list: a program with its derived state.</summary>
internal sealed record ProgramLine(ProgramListItem Program, ProgramSwitchState State)
{
    public string Face { get; } = ProgramWords.Of(State).Face;

    public string? Detail { get; } = ProgramWords.Of(State).Detail;

    /// <summary>When the pause that is shown became active; null where none is.</summary>
    public DateTimeOffset? Since => State.Shown?.State.InForce?.At;

    public string Verified => $"{Program.Holding} of {Program.Promises} verified";

    public bool AllVerified => Program.Holding == Program.Promises;
}
