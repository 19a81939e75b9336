using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>An incident of which something is shown as it was known at a time.</summary>
internal sealed record SnapshotSubject
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When it was detected, else declared, as known then; null: not recorded.</summary>
    public required DateTimeOffset? KnownAt { get; init; }

    /// <summary>Since when its obligations and tasks are recorded; null: since its declaration.</summary>
    public required DateTimeOffset? PartsSince { get; init; }

    public bool IsRecorded => PartsSince is null || AsOf >= PartsSince;
}

/// <summary>A page of what belonged to an incident at a time.</summary>
internal sealed record SnapshotPage<T>
{
    public required string Incident { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Since when it is recorded; null: since the declaration of the incident.</summary>
    public required DateTimeOffset? RecordedSince { get; init; }

    /// <summary>Null: not recorded for that time.</summary>
    public required IReadOnlyList<T>? Items { get; init; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public required string? NextCursor { get; init; }

    public static SnapshotPage<T> Of(SnapshotSubject subject, IReadOnlyList<T>? items = null, string? nextCursor = null) => new()
    {
        Incident = subject.Code,
        AsOf = subject.AsOf,
        RecordedSince = subject.PartsSince,
        Items = items,
        NextCursor = nextCursor,
    };
}

/// <summary>Published reader: what other features need to show how something of an incident stood at a time.</summary>
internal sealed class SnapshotReader(IncidentReader incidents, RestrictedReads reads, TimeProvider clock)
{
    /// <param name="asOf">Null: now.</param>
    public async Task<Result<SnapshotSubject>> FindAsync(ISql sql, Actor viewer, string code, DateTimeOffset? asOf)
    {
        if (await incidents.FindVisibleAsync(sql, viewer, code) is not { } incident) return Refusal.NotFound("The incident");
        if (incident.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, incident.Id, incident.Code);
        var (now, time) = (clock.GetUtcNow(), asOf ?? clock.GetUtcNow());
        var recorded = await IncidentStore.RecordedTimesAsync(sql, incident, time);
        if (Refuse(incident.Code, recorded, time, now) is { } refused) return refused;
        return new SnapshotSubject
        {
            Id = incident.Id,
            Code = incident.Code,
            AsOf = time,
            KnownAt = recorded.KnownAt,
            PartsSince = recorded.PartsSince,
        };
    }

    /// <summary>The refusal of a time in the future, or before the declaration was recorded.</summary>
    public static Refusal? Refuse(string code, RecordedTimes recorded, DateTimeOffset asOf, DateTimeOffset now) =>
        asOf > now ? Refusal.Invalid("asOf", "A time that has passed.")
        : asOf < recorded.Declared
            ? Refusal.Invalid("asOf", $"{code} was declared later, at {ExposureText.Utc(recorded.Declared)}.")
        : null;
}
