namespace IncidentHub.Domain.Reviews;

/// <summary>A cause that reviews of incidents name.</summary>
public sealed record CauseState
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>When to choose it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Not offered any more; reviews that named it keep it.</summary>
    public bool IsRetired { get; init; }

    public int Version { get; init; }
}

public abstract record CauseCommand;

/// <param name="IsRetired">Null: unchanged.</param>
public sealed record ChangeCause(string? Name, string? Description, bool? IsRetired) : CauseCommand;

public sealed record CauseAdded(string Name, string Description) : DomainEvent;

public sealed record CauseChanged(string Name, string Description, bool IsRetired) : DomainEvent;

/// <summary>The list of causes.</summary>
public static class CauseRules
{
    public const int MaxName = 100, MaxDescription = 500, Most = 200;

    /// <param name="others">Names of all other causes, retired ones too.</param>
    public static Result<Accepted<CauseState>> Add(Guid id, string? name, string? description, IReadOnlyCollection<string> others)
    {
        if (Check(name, description, others) is { } invalid) return invalid;
        if (others.Count >= Most) return Refusal.NotAllowed("too_many_causes", "name", $"At most {Most} causes. Change one that is there.");
        var cause = new CauseState { Id = id, Name = name!.Clean(), Description = TextNormaliser.OrNull(description) ?? "", Version = 1 };
        return Outcome.Accept(cause, new CauseAdded(cause.Name, cause.Description));
    }

    public static Result<Accepted<CauseState>> Decide(CauseState state, ChangeCause change, IReadOnlyCollection<string> others)
    {
        var (name, description) = (change.Name ?? state.Name, change.Description ?? state.Description);
        if (Check(name, description, others) is { } invalid) return invalid;
        var next = state with
        {
            Name = name.Clean(),
            Description = TextNormaliser.OrNull(description) ?? "",
            IsRetired = change.IsRetired ?? state.IsRetired,
        };
        return next == state ? Outcome.Accept(state)
            : Outcome.Accept(next with { Version = state.Version + 1 }, new CauseChanged(next.Name, next.Description, next.IsRetired));
    }

    private static Refusal? Check(string? name, string? description, IReadOnlyCollection<string> others)
    {
        var check = new Validation().Line(name, "name", MaxName).Text(description, "description", MaxDescription, required: false);
        if (check.ToRefusal() is { } invalid) return invalid;
        return others.Contains(name!.Clean(), StringComparer.OrdinalIgnoreCase)
            ? Refusal.NotAllowed("cause_exists", "name", "There is a cause of this name.") : null;
    }
}
