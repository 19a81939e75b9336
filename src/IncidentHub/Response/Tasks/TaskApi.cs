using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Tasks;

/// <summary>A task to open on an incident or on a program.</summary>
/// <param name="Kind">General if null. Conditions and disposals are opened by decisions only.</param>
/// <param name="Owner">The account of the person responsible; null: not assigned.</param>
[RequiresOneOf("incident", "program")]
internal sealed record NewTaskBody(
    [Required] string? What, TaskKind? Kind, string? Owner, DateTimeOffset? DueAt, string? Incident, string? Program);

/// <summary>The text, the account responsible and the due time.</summary>
internal sealed record TaskBody([Required] string? What, string? Owner, DateTimeOffset? DueAt, int? ExpectedVersion);

/// <summary>What was done.</summary>
/// <param name="Evidence">The code of a file of evidence of its incident that shows it; a disposal needs one.</param>
/// <param name="Kept">Of a disposal: the dataset is kept, and the note says why.</param>
internal sealed record CompletionBody([Required] string? Note, string? Evidence, bool? Kept, int? ExpectedVersion);

/// <param name="Holds">Whether the fix is effective; false sends it back.</param>
internal sealed record TaskCheckBody([Required] bool? Holds, [Required] string? Note, int? ExpectedVersion);

/// <param name="Reason">Why the task is cancelled or reopened.</param>
internal sealed record TaskReason([Required] string? Reason, int? ExpectedVersion);

/// <summary>Tasks over HTTP.</summary>
internal static class TaskApi
{
    public static void MapTaskApi(this WebApplication app)
    {
        var tasks = app.MapApi("/api/v1/tasks");
        tasks.MapGet("", ListAsync).Requires(Act.ReadTask).WithSummary("Tasks, the newest first.");
        tasks.MapGet("/{code}", GetAsync).Requires(Act.ReadTask).WithSummary("One task.");
        tasks.MapPost("", CreateAsync).Requires(Act.WriteTask).WithSummary("Opens a task on an incident or on a program.");
        tasks.MapPut("/{code}", EditAsync).Requires(Act.WriteTask)
            .WithSummary("Replaces what, by whom and by when; fields left out become empty.");
        tasks.MapPost("/{code}/complete", CompleteAsync).Requires(Act.CompleteTask)
            .WithSummary("Marks the task as done. A fix then awaits verification by another person; a disposal needs evidence.");
        tasks.MapPost("/{code}/check", CheckAsync).Requires(Act.VerifyFix)
            .WithSummary("Records whether the fix is verified, by a person other than its doer.");
        tasks.MapPost("/{code}/cancel", CancelAsync).Requires(Act.WriteTask).WithSummary("Cancels the task.");
        tasks.MapPost("/{code}/reopen", ReopenAsync).Requires(Act.WriteTask).WithSummary("Reopens the task.");
        tasks.MapGet("/{code}/texts", ListTextsAsync).ListsTexts("in the task");
        tasks.MapPost("/{code}/redact", RedactAsync).Redacts("the texts of the task");
        app.MapApi("/api/v1/incidents").MapGet("/{code}/snapshot/tasks", SnapshotAsync).Requires(Act.ReadIncidents, Act.ReadTask)
            .WithSummary("The tasks of the incident as they stood at the time «asOf», the newest first. Items are null where they were not "
                + "recorded at that time.");
    }

    private static async Task<Results<Ok<Page<TaskView>>, Refused>> ListAsync(
        HttpContext http, TaskQueries queries, bool? mine, bool? overdue, bool? open, TaskKind? kind, string? incident, string? program,
        string? decision, string? cursor, int? limit, CancellationToken ct)
    {
        var filter = new TaskFilter
        {
            Mine = mine ?? false,
            Overdue = overdue ?? false,
            Open = open ?? false,
            Kind = kind,
            Incident = incident,
            Program = program,
            Decision = decision,
        };
        return (await queries.ListAsync(filter, cursor, limit, http.Actor(), ct)).ToOk();
    }

    private static async Task<Results<Ok<TaskView>, Refused>> GetAsync(
        string code, HttpContext http, TaskQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<SnapshotPage<TaskView>>, Refused>> SnapshotAsync(
        string code, DateTimeOffset? asOf, string? cursor, int? limit, HttpContext http, TaskSnapshots snapshots, CancellationToken ct) =>
        (await snapshots.ListAsync(code, asOf, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<TaskView>, Refused>> CreateAsync(
        NewTaskBody body, HttpContext http, TaskCommands commands, TimeProvider clock, CancellationToken ct) =>
        (await commands.CreateAsync(body, http.Actor(), ct)).ToCreated(t => $"/api/v1/tasks/{t.Code}", t => t.ToView(clock.GetUtcNow()));

    private static async Task<Results<Ok<TaskView>, Refused>> EditAsync(
        string code, TaskBody body, HttpContext http, TaskCommands commands, TimeProvider clock, CancellationToken ct)
    {
        var owner = await commands.FindOwnerAsync(body.Owner, ct);
        if (owner.Refusal is { } unknown)
            return new Refused(await commands.RefuseAsync(code, Act.WriteTask, unknown, http.Actor(), ct));
        var edit = new EditTask(body.What!, owner.Value?.Id, owner.Value?.DisplayName, body.DueAt?.ToUniversalTime());
        return await RunAsync(http, commands, clock, code, edit, body.ExpectedVersion, ct);
    }

    private static Task<Results<Ok<TaskView>, Refused>> CompleteAsync(
        string code, CompletionBody body, HttpContext http, TaskCommands commands, TimeProvider clock, CancellationToken ct) =>
        RunAsync(http, commands, clock, code, new CompleteTask(body.Note!, body.Evidence, body.Kept ?? false), body.ExpectedVersion, ct);

    private static async Task<Results<Ok<TaskView>, Refused>> CheckAsync(
        string code, TaskCheckBody body, HttpContext http, TaskCommands commands, TimeProvider clock, CancellationToken ct) =>
        body.Holds is { } holds
            ? await RunAsync(http, commands, clock, code, new CheckTask(holds, body.Note!), body.ExpectedVersion, ct)
            : new Refused(Refusal.Invalid("holds", "Enter true (verified) or false (not verified)."));

    private static Task<Results<Ok<TaskView>, Refused>> CancelAsync(
        string code, TaskReason body, HttpContext http, TaskCommands commands, TimeProvider clock, CancellationToken ct) =>
        RunAsync(http, commands, clock, code, new CancelTask(body.Reason!), body.ExpectedVersion, ct);

    private static Task<Results<Ok<TaskView>, Refused>> ReopenAsync(
        string code, TaskReason body, HttpContext http, TaskCommands commands, TimeProvider clock, CancellationToken ct) =>
        RunAsync(http, commands, clock, code, new ReopenTask(body.Reason!), body.ExpectedVersion, ct);

    private static async Task<Results<Ok<TaskView>, Refused>> RunAsync(
        HttpContext http, TaskCommands commands, TimeProvider clock, string code, TaskCommand command, int? expectedVersion,
        CancellationToken ct) =>
        (await commands.RunAsync(code, command, http.Expected(expectedVersion), http.Actor(), ct)).ToOk(t => t.ToView(clock.GetUtcNow()));

    private static Task<Results<Ok<RedactionPreview>, Refused>> ListTextsAsync(
        string code, string? q, HttpContext http, TaskRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.ListAsync(place, code, q, http, redactions, ct);

    private static Task<Results<Ok<RedactedView>, Refused>> RedactAsync(
        string code, RedactTextsBody body, HttpContext http, TaskRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.RunAsync(place, code, body, http, redactions, ct);
}
