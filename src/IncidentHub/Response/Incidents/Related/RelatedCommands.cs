using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Links incidents, and arranges them in a series. Both have their own flow: they change no incident, and concern several.
/// </summary>
internal sealed class RelatedCommands(Db db, IncidentCommands incidents)
{
    /// <summary>Links two incidents that the actor may change.</summary>
    public Task<Result<Done>> LinkAsync(string code, string? other, string? reason, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<Done>(tx => LinkAsync(tx, code, other, reason, actor), ct: ct);

    /// <summary>The same in an open transaction.</summary>
    internal async Task<Result<Done>> LinkAsync(UnitOfWork tx, string code, string? other, string? reason, Actor actor)
    {
        var pair = await PairAsync(tx, code, other, "incident", actor);
        if (!pair.IsOk) return pair.Refusal!;
        var (one, two) = pair.Value;
        var linked = await RelatedStore.ActiveAsync(tx, one.Id, two.Id);
        if (RelatedRules.CheckLink(one, two, reason, linked is not null) is { } refused) return refused;
        await RelatedStore.LinkAsync(tx, one.Id, two.Id, reason!.Clean(), actor);
        await tx.RecordAsync(actor, RelatedHistory.OfLink(one, two, reason!.Clean(), removed: false));
        return default(Done);
    }

    public Task<Result<Done>> UnlinkAsync(string code, string other, string? reason, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<Done>(
        async tx =>
        {
            var pair = await PairAsync(tx, code, other, null, actor);
            if (!pair.IsOk) return pair.Refusal!;
            var (one, two) = pair.Value;
            var linked = await RelatedStore.ActiveAsync(tx, one.Id, two.Id);
            if (RelatedRules.CheckRemoval(reason, linked is not null) is { } refused) return refused;
            await RelatedStore.UnlinkAsync(tx, linked!.Value, one.Id, two.Id, reason!.Clean(), actor);
            await tx.RecordAsync(actor, RelatedHistory.OfLink(one, two, reason!.Clean(), removed: true));
            return default(Done);
        },
        ct: ct);

    /// <summary>Names and orders the series of an incident; makes it where there is none.</summary>
    /// <param name="codes">The codes of its members that the actor sees, in order.</param>
    public Task<Result<Done>> ArrangeAsync(string code, string? name, IReadOnlyList<string> codes, int? expectedVersion, Actor actor,
        CancellationToken ct = default) =>
        db.WriteAsync<Done>(tx => ArrangeAsync(tx, code, name, codes, expectedVersion, actor), ct: ct);

    /// <summary>The same in an open transaction.</summary>
    internal async Task<Result<Done>> ArrangeAsync(UnitOfWork tx, string code, string? name, IReadOnlyList<string> codes,
        int? expectedVersion, Actor actor)
    {
        var opened = await incidents.OpenAsync(tx, code, Act.ChangeIncident, null, actor);
        if (!opened.IsOk) return opened.Refusal!;
        var of = opened.Value.State;
        var members = new List<IncidentState>();
        foreach (var member in codes.Take(RelatedRules.MaxMembers + 1))
        {
            var found = await incidents.OpenAsync(tx, member, Act.ChangeIncident, null, actor);
            if (!found.IsOk) return found.Refusal is { Kind: RefusalKind.NotFound } ? NoSuchMember(member) : found.Refusal!;
            members.Add(found.Value.State);
        }
        if (RelatedRules.CheckSeries(name, members, of.Id) is { } refused) return refused;
        var before = await RelatedStore.LoadSeriesAsync(tx, of.Id);
        if (before?.LastChange.Stale("The series", expectedVersion, before.Version) is { } stale) return stale;
        var seen = (await RelatedStore.SeriesAsync(tx, of.Id, actor))?.Members.Select(m => m.Id).ToHashSet() ?? [of.Id];
        foreach (var member in members.Where(m => before?.Members.Contains(m.Id) != true))
        {
            if (await TakeOutAsync(tx, member, actor) is { } other) return other;
        }
        var next = RelatedRules.Arrange(before?.Members ?? [], seen, [.. members.Select(m => m.Id)]);
        var id = before?.Id ?? OrderedId.Next(tx.Now);
        await RelatedStore.SaveSeriesAsync(tx, before, id, name!.Clean(), next, actor, "Series edited");
        var was = before?.Members ?? [];
        await tx.RecordAsync(actor, RelatedHistory.OfSeries(of, name!.Clean(), next, [.. next.Except(was)], [.. was.Except(next)], null));
        return default(Done);
    }

    /// <summary>Takes an incident out of its series; a series of one ends.</summary>
    public Task<Result<Done>> LeaveAsync(string code, string? reason, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<Done>(
        async tx =>
        {
            var opened = await incidents.OpenAsync(tx, code, Act.ChangeIncident, null, actor);
            if (!opened.IsOk) return opened.Refusal!;
            if (new Validation().Text(reason, "reason", RelatedRules.MaxReason).ToRefusal() is { } invalid) return invalid;
            var of = opened.Value.State;
            // Of a series of which they see this one member only, people do not learn.
            if (await RelatedStore.SeriesAsync(tx, of.Id, actor) is null || await RelatedStore.LoadSeriesAsync(tx, of.Id) is not { } series)
                return Refusal.NotAllowed("no_series", $"{of.Code} is in no series. There is nothing to leave.");
            await LeaveAsync(tx, of, series, reason!.Clean(), actor);
            return default(Done);
        },
        ct: ct);

    // Refused where the actor sees the other series; of one that they do not see, nothing is said, and the incident leaves it.
    private static async Task<Refusal?> TakeOutAsync(UnitOfWork tx, IncidentState member, Actor actor)
    {
        if (await RelatedStore.LoadSeriesAsync(tx, member.Id) is not { } series) return null;
        if (await RelatedStore.SeriesAsync(tx, member.Id, actor) is { } shown)
        {
            return Refusal.NotAllowed("in_series",
                $"{member.Code} is in the series «{shown.Name}» already. Let it leave that one first.");
        }
        await LeaveAsync(tx, member, series, null, actor);
        return null;
    }

    private static async Task LeaveAsync(UnitOfWork tx, IncidentState of, SeriesRecord series, string? reason, Actor actor)
    {
        var rest = series.Members.Where(m => m != of.Id).ToList();
        var ends = rest.Count < 2;
        await RelatedStore.SaveSeriesAsync(tx, series, series.Id, series.Name, ends ? [] : rest, actor, $"{of.Code} left");
        await tx.RecordAsync(actor,
            RelatedHistory.OfSeries(of, series.Name, ends ? [] : rest, [], ends ? series.Members : [of.Id], reason));
    }

    private async Task<Result<(IncidentState One, IncidentState Other)>> PairAsync(UnitOfWork tx, string code, string? other, string? field,
        Actor actor)
    {
        var opened = await incidents.OpenAsync(tx, code, Act.ChangeIncident, null, actor);
        if (!opened.IsOk) return opened.Refusal!;
        var second = await incidents.OpenAsync(tx, other ?? "", Act.ChangeIncident, null, actor);
        if (second.IsOk) return (opened.Value.State, second.Value.State);
        return field is null || second.Refusal is not { Kind: RefusalKind.NotFound }
            ? second.Refusal! : Refusal.Invalid(field, "There is no such incident. Give its code, such as INC-123.");
    }

    private static Refusal NoSuchMember(string code) =>
        Refusal.Invalid("members", $"There is no incident {code}. Give codes, such as INC-123.");
}
