using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

internal sealed record TimelineAppend
{
    public Guid? IncidentId { get; init; }
    public Guid? ProgramId { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset HappenedAt { get; init; }
    public required string Title { get; init; }
    public string? Body { get; init; }
    public object? Data { get; init; }
}

internal static class TimelineWriter
{
    public static Task<Guid> AppendAsync(UnitOfWork tx, Actor actor, TimelineAppend e)
    {
        if (e.IncidentId is { } incident) tx.Touch($"incident:{incident}");
        if (e.ProgramId is { } program) tx.Touch($"program:{program}");
        return Task.FromResult(tx.Journal.AddTimeline(tx, actor, new()
        {
            IncidentId = e.IncidentId,
            ProgramId = e.ProgramId,
            Kind = e.Kind,
            HappenedAt = e.HappenedAt,
            Title = e.Title,
            Body = e.Body,
            Data = e.Data,
        }));
    }
}

internal static partial class AuditWriter
{
    public static Task AppendAsync(UnitOfWork tx, Actor actor, string act, string subject, object? payload = null)
    {
        tx.Journal.AddAct(actor, act, subject, payload);
        return Task.CompletedTask;
    }
}
