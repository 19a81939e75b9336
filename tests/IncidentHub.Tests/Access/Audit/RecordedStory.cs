using IncidentHub.Access.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>The audit records of one command, and the statements of its transactions.</summary>
/// <param name="Transactions">Including those of the hub's own work after it.</param>
internal sealed record RecordedStep(
    CommandStep Step, Guid Actor, IReadOnlyList<AuditRecord> Left, IReadOnlyList<IReadOnlyList<RecordedStatement>> Transactions)
{
    // Renewals and checks leave no record: they are identified by these statements.
    private static readonly string[] Unrecorded = ["CollectorProgram_Renew", "GateRange_Insert"];

    /// <summary>The command's own transaction; empty where it writes nothing itself.</summary>
    public IReadOnlyList<RecordedStatement> Own { get; } = Transactions.FirstOrDefault(t => t.Any(s => Step.Act is null
        ? Unrecorded.Contains(s.Name)
        : s.Name == "Audit_Insert" && s.Args["Rows"]!.Contains($"\"{Step.Act}\"", StringComparison.Ordinal))) ?? [];

    public override string ToString() => Step.Act is null ? Step.Route : $"{Step.Route}, {Step.Act}";
}

/// <summary>The whole story, run once for all tests that read its results.</summary>
public sealed class RecordedStory : IAsyncLifetime
{
    private readonly List<RecordedStep> _steps = [];
    private readonly List<RecordedStep> _further = [];
    private RecordedWrites _writes = null!;

    internal CommandStory Story { get; private set; } = null!;

    /// <summary>Each command of the API.</summary>
    internal IReadOnlyList<RecordedStep> Steps => _steps;

    /// <summary>The same commands again, where they have other consequences.</summary>
    internal IReadOnlyList<RecordedStep> Further => _further;

    public async ValueTask InitializeAsync()
    {
        Story = await CommandStory.StartAsync(recordsWrites: true);
        _writes = (RecordedWrites)Story.Hub.Services.GetRequiredService<IWriter>();
        foreach (var step in CommandSteps.All) _steps.Add(await RecordAsync(step));
        await ResumeAsync();
        // A checkpoint follows each removal; in the story the key that signed it was withdrawn since.
        await Story.Hub.Services.GetRequiredService<Checkpointing>().RunAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Story.DisposeAsync();

    private async Task<RecordedStep> RecordAsync(CommandStep step)
    {
        if (step.Before is not null) await step.Before(Story);
        await Story.Hub.CountedAsync();
        var before = await Story.AuditCountAsync();
        _writes.Take();
        await Story.SendAsync(step);
        return new(step, step.Actor ?? Story.IdOf(step.By), await Story.AuditAfterAsync(before), _writes.Take());
    }

    // A decision that lifts a pause locks rows of both.
    private async Task ResumeAsync()
    {
        const string Decisions = "/api/v1/decisions";
        await Story.MakeAsync("responder", "/api/v1/programs/ONE/pauses", new { reason = "To be looked at." });
        await Story.Hub.CountedAsync();
        var code = (await Story.As("responder").ReadAsync($"{Decisions}?program=ONE")).GetProperty("items")[0].Text("code");
        var decision = await Story.As("responder").ReadAsync($"{Decisions}/{code}");
        foreach (var kind in decision.GetProperty("criteria").EnumerateArray().Select(c => c.Text("kind")))
            await Story.MakeAsync("responder-2", $"{Decisions}/{code}/criteria/{kind}/meet", new { evidence = "Looked, and it holds." });
        await Story.MakeAsync("responder", $"{Decisions}/{code}/propose", new { outcome = "Resume", rationale = "It was nothing." });
        await Story.MakeAsync("owner", $"{Decisions}/{code}/approve", new { });
        _further.Add(await RecordAsync(new($"POST {Decisions}/{{code}}/approve", "pause.pause-lifted", "privacy")
        {
            At = _ => [code],
            Body = _ => new { },
        }));
    }
}

[CollectionDefinition(nameof(RecordedStory))]
public sealed class RecordedStoryTests : ICollectionFixture<RecordedStory>;
