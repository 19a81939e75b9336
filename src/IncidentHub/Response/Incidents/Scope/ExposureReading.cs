using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Converts a request about an exposure into the domain's exposure; omitted values are taken from the dataset.</summary>
internal sealed class ExposureReading(DatasetReader datasets)
{
    /// <param name="at">Prefix of the fields in refusals, such as <c>exposures[0].</c>.</param>
    public Task<Result<Exposure>> ReadAsync(UnitOfWork tx, ExposureBody stated, string at = "") =>
        ReadAsync(tx, stated, tx.Now, at);

    /// <summary>The same for a preview.</summary>
    public async Task<Result<Exposure>> ReadAsync(ISql sql, ExposureBody stated, DateTimeOffset now, string at = "")
    {
        if (Check(stated, at) is { } unreadable) return unreadable;
        if (await datasets.FindByNameAsync(sql, stated.Dataset ?? "") is not { } dataset)
            return Refusal.Invalid($"{at}dataset", "There is no dataset of this name.");
        return Fill(stated, new()
        {
            Id = OrderedId.Next(now),
            DatasetId = dataset.Id,
            DatasetName = dataset.Name,
            Categories = dataset.Categories,
            Promised = dataset.Promised,
            Actual = dataset.Actual,
            Encrypted = Enum.Parse<Known>(dataset.Encryption.ToString()),
            Records = dataset.Records,
            Subjects = dataset.Subjects,
        });
    }

    /// <summary>The exposure with the values of the request; omitted values are unchanged.</summary>
    public static Exposure Fill(ExposureBody stated, Exposure known) => known with
    {
        Categories = stated.Categories is null ? known.Categories : DataCategories.Keys(stated.Categories),
        Promised = Tidy(stated.PromisedAudience) ?? known.Promised,
        Actual = Tidy(stated.ActualAudience) ?? known.Actual,
        From = stated.From
            ?? known.From,
        Until = stated.Until ?? known.Until,
        Encrypted = stated.Encrypted ?? known.Encrypted,
        Records = stated.Records
            ?? known.Records,
        Subjects = stated.Subjects ?? known.Subjects,
        RecipientsKnown = stated.RecipientsKnown ?? known.RecipientsKnown,
        Evidence = stated.Evidence
            ?? known.Evidence,
        Note = stated.Note?.Clean() ?? known.Note,
    };

    /// <summary>Refusals of invalid values, each at its field.</summary>
    public static Refusal? Check(ExposureBody stated, string at = "") => new Validation()
        .Check(stated.PromisedAudience is null or { Scope: not null }, $"{at}promisedAudience",
            "Name a scope: NamedGroup, Organisation, WholeCompany or Public.")
        .Check(stated.ActualAudience is null or { Scope: not null }, $"{at}actualAudience",
            "Name a scope: NamedGroup, Organisation, WholeCompany or Public.")
        .Check(stated.Categories is null || DataCategories.Keys(stated.Categories)
                .All(c => c.Length is > 0 and <= DataCategories.MaxLength), $"{at}categories",
            $"Names of at most {DataCategories.MaxLength} letters from a to z, digits and dashes.")
        .ToRefusal();

    private static Audience? Tidy(AudienceBody? audience) => audience is { Scope: { } scope }
        ? new(scope, TextNormaliser.OrNull(audience.Name)) : null;
}
