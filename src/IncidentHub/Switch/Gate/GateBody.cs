using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Gate;

/// <summary>The part of a batch that was collected under one permit.</summary>
/// <param name="Permit">The signed permit.</param>
/// <param name="StartOffsetMs">First item, in milliseconds since the collector sent the request for that permit.</param>
/// <param name="EndOffsetMs">Last item, likewise.</param>
/// <param name="Categories">The batch's categories that were collected under this permit; omitted for all of them.</param>
internal sealed record GatePermitBody(
    string? Permit, [Required] long? StartOffsetMs, [Required] long? EndOffsetMs, IReadOnlyList<string?>? Categories);

/// <summary>A batch's metadata; never its content.</summary>
/// <param name="Collector">Who uploads it, where ingestion knows; otherwise taken from the permits.</param>
/// <param name="FirstSequence">The collector's count of items for this program: every item has one number, and each number is used
/// once.</param>
/// <param name="Digest">SHA-256 of the batch's bytes, in hex.</param>
internal sealed record GateBatchBody(
    [Required] string? Program, Guid? Collector,
    IReadOnlyList<GatePermitBody?>? Permits, [Required] IReadOnlyList<string?>? Categories,
    [Required] long? FirstSequence, [Required] long? LastSequence, [Required] string? Digest, [Required] long? Items)
{
    public const int MaxPermits = 16, MaxCategories = 50;
    private const long MaxSequence = 1L << 53;
    private static readonly long MaxOffsetMs = (long)TimeSpan.FromDays(400).TotalMilliseconds;

    /// <summary>The same with codes and names as they are stored.</summary>
    public GateBatchBody Normalised() => this with
    {
        Program = Codes.Upper(Program),
        Categories = Keys(Categories),
        Digest = Codes.Lower(Digest),
        Permits = Permits is null ? null
            : [.. Permits.Select(p => p is null ? null : p with { Permit = p.Permit?.Trim(), Categories = Keys(p.Categories) })],
    };

    /// <summary>Validates the form of the metadata. Whether its content is true is decided by the gate.</summary>
    public Refusal? Check()
    {
        var permits = Permits ?? [];
        var check = new Validation()
            .Check(Program is { Length: > 0 and <= 24 }, "program", "The program's code.")
            .Check(permits.Count <= MaxPermits, "permits", $"At most {MaxPermits} permits. Send smaller batches.")
            .Check(IsNamed(Categories) && Categories!.Count > 0, "categories",
                $"The data categories in it, as the permits name them; 1 to {MaxCategories}.")
            .Check(FirstSequence is >= 0 and <= MaxSequence, "firstSequence", "The number of the first item; not negative.")
            .Check(LastSequence is >= 0 and <= MaxSequence && !(LastSequence < FirstSequence), "lastSequence",
                "The number of the last item; not before the first.")
            .Check(Digest is { Length: 64 } && Digest.All(char.IsAsciiHexDigit), "digest", "SHA-256 in hex: 64 characters.")
            .Check(Items is >= 1 && !(FirstSequence is { } first && LastSequence is { } last && Items > last - first + 1), "items",
                "At least 1, and no more than the sequence range has numbers.");
        for (var i = 0; i < Math.Min(permits.Count, MaxPermits); i++)
        {
            var p = permits[i];
            check.Check(p?.StartOffsetMs is >= 0 && p.StartOffsetMs <= MaxOffsetMs, $"permits[{i}].startOffsetMs",
                "Milliseconds since the request for this permit was sent.")
                .Check(p?.EndOffsetMs is >= 0 && p.EndOffsetMs <= MaxOffsetMs && !(p.EndOffsetMs < p.StartOffsetMs),
                    $"permits[{i}].endOffsetMs", "Milliseconds since the request for this permit was sent; not before the start.")
                .Check(p?.Categories is null || (IsNamed(p.Categories) && p.Categories.Count > 0 && p.Categories.All(c =>
                    Categories?.Contains(c) == true)), $"permits[{i}].categories", "Some of the batch's categories, or left out for all.");
        }
        return check.ToRefusal();
    }

    // Not the key of the catalogue, which drops what it cannot use: the gate admits only what is certain.
    private static IReadOnlyList<string?>? Keys(IReadOnlyList<string?>? categories) =>
        categories is null ? null : [.. categories.Select(Codes.Lower)];

    private static bool IsNamed(IReadOnlyList<string?>? categories) =>
        categories is { Count: <= MaxCategories } && categories.All(c =>
            c is { Length: > 0 and <= DataCategories.MaxLength } && c.All(x => char.IsAsciiLetterOrDigit(x) || x == '-'))
            && categories.Distinct().Count() == categories.Count;
}

/// <summary>One batch, its fields at the top; or several, under <c>batches</c>.</summary>
[RequiresOneOf("batches", "program categories firstSequence lastSequence digest items")]
internal sealed record GateBody(
    IReadOnlyList<GateBatchBody?>? Batches, string? Program, Guid? Collector,
    IReadOnlyList<GatePermitBody?>? Permits, IReadOnlyList<string?>? Categories,
    long? FirstSequence, long? LastSequence, string? Digest, long? Items)
{
    public const int MaxBatches = 50;

    /// <summary>Refuses fields of one batch beside several: they would be ignored.</summary>
    public Refusal? CheckSeveral()
    {
        const string Beside = "Each of the batches has its own. Leave it out here.";
        return new Validation()
            .Check(Program is null, "program", Beside).Check(Collector is null, "collector", Beside)
            .Check(Permits is null, "permits", Beside).Check(Categories is null, "categories", Beside)
            .Check(FirstSequence is null, "firstSequence", Beside).Check(LastSequence is null, "lastSequence", Beside)
            .Check(Digest is null, "digest", Beside).Check(Items is null, "items", Beside).ToRefusal();
    }

    [JsonIgnore]
    public GateBatchBody Single => new(Program, Collector, Permits, Categories, FirstSequence, LastSequence, Digest, Items);
}

/// <summary>The result of the gate for one batch.</summary>
/// <param name="Class">Null where the batch is admitted.</param>
/// <param name="Action">What ingestion must do: <c>store</c>, <c>hold</c>, <c>seal</c>, <c>purge</c> or <c>refuse</c>.</param>
/// <param name="Admission">The signed admission; null where the batch is not admitted.</param>
/// <param name="BatchId">Null for a refused batch, of which nothing is stored.</param>
internal sealed record GateAnswer(BatchClass? Class, GateReason Reason, string Action, Guid? BatchId,
    IReadOnlyList<Guid> PauseIds, string? Admission)
{
    public bool Enters => Admission is not null;
}
