using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Response.Incidents;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Response.Tasks;

/// <summary>Opens a task on an incident or on a program.</summary>
/// <param name="Kind">General where null. Conditions and disposals come from decisions only.</param>
/// <param name="Owner">The account of who is to do it; null: nobody yet.</param>
internal sealed record CreateTask(string? What, TaskKind? Kind, string? Owner, DateTimeOffset? DueAt, string? Incident, string? Program);

internal sealed class CreateTaskHandler(Db db, People people, IncidentReader incidents, ProgramReader programs)
{
    public async Task<Result<WorkTask>> HandleAsync(CreateTask command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.WriteTask) is { } denied) return denied;
        var kind = command.Kind ?? TaskKind.General;
        if (new Validation().Check(kind is TaskKind.General or TaskKind.Fix, "kind",
            "General or Fix. Conditions and disposals come from decisions.")
                .Check(string.IsNullOrWhiteSpace(command.Incident) != string.IsNullOrWhiteSpace(command.Program), "incident",
                    "Name either the incident or the program that the task belongs to.")
                .Text(command.What, "what", TaskRules.MaxWhat).ToRefusal() is { } invalid) return invalid;
        var owner = await TaskPeople.FindAsync(people, command.Owner, ct);
        if (!owner.IsOk) return owner.Refusal!;
        return await db.WriteAsync<WorkTask>(
            async tx =>
            {
                var incident = string.IsNullOrWhiteSpace(command.Incident)
                    ? null : await incidents.FindVisibleAsync(tx, actor, command.Incident);
                if (incident is null && !string.IsNullOrWhiteSpace(command.Incident)) return Refusal.NotFound("The incident");
                var program = string.IsNullOrWhiteSpace(command.Program) ? null : await programs.FindByCodeAsync(tx, command.Program);
                if (program is null && !string.IsNullOrWhiteSpace(command.Program)) return Refusal.NotFound("The program");
                var task = new TaskState
                {
                    Id = Guid.Empty,
                    Kind = kind,
                    What = command.What!,
                    OwnerId = owner.Value?.Id,
                    OwnerName = owner.Value?.DisplayName,
                    DueAt = command.DueAt?.ToUniversalTime(),
                    IncidentId = incident?.Id,
                    ProgramId = program?.Id,
                    CreatedAt = tx.Now,
                };
                var created = await TaskWriter.CreateAsync(tx, task, actor);
                return created.IsOk ? (await TaskStore.FindAsync(tx, actor, created.Value))! : created.Refusal!;
            },
            ct: ct);
    }
}

internal static class TaskPeople
{
    /// <summary>The active person with that account; null where none is named; refused where nobody has it.</summary>
    public static async Task<Result<Person?>> FindAsync(People people, string? account, CancellationToken ct, string field = "owner")
    {
        if (string.IsNullOrWhiteSpace(account)) return (Person?)null;
        var person = account.Length > 200 ? null : await people.FindByAccountAsync(account, ct);
        return person is { IsActive: true } ? person : Refusal.Invalid(field, "There is no such active person.");
    }
}
