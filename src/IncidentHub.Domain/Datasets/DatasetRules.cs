using System.Text.RegularExpressions;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Datasets;

public abstract record DatasetCommand;

public sealed record RegisterDataset(Guid Id, string Name, DatasetDetails Details) : DatasetCommand;

public sealed record EditDataset(DatasetDetails Details) : DatasetCommand;

public sealed record DatasetRegistered(string Name) : DomainEvent;

public sealed record DatasetEdited(IReadOnlyList<FieldChange> Changes) : DomainEvent;

/// <summary>Validation of a dataset's record.</summary>
public static partial class DatasetRules
{
    public const long MaxCount = 1_000_000_000_000_000;

    /// <summary>What a count must be, as a message.</summary>
    public const string CountText = "A number from 0 to 1,000,000,000,000,000.";

    /// <summary>The limit of an audience's name, in an exposure as well: it takes the name from its dataset.</summary>
    public const int MaxAudience = 200;

    public static Result<Accepted<DatasetState>> Decide(DatasetState? state, DatasetCommand command, DateTimeOffset now)
    {
        switch (state, command)
        {
            case (null, RegisterDataset register):
                var (name, registered) = (Codes.Lower(register.Name), register.Details.Normalised());
                var check = registered.Check()
                    .Check(IsName(name), "name", "2 to 80 of a–z, 0–9, dot, dash and underscore, such as private-conversations.")
                    .Check(!Codes.IsReserved(name), "name", Codes.ReservedText(name));
                return check.ToRefusal() is { } why
                    ? why
                    : Outcome.Accept(new DatasetState
                    {
                        Id = register.Id,
                        Name = name,
                        Details = registered,
                        RegisteredAt = now,
                        Version = 1
                    }, new DatasetRegistered(name));

            case (not null, RegisterDataset):
                return Refusal.NotAllowed("name_taken", "name", $"A dataset named {state.Name} exists already.");

            case (null, _):
                return Refusal.NotFound("The dataset");

            case (_, EditDataset edit):
                var details = edit.Details.Normalised();
                if (details.Check().ToRefusal() is { } refusal) return refusal;
                var changes = state.Details.ChangesTo(details);
                return changes.Count == 0
                    ? Outcome.Accept(state)
                    : Outcome.Accept(state with { Details = details, Version = state.Version + 1 }, new DatasetEdited(changes));

            default:
                throw new ArgumentOutOfRangeException(nameof(command), command, "No such command.");
        }
    }

    /// <summary>Two to 80 of a–z, 0–9, dot, dash and underscore; the first a letter or digit.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{1,79}\z")]
    private static partial Regex NamePattern();
}
