using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Catalog.Programs;

/// <summary>A safeguard as accepted by the API.</summary>
/// <param name="VerifyEveryDays">For how long a verification counts: 30, 90, 180 or 365 days; 90 if null.</param>
internal sealed record SafeguardBody([Required] string? Text, [Required] string? Source, DateOnly? CommittedOn, int? VerifyEveryDays);

/// <param name="VerifyEveryDays">For how long a verification counts: 30, 90, 180 or 365 days.</param>
internal sealed record PeriodBody([Required] int? VerifyEveryDays, int? ExpectedVersion);

/// <summary>The result of a verification of a safeguard.</summary>
internal sealed record VerificationBody([Required] bool? Holds, [Required] string? Evidence, int? ExpectedVersion);

/// <summary>A safeguard in responses of the API.</summary>
/// <param name="Number">Its position in the program's list, by which commands name it.</param>
/// <param name="Status">Its current status.</param>
/// <param name="VerifyEveryDays">For how long a verification counts.</param>
/// <param name="FreshUntil">When it is to be verified again; null while it is not verified.</param>
/// <param name="DueSoon">Whether the verification counts and expires soon.</param>
internal sealed record SafeguardView(
    int Number, string Text, string Source, DateOnly? CommittedOn, EffectiveSafeguardStatus Status, DateTimeOffset? CheckedAt,
    string? CheckedBy, string? Evidence, int VerifyEveryDays, DateTimeOffset? FreshUntil, bool DueSoon, bool BrokenByIncident, int Version)
{
    public static SafeguardView Of(SafeguardRecord record, DateTimeOffset now)
    {
        var s = record.State;
        return new(
            record.Ordinal, s.Text, s.Source, s.CommittedOn, s.StatusAt(now), s.CheckedAt, record.CheckedByName, s.Evidence,
            (int)s.Period.TotalDays, s.FreshUntil, s.IsDueSoon(now), s.BrokenByIncidentId is not null, s.Version);
    }
}

/// <summary>A line of the list in responses of the API.</summary>
internal sealed record ProgramLine(
    string Code, string Name, ProgramLifecycle Lifecycle, string Owner, string Unit, Participation Participation, string? Population,
    int? People, IReadOnlyList<string> Regions, IReadOnlyList<string> Categories, int Safeguards, int SafeguardsVerified,
    int SafeguardsBroken, DateTimeOffset UpdatedAt)
{
    public static ProgramLine Of(ProgramListItem p) =>
        new(p.Code, p.Name, p.Lifecycle, p.OwnerName, p.Unit, p.Participation, p.Population, p.People, p.Regions, p.Categories,
            p.Safeguards, p.Verified, p.Broken, p.ChangedAt);
}
