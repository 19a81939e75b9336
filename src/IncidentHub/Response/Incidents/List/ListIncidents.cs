using System.Globalization;
using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Lists incidents, newest first. Its cost does not grow with history: filters that most incidents pass are applied along the list's index;
/// a word, a program or a person with few incidents drives the query instead. The choice is made by counting no further than
/// <see cref="Few"/>.
/// </summary>
internal sealed class ListIncidentsHandler(Db db, HubNode node, ProgramReader programs, RestrictedReads reads, TimeProvider clock)
{
    // If h of N incidents have the word, starting from the word costs h look-ups, and the list N·50/h. The costs are equal at √(50·N):
    // 3,162 for 200,000 incidents.
    private const int Few = 3000;
    private static readonly Page<IncidentListItem> Nothing = new([], null);

    public async Task<Result<Page<IncidentListItem>>> HandleAsync(IncidentFilter filter, Actor viewer, CancellationToken ct = default)
    {
        var page = await ListAsync(filter, viewer, ct);
        if (page.IsOk) reads.OfList(viewer, page.Value.Items);
        return page;
    }

    private async Task<Result<Page<IncidentListItem>>> ListAsync(IncidentFilter filter, Actor viewer, CancellationToken ct)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var limit = Cursor.Limit(filter.Limit);
        if (!limit.IsOk) return limit.Refusal!;
        var after = filter.UpdatedSince is null
            ? Cursor.DecodeTimeAndId("incidents", filter.Cursor) : Cursor.DecodeTimeAndId("changed-incidents", filter.Cursor);
        if (!after.IsOk) return after.Refusal!;
        if (TextRules.Length(filter.Text) > IncidentFilter.MaxText)
            return Refusal.Invalid("q", $"At most {IncidentFilter.MaxText} characters.");
        if (new Validation().Range(filter.From, "from", filter.To, "to").ToRefusal() is { } badRange) return badRange;
        if (filter is { UpdatedSince: not null, HasOthers: true })
            return Refusal.Invalid("updatedSince", "Cannot be combined with other filters.");

        var args = Visibility.Of(viewer, new { Limit = limit.Value + 1 });
        var options = new List<string>();
        if (after.Value is { } last)
        {
            args.Add("AfterAt", last.At);
            args.Add("AfterId", last.Id);
            options.Add("After");
        }
        if (filter.UpdatedSince is { } since)
        {
            args.Add("Since", since);
            if (node.HasOthers)
            {
                // A change is dated at the beginning of its transaction, and others may be committed before it: a reader would go on from
                // theirs and miss it.
                args.Add("Settled", clock.GetUtcNow() - Db.LongestCommit);
                options.Add("Settled");
            }
            return await db.ReadAsync(async sql =>
                ToPage(await sql.QueryAsync<Row>("Incident_ListChanged", args, [.. options]), limit.Value, "changed-incidents",
                    r => r.ChangedAt), ct);
        }
        if (AddStatus(filter, args, options) is { } badStatus) return badStatus;
        if (AddSev(filter, args, options) is { } badSev) return badSev;
        Add(args, options, "From", filter.From);
        Add(args, options, "To", filter.To);
        Add(args, options, "UpdateDueBy", filter.UpdateDueBy);
        var words = SearchWords.Query(filter.Text);

