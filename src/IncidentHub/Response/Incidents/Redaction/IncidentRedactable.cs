using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// An incident with all that was written about it: its own texts, and those of its tasks, flags, statements, reviews and decisions.
/// </summary>
internal sealed class IncidentRedactable(ReadPrivilegedHandler privileged) : IRedactable
{
    public async Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor)
    {
        if (await IncidentStore.LoadVisibleAsync(sql, actor, code) is not { } incident) return Refusal.NotFound("The incident");
        var readsAll = await privileged.MayReadAsync(sql, incident.State.Code, actor);
        return Target(incident.State, row => readsAll || !(row.Table.StartsWith("Privileged", StringComparison.Ordinal)
            || row.CopyOf("Subject")?.StartsWith("privileged", StringComparison.Ordinal) == true));
    }

    internal static RedactionTarget Target(IncidentState incident, Func<StoredRow, bool> owns) => new()
    {
        Label = $"incident {incident.Code}",
        Action = "incident.redacted",
        Incidents = [incident.Id],
        Subjects = [incident.Id],
        Since = DateTimeOffset.MinValue,
        Owns = owns,
        ByDefault = (row, column) => column == "Summary"
            || (row is { Table: "TimelineEntry", Kind: "details" } && row.CopyOf("Title") == "Summary changed"),
        Title = "Texts redacted",
        IsOneThing = false,
    };
}
