using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;

namespace IncidentHub.Decisions.Parts;

/// <summary>
/// The part of a decision that a person saw when the dialog opened. A change of that part is reported, not overwritten;
/// a change of another part is no conflict.
/// </summary>
internal sealed class ViewedPart(DecisionView view, Func<DecisionView, object?> part)
{
    private int _version = view.Version;
    private object? _saw = part(view);

    /// <summary>The change was shown; the write applies to the current version.</summary>
    public void See(DecisionView latest) => (_version, _saw) = (latest.Version, part(latest));

    public async Task<Refusal?> SendAsync(DecisionCommands commands, DecisionQueries queries, DecisionCommand command, Actor actor)
    {
        var refusal = (await commands.RunAsync(view.Code, command, _version, actor)).Refusal;
        if (refusal?.Code != "stale") return refusal;
        var latest = await queries.FindAsync(view.Code, actor, default);
        if (!latest.IsOk || !Equals(part(latest.Value.View), _saw)) return refusal;
        See(latest.Value.View);
        return (await commands.RunAsync(view.Code, command, _version, actor)).Refusal;
    }
}
