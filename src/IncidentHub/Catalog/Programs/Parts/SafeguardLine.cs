using IncidentHub.Domain.Programs;

namespace IncidentHub.Catalog.Programs.Parts;

/// <summary>A safeguard in the list of the page.</summary>
/// <param name="Number">Its position in the program's list, from 1.</param>
/// <param name="BrokenBy">Code of the incident that broke it, where the viewer may see the incident.</param>
public sealed record SafeguardLine(int Number, SafeguardState State, string? CheckedByName, string? BrokenBy)
{
    internal static SafeguardLine Of(SafeguardRecord record, string? brokenBy) =>
        new(record.Ordinal, record.State, record.CheckedByName, brokenBy);
}
