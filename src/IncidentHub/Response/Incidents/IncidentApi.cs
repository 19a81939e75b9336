using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Incidents;

/// <summary>Incidents over HTTP: acts are sub-resources of the incident.</summary>
internal static class IncidentApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi("/api/v1/incidents");
        api.MapGet("/", ListAsync)
            .WithSummary("Incidents, newest first, with filters. «updatedSince» lists by change instead, the oldest change first.")
            .Produces<Page<IncidentListItem>>();
        api.MapPost("/", DeclareAsync)
            .WithSummary("Declares an incident. Title, SEV and a program are enough; the pause policy runs in the same transaction.")
            .Produces<IncidentChanged>(201);
        api.MapGet("/{code}", (string code, HttpContext http, GetIncidentHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new(code), http.Actor(), ct)))
            .WithSummary("One incident: status, timestamps and measures of each cycle, people, links, clocks.").Produces<IncidentView>();
        api.MapPatch("/{code}", (string code, DetailsBody b, HttpContext http, ChangeIncidentHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new(code, b.Title, b.Summary, b.ExpectedVersion), http.Actor(), ct)))
                .WithSummary("Changes title or summary.").Produces<IncidentChanged>();
        MapLifeCycle(api);
        MapLinks(api);
        MapTimeline(api);
    }

    private static void MapLifeCycle(RouteGroupBuilder api)
    {
        api.MapPost("/{code}/sev", (string code, SevBody b, HttpContext http, ChangeSevHandler handler, CancellationToken ct) =>
            b.Sev is null ? Missing("sev", "A SEV is 0 to 5.") : Answer(
                handler.HandleAsync(new(code, (Sev)b.Sev, b.Reason ?? "", b.ExpectedVersion), http.Actor(), ct)))
            .WithSummary("Changes the SEV, with a reason; the pause policy runs again.").Produces<IncidentChanged>();
        api.MapPost("/{code}/assessment", (string code, AssessmentBody b, HttpContext http, AssessSeverityHandler handler,
            CancellationToken ct) =>
            Answer(handler.HandleAsync(new(code, b.ToInputs(), b.Reason ?? "", b.ExpectedVersion), http.Actor(), ct)))
            .WithSummary(
                "Assesses the breach where the exposures do not say: identifiability, confidentiality, integrity, availability, malice, "
                    + "context. The severity advice is scored again. The SEV stays.").Produces<IncidentChanged>();
        api.MapPost("/{code}/contain", (string code, StepBody b, HttpContext http, ContainIncidentHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new(code, b.At, b.Note, b.ExpectedVersion), http.Actor(), ct)))
                .WithSummary("Marks the incident as contained: the exposure is closed.").Produces<IncidentChanged>();
        api.MapPost("/{code}/resolve", (string code, StepBody b, HttpContext http, ResolveIncidentHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new(code, b.At, b.Note, b.ExpectedVersion), http.Actor(), ct)))
                .WithSummary("Marks the incident as resolved: the cause is removed.").Produces<IncidentChanged>();
        api.MapPost("/{code}/close", (string code, StepBody b, HttpContext http, CloseIncidentHandler handler, CancellationToken ct) =>
            b.At is not null ? Missing("at", "An incident is closed now. Correct the timestamp afterwards if needed.") : Answer(
                handler.HandleAsync(new(code, b.Note, b.ExpectedVersion), http.Actor(), ct)))
            .WithSummary("Closes the incident: nothing is left to do.").Produces<IncidentChanged>();
        api.MapPost("/{code}/reopen", (string code, ReasonBody b, HttpContext http, ReopenIncidentHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new(code, b.Reason ?? "", b.ExpectedVersion), http.Actor(), ct)))
                .WithSummary("Reopens the incident: opens a new cycle and runs the pause policy again.").Produces<IncidentChanged>();
        api.MapPost("/{code}/merge", (string code, MergeBody b, HttpContext http, MergeIncidentHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new(code, b.Into ?? "", b.Reason ?? "", b.ExpectedVersion), http.Actor(), ct)))
                .WithSummary("Merges this incident into another; answers that one.").Produces<IncidentChanged>();
        api.MapPost("/{code}/confidentiality", (string code, ConfidentialityBody b, HttpContext http, RestrictIncidentHandler handler,
            CancellationToken ct) =>
            b.Confidentiality is null ? Missing("confidentiality", "Open or Restricted.") : Answer(
                handler.HandleAsync(new(code, b.Confidentiality.Value, b.Reason ?? "", b.ExpectedVersion), http.Actor(), ct)))
            .WithSummary("Restricts the incident, or removes the restriction.").Produces<IncidentChanged>();
        api.MapPost("/{code}/moments", (string code, MomentBody b, HttpContext http, CorrectMomentHandler handler, CancellationToken ct) =>
            b.Moment is null ? Missing("moment", "Name the timestamp.") : Answer(
                handler.HandleAsync(new(code, b.Moment.Value, b.Cycle, b.At, b.Reason ?? "", b.ExpectedVersion), http.Actor(), ct)))
            .WithSummary("Corrects a timestamp, with a reason.").Produces<IncidentChanged>();
        api.MapPost("/{code}/roles", (string code, RoleBody b, HttpContext http, AssignIncidentRoleHandler handler, CancellationToken ct) =>
            b.Role is null ? Missing("role", "Commander, Communications, Scribe or Named.") : Answer(
                handler.HandleAsync(new AssignIncidentRole(code, b.Role.Value, b.Account ?? "", b.ExpectedVersion), http.Actor(), ct)))
            .WithSummary("Gives an account a role on the incident.").Produces<IncidentChanged>();
        api.MapDelete("/{code}/roles/{role}/{account}", (string code, string role, string account, HttpContext http,
            AssignIncidentRoleHandler handler, CancellationToken ct) =>
            Enum.TryParse<IncidentRole>(role, true, out var known) && Enum.IsDefined(known) ? Answer(
                handler.HandleAsync(new ReleaseIncidentRole(code, known, account, null), http.Actor(), ct)) : Missing(
                "role", "Commander, Communications, Scribe or Named."))
            .WithSummary("Removes a role.").Produces<IncidentChanged>();
    }

    private static void MapLinks(RouteGroupBuilder api)
    {
        api.MapPost("/{code}/programs", (string code, ProgramLinkBody b, HttpContext http, LinkProgramHandler handler,
            CancellationToken ct) =>
            Answer(handler.HandleAsync(new LinkProgram(code, b.Program ?? "", b.Kind ?? Involvement.Source, b.Note, b.ExpectedVersion),
                http.Actor(), ct)))
            .WithSummary("Links a program; the pause policy runs again.").Produces<IncidentChanged>();
        api.MapPatch("/{code}/programs/{program}", (string code, string program, ChangeProgramBody b, HttpContext http,
            LinkProgramHandler handler, CancellationToken ct) =>
            b.Kind is null ? Missing("kind", "Source, Suspected or Downstream.") : Answer(
                handler.HandleAsync(new ChangeProgramLink(code, program, b.Kind.Value, b.Reason ?? "", b.ExpectedVersion), http.Actor(),
                ct)))
            .WithSummary("Changes how a program is involved.").Produces<IncidentChanged>();
        api.MapPost("/{code}/programs/{program}/withdraw", (
            string code, string program, ReasonBody b, HttpContext http, LinkProgramHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new WithdrawProgramLink(code, program, b.Reason ?? "", b.ExpectedVersion), http.Actor(), ct)))
                .WithSummary("Withdraws the link to a program.").Produces<IncidentChanged>();
        api.MapPost("/{code}/exposures", (string code, ExposureBody b, HttpContext http, LinkDatasetHandler handler,
            CancellationToken ct) =>
            Answer(handler.HandleAsync(new LinkDataset(code, b), http.Actor(), ct))).WithSummary("Records that a dataset was exposed.")
                .Produces<IncidentChanged>();
        api.MapPut("/{code}/exposures/{id:guid}", (string code, Guid id, ExposureBody b, HttpContext http, LinkDatasetHandler handler,
            CancellationToken ct) =>
            Answer(handler.HandleAsync(new ChangeExposure(code, id, b), http.Actor(), ct)))
                .WithSummary("Replaces what is known of an exposure.").Produces<IncidentChanged>();
        api.MapPost("/{code}/exposures/{id:guid}/withdraw", (
            string code, Guid id, ReasonBody b, HttpContext http, LinkDatasetHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new WithdrawExposure(code, id, b.Reason ?? "", b.ExpectedVersion), http.Actor(), ct)))
                .WithSummary("Withdraws an exposure.").Produces<IncidentChanged>();
    }

    private static void MapTimeline(RouteGroupBuilder api)
    {
        api.MapGet("/{code}/timeline", (string code, string[]? kind, bool? pinned, string? cursor, int? limit, HttpContext http,
            ReadTimelineHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(code, new(kind ?? [], pinned == true, cursor, limit), http.Actor(), ct)))
                .WithSummary("The timeline, newest first; «kind» may be given several times.").Produces<Page<TimelineEntryView>>();
        api.MapPost("/{code}/notes", (string code, NoteBody b, HttpContext http, WriteNoteHandler handler, CancellationToken ct) =>
            Answer(handler.HandleAsync(new(code, b.Kind ?? NoteKind.Note, b.Body ?? "", b.HappenedAt, b.Pinned == true), http.Actor(), ct),
                v => TypedResults.Created($"/api/v1/incidents/{code}/timeline", v)))
            .WithSummary("Writes a note, an observation or an update on the timeline.").Produces<NoteWrittenView>(201);
        api.MapPut("/{code}/notes/{id:guid}", (string code, Guid id, ReviseBody b, HttpContext http, ReviseNoteHandler handler,
            CancellationToken ct) =>
            Answer(handler.HandleAsync(new ReviseNote(code, id, b.Body ?? "", b.ExpectedRevision), http.Actor(), ct)))
                .WithSummary("Revises one's own note; the earlier text is kept.").Produces<NoteWrittenView>();
        api.MapGet("/{code}/notes/{id:guid}/revisions", (string code, Guid id, HttpContext http, ReadTimelineHandler handler,
            CancellationToken ct) =>
            Answer(handler.RevisionsAsync(code, id, http.Actor(), ct))).WithSummary("The earlier texts of a note.")
                .Produces<NoteRevisionView[]>();
        api.MapPost("/{code}/timeline/{id:guid}/pin", (string code, Guid id, HttpContext http, ReviseNoteHandler handler,
            CancellationToken ct) =>
            Answer(handler.HandleAsync(new PinEntry(code, id, true), http.Actor(), ct), _ => TypedResults.NoContent()))
                .WithSummary("Pins an entry above the timeline.").Produces(204);
        api.MapDelete("/{code}/timeline/{id:guid}/pin", (string code, Guid id, HttpContext http, ReviseNoteHandler handler,
            CancellationToken ct) =>
            Answer(handler.HandleAsync(new PinEntry(code, id, false), http.Actor(), ct), _ => TypedResults.NoContent()))
                .WithSummary("Unpins an entry.").Produces(204);
    }

    private static Task<IResult> ListAsync(
        string? status, string? sev, string? program, string? q, DateTimeOffset? from, DateTimeOffset? to,
        DateTimeOffset? updateDueBy, bool? mine, DateTimeOffset? updatedSince, string? cursor, int? limit,
        HttpContext http, ListIncidentsHandler handler, CancellationToken ct) => Answer(handler.HandleAsync(
            new()
            {
                Status = status,
                Sev = sev,
                Program = program,
                Text = q,
                From = from,
                To = to,
                UpdateDueBy = updateDueBy,
                Mine = mine == true,
                UpdatedSince = updatedSince,
                Cursor = cursor,
                Limit = limit,
            },
            http.Actor(), ct));

    private static Task<IResult> DeclareAsync(DeclareBody b, HttpContext http, DeclareIncidentHandler handler, CancellationToken ct)
    {
        var check = new Validation().Check(b.Sev is not null, "sev", "A SEV is 0 to 5.")
            .Check(b.Programs?.All(p => p is not null) != false, "programs", "An entry is empty.")
            .Check(b.Exposures?.All(e => e is not null) != false, "exposures", "An entry is empty.");
        if (check.ToRefusal() is { } refusal) return Task.FromResult(refusal.ToHttp());
        var command = new DeclareIncident
        {
            Title = b.Title ?? "",
            Sev = (Sev)b.Sev!.Value,
            Summary = b.Summary ?? "",
            Programs = b.Programs ?? [],
            Exposures = b.Exposures
                ?? [],
            Flag = b.Flag,
            Confidentiality = b.Confidentiality ?? Confidentiality.Open,
            ExposureStarted = b.ExposureStarted,
            Detected = b.Detected,
        };
        return Answer(handler.HandleAsync(command, http.Actor(), ct), v => TypedResults.Created($"/api/v1/incidents/{v.Code}", v));
    }

    private static Task<IResult> Answer<T>(Task<Result<T>> result) => Answer(result, v => TypedResults.Ok(v));

    private static async Task<IResult> Answer<T>(Task<Result<T>> result, Func<T, IResult> ok) => (await result).ToHttp(ok);

    private static Task<IResult> Missing(string field, string message) => Task.FromResult(Refusal.Invalid(field, message).ToHttp());
}
