using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Obligations;

/// <summary>The regime whose duties are put on the incident's list.</summary>
internal sealed record TrackBody([Required] string? Regime);

/// <summary>The codes of the new obligations.</summary>
internal sealed record TrackedView(IReadOnlyList<string> Codes);

/// <param name="At">When the trigger fact came about.</param>
/// <param name="AwareAt">When the company was aware; only for duties with a latest time from it.</param>
/// <param name="Note">How it was judged; of a correction, why.</param>
internal sealed record TriggerBody([Required] DateTimeOffset? At, DateTimeOffset? AwareAt, [Required] string? Note, int? ExpectedVersion);

/// <param name="At">When it was submitted.</param>
/// <param name="Reference">The number that the recipient gave it, or where the copy is.</param>
/// <param name="IsComplete">Whether nothing more has to be said.</param>
internal sealed record NoticeBody(
    [Required] DateTimeOffset? At, [Required] string? Reference, string? Note, [Required] bool? IsComplete, int? ExpectedVersion);

internal sealed record ObligationReason([Required] string? Reason, int? ExpectedVersion);

/// <param name="Until">Null: until further notice.</param>
internal sealed record DelayBody([Required] string? Authority, [Required] string? Reason, DateTimeOffset? Until, int? ExpectedVersion);

/// <param name="DueAt">When it is due now.</param>
internal sealed record EndDelayBody([Required] DateTimeOffset? DueAt, [Required] string? Reason, int? ExpectedVersion);

/// <summary>Obligations over HTTP.</summary>
internal static class ObligationApi
{
    public static void MapObligationApi(this WebApplication app)
    {
        var obligations = app.MapApi("/api/v1/obligations");
        obligations.MapGet("", ListAsync).Requires(Act.ReadIncidents)
            .WithSummary("Regulatory and contractual clocks of incidents, those due first at the top.");
        obligations.MapGet("/{code}", GetAsync).Requires(Act.ReadIncidents).WithSummary("One obligation.");
        obligations.MapPost("/{code}/trigger", TriggerAsync).Requires(Act.PrepareObligation)
            .WithSummary("Records when the trigger fact came about, or corrects it. The clock starts with it, not with the detection.");
        obligations.MapPost("/{code}/notices", RecordAsync).Requires(Act.DecideObligation)
            .WithSummary("Records a notice that was submitted. The last one meets the obligation and starts the clocks that follow it.");
        obligations.MapPost("/{code}/not-required", NotRequiredAsync).Requires(Act.DecideObligation)
            .WithSummary("Records the decision not to notify, with the reason.");
        obligations.MapPost("/{code}/delay", DelayAsync).Requires(Act.DecideObligation)
            .WithSummary("Records an authority's request to postpone.");
        obligations.MapPost("/{code}/end-delay", EndDelayAsync).Requires(Act.DecideObligation)
            .WithSummary("Ends a postponement.");
        obligations.MapPost("/{code}/reopen", ReopenAsync).Requires(Act.DecideObligation)
            .WithSummary("Reopens an obligation that was met or decided against.");
        var incidents = app.MapApi("/api/v1/incidents");
        incidents.MapGet("/{code}/obligation-proposals", ProposalsAsync).Requires(Act.ReadIncidents)
            .WithSummary("Regimes that the regions, categories and numbers of the exposures suggest. A help, not legal advice.");
        incidents.MapGet("/{code}/snapshot/obligations", SnapshotAsync).Requires(Act.ReadIncidents).WithSummary(
            "The obligations of the incident as they stood at the time «asOf», those due first at the top. Items are null where they were "
                + "not recorded at that time.");
        incidents.MapPost("/{code}/obligations", TrackAsync).Requires(Act.PrepareObligation)
            .WithSummary("Puts the duties of a regime on the incident's list.");
    }

    private static async Task<Results<Ok<Page<ObligationView>>, Refused>> ListAsync(
        HttpContext http, ObligationQueries queries, bool? open, bool? late, string? incident, string? regime, string? cursor, int? limit,
        CancellationToken ct)
    {
        var filter = new ObligationFilter { Open = open ?? false, Late = late ?? false, Incident = incident, Regime = regime };
        return (await queries.ListAsync(filter, cursor, limit, http.Actor(), ct)).ToOk();
    }

