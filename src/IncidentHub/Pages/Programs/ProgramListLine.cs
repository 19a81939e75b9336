using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Switch.Pauses.Parts;

namespace IncidentHub.Pages.Programs;

/// <summary>A row of the list: a program with its derived state.</summary>
internal sealed record ProgramListLine(ProgramListItem Program, ProgramSwitchState State)
{
    public string Face { get; } = SwitchStateText.Of(State).Face;

    public string? Detail { get; } = SwitchStateText.Of(State).Detail;

    /// <summary>When the pause that is shown became active, or since when the program is held; null if it is neither.</summary>
    public DateTimeOffset? Since => State.Status == CollectionStatus.Held ? State.Held!.Since : State.Shown?.State.Activated?.At;

    public string Verified => $"{Program.Verified} of {Program.Safeguards} verified";

    public bool AllVerified => Program.Verified == Program.Safeguards;
}
