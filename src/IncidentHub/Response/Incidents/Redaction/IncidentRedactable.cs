using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// An incident with all that was written about it: its own texts, and those of its tasks, flags, statements, reviews and decisions.
/// </summary>
internal sealed class IncidentRedactable : IRedactable
{
    public async Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor) =>
        await IncidentStore.LoadVisibleAsync(sql, actor, code) is { } incident
            ? Target(incident.State, _ => true) : Refusal.NotFound("The incident");

    internal static RedactionTarget Target(IncidentState incident, Func<StoredRow, bool> owns) => new()
    {
        Label = $"incident {incident.Code}",
        Action = "incident.redacted",
        Incidents = [incident.Id],
        Subjects = [incident.Id],
        Since = DateTimeOffset.MinValue,
        Owns = owns,
        ByDefault = (row, column) => column == "Summary" || column.EndsWith(".summary", StringComparison.Ordinal)
            || (row is { Table: "TimelineEntry", Kind: "details" } && row.CopyOf("Title") == "Summary changed"),
        Title = "Texts redacted",
        IsOneThing = false,
    };
}
