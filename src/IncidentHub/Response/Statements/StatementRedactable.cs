using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Statements;

/// <summary>The texts of a statement, in every version.</summary>
internal sealed class StatementRedactable : IRedactable
{
    public async Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor)
    {
        if (await StatementStore.LoadAsync(sql, actor, code) is not { } found) return Refusal.NotFound("The statement");
        var (id, incident) = (found.Row.Id, found.Row.IncidentId);
        return new RedactionTarget
        {
            Label = $"statement {found.Row.Code}",
            Action = "statement.redacted",
            Incidents = [incident],
            Subjects = [incident],
            Since = DateTimeOffset.MinValue,
            Owns = row => (row.Table is "IncidentStatement" or "StatementVersion" && row.IsOf(id))
                || RedactionTarget.IsAbout(row, found.Row.Code),
        };
    }
}
