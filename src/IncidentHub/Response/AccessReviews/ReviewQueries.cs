using System.Text;
using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.AccessReviews;

/// <summary>Reads access reviews; each reading is audited.</summary>
internal sealed class ReviewQueries(Db db, IncidentReader incidents, EvidenceFiles files, RestrictedReads reads)
{
    private const int PreviewRows = 20, ChunksAtOnce = 50;

    /// <summary>The reviews of an incident that the viewer may see, the newest first.</summary>
    public async Task<Result<Page<ReviewView>>> ListAsync(string incidentCode, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var before = Cursor.DecodeNumber("access-reviews", cursor);
        if (!before.IsOk) return before.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<Page<ReviewView>>>(
            async sql =>
            {
                if (await incidents.FindVisibleAsync(sql, viewer, incidentCode) is not { } incident)
                    return Refusal.NotFound("The incident");
                if (incident.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, incident.Id, incident.Code);
                var rows = await sql.QueryAsync<ReviewRow>("AccessReview_List",
                    Visibility.Of(viewer, new { IncidentId = incident.Id, BeforeNumber = before.Value, Limit = size.Value + 1 }),
                    before.Value is null ? [] : ["Before"]);
                foreach (var row in rows) reads.Note(viewer, "access-review.listed", $"access review {row.Code}", [incident.Id]);
                return Page<ReviewRow>.Of(rows, size.Value, "access-reviews", r => [r.Number]).Map(r => ReviewView.Of(r.ToRecord(), []));
            },
            ct);
    }

    public Task<Result<ReviewView>> FindAsync(string code, Actor viewer, CancellationToken ct = default) => OfAsync<ReviewView>(
        code, viewer,
        async (sql, review) => ReviewView.Of(review, [.. (await sql.QueryAsync<NameRow>("AccessReviewPerson_List",
            new { ReviewId = review.State.Id })).Select(r => r.PersonName)]),
        ct);

    /// <summary>The accounts outside of the promised audience, in the order in which the log has them.</summary>
    public async Task<Result<Page<OutsideAccount>>> AccountsAsync(string code, bool? services, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        var after = Cursor.DecodeNumber("outside-accounts", cursor);
        if (!after.IsOk) return after.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await OfAsync<Page<OutsideAccount>>(
            code, viewer,
            async (sql, review) =>
            {
                var options = new List<string>();
                if (after.Value is not null) options.Add("After");
                if (services is not null) options.Add("Services");
                var rows = await sql.QueryAsync<OutsideAccount>("AccessReviewAccount_List",
                    new { ReviewId = review.State.Id, AfterNumber = after.Value, IsService = services, Limit = size.Value + 1 },
                    [.. options]);
                return Page<OutsideAccount>.Of(rows, size.Value, "outside-accounts", a => [a.Number]);
            },
            ct);
    }

    /// <summary>Every access of one of these accounts, in the order of the log.</summary>
    public async Task<Result<Page<AccessView>>> AccessesAsync(string code, int number, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        var after = Cursor.DecodeNumber("outside-accesses", cursor);
        if (!after.IsOk) return after.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await OfAsync<Page<AccessView>>(
            code, viewer,
            async (sql, review) =>
            {
                if (await sql.FirstOrDefaultAsync<OutsideAccount>("AccessReviewAccount_List",
                    new { ReviewId = review.State.Id, Number = number, Limit = 1 }, "One") is not { } account)
                    return Refusal.NotFound("The account");
                var found = new List<AccessView>();
                for (var chunk = account.FirstChunk; chunk <= account.LastChunk && found.Count <= size.Value; chunk += ChunksAtOnce)
                {
                    foreach (var row in await sql.QueryAsync<ChunkRow>("AccessReviewChunk_List", new
                    {
                        ReviewId = review.State.Id,
                        FirstChunk = chunk,
                        LastChunk = Math.Min(account.LastChunk, chunk + ChunksAtOnce - 1),
                        Limit = ChunksAtOnce,
                    }))
                        found.AddRange(AccessChunk.Read(row.Data, row.Accesses)
                            .Where(a => a.Account == number && a.Row > (after.Value ?? 0)).Take(size.Value + 1 - found.Count)
                            .Select(a => new AccessView(a.At, a.Object, a.Action, a.Row)));
                }
                return Page<AccessView>.Of(found, size.Value, "outside-accesses", a => [a.Row]);
            },
            ct);
    }

