using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>One entry of a story: of an incident, of a program, or of both.</summary>
internal sealed record TimelineAppend
{
    public Guid? IncidentId { get; init; }
    public Guid? ProgramId { get; init; }

    /// <summary>What kind of thing happened, for filters: <c>declared</c>, <c>pause</c>, <c>note</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened; when it was recorded is the transaction's time.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    public required string Title { get; init; }
    public string? Body { get; init; }

    /// <summary>Facts for machines, kept as JSON.</summary>
    public object? Data { get; init; }
}

/// <summary>Published writer: appends to a timeline, in the transaction of what it tells.</summary>
internal static class TimelineWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Appends and answers the entry's id.</summary>
    public static async Task<Guid> AppendAsync(UnitOfWork tx, Actor actor, TimelineAppend entry)
    {
        var id = OrderedId.Next(tx.Now);
        var recordedAt = tx.NextMoment();
        await tx.ExecuteAsync("Timeline_Insert", new
        {
            Id = id,
            entry.IncidentId,
            entry.ProgramId,
            entry.Kind,
            HappenedAt = entry.HappenedAt == tx.Now
                ? recordedAt : entry.HappenedAt,
            RecordedAt = recordedAt,
            ActorId = actor.Id,
            ActorName = actor.Name,
            entry.Title,
            entry.Body,
            Data = entry.Data is null ? null : JsonSerializer.Serialize(entry.Data, Json),
        });
        if (entry.IncidentId is { } incident) tx.Touch($"incident:{incident}");
        if (entry.ProgramId is { } program) tx.Touch($"program:{program}");
        return id;
    }
}
