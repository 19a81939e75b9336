using System.Text.Json;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;

namespace IncidentHub.Switch.Pauses;

/// <summary>The rule of an epoch as stored: JSON. Add fields, never rename them.</summary>
internal static class TermsText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The rule of a program with these pauses; inactive ones are omitted.</summary>
    public static string Of(ProgramFacts program, IEnumerable<PauseState> pauses) => JsonSerializer.Serialize(
        new Terms(program.Lifecycle.ToString(), program.Categories,
            [.. pauses.Where(p => p.Status == PauseStatus.Active).Select(ActivePause.Of).Select(Row)]), Json);

    public static EpochTerms Read(long epoch, DateTimeOffset at, string text)
    {
        var terms = JsonSerializer.Deserialize<Terms>(text, Json)
            ?? throw new InvalidOperationException($"The rule of epoch {epoch} is empty.");
        return new(epoch, at, Enum.Parse<ProgramLifecycle>(terms.Lifecycle), terms.Categories,
            [.. terms.Pauses.Select(p => new ActivePause(p.Id, p.Epoch, PauseScope.Of(p.Categories, p.Regions), p.Released, p.Drill))]);
    }

    private static ActivePauseTerms Row(ActivePause p) =>
        new(p.Id, p.Epoch, p.Scope.Categories, p.Scope.Regions, p.ReleasedShare, p.IsDrill);

    private sealed record Terms(string Lifecycle, IReadOnlyList<string> Categories, IReadOnlyList<ActivePauseTerms> Pauses);

    private sealed record ActivePauseTerms(Guid Id, long Epoch, IReadOnlyList<string> Categories, IReadOnlyList<string> Regions,
        int Released, bool Drill);
}
