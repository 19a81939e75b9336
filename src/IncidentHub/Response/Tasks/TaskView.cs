using System.Text.Json.Serialization;
using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Journal;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Response.Tasks;

/// <summary>A task as pages and the API show it.</summary>
internal sealed record TaskView
{
    /// <summary>«T-12».</summary>
    public required string Code { get; init; }

    public required string What { get; init; }
    public required TaskKind Kind { get; init; }
    public required TaskStatus Status { get; init; }

    /// <summary>The person responsible.</summary>
    public required string? Owner { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required bool Overdue { get; init; }

    /// <summary>One of its incidents that the viewer may see; null if there is none.</summary>
    public required string? Incident { get; init; }
    public required string? Program { get; init; }
    public required string? Decision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string? DoneBy { get; init; }
    public required DateTimeOffset? DoneAt { get; init; }
    public required string? DoneNote { get; init; }

    /// <summary>The code of the file of evidence that shows it, where the viewer may see it.</summary>
    public string? Evidence { get; init; }

    /// <summary>Of a disposal: the dataset is kept, and the note says why.</summary>
    public required bool Kept { get; init; }
    public required string? ClosedBy { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required string? ClosedNote { get; init; }
    public required int Version { get; init; }

    [JsonIgnore]
    public Guid? OwnerId { get; init; }

    [JsonIgnore]
    public Guid? DoneById { get; init; }

    /// <summary>False if it is also about an incident that the viewer may not see.</summary>
    [JsonIgnore]
    public bool IsTextVisible { get; init; } = true;

    [JsonIgnore]
    public bool IsOpen => Status is TaskStatus.Open or TaskStatus.AwaitingCheck;

    public static TaskView Of(string code, TaskState task, string? incident, string? program, DateTimeOffset now) => new()
    {
        Code = code,
        What = task.What,
        Kind = task.Kind,
        Status = task.Status,
        Owner = task.OwnerName,
        DueAt = task.DueAt,
        Overdue = task.IsOverdue(now),
        Incident = incident,
        Program = program,
        Decision = task.DecisionCode,
        CreatedAt = task.CreatedAt,
        DoneBy = task.DoneByName,
        DoneAt = task.DoneAt,
        DoneNote = task.DoneNote,
        Kept = task.IsKept,
        ClosedBy = task.ClosedByName,
        ClosedAt = task.ClosedAt,
        ClosedNote = task.ClosedNote,
        Version = task.Version,
        OwnerId = task.OwnerId,
        DoneById = task.DoneById,
    };

    /// <summary>For viewers who may not see all of its incidents: only the code, the status and the due time.</summary>
    public TaskView WithoutText() => this with
    {
        What = Reference.Capitalised(Reference.Hidden),
        Owner = null,
        Program = null,
        Decision = null,
        DoneBy = null,
        DoneNote = null,
        Evidence = null,
        Kept = false,
        ClosedBy = null,
        ClosedNote = null,
        OwnerId = null,
        DoneById = null,
        IsTextVisible = false,
    };
}
