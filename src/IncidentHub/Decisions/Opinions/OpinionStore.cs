using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions.Opinions;

/// <summary>
/// The opinions of a decision and the requests for them. Rows are added with their decision; a request is changed once, when it is
/// withdrawn.
/// </summary>
internal static class OpinionStore
{
    public static async Task<DecisionState> LoadAsync(ISql sql, DecisionState state)
    {
        var id = new { state.Id };
        var requests = await sql.QueryAsync<OpinionRequestRow>("DecisionOpinionRequest_OfDecision", id);
        var people = (await sql.QueryAsync<AskedPersonRow>("DecisionOpinionPerson_OfDecision", id)).ToLookup(p => p.Number);
        return state with
        {
            Opinions = [.. (await sql.QueryAsync<OpinionRow>("DecisionOpinion_OfDecision", id)).Select(o => o.ToOpinion())],
            OpinionRequests = [.. requests.Select(r => new OpinionRequest(r.Number, Enum.Parse<OpinionRole>(r.Role), r.DueAt,
                [.. people[r.Number].Select(p => new AskedPerson(p.PersonId, p.PersonName))], r.AudienceId, r.ById, r.ByName, r.At)
                {
                    WithdrawnAt = r.WithdrawnAt,
                    WithdrawnByName = r.WithdrawnByName,
                })],
        };
    }

    /// <summary>Adds what the state has and the one before has not, and which of its requests were withdrawn.</summary>
    public static async Task SaveAsync(UnitOfWork tx, DecisionState? before, DecisionState after)
    {
        var last = (before?.NextOpinion ?? 1) - 1;
        var open = before?.OpinionRequests.Where(r => r.WithdrawnAt is null).Select(r => r.Number).ToHashSet() ?? [];
        await tx.ExecuteAsync("DecisionOpinionRequest_SetWithdrawn",
            after.OpinionRequests.Where(r => r.WithdrawnAt is not null && open.Contains(r.Number))
                .Select(r => new { DecisionId = after.Id, r.Number, r.WithdrawnAt, r.WithdrawnByName }).ToList());
        var requests = after.OpinionRequests.Where(r => r.Number > last).ToList();
        await tx.ExecuteAsync("DecisionOpinionRequest_Insert", requests.Select(r => new
        {
            DecisionId = after.Id,
            r.Number,
            Role = r.Role.ToString(),
            r.DueAt,
            AudienceId = r.Audience,
            r.ById,
            r.ByName,
            r.At,
            r.WithdrawnAt,
            r.WithdrawnByName,
        }).ToList());
        await tx.ExecuteAsync("DecisionOpinionPerson_Insert", requests.SelectMany(r =>
            r.People.Select(p => new { DecisionId = after.Id, r.Number, p.PersonId, p.PersonName })).ToList());
        var opinions = after.Opinions.Where(o => o.Number > last).ToList();
        await tx.ExecuteAsync("DecisionOpinion_Insert", opinions.Select(o => new
        {
            o.Id,
            DecisionId = after.Id,
            o.Number,
            Role = o.Role.ToString(),
            Position = o.Position.ToString(),
            o.Text,
            o.GivenAt,
            DocumentName = o.Document?.Name,
            DocumentSize = o.Document?.Size,
            DocumentDigest = o.Document?.Sha256,
            DocumentRedactedAt = o.Document?.RedactedAt,
            o.RecordedById,
            o.RecordedByName,
            o.RecordedAt,
            o.OnBehalf,
        }).ToList());
        foreach (var opinion in opinions.Where(o => o.Document is not null))
            await AddCustodyAsync(tx, opinion.Id, CustodyKind.Added, null, opinion.RecordedById, opinion.RecordedByName);
    }

    public static Task AddCustodyAsync(UnitOfWork tx, Guid opinionId, CustodyKind kind, string? note, Guid personId, string personName) =>
        tx.ExecuteAsync("DecisionOpinionCustody_Insert", new
        {
            Id = OrderedId.Next(tx.Now),
            OpinionId = opinionId,
            Kind = kind.ToString(),
            At = tx.Now,
            PersonId = personId,
            PersonName = personName,
            Note = note,
        });
}

internal sealed record OpinionRow
{
    public required Guid Id { get; init; }
    public required Guid DecisionId { get; init; }
    public required int Number { get; init; }
    public required string Role { get; init; }
    public required string Position { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
    public required string? DocumentName { get; init; }
    public required long? DocumentSize { get; init; }
    public required string? DocumentDigest { get; init; }
    public required DateTimeOffset? DocumentRedactedAt { get; init; }
    public required Guid RecordedById { get; init; }
    public required string RecordedByName { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required bool OnBehalf { get; init; }

    /// <summary>The code of its decision, and whether a later one stands in its place; only where several decisions are read.</summary>
    public string? Code { get; init; }
    public bool IsSuperseded { get; init; }

    public Opinion ToOpinion() => new(Id, Number, Enum.Parse<OpinionRole>(Role), Enum.Parse<OpinionPosition>(Position), Text, GivenAt,
        DocumentName is null ? null : new OpinionDocument(DocumentName, DocumentSize!.Value, DocumentDigest!, DocumentRedactedAt),
        RecordedById, RecordedByName, RecordedAt, OnBehalf);
}

internal sealed record OpinionRequestRow
{
    public required int Number { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required Guid? AudienceId { get; init; }
    public required Guid ById { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset? WithdrawnAt { get; init; }
    public required string? WithdrawnByName { get; init; }
}

internal sealed record AskedPersonRow
{
    public required int Number { get; init; }
    public required Guid PersonId { get; init; }
    public required string PersonName { get; init; }
}
