using IncidentHub.Domain.Access;
using IncidentHub.Domain.Evidence;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Evidence;

/// <summary>Adds files to an incident, and records who reads and who downloads them.</summary>
internal sealed class EvidenceCommands(Db db, IncidentReader incidents, EvidenceFiles files, TimeProvider clock)
    : Commands<string, EvidenceRecord, EvidenceState, EvidenceCommand>(db)
{
    protected override string Thing => "The evidence";

    protected override Act ReadAct => Act.ReadIncidents;

    /// <summary>Whether the actor may add this to the incident; asked before a large file is taken in.</summary>
    public async Task<Refusal?> CheckAsync(string incidentCode, StatedOrigin? origin, Actor actor, CancellationToken ct)
    {
        if (!AccessTable.MayEver(actor, Act.HandleEvidence)) return AccessTable.Deny(actor, Act.HandleEvidence);
        return await Db.ReadAsync(
            async sql =>
            {
                if (await incidents.FindVisibleAsync(sql, actor, incidentCode) is not { } incident) return Refusal.NotFound("The incident");
                return AccessTable.Deny(actor, Act.HandleEvidence, await IncidentReader.RelationAsync(sql, actor, incident.Id))
                    ?? (origin is null ? null
                        : EvidenceRules.Check(incident.Code, incident.Status == IncidentStatus.Merged, origin, clock.GetUtcNow()));
            },
            ct);
    }

    /// <summary>Takes the file in, then records it; the file of a refused command is removed.</summary>
    /// <param name="after">The refusal of what follows the file in the request, or null.</param>
    public async Task<Result<EvidenceRecord>> AddAsync(string incidentCode, StatedOrigin origin, Stream content,
        Func<Task<Refusal?>> after, Actor actor, CancellationToken ct = default)
    {
        if (await CheckAsync(incidentCode, origin, actor, ct) is { } refused) return refused;
        var id = OrderedId.Next(clock.GetUtcNow());
        var file = await files.WriteAsync(id, content, ct);
        if (!file.IsOk) return file.Refusal!;
        var isKept = false;
        try
        {
            if (await after() is { } following) return following;
            IdempotencyScope.StateBody($"{Codes.Upper(incidentCode)} {origin} {file.Value.Sha256}");
            var added = await Db.WriteAsync<EvidenceRecord>(tx => AddAsync(tx, id, incidentCode, origin, file.Value, actor), ct: ct);
            isKept = added.IsOk;
            return added;
        }
        finally
        {
            // Also where the commit failed without an answer: the sweep decides by the record.
            if (!isKept && !await IsRecordedAsync(id)) files.Delete(id);
        }
    }

    /// <summary>Records a file that <see cref="EvidenceFiles.WriteAsync"/> has taken in under that id.</summary>
    public async Task<Result<EvidenceRecord>> AddAsync(UnitOfWork tx, Guid id, string incidentCode, StatedOrigin origin, EvidenceFile file,
        Actor actor)
    {
        if (await incidents.FindVisibleAsync(tx, actor, incidentCode) is not { } incident) return Refusal.NotFound("The incident");
        var relation = await IncidentReader.RelationAsync(tx, actor, incident.Id);
        if (AccessTable.Deny(actor, Act.HandleEvidence, relation) is { } denied) return denied;
        var add = new AddEvidence(id, incident.Id, incident.Code, incident.Status == IncidentStatus.Merged, origin, file);
        var outcome = EvidenceRules.Decide(null, add, actor.Name, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        var record = await EvidenceStore.InsertAsync(tx, next, incident, relation, actor);
        await EvidenceStore.AddCustodyAsync(tx, events.Select(e => (id, EvidenceHistory.Kind(e), EvidenceHistory.Note(e))), actor);
        foreach (var happened in events) await tx.RecordAsync(actor, EvidenceHistory.Of(record.Code, next, happened));
        return record;
    }

    /// <summary>Records the reading of the record, once an hour for each person.</summary>
    public Task<Result<EvidenceRecord>> SeeAsync(string code, Actor actor, CancellationToken ct = default) =>
        RunAsync(code, new SeeEvidence(null), null, actor, ct);

    /// <summary>
    /// The file, whose content was compared with its digest and whose download is recorded. Damaged content is recorded and refused.
    /// </summary>
    public async Task<Result<(EvidenceRecord Record, FileStream Content)>> DownloadAsync(string code, Actor actor,
        CancellationToken ct = default)
    {
        if (await Db.ReadAsync(sql => EvidenceStore.FindAsync(sql, actor, code), ct) is not { } known) return Refusal.NotFound(Thing);
        if (AccessTable.Deny(actor, Act.HandleEvidence, known.Of) is { } denied) return denied;
        if (known.State.RedactedAt is not null) return (await RunAsync(code, new DownloadEvidence(null), null, actor, ct)).Refusal!;
        var content = files.Open(known.State.Id);
        try
        {
            var digest = await EvidenceFiles.DigestAsync(content, ct);
            var downloaded = await RunAsync(code, new DownloadEvidence(digest), null, actor, ct);
            if (!downloaded.IsOk) return downloaded.Refusal!;
            if (downloaded.Value.State.DamagedAt is not null || content is null)
            {
                return Refusal.NotAllowed("damaged", digest is null
                    ? $"The file of {known.Code} is missing from the store. Restore it from a backup of Evidence:Path."
                    : $"The stored file of {known.Code} differs from its digest: it was changed after it was added, and is not handed out. "
                        + "Restore it from a backup of Evidence:Path.");
            }
            var handed = content;
            content = null;
            return (downloaded.Value, handed);
        }
        finally
        {
            if (content is not null) await content.DisposeAsync();
        }
    }

    protected override Task<EvidenceRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) => EvidenceStore.FindAsync(tx, actor, id);

    protected override Act ActOf(EvidenceCommand command) => command switch
    {
        SeeEvidence => Act.ReadIncidents,
        DownloadEvidence => Act.HandleEvidence,
        AddEvidence or _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Run through its own method."),
    };

    protected override Task<Result<Accepted<EvidenceState>>> DecideAsync(UnitOfWork tx, EvidenceRecord loaded, EvidenceCommand command,
        Actor actor)
    {
        if (command is SeeEvidence) command = new SeeEvidence(loaded.LastSeenAt);
        return Task.FromResult(EvidenceRules.Decide(loaded.State, command, actor.Name, tx.Now));
    }

    protected override async Task<bool> SaveAsync(UnitOfWork tx, EvidenceRecord before, EvidenceState next,
        IReadOnlyList<DomainEvent> events, Actor actor)
    {
        if (!await EvidenceStore.UpdateAsync(tx, before.State, next)) return false;
        await EvidenceStore.AddCustodyAsync(
            tx, events.Select(e => (next.Id, EvidenceHistory.Kind(e), EvidenceHistory.Note(e))), actor);
        return true;
    }

    protected override JournalEntry Journal(EvidenceRecord before, EvidenceState next, DomainEvent happened) =>
        EvidenceHistory.Of(before.Code, next, happened);

    protected override Task<Result<EvidenceRecord>> FollowAsync(UnitOfWork tx, EvidenceRecord before, EvidenceState next,
        IReadOnlyList<DomainEvent> events, Actor actor) => Task.FromResult<Result<EvidenceRecord>>(before with { State = next });

    private async Task<bool> IsRecordedAsync(Guid id) =>
        (await Db.ReadAsync(sql => sql.QueryAsync<Guid>("Evidence_Known", new { Ids = IdList.Of([id]) }))).Count > 0;
}

/// <summary>An incident was merged into another: its evidence moves to the surviving incident.</summary>
internal sealed class EvidenceOfMergedIncidents : IEventHandler<IncidentMergedInto>
{
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var moved = await tx.QueryAsync<MovedRow>("Evidence_OfMerged", new { happened.FromId });
        if (moved.Count == 0) return;
        await tx.ExecuteAsync("Evidence_Move", new { happened.FromId, ToId = happened.IntoId });
        await EvidenceStore.AddCustodyAsync(tx, moved.Select(m => (m.Id, CustodyKind.Moved, (string?)null)), actor);
        await tx.RecordAsync(actor, EvidenceHistory.OfMove(happened, moved.Count));
    }

    private sealed record MovedRow
    {
        public required Guid Id { get; init; }
    }
}
