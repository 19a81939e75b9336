using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Pages.Flags;

/// <summary>The incidents that a flag may be merged into.</summary>
internal static class IncidentChoices
{
    /// <summary>Without a text, the few open incidents; with a text, all incidents, newest first.</summary>
    public static async Task<IEnumerable<Choice<string>>> FindAsync(
        ListIncidentsHandler incidents, string text, Actor actor, CancellationToken ct)
    {
        var filter = new IncidentFilter { Status = text.Length == 0 ? "open" : "all", Text = text, Limit = 25 };
        var page = await incidents.HandleAsync(filter, actor, ct);
        return page.IsOk ? page.Value.Items.Select(i => new Choice<string>(i.Code, $"{i.Code} {i.Title}")) : [];
    }
}