    private static async Task<Results<Ok<ObligationView>, Refused>> GetAsync(
        string code, HttpContext http, ObligationQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<Page<ProposalView>>, Refused>> ProposalsAsync(
        string code, HttpContext http, ObligationQueries queries, CancellationToken ct) =>
        (await queries.ProposalsAsync(code, http.Actor(), ct)).ToOk(Page<ProposalView>.All);

    private static async Task<Results<Ok<SnapshotPage<ObligationView>>, Refused>> SnapshotAsync(
        string code, DateTimeOffset? asOf, string? cursor, int? limit, HttpContext http, ObligationSnapshots snapshots,
        CancellationToken ct) =>
        (await snapshots.ListAsync(code, asOf, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<TrackedView>, Refused>> TrackAsync(
        string code, TrackBody body, HttpContext http, ObligationCommands commands, CancellationToken ct) =>
        (await commands.TrackAsync(code, body.Regime, http.Actor(), ct)).ToCreated(codes => new TrackedView(codes));

    private static async Task<Results<Ok<ObligationView>, Refused>> TriggerAsync(
        string code, TriggerBody body, HttpContext http, ObligationCommands commands, ObligationQueries queries, CancellationToken ct)
    {
        if (body.At is not { } at) return new Refused(Refusal.Invalid("at", "Enter when the trigger fact came about."));
        var asked = new AskTrigger(at, body.AwareAt, body.Note!);
        return await AnswerAsync(
            await commands.SetTriggerAsync(code, asked, http.Expected(body.ExpectedVersion), http.Actor(), ct), code, http, queries, ct);
    }

    private static async Task<Results<Ok<ObligationView>, Refused>> RecordAsync(
        string code, NoticeBody body, HttpContext http, ObligationCommands commands, ObligationQueries queries, CancellationToken ct)
    {
        if (body.At is not { } at) return new Refused(Refusal.Invalid("at", "Enter when it was submitted."));
        if (body.IsComplete is not { } complete)
            return new Refused(Refusal.Invalid("isComplete", "Enter true (nothing more has to be said) or false."));
        var command = new RecordNotice(at, body.Reference!, body.Note ?? "", complete);
        return await RunAsync(code, command, body.ExpectedVersion, http, commands, queries, ct);
    }

    private static Task<Results<Ok<ObligationView>, Refused>> NotRequiredAsync(
        string code, ObligationReason body, HttpContext http, ObligationCommands commands, ObligationQueries queries,
        CancellationToken ct) =>
        RunAsync(code, new DecideNotRequired(body.Reason!), body.ExpectedVersion, http, commands, queries, ct);

    private static Task<Results<Ok<ObligationView>, Refused>> DelayAsync(
        string code, DelayBody body, HttpContext http, ObligationCommands commands, ObligationQueries queries, CancellationToken ct) =>
        RunAsync(code, new DelayObligation(body.Authority!, body.Reason!, body.Until), body.ExpectedVersion, http, commands, queries, ct);

    private static async Task<Results<Ok<ObligationView>, Refused>> EndDelayAsync(
        string code, EndDelayBody body, HttpContext http, ObligationCommands commands, ObligationQueries queries, CancellationToken ct) =>
        body.DueAt is { } due
            ? await RunAsync(code, new EndDelay(due, body.Reason!), body.ExpectedVersion, http, commands, queries, ct)
            : new Refused(Refusal.Invalid("dueAt", "Enter when it is due now."));

    private static Task<Results<Ok<ObligationView>, Refused>> ReopenAsync(
        string code, ObligationReason body, HttpContext http, ObligationCommands commands, ObligationQueries queries,
        CancellationToken ct) =>
        RunAsync(code, new ReopenObligation(body.Reason!), body.ExpectedVersion, http, commands, queries, ct);

    private static async Task<Results<Ok<ObligationView>, Refused>> RunAsync(
        string code, ObligationCommand command, int? expectedVersion, HttpContext http, ObligationCommands commands,
        ObligationQueries queries, CancellationToken ct) =>
        await AnswerAsync(
            await commands.RunAsync(code, command, http.Expected(expectedVersion), http.Actor(), ct), code, http, queries, ct);

    private static async Task<Results<Ok<ObligationView>, Refused>> AnswerAsync(
        Result<ObligationRecord> result, string code, HttpContext http, ObligationQueries queries, CancellationToken ct) =>
        result.Refusal is { } refused ? new Refused(refused) : (await queries.FindAsync(code, http.Actor(), ct)).ToOk();
}
