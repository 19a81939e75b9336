using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

/// <summary>Incidents over HTTP: acts are sub-resources of the incident.</summary>
internal static partial class IncidentApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi("/api/v1/incidents");
        api.MapGet("/", ListAsync).Requires(Act.ReadIncidents)
            .WithSummary("Incidents, newest first, with filters. «updatedSince» lists by change instead, the oldest change first.");
        api.MapPost("/", DeclareAsync).Requires(Act.DeclareIncident)
            .WithSummary("Declares an incident. Title, SEV and a program are enough; the pause policy runs in the same transaction.");
        api.MapGet("/{code}", GetAsync).Requires(Act.ReadIncidents)
            .WithSummary("One incident: status, timestamps and measures of each cycle, people, links, clocks.");
        api.MapGet("/{code}/snapshot", SnapshotAsync).Requires(Act.ReadIncidents).WithSummary(
            "The incident as it was known at the time «asOf»: severity, status, scope, roles and clocks as they had been recorded by then. "
                + "What was not recorded at that time is null. Obligations and tasks follow under it.");
        api.MapPatch("/{code}", ChangeDetailsAsync).Requires(Act.ChangeIncident).WithSummary("Changes title or summary.");

        api.MapPost("/{code}/sev", ChangeSevAsync).Requires(Act.ChangeIncident)
            .WithSummary("Changes the SEV, with a reason; the pause policy runs again.");
        api.MapPost("/{code}/assessment", AssessAsync).Requires(Act.ChangeIncident).WithSummary(
            "Assesses the breach where the exposures do not say: identifiability, confidentiality, integrity, availability, malice, "
                + "context. The severity advice is scored again. The SEV stays.");
        api.MapPost("/{code}/override-advice", OverrideAdviceAsync).Requires(Act.ChangeIncident)
            .WithSummary("Keeps the SEV although the advice suggests another one, with a reason. It counts until the suggestion changes.");
        api.MapPost("/{code}/contain", ContainAsync).Requires(Act.ChangeIncident)
            .WithSummary("Marks the incident as contained: the exposure is closed.");
        api.MapPost("/{code}/resolve", ResolveAsync).Requires(Act.ChangeIncident)
            .WithSummary("Marks the incident as resolved: the cause is removed.");
        api.MapPost("/{code}/close", CloseAsync).Requires(Act.ChangeIncident).WithSummary("Closes the incident: nothing is left to do.");
        api.MapPost("/{code}/reopen", ReopenAsync).Requires(Act.ChangeIncident)
            .WithSummary("Reopens the incident: opens a new cycle and runs the pause policy again.");
        api.MapPost("/{code}/merge", MergeAsync).Requires(Act.ChangeIncident, Act.RestrictIncident)
            .WithSummary("Merges this incident into another; answers that one.");
        api.MapPost("/{code}/confidentiality", SetConfidentialityAsync).Requires(Act.RestrictIncident)
            .WithSummary("Restricts the incident, or removes the restriction.");
        api.MapPost("/{code}/break-glass", BreakGlassAsync).Requires(Act.BreakGlass).WithSummary(
            "Opens a restricted incident for one hour, with a reason, to a responder or an executive who was told its code. Its commander "
                + "and privacy are told.");
        api.MapGet("/{code}/privileged-notes", PrivilegedAsync).Requires(Act.ReadPrivileged)
            .WithSummary("Counsel's privileged notes, and who of privacy is named to read them.");
        api.MapPost("/{code}/privileged-notes", WritePrivilegedAsync).Requires(Act.WritePrivileged)
            .WithSummary("Writes a privileged note. Nothing of it is on the timeline.");
        api.MapPut("/{code}/privileged-notes/{id:guid}", RevisePrivilegedAsync).Requires(Act.WritePrivileged)
            .WithSummary("Revises one's own privileged note; the earlier text is kept.");
        api.MapPost("/{code}/privileged-readers", NamePrivilegedReaderAsync).Requires(Act.WritePrivileged)
            .WithSummary("Names a person of privacy, who may read the privileged notes from now on.");
        api.MapDelete("/{code}/privileged-readers/{account}", ReleasePrivilegedReaderAsync).Requires(Act.WritePrivileged)
            .WithSummary("Removes a person from those who may read the privileged notes.");
        api.MapPost("/{code}/timestamps", CorrectTimestampAsync).Requires(Act.ChangeIncident)
            .WithSummary("Corrects a timestamp, with a reason.");
        api.MapPost("/{code}/roles", AssignRoleAsync).Requires(Act.ChangeIncident, Act.RestrictIncident)
            .WithSummary("Gives an account a role on the incident.");
        api.MapDelete("/{code}/roles/{role}/{account}", ReleaseRoleAsync).Requires(Act.ChangeIncident, Act.RestrictIncident)
            .WithSummary("Removes a role.");

        api.MapPost("/{code}/programs", LinkProgramAsync).Requires(Act.ChangeIncident)
            .WithSummary("Links a program; the pause policy runs again.");
        api.MapPatch("/{code}/programs/{program}", ChangeProgramAsync).Requires(Act.ChangeIncident)
            .WithSummary("Changes how a program is involved.");
        api.MapPost("/{code}/programs/{program}/withdraw", WithdrawProgramAsync).Requires(Act.ChangeIncident)
            .WithSummary("Withdraws the link to a program.");
        api.MapPost("/{code}/exposures", AddExposureAsync).Requires(Act.ChangeIncident).WithSummary("Records that a dataset was exposed.");
        api.MapPut("/{code}/exposures/{id:guid}", ChangeExposureAsync).Requires(Act.ChangeIncident)
            .WithSummary("Replaces what is known of an exposure.");
        api.MapPost("/{code}/exposures/{id:guid}/withdraw", WithdrawExposureAsync).Requires(Act.ChangeIncident)
            .WithSummary("Withdraws an exposure.");

        api.MapGet("/{code}/blast-radius", BlastRadiusAsync).Requires(Act.ReadIncidents, Act.ReadDatasets).WithSummary(
            "What the exposures reach over lineage: datasets, models and programs by step, totals, and links that lineage suggests.");
        api.MapPost("/{code}/suggestions/confirm", ConfirmLinksAsync).Requires(Act.ChangeIncident).WithSummary(
            "Links what lineage suggests, all of it or nothing: programs as suggested, datasets as exposed. The pause policy runs again.");
        api.MapPost("/{code}/suggestions/set-aside", SetLinksAsideAsync).Requires(Act.ChangeIncident)
            .WithSummary("Sets suggested links aside, with a reason; they are not suggested again.");
        api.MapGet("/{code}/related", RelatedAsync).Requires(Act.ReadIncidents).WithSummary(
            "Its series, the incidents that people linked with it, and those that share datasets or programs: only what the reader may "
                + "see.");
        api.MapPost("/{code}/related", LinkAsync).Requires(Act.ChangeIncident).WithSummary("Links another incident, with a reason.");
        api.MapPost("/{code}/related/{other}/remove", UnlinkAsync).Requires(Act.ChangeIncident)
            .WithSummary("Removes the link to another incident; that it was there stays on record.");
        api.MapPut("/{code}/series", ArrangeSeriesAsync).Requires(Act.ChangeIncident)
            .WithSummary("Names the series of the incident and orders its members; makes it where there is none.");
        api.MapPost("/{code}/series/leave", LeaveSeriesAsync).Requires(Act.ChangeIncident)
            .WithSummary("Takes the incident out of its series. A series of one ends.");

        api.MapGet("/{code}/timeline", TimelineAsync).Requires(Act.ReadIncidents)
            .WithSummary("The timeline, newest first; «kind» may be given several times. «q» finds entries in which each of its words "
                + "occurs. «asOf» leaves out what was recorded later, and shows notes in the text of that time.");
        api.MapGet("/{code}/timeline.csv", TimelineTableAsync).Requires(Act.ReadIncidents)
            .WithSummary("The timeline as a table, in the order in which it happened, with the filters of the list.");
        api.MapGet("/{code}/timeline.md", TimelineDocumentAsync).Requires(Act.ReadIncidents)
            .WithSummary("The timeline as a document in Markdown, in the order in which it happened, with the filters of the list.");
        api.MapPost("/{code}/notes", WriteNoteAsync).Requires(Act.WriteTimeline)
            .WithSummary("Writes a note or an observation on the timeline.");
        api.MapPost("/{code}/updates", SendUpdateAsync).Requires(Act.WriteTimeline).WithSummary(
            "Sends a status update, its condition, actions and needs; the next one is due one interval later. A late one is marked.");
        api.MapPut("/{code}/updates/{id:guid}", ReviseUpdateAsync).Requires(Act.WriteTimeline)
            .WithSummary("Revises one's own update; the earlier text is kept, and the clock stays.");
        api.MapPut("/{code}/notes/{id:guid}", ReviseNoteAsync).Requires(Act.WriteTimeline)
            .WithSummary("Revises one's own note; the earlier text is kept.");
        api.MapGet("/{code}/notes/{id:guid}", NoteAsync).Requires(Act.ReadIncidents).WithSummary("One note.");
        api.MapGet("/{code}/notes/{id:guid}/revisions", RevisionsAsync).Requires(Act.ReadIncidents)
            .WithSummary("The earlier texts of a note.");
        api.MapPost("/{code}/timeline/{id:guid}/redact", RedactEntryAsync).Requires(Act.Redact).WithSummary(
            "Removes the texts of a note, of every revision, for good. What remains says who did it, when and why. Privacy only; not under "
                + "a legal hold.");
        api.MapGet("/{code}/texts", ListTextsAsync).ListsTexts("about the incident and in what belongs to it");
        api.MapPost("/{code}/redact", RedactAsync)
            .Redacts("the chosen texts of the incident; where none are named, its summary and every former one");
        api.MapPost("/{code}/timeline/{id:guid}/pin", PinAsync).Requires(Act.WriteTimeline)
            .WithSummary("Pins an entry above the timeline.");
        api.MapDelete("/{code}/timeline/{id:guid}/pin", UnpinAsync).Requires(Act.WriteTimeline).WithSummary("Unpins an entry.");
    }

    private static async Task<Results<Ok<Page<IncidentListItem>>, Refused>> ListAsync(
        string? status, string? sev, string? program, string? q, DateTimeOffset? from, DateTimeOffset? to,
        DateTimeOffset? updateDueBy, bool? mine, DateTimeOffset? updatedSince, string? cursor, int? limit,
        HttpContext http, ListIncidentsHandler queries, CancellationToken ct)
    {
        var filter = new IncidentFilter
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
        };
        return (await queries.HandleAsync(filter, http.Actor(), ct)).ToOk();
    }

    private static async Task<Results<Created<IncidentChanged>, Refused>> DeclareAsync(
        DeclareIncident body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        (await commands.DeclareAsync(body, http.Actor(), ct)).ToCreated(i => $"/api/v1/incidents/{i.State.Code}", IncidentChanged.Of);

    private static async Task<Results<Ok<IncidentView>, Refused>> GetAsync(
        string code, HttpContext http, GetIncidentHandler queries, CancellationToken ct) =>
        (await queries.HandleAsync(new(code), http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<IncidentSnapshot>, Refused>> SnapshotAsync(
        string code, DateTimeOffset? asOf, HttpContext http, GetSnapshotHandler queries, CancellationToken ct) =>
        (await queries.HandleAsync(code, asOf, http.Actor(), ct)).ToOk();

    private static Task<Results<Ok<IncidentChanged>, Refused>> ChangeDetailsAsync(
        string code, DetailsBody body, HttpContext http, IncidentCommands commands, CancellationToken ct) =>
        RunAsync(commands, code, new IncidentCommand.ChangeDetails(body.Title, body.Summary), body.ExpectedVersion, http, ct);

    private static async Task<Results<Ok<IncidentChanged>, Refused>> RunAsync(
        IncidentCommands commands, string code, IncidentCommand command, int? expectedVersion, HttpContext http, CancellationToken ct) =>
        (await commands.RunAsync(code, command, http.Expected(expectedVersion), http.Actor(), ct)).ToOk(IncidentChanged.Of);

    private static Refused Missing(string field, string message) => new(Refusal.Invalid(field, message));
}
