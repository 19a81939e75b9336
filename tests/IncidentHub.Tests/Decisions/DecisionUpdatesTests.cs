using IncidentHub.Catalog.Programs;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Decisions;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Decisions;

public class DecisionUpdatesTests
{
    private static readonly Guid Incident = Guid.Parse("018f0000-0000-7000-8000-000000000002");

    [Fact]
    public async Task An_active_pause_opens_the_decision_of_its_program_and_a_second_one_is_added()
    {
        await using var hub = new TestHub();
        await RegisterAsync(hub);
        await PauseAsync(hub, 1, Incident, Sev.Moderate);
        await PauseAsync(hub, 2, null, null);
        await PauseAsync(hub, 2, null, null);
        var decision = await OpenAsync(hub);
        Assert.Equal("D-1", decision.Code);
        Assert.Equal(2, decision.State.Pauses.Count);
        Assert.Equal([Approver.Owner, Approver.Privacy], decision.State.Requirement.ToResume);
        Assert.Contains(decision.State.Criteria, c => c.Kind == CriterionKind.ReasonResolved);
    }

    [Fact]
    public async Task A_saved_decision_is_loaded_unchanged()
    {
        await using var hub = new TestHub();
        await RegisterAsync(hub);
        await PauseAsync(hub, 1, Incident, Sev.Major);
        var open = await OpenAsync(hub);
        var privacy = new Actor(Guid.Parse("018f0000-0000-7000-8000-000000000009"), "Privacy", Roles.Privacy);
        var saved = await hub.Db.WriteAsync<DecisionState>(async tx =>
        {
            DecisionCommand[] commands =
            [
                new MeetCriterion(CriterionKind.RootCauseKnown, "Ünïcode «evidence» 🔒", [], []),
                new WaiveCriterion(CriterionKind.PeopleInformed, "Later.", []),
                new ProposeRecommendation(DecisionOutcome.Terminate, "Not worth it.", null, [], []),
            ];
            var state = open.State;
            foreach (var command in commands) state = DecisionRules.Decide(state, command, Actor.System, Relation.None, tx.Now).Value.Next;
            state = DecisionRules.Decide(state, new ApproveRecommendation(Approver.Owner, null, "Yes."), privacy,
                Relation.OwnProgram, tx.Now).Value.Next;
            Assert.True(await DecisionStore.SaveAsync(tx, open, state));
            return state;
        });
        var loaded = await OpenAsync(hub);
        Assert.Equal(DecisionDigest.Of(saved.Value), DecisionDigest.Of(loaded.State));
        Assert.Equal(saved.Value.Approvals, loaded.State.Approvals);
        Assert.Equal(saved.Value.Version, loaded.State.Version);
    }

    [Fact]
    public async Task A_more_severe_SEV_raises_the_requirement_and_a_downgrade_changes_nothing()
    {
        await using var hub = new TestHub();
        await RegisterAsync(hub);
        await PauseAsync(hub, 1, Incident, Sev.Major);
        await WriteAsync(hub, (writer, tx) => writer.HandleAsync(tx, new IncidentSevChanged(Incident, Sev.Critical), Actor.System));
        await WriteAsync(hub, (writer, tx) => writer.HandleAsync(tx, new IncidentSevChanged(Incident, Sev.Minor), Actor.System));
        var decision = await OpenAsync(hub);
        Assert.Equal(Sev.Critical, decision.State.WorstSev);
        Assert.Equal([Approver.Owner, Approver.Privacy, Approver.Executive], decision.State.Requirement.ToResume);
        var log = await hub.Db.ReadAsync(sql => DecisionStore.LogAsync(sql, decision.Id));
        Assert.Equal(["opened", "requirement-raised"], log.Select(l => l.Kind));
    }

    private Guid Program { get; set; }

    private async Task RegisterAsync(TestHub hub)
    {
        var owner = await hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs",
            new { code = "MCI", name = "Model Capability Initiative", purpose = "Train models", owner = "owner", unit = "Research" });
        var program = await hub.Db.ReadAsync(sql => hub.Services.GetRequiredService<ProgramReader>().FindByCodeAsync(sql, "MCI"));
        Program = program!.Id;
    }

    private Task PauseAsync(TestHub hub, int pause, Guid? incident, Sev? sev) => WriteAsync(hub, (writer, tx) =>
        writer.HandleAsync(tx, new PauseActivated(Guid.Parse($"018f0000-0000-7000-8000-0000000001{pause:00}"), Program, "MCI", incident,
            sev, tx.Now), Actor.System));

    private static async Task WriteAsync(TestHub hub, Func<DecisionUpdates, UnitOfWork, Task> work)
    {
        var result = await hub.Db.WriteAsync<Done>(async tx =>
        {
            await work(hub.Services.GetServices<IEventHandler<PauseActivated>>().OfType<DecisionUpdates>().Single(), tx);
            return default(Done);
        });
        Assert.True(result.IsOk);
    }

    private async Task<Decision> OpenAsync(TestHub hub) =>
        (await hub.Db.ReadAsync(sql => DecisionStore.FindOpenAsync(sql, Program, null)))!;
}
