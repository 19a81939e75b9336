using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Obligations;

/// <summary>A row of the table Obligation, with its regime and its incident.</summary>
internal sealed record ObligationRow
{
    // The sort key where there is no due time: listed last.
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Code { get; init; }
    public required Guid IncidentId { get; init; }
    public required string RegimeCode { get; init; }
    public required int RegimeVersion { get; init; }
    public required string DutyKey { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset? TriggeredAt { get; init; }
    public required DateTimeOffset? AwareAt { get; init; }
    public required string? TriggerNote { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset DueOrder { get; init; }
    public required DateTimeOffset? LateAt { get; init; }
    public required string? NotRequiredReason { get; init; }
    public required string? DelayAuthority { get; init; }
    public required string? DelayReason { get; init; }
    public required DateTimeOffset? DelayUntil { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }
    public required string EffectiveFrom { get; init; }
    public required string Definition { get; init; }
    public required string IncidentCode { get; init; }
    public required string IncidentTitle { get; init; }
    public required string Confidentiality { get; init; }

    /// <summary>When the incident was detected, else declared: the worst case of a trigger that is not known. Null: not recorded.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    public ChangeNote LastChange => new(ChangedAt, ChangedBy, ChangedWhat);

    public ObligationState ToState(IReadOnlyList<Notice> notices) => new()
    {
        Id = Id,
        IncidentId = IncidentId,
        Regime = RegimeStore.Parse(RegimeCode, RegimeVersion, EffectiveFrom, Definition),
        DutyKey = DutyKey,
        Status = Enum.Parse<ObligationStatus>(Status),
        TriggeredAt = TriggeredAt,
        AwareAt = AwareAt,
        TriggerNote = TriggerNote,
        DueAt = DueAt,
        LateAt = LateAt,
        NotRequiredReason = NotRequiredReason,
        Delay = DelayAuthority is { } authority ? new(authority, DelayReason!, DelayUntil) : null,
        Notices = notices,
        CreatedAt = CreatedAt,
        Version = Version,
    };

    public static object Args(ObligationState o, string code, int number, int loadedVersion, ChangeNote change) => new
    {
        o.Id,
        Number = number,
        Code = code,
        o.IncidentId,
        RegimeCode = o.Regime.Code,
        RegimeVersion = o.Regime.Version,
        o.DutyKey,
        Status = o.Status.ToString(),
        o.TriggeredAt,
        o.AwareAt,
        o.TriggerNote,
        o.DueAt,
        DueOrder = o.DueAt ?? Never,
        o.LateAt,
        o.NotRequiredReason,
        DelayAuthority = o.Delay?.Authority,
        DelayReason = o.Delay?.Reason,
        DelayUntil = o.Delay?.Until,
        o.CreatedAt,
        o.Version,
        ChangedAt = change.At,
        ChangedBy = change.By,
        ChangedWhat = change.What,
        LoadedVersion = loadedVersion,
        RecordedAt = change.At,
        RevisionId = OrderedId.Next(change.At),
    };
}
