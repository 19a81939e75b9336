using IncidentHub.Domain.Programs;

namespace IncidentHub.Features.Programs.Pages;

/// <summary>A promise as the page shows it.</summary>
/// <param name="Number">Its place in the program's list, from 1.</param>
public sealed record PromiseLine(int Number, SafeguardState State, string? CheckedByName)
{
    internal static PromiseLine Of(SafeguardRecord record) => new(record.Ordinal, record.State, record.CheckedByName);
}
