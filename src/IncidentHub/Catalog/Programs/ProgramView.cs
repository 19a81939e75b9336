using IncidentHub.Domain.Programs;
using IncidentHub.Access.Identity;

namespace IncidentHub.Catalog.Programs;

/// <summary>A program in responses of the API.</summary>
internal sealed record ProgramView(
    string Code, string Name, ProgramLifecycle Lifecycle, string Purpose, PersonRef Owner, IReadOnlyList<PersonRef> Deputies, string Unit,
        string? ParentInitiative,
    string? Population, int? People,
        IReadOnlyList<string> Regions, Participation Participation, IReadOnlyList<string> Categories, IReadOnlyList<string> Surfaces,
    DateOnly? LaunchDate, string? LawfulBasis, string? ImpactAssessment, string? Notice, string? WorksAgreement, int TtlSeconds,
        int GracePeriodSeconds, int RenewalSeconds,
    DateTimeOffset RegisteredAt, DateTimeOffset? LaunchedAt, DateTimeOffset? TerminatedAt, string? TerminationReason,
        IReadOnlyList<SafeguardView> Safeguards, int Version)
{
    public static ProgramView Of(ProgramPage page, DateTimeOffset now)
    {
        var (s, d) = (page.Program.State, page.Program.State.Details);
        return new(
            s.Code, d.Name, s.Lifecycle, d.Purpose, page.Program.Owner, page.Program.Deputies, d.Unit, d.ParentInitiative, d.Population,
                d.People, d.Regions, d.Participation, d.Categories, d.Surfaces,
            d.LaunchDate, d.LawfulBasis, d.ImpactAssessment, d.Notice, d.WorksAgreement, (int)d.Switch.Ttl.TotalSeconds,
                (int)d.Switch.GracePeriod.TotalSeconds, (int)d.Switch.Renewal.TotalSeconds,
            s.RegisteredAt, s.LaunchedAt, s.TerminatedAt, s.TerminationReason, [.. page.Safeguards.Select(g => SafeguardView.Of(g, now))],
                s.Version);
    }
}

/// <summary>A safeguard in responses of the API.</summary>
/// <param name="Number">Its position in the program's list, by which commands name it.</param>
/// <param name="Status">Its current status.</param>
internal sealed record SafeguardView(
    int Number, string Text, string Source, DateOnly? CommittedOn, EffectiveSafeguardStatus Status,
        DateTimeOffset? CheckedAt, string? CheckedBy,
        string? Evidence, DateTimeOffset? FreshUntil, bool BrokenByIncident, int Version)
{
    public static SafeguardView Of(SafeguardRecord record, DateTimeOffset now) => new(
        record.Ordinal, record.State.Text, record.State.Source, record.State.CommittedOn, record.State.StatusAt(now),
            record.State.CheckedAt, record.CheckedByName, record.State.Evidence,
        record.State.FreshUntil, record.State.BrokenByIncidentId is not null, record.State.Version);
}

/// <summary>A line of the list in responses of the API.</summary>
internal sealed record ProgramLine(
    string Code, string Name, ProgramLifecycle Lifecycle, string Owner, string Unit, Participation Participation, string? Population,
        int? People, IReadOnlyList<string> Regions,
    IReadOnlyList<string> Categories, int Safeguards, int SafeguardsVerified, int SafeguardsBroken, DateTimeOffset UpdatedAt)
{
    public static ProgramLine Of(ProgramListItem p) =>
        new(p.Code, p.Name, p.Lifecycle, p.OwnerName, p.Unit, p.Participation, p.Population, p.People, p.Regions,
            p.Categories, p.Safeguards,
            p.Verified, p.Broken, p.ChangedAt);
}
