using IncidentHub.Domain.Access;
using IncidentHub.Decisions.Opinions;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Evidence;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Decisions;

/// <summary>
/// The texts of a decision and the documents of its opinions. Of one that was made, the recorded digest stays as it was; approvals of an
/// open one are void, because they bind to the texts.
/// </summary>
internal sealed class DecisionRedactable(DecisionCommands commands, EvidenceFiles files) : IRedactable, ISharedThings,
    IHubTexts, IEventHandler<TextsRedacted>
{
    public async Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor)
    {
        if (await DecisionVisibility.FindVisibleAsync(sql, actor, code) is not { } found) return Refusal.NotFound("The decision");
        var documents = found.State.Opinions.Where(o => o.Document is { RedactedAt: null });
        return new RedactionTarget
        {
            Label = $"decision {found.Code}",
            Action = "decision.redacted",
            Incidents = found.Incidents,
            Subjects = [found.Id, .. found.Incidents, found.State.ProgramId],
            ProgramId = found.State.ProgramId,
            Thing = found.Id,
            Since = found.State.OpenedAt,
            Owns = row => (row.Table.StartsWith("Decision", StringComparison.Ordinal) && row.IsOf(found.Id))
                || RedactionTarget.IsAbout(row, found.Code),
            Topics = [$"decision:{found.Id}"],
            Files = [.. documents.Select(o => new RedactableFile(
                o.Id, $"The document {o.Document!.Name}, {EvidenceHistory.Size(o.Document.Size)}"))],
            RemoveFilesAsync = (tx, ids, by) => RemoveAsync(tx, found.Id, ids, by),
            DeleteFile = files.Delete,
        };
    }

    public Task<IReadOnlyList<Guid>> IncidentsOfAsync(ISql sql, IReadOnlyCollection<Guid> ids) =>
        sql.QueryAsync<Guid>("DecisionPause_IncidentsOf", new { Ids = IdList.Of(ids) });

    public bool Wrote(StoredRow row, string column, string text) => HubReasons.All.Contains(text) || Reference.Begins(text)
        || DecisionEffects.IsDisposal(text) || ReviewHistory.IsEvidence(text);

    public string? KindOf(StoredRow row) => row switch
    {
        { Table: "DecisionCriterion" } when Enum.TryParse<CriterionKind>(row.Kind, out var kind) => kind.Title(),
        { Table: "DecisionApproval" } when Enum.TryParse<Approver>(row.Kind, out var capacity) => capacity.Title(),
        _ => null,
    };

    private static async Task RemoveAsync(UnitOfWork tx, Guid decision, IReadOnlyList<Guid> opinions, Actor by)
    {
        await tx.ExecuteAsync("DecisionOpinion_SetRedacted", new { DecisionId = decision, Ids = IdList.Of(opinions), tx.Now });
        foreach (var opinion in opinions) await OpinionStore.AddCustodyAsync(tx, opinion, CustodyKind.Redacted, null, by.Id, by.Name);
    }

    public async Task HandleAsync(UnitOfWork tx, TextsRedacted happened, Actor actor)
    {
        var digested = happened.KeysOf("Decision", "DecisionCriterion", "DecisionCondition").ToHashSet();
        var touched = happened.KeysOf("Decision", "DecisionCriterion", "DecisionCondition", "DecisionApproval", "DecisionOpinion",
            "DecisionLog").Union(((Guid?[])[happened.Of.Thing]).OfType<Guid>());
        foreach (var id in touched.ToList())
        {
            if (await DecisionStore.FindAsync(tx, id) is not { } decision) continue;
            await DecisionStore.LogAsync(tx, id, Entry(decision, happened), actor);
            if (!digested.Contains(id)) continue;
            await DecisionStore.ForgetSaltAsync(tx, decision.State);
            if (decision.State.Status == DecisionStatus.Proposed && await DecisionStore.FindAsync(tx, id) is { } open)
                await commands.ApplyAsync(tx, open, new VoidApprovals(HubReasons.Redacted), actor);
        }
    }

    // Why something of an incident was redacted is for those who may see that incident.
    private static DecisionLogEntry Entry(Decision decision, TextsRedacted happened)
    {
        var isOwn = happened.Of.Thing == decision.Id;
        var what = (Texts: happened.Rows.Count > 0, Files: isOwn ? happened.Files : 0) switch
        {
            { Files: 0 } => "Texts",
            { Texts: false, Files: 1 } => "A document",
            { Texts: false } => "Documents",
            { Files: 1 } => "Texts and a document",
            _ => "Texts and documents",
        };
        return new("redacted", $"{what} redacted", happened.Reason) { About = isOwn ? [] : happened.Of.AllAbout };
    }
}