        return await db.ReadAsync<Result<Page<IncidentListItem>>>(
            async sql =>
            {
                var program = await programs.OfFilterAsync(sql, filter.Program);
                if (program.Refusal is { } unknown) return unknown;
                if (words.Count == 0 && !string.IsNullOrWhiteSpace(filter.Text)) return Nothing;
                var statement = await ChooseAsync(sql, filter, words, program.Value, viewer, args, options);
                return ToPage(await sql.QueryAsync<Row>(statement, args, [.. options]), limit.Value, "incidents", r => r.DeclaredAt);
            },
            ct);
    }

    private static async Task<string> ChooseAsync(ISql sql, IncidentFilter filter, IReadOnlyList<(
        string Word, string End)> words, ProgramFacts? program, Actor viewer, Dapper.DynamicParameters args, List<string> options)
    {
        string? driver = null;
        var left = new List<(string Word, string End)>();
        foreach (var word in words)
        {
            if (driver is null && await sql.ScalarAsync<int>(
                "IncidentWord_CountFew", new { word.Word, WordEnd = word.End, Limit = Few }) < Few)
            {
                driver = "Incident_ListByWord";
                args.Add("RareWord", word.Word);
                args.Add("RareWordEnd", word.End);
            }
            else
            {
                left.Add(word);
            }
        }
        if (filter.Mine && driver is null && await sql.ScalarAsync<int>(
            "IncidentPerson_CountFew", new { PersonId = viewer.Id, Limit = Few }) < Few)
        {
            driver = "Incident_ListByPerson";
            args.Add("RarePersonId", viewer.Id);
        }
        else if (filter.Mine)
        {
            args.Add("PersonId", viewer.Id);
            options.Add("Person");
        }
        if (program is not null && driver is null && await sql.ScalarAsync<int>(
            "IncidentProgram_CountFew", new { ProgramId = program.Id, Limit = Few }) < Few)
        {
            driver = "Incident_ListByProgram";
            args.Add("RareProgramId", program.Id);
        }
        else if (program is not null)
        {
            args.Add("ProgramId", program.Id);
            options.Add("Program");
        }
        for (var i = 0; i < left.Count; i++)
        {
            args.Add($"Word{i + 1}", left[i].Word);
            args.Add($"Word{i + 1}End", left[i].End);
            options.Add($"Word{i + 1}");
        }
        return driver ?? "Incident_List";
    }

    private static Refusal? AddStatus(IncidentFilter filter, Dapper.DynamicParameters args, List<string> options)
    {
        var status = Codes.Lower(filter.Status);
        if (status is "" or "all") return null;
        if (status == "open")
        {
            args.Add("IsOpen", true);
            options.Add("Open");
            return null;
        }
        if (!Codes.TryRead<IncidentStatus>(status, out var one))
            return Refusal.Invalid("status", "open, all, investigating, contained, resolved, closed or merged.");
        args.Add("Status", one.ToString());
        options.Add("Status");
        return null;
    }

    private static Refusal? AddSev(IncidentFilter filter, Dapper.DynamicParameters args, List<string> options)
    {
        var parts = (filter.Sev ?? "").Trim().Split('-');
        if (parts is [""]) return null;
        var bounds = parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 5 ? n : -1)
            .ToArray();
        if (bounds.Length > 2 || bounds.Contains(-1) || bounds[0] > bounds[^1])
            return Refusal.Invalid("sev", "A number from 0 to 5, or a range such as 0-2.");
        args.Add("Sev", bounds[0]);
        args.Add("SevFrom", bounds[0]);
        args.Add("SevTo", bounds[^1]);
        // The index by SEV is for one level over all of history; for the few open incidents the engine would choose it wrongly.
        options.Add(bounds[0] == bounds[^1] && !options.Contains("Open") ? "Sev" : "SevRange");
        return null;
    }

    private static void Add(Dapper.DynamicParameters args, List<string> options, string name, DateTimeOffset? value)
    {
        if (value is null) return;
        args.Add(name, value.Value);
        options.Add(name);
    }

    private static Page<IncidentListItem> ToPage(IReadOnlyList<Row> rows, int limit, string list, Func<Row, DateTimeOffset> at) =>
        Page<Row>.Of(rows, limit, list, r => [at(r), r.Id]).Map(r => r.ToItem());

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Title { get; init; }
        public required int Sev { get; init; }
        public required string Status { get; init; }
        public required string Confidentiality { get; init; }
        public required int Cycle { get; init; }
        public required string Programs { get; init; }
        public required string? Commander { get; init; }
        public required DateTimeOffset DeclaredAt { get; init; }
        public required DateTimeOffset? ClosedAt { get; init; }
        public required DateTimeOffset? UpdateDueAt { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required int Version { get; init; }

        public IncidentListItem ToItem() => new()
        {
            Id = Id,
            Code = Code,
            Title = Title,
            Sev = Sev,
            SevName = ((Sev)Sev).ToString(),
            Status = Enum.Parse<IncidentStatus>(Status),
            Confidentiality = Enum.Parse<Confidentiality>(Confidentiality),
            Cycle = Cycle,
            Programs = Programs.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Commander = Commander,
            DeclaredAt = DeclaredAt,
            ClosedAt = ClosedAt,
            UpdateDueAt = UpdateDueAt,
            ChangedAt = ChangedAt,
            Version = Version,
        };
    }
}
