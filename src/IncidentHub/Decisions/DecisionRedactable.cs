using IncidentHub.Domain.Access;
using IncidentHub.Decisions.Opinions;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Decisions;

/// <summary>
/// The texts of a decision and the documents of its opinions. Of one that was made, the recorded digest stays as it was; approvals of an
/// open one are void, because they bind to the texts.
/// </summary>
internal sealed class DecisionRedactable(DecisionCommands commands, EvidenceFiles files) : IRedactable, ISharedThings,
    IEventHandler<TextsRedacted>
{
    public async Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor)
    {
        if (await DecisionVisibility.FindVisibleAsync(sql, actor, code) is not { } found) return Refusal.NotFound("The decision");
        var documents = found.State.Opinions.Where(o => o.Document is { RedactedAt: null }).ToList();
        return new RedactionTarget
        {
            Label = $"decision {found.Code}",
            Action = "decision.redacted",
            Incidents = found.Incidents,
            Subjects = [found.Id, .. found.Incidents, found.State.ProgramId],
            ProgramId = found.State.ProgramId,
            Since = found.State.OpenedAt,
            Owns = row => (row.Table.StartsWith("Decision", StringComparison.Ordinal) && row.IsOf(found.Id))
                || RedactionTarget.IsAbout(row, found.Code),
            Topics = [$"decision:{found.Id}"],
            Files = [.. documents.Select(o => $"The document {o.Document!.Name}, {EvidenceHistory.Size(o.Document.Size)}")],
            RemoveFilesAsync = (tx, by) => RemoveAsync(tx, found.Id, documents, by),
            DeleteFiles = () => documents.ForEach(o => files.Delete(o.Id)),
        };
    }

    public Task<IReadOnlyList<Guid>> IncidentsOfAsync(ISql sql, IReadOnlyCollection<Guid> ids) =>
        sql.QueryAsync<Guid>("DecisionPause_IncidentsOf", new { Ids = IdList.Of(ids) });

    private static async Task RemoveAsync(UnitOfWork tx, Guid decision, List<Opinion> documents, Actor by)
    {
        await tx.ExecuteAsync("DecisionOpinion_SetRedacted", new { DecisionId = decision, tx.Now });
        foreach (var opinion in documents) await OpinionStore.AddCustodyAsync(tx, opinion.Id, CustodyKind.Redacted, null, by.Id, by.Name);
    }

    public async Task HandleAsync(UnitOfWork tx, TextsRedacted happened, Actor actor)
    {
        foreach (var id in happened.KeysOf("Decision", "DecisionCriterion", "DecisionCondition"))
        {
            if (await DecisionStore.FindAsync(tx, id) is { State.Status: DecisionStatus.Proposed } open)
                await commands.ApplyAsync(tx, open, new VoidApprovals("A text that they rest on was redacted."), actor);
        }
    }
}