    /// <summary>The first rows of a log, as a mapping reads them.</summary>
    public async Task<Result<LogPreview>> PreviewAsync(string incidentCode, PreviewBody stated, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.LoadAccessReview) is { } denied) return denied;
        var mapping = ReviewInput.Mapping(stated.Preset, stated.Mapping, stated.Format, stated.TimeZone);
        if (!mapping.IsOk) return mapping.Refusal!;
        var found = await db.ReadAsync<Result<EvidenceRecord>>(
            async sql => await incidents.FindVisibleAsync(sql, viewer, incidentCode) is not { } incident ? Refusal.NotFound("The incident")
                : await EvidenceReader.FindAsync(sql, viewer, stated.Evidence ?? "") is { } log && log.State.IncidentId == incident.Id ? log
                : Refusal.Invalid("evidence", "The incident has no evidence with this code."),
            ct);
        if (!found.IsOk) return found.Refusal!;
        if (files.Open(found.Value.State.Id) is not { } file) return new LogPreview([], [], "The file is missing from the store.");
        if (found.Value.State.Origin.IsRestricted)
            reads.Note(viewer, "evidence.previewed", $"evidence {found.Value.Code}", [found.Value.State.IncidentId]);
        using var source = new LogSource(file);
        return Preview(source, mapping.Value);
    }

    internal static LogPreview Preview(LogSource source, LogMapping mapping)
    {
        var shown = new List<PreviewRow>();
        LogRows? rows = null;
        try
        {
            var time = new LogTime(mapping.Times, mapping.Zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(mapping.Zone));
            rows = LogRows.Open(source, mapping, null);
            while (shown.Count < PreviewRows && rows.Read())
            {
                var ticks = 0L;
                var refused = rows.Fault != RefusedReason.None ? rows.Fault : time.TryRead(rows.Time, out ticks);
                if (refused == RefusedReason.None && rows.Account.IsEmpty) refused = RefusedReason.NoAccount;
                shown.Add(new(rows.Line, refused == RefusedReason.None ? new(ticks, TimeSpan.Zero) : null, Text(rows.Time),
                    Text(rows.Account), Text(rows.Object), Text(rows.Action), refused));
            }
            return new(rows.Names, shown, shown.Count == 0 ? "The log has no rows." : null);
        }
        catch (Exception e) when ((e as LogException ?? CsvRows.Explain(e)) is { } why)
        {
            return new(rows?.Names ?? LogRows.NamesOf(source, mapping.Format), shown, why.Message);
        }
        finally
        {
            rows?.Dispose();
        }
    }

    private async Task<Result<T>> OfAsync<T>(string code, Actor viewer, Func<ISql, ReviewRecord, Task<Result<T>>> read,
        CancellationToken ct)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        return await db.ReadAsync<Result<T>>(
            async sql =>
            {
                if (await ReviewStore.FindAsync(sql, viewer, code) is not { } review) return Refusal.NotFound("The access review");
                reads.Note(viewer, "access-review.read", $"access review {review.Code}", [review.State.IncidentId]);
                return await read(sql, review);
            },
            ct);
    }

    private static string Text(ReadOnlySpan<byte> value) => TextRules.Cut(Encoding.UTF8.GetString(value), 200);

    private sealed record NameRow
    {
        public required string PersonName { get; init; }
    }

    private sealed record ChunkRow
    {
        public required int Ordinal { get; init; }
        public required int Accesses { get; init; }
        public required string Data { get; init; }
    }
}
