using System.Globalization;
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

    public static Result<Accepted<DatasetState>> Decide(DatasetState? state, DatasetCommand command, DateTimeOffset now)
    {
        switch (state, command)
        {
            case (null, RegisterDataset register):
                var registered = register.Details.Normalised();
                var check = Check(registered)
                    .Check(IsName(register.Name), "name", "2 to 80 of a–z, 0–9, dot, dash and underscore, such as private-conversations.");
                return check.ToRefusal() is { } why
                    ? why
                    : Outcome.Accept(new DatasetState
                    {
                        Id = register.Id,
                        Name = register.Name,
                        Details = registered,
                        RegisteredAt = now,
                        Version = 1
                    }, new DatasetRegistered(register.Name));

            case (not null, RegisterDataset):
                return Refusal.NotAllowed("name_taken", "name", $"A dataset named {state.Name} exists already.");

            case (null, _):
                return Refusal.NotFound("The dataset");

            case (_, EditDataset edit):
                var details = edit.Details.Normalised();
                if (Check(details).ToRefusal() is { } refusal) return refusal;
                var changes = Between(state.Details, details);
                return changes.Count == 0
                    ? Outcome.Accept(state)
                    : Outcome.Accept(state with { Details = details, Version = state.Version + 1 }, new DatasetEdited(changes));

            default:
                throw new ArgumentOutOfRangeException(nameof(command), command, "No such command.");
        }
    }

    /// <summary>Two to 80 of a–z, 0–9, dot, dash and underscore; the first a letter or digit.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    private static Validation Check(DatasetDetails d) =>
        Check(Check(new Validation(), d.Promised, "promisedAudience"), d.Actual, "actualAudience")
        .Check(Enum.IsDefined(d.Kind), "kind", "One of Dataset, Model.")
        .Check(Enum.IsDefined(d.Classification), "classification", "One of Public, Internal, Confidential, Restricted.")
        .Check(Enum.IsDefined(d.Encryption), "encryptionAtRest", "One of Unknown, Yes, No.")
        .Check(d.OwnerId != Guid.Empty, "owner", "Name an owner.")
        .Text(d.Description, "description", 4000, required: false)
        .Check(d.Categories.Count <= ProgramRules.MaxItems && d.Categories.All(c => c.Length is >= 2 and <= DataCategories.MaxLength),
            "categories", $"Names of 2 to {DataCategories.MaxLength} characters, at most {ProgramRules.MaxItems}.")
        .Check(d.Records is null or (>= 0 and <= MaxCount), "records", "A number of 0 or more.")
        .Check(d.Subjects is null or (>= 0 and <= MaxCount), "subjects", "A number of 0 or more.")
        .Check(d.Regions.Count <= ProgramRules.MaxItems && d.Regions.All(Regions.IsValid), "regions",
            "Region codes such as US, GB or US-CA.")
        .Check(d.RetentionDays is null or (>= 0 and <= 36_500), "retentionDays", "Days, from 0 to 36,500.")
        .Text(d.Location, "location", ProgramRules.MaxLine, required: false);

    private static Validation Check(Validation check, Audience? audience, string field) => audience is null
        ? check
        : check.Check(Enum.IsDefined(audience.Scope), field, "One of NamedGroup, Organisation, WholeCompany, Public.")
            .Text(audience.Name, $"{field}.name", 200, required: false);

    private static List<FieldChange> Between(DatasetDetails a, DatasetDetails b)
    {
        (string Field, string? Before, string? After)[] all =
        [
            ("kind", a.Kind.ToString(), b.Kind.ToString()),
            ("description", a.Description, b.Description),
            ("owner", a.OwnerId.ToString(), b.OwnerId.ToString()),
            ("classification", a.Classification.ToString(), b.Classification.ToString()),
            ("categories", string.Join(", ", a.Categories.Order()), string.Join(", ", b.Categories.Order())),
            ("encryptionAtRest", a.Encryption.ToString(), b.Encryption.ToString()),
            ("promisedAudience", a.Promised.Label, b.Promised.Label),
            ("actualAudience", a.Actual?.Label, b.Actual?.Label),
            ("records", Text(a.Records), Text(b.Records)),
            ("subjects", Text(a.Subjects), Text(b.Subjects)),
            ("regions", string.Join(", ", a.Regions.Order()), string.Join(", ", b.Regions.Order())),
            ("retentionDays", Text(a.RetentionDays), Text(b.RetentionDays)),
            ("location", a.Location, b.Location),
        ];
        return [.. all.Where(f => !string.Equals(f.Before, f.After, StringComparison.Ordinal))
            .Select(f => new FieldChange(f.Field, f.Before, f.After))];
    }

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{1,79}\z")]
    private static partial Regex NamePattern();
}
