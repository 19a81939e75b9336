using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Severity;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Flags;

/// <summary>Filters of the list of flags.</summary>
internal sealed record FlagFilter
{
    /// <summary>Waiting and acknowledged ones only.</summary>
    public bool Open { get; init; }
    public FlagStatus? Status { get; init; }

    /// <summary>Only the viewer's own flags. Those outside triage never see others.</summary>
    public bool Mine { get; init; }
    public string? Program { get; init; }
    public DateTimeOffset? UpdatedSince { get; init; }
}

/// <summary>A row of the list of flags.</summary>
internal sealed record FlagListItem
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required int Number { get; init; }
    public required string Concern { get; init; }
    public required string? About { get; init; }
    public required int SuggestedSev { get; init; }
    public required StillOpenAnswer StillOpen { get; init; }
    public required FlagStatus Status { get; init; }
    public required DateTimeOffset FlaggedAt { get; init; }
    public required DateTimeOffset? AcknowledgedAt { get; init; }
    public required Guid? RaisedById { get; init; }
    public required string? RaisedByName { get; init; }
    public required string? ProgramCode { get; init; }
    public required Guid? IncidentId { get; init; }
    public required int Messages { get; init; }

    public Sev Sev => (Sev)SuggestedSev;

    /// <summary>By when triage acknowledges it, by the current SEV policy; null once that was done.</summary>
    public DateTimeOffset? AcknowledgeDueAt { get; init; }
}

/// <summary>A flag with its conversation.</summary>
/// <param name="ForTriage">Whether the viewer is in triage; otherwise the names of responders and incidents are hidden.</param>
/// <param name="Incident">The incident that the flag led to, if the viewer may see it.</param>
/// <param name="Attachments">The files of the reporter.</param>
internal sealed record FlagPage(FlagRecord Flag, IReadOnlyList<FlagMessageRecord> Messages,
    IReadOnlyList<FlagAttachmentRecord> Attachments, bool ForTriage, IncidentFacts? Incident)
{
    /// <summary>The files with a message; null: with the concern itself.</summary>
    public IEnumerable<FlagAttachmentRecord> FilesOf(Guid? message) => Attachments.Where(a => a.MessageId == message);

    /// <summary>By when triage acknowledges it, by the current SEV policy; null once that was done.</summary>
    public DateTimeOffset? AcknowledgeDueAt { get; init; }
}

internal sealed class FlagQueries(Db db, IncidentReader incidents, SevPolicyReader policies)
{
    /// <summary>One page, the newest first: for triage all flags, for others their own.</summary>
    public async Task<Result<Page<FlagListItem>>> ListAsync(
        FlagFilter filter, string? cursor, int? limit, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.FollowFlag, Relation.OwnFlag) is { } denied) return denied;
        var before = Cursor.DecodeNumber("flags", cursor);
        if (before.Refusal is { } badCursor) return badCursor;
        var size = Cursor.Limit(limit);
        if (size.Refusal is { } badLimit) return badLimit;
        var own = filter.Mine || !AccessTable.Allows(viewer, Act.TriageFlag);
        var args = new
        {
            Before = before.Value ?? int.MaxValue,
            RaisedById = viewer.Id,
            Status = filter.Status?.ToString(),
            Program = Codes.Upper(filter.Program),
            filter.UpdatedSince,
            Limit = size.Value + 1,
        };
        var (policy, found) = await db.ReadAsync(
            async sql => (await policies.CurrentAsync(sql),
                await sql.QueryAsync<FlagListItem>("Flag_List", args, [.. Options(filter, own)])),
            ct);
        var rows = found.Select(f => f.Status != FlagStatus.Waiting ? f
            : f with { AcknowledgeDueAt = policy[f.Sev].Acknowledge.After(f.FlaggedAt) }).ToList();
        return Page<FlagListItem>.Of(rows, size.Value, "flags", r => [r.Number]);
    }

    /// <summary>A flag that the viewer may see. For others it is not found, like one that does not exist.</summary>
    public async Task<Result<FlagPage>> FindAsync(string code, Actor viewer, CancellationToken ct = default) =>
        await db.ReadAsync<Result<FlagPage>>(
        async sql =>
        {
            var flag = await FlagStore.LoadAsync(sql, code);
            if (flag is null || !FlagActors.MaySee(flag.State, viewer)) return Refusal.NotFound("The flag");
            var incident = flag.State.IncidentId is { } id && AccessTable.Allows(viewer, Act.ReadIncidents)
                ? await incidents.FindVisibleAsync(sql, viewer, id) : null;
            return new FlagPage(flag, await FlagStore.MessagesAsync(sql, flag.State.Id),
                await FlagStore.AttachmentsAsync(sql, flag.State.Id), AccessTable.Allows(viewer, Act.TriageFlag), incident)
            {
                AcknowledgeDueAt = flag.State.Status != FlagStatus.Waiting ? null
                    : (await policies.CurrentAsync(sql))[flag.State.SuggestedSev].Acknowledge.After(flag.State.FlaggedAt),
            };
        },
        ct);

    /// <summary>The flag of this receipt, for the holder of the receipt.</summary>
    public async Task<Result<FlagPage>> FindByReceiptAsync(string? receipt, CancellationToken ct = default) =>
        await db.ReadAsync<Result<FlagPage>>(
        async sql => await FlagStore.LoadByReceiptAsync(sql, receipt) is { } flag
            ? new FlagPage(flag, await FlagStore.MessagesAsync(sql, flag.State.Id),
                await FlagStore.AttachmentsAsync(sql, flag.State.Id), ForTriage: false, null)
            : Refusal.NotFound("A flag with this receipt"),
        ct);

    private static IEnumerable<string> Options(FlagFilter filter, bool own)
    {
        if (own) yield return "RaisedById";
        if (filter.Open) yield return "Open";
        if (filter.Status is not null) yield return "Status";
        if (!string.IsNullOrWhiteSpace(filter.Program)) yield return "Program";
        if (filter.UpdatedSince is not null) yield return "UpdatedSince";
    }
}
