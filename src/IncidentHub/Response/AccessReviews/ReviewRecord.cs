using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.AccessReviews;

/// <summary>An access review as it is stored.</summary>
internal sealed record ReviewRecord(
    ReviewState State, string Code, string IncidentCode, string EvidenceCode, string EvidenceName, string LoadedBy, DateTimeOffset LoadedAt,
    ReviewProgress Progress, ChangeNote LastChange) : ILoaded<ReviewState>
{
    public string Label => Code;

    public int Version => State.Version;

    public Relation Relation(Actor actor) => Domain.Access.Relation.None;
}

/// <summary>How far the log was read.</summary>
/// <param name="Position">In bytes of the file, of <paramref name="Size"/>.</param>
internal sealed record ReviewProgress(long Rows, long Position, long Size);

/// <summary>Reviews in the database.</summary>
internal static class ReviewStore
{
    private const int MaxCode = 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    public static async Task<ReviewRecord?> FindAsync(ISql sql, Actor viewer, string code) =>
        Codes.Upper(code) is { Length: > 0 and <= MaxCode } known
            ? (await sql.FirstOrDefaultAsync<ReviewRow>("AccessReview_Find", Visibility.Of(viewer, new { Code = known })))?.ToRecord()
            : null;

    public static async Task<ReviewRecord> InsertAsync(UnitOfWork tx, ReviewState review, string incidentCode, EvidenceRecord log,
        AudienceList audience, IReadOnlyList<(Guid Id, string Name)> named, Actor actor)
    {
        var size = log.State.File.Size;
        var number = await Counters.NextAsync(tx, "access-review");
        var code = RandomCode.Next("AR-", RandomNumberGenerator.GetInt32);
        await tx.ExecuteAsync("AccessReview_Insert", new
        {
            review.Id,
            review.IncidentId,
            Number = number,
            Code = code,
            review.DatasetId,
            review.DatasetName,
            review.EvidenceId,
            Settings = Write(review.Settings),
            review.LoadedById,
            LoadedByName = actor.Name,
            LoadedAt = tx.Now,
            Status = review.Status.ToString(),
            review.Version,
            ChangedAt = tx.Now,
            ChangedBy = actor.Name,
            ChangedWhat = "loaded",
        });
        await tx.ExecuteAsync("AccessReviewRun_Insert",
            new { ReviewId = review.Id, Audience = Write(audience.Members), Size = size, At = tx.Now });
        foreach (var (id, name) in named)
            await tx.ExecuteAsync("AccessReviewPerson_Insert", new { ReviewId = review.Id, PersonId = id, PersonName = name });
        return new(review, code, incidentCode, log.Code, log.State.Origin.Name, actor.Name, tx.Now, new(0, 0, size),
            ChangeNote.Of(tx.Now, actor.Name, "loaded"));
    }

    /// <summary>Saves the state after a command. False: another change was saved first.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, ReviewState before, ReviewState next, ChangeNote change) =>
        await tx.ExecuteAsync("AccessReview_Update", new
        {
            next.Id,
            Status = next.Status.ToString(),
            Result = next.Result is null ? null : Write(next.Result),
            next.FailedBecause,
            Conclusion = next.SignOff?.Conclusion.ToString(),
            next.SignOff?.Note,
            SignedOffById = next.SignOff?.ById,
            SignedOffByName = next.SignOff?.ByName,
            SignedOffAt = next.SignOff?.At,
            next.Version,
            ChangedAt = change.At,
            ChangedBy = change.By,
            ChangedWhat = change.What,
            LoadedVersion = before.Version,
        }) == 1;

    /// <summary>The audience, and where an earlier run was stopped.</summary>
    public static async Task<(AudienceList Audience, ScanState? State)> RunAsync(ISql sql, Guid reviewId)
    {
        var row = await sql.FirstOrDefaultAsync<RunRow>("AccessReviewRun_Find", new { ReviewId = reviewId })
            ?? throw new InvalidOperationException("A review has no run.");
        return (new(Read<AudienceMember[]>(row.Audience)),
            row.State is null ? null : JsonSerializer.Deserialize<ScanState>(Compact.Read(row.State), Json));
    }

    /// <summary>Stores how far the run is, and the accesses since the last time. False: it was cancelled.</summary>
    public static async Task<bool> SaveRunAsync(UnitOfWork tx, Guid reviewId, ScanState state,
        IReadOnlyList<(int Ordinal, int Accesses, string Data)> chunks, long position, long size)
    {
        var saved = await tx.ExecuteAsync("AccessReviewRun_Save", new
        {
            ReviewId = reviewId,
            RowsRead = state.Rows,
            Position = position,
            Size = size,
            State = Compact.Write(JsonSerializer.SerializeToUtf8Bytes(state, Json)),
            At = tx.Now,
        });
        if (saved == 0) return false;
        foreach (var (ordinal, accesses, data) in chunks)
        {
            await tx.ExecuteAsync("AccessReviewChunk_Insert",
                new { ReviewId = reviewId, Ordinal = ordinal, Accesses = accesses, Data = data });
        }
        return true;
    }

    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    internal static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Json)!;

    private sealed record RunRow
    {
        public required string Audience { get; init; }
        public required string? State { get; init; }
    }
}

internal sealed record ReviewRow
{
    public required Guid Id { get; init; }
    public required Guid IncidentId { get; init; }
    public required string IncidentCode { get; init; }
    public required int Number { get; init; }
    public required string Code { get; init; }
    public required Guid DatasetId { get; init; }
    public required string DatasetName { get; init; }
    public required Guid EvidenceId { get; init; }
    public required string EvidenceCode { get; init; }
    public required string EvidenceName { get; init; }
    public required string Settings { get; init; }
    public required Guid LoadedById { get; init; }
    public required string LoadedByName { get; init; }
    public required DateTimeOffset LoadedAt { get; init; }
    public required string Status { get; init; }
    public required string? Result { get; init; }
    public required string? FailedBecause { get; init; }
    public required string? Conclusion { get; init; }
    public required string? Note { get; init; }
    public required Guid? SignedOffById { get; init; }
    public required string? SignedOffByName { get; init; }
    public required DateTimeOffset? SignedOffAt { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }
    public required long RowsRead { get; init; }
    public required long Position { get; init; }
    public required long Size { get; init; }

    public ReviewRecord ToRecord() => new(
        new(Id, IncidentId, DatasetId, DatasetName, EvidenceId, ReviewStore.Read<ReviewSettings>(Settings), LoadedById,
            Enum.Parse<ReviewStatus>(Status), Result is null ? null : ReviewStore.Read<ReviewResult>(Result), FailedBecause,
            Conclusion is null ? null
                : new(Enum.Parse<ReviewConclusion>(Conclusion), Note!, SignedOffById!.Value, SignedOffByName!, SignedOffAt!.Value),
            Version),
        Code, IncidentCode, EvidenceCode, EvidenceName, LoadedByName, LoadedAt, new(RowsRead, Position, Size),
        ChangeNote.Of(ChangedAt, ChangedBy, ChangedWhat));
}
