using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Tasks;

/// <summary>What, by whom (an account) and by when.</summary>
internal sealed record TaskBody(string? What, string? Owner, DateTimeOffset? DueAt, int? ExpectedVersion);

/// <summary>What was done or found, or why.</summary>
internal sealed record TaskNote(string? Note, int? ExpectedVersion);

/// <param name="Holds">False sends the fix back.</param>
internal sealed record TaskCheckBody(bool? Holds, string? Note, int? ExpectedVersion);

/// <param name="Reason">Why it is not needed, or needed after all.</param>
internal sealed record TaskReason(string? Reason, int? ExpectedVersion);

internal static class TasksModule
{
    public static void AddTasks(this IServiceCollection services)
    {
        services.AddSingleton<CreateTaskHandler>();
        services.AddSingleton<ChangeTaskHandler>();
        services.AddSingleton<TaskQueries>();
    }

    public static void MapTasks(this WebApplication app)
    {
        var tasks = app.MapApi("/api/v1/tasks");
        tasks.MapGet("", async (
                HttpContext http, TaskQueries queries, TimeProvider clock, bool? mine, bool? overdue, bool? open, TaskKind? kind,
                    string? incident, string? program, string? decision,
                string? cursor, int? limit) =>
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
                return (await queries.ListAsync(filter, cursor, limit, http.Actor(), http.RequestAborted))
                    .ToHttp(page => TypedResults.Ok(page.Map(t => t.ToView(clock.GetUtcNow()))));
            })
            .Produces<Page<TaskView>>().WithSummary("Tasks, the newest first.");
        tasks.MapGet("/{code}", async (HttpContext http, TaskQueries queries, TimeProvider clock, string code) =>
                (await queries.FindAsync(code, http.Actor(), http.RequestAborted))
                    .ToHttp(t => TypedResults.Ok(t.ToView(clock.GetUtcNow()))))
            .Produces<TaskView>().WithSummary("One task.");
        tasks.MapPost("", async (HttpContext http, CreateTaskHandler handler, TimeProvider clock, CreateTask body) =>
                (await handler.HandleAsync(body, http.Actor(), http.RequestAborted))
                    .ToHttp(t => TypedResults.Created($"/api/v1/tasks/{t.Code}", t.ToView(clock.GetUtcNow()))))
            .Produces<TaskView>(201).WithSummary("Opens a task on an incident or on a program.");
        tasks.MapPut("/{code}", (HttpContext http, ChangeTaskHandler handler, TimeProvider clock, string code, TaskBody body) =>
                ChangeAsync(http, handler, clock, new ChangeTask(
                    code, new EditTask(body.What!, null, null, body.DueAt), body.ExpectedVersion, body.Owner)))
            .Produces<TaskView>().WithSummary("Replaces what, by whom and by when; fields left out become empty.");
        tasks.MapPost("/{code}/complete", (HttpContext http, ChangeTaskHandler handler, TimeProvider clock, string code, TaskNote body) =>
                ChangeAsync(http, handler, clock, new ChangeTask(code, new CompleteTask(body.Note!), body.ExpectedVersion)))
            .Produces<TaskView>().WithSummary("Marks the task as done. A fix then awaits verification by another person.");
        tasks.MapPost("/{code}/check", (HttpContext http, ChangeTaskHandler handler, TimeProvider clock, string code, TaskCheckBody body) =>
            body.Holds is { } holds
                ? ChangeAsync(http, handler, clock, new ChangeTask(code, new CheckTask(holds, body.Note!), body.ExpectedVersion))
                : Task.FromResult(Refusal.Invalid("holds", "Enter true (verified) or false (not verified).").ToHttp()))
            .Produces<TaskView>().WithSummary("Records whether the fix is verified, by a person other than its doer.");
        tasks.MapPost("/{code}/drop", (HttpContext http, ChangeTaskHandler handler, TimeProvider clock, string code, TaskReason body) =>
                ChangeAsync(http, handler, clock, new ChangeTask(code, new DropTask(body.Reason!), body.ExpectedVersion)))
            .Produces<TaskView>().WithSummary("Cancels the task.");
        tasks.MapPost("/{code}/reopen", (HttpContext http, ChangeTaskHandler handler, TimeProvider clock, string code, TaskReason body) =>
                ChangeAsync(http, handler, clock, new ChangeTask(code, new ReopenTask(body.Reason!), body.ExpectedVersion)))
            .Produces<TaskView>().WithSummary("Reopens the task.");
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, ChangeTaskHandler handler, TimeProvider clock, ChangeTask change) =>
        (await handler.HandleAsync(change, http.Actor(), http.RequestAborted)).ToHttp(t => TypedResults.Ok(t.ToView(clock.GetUtcNow())));
}
