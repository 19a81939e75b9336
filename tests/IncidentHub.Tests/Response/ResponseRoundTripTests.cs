using IncidentHub.Access.Identity;
using IncidentHub.Domain;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using IncidentHub.Domain.Tasks;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.LegalHolds;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Response.Tasks;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response;

public sealed class ResponseRoundTripTests(RoundTripHub shared) : RoundTripTest(shared)
{
    [Fact]
    public async Task Incident()
    {
        var (dataset, survivor) = (await DatasetAsync(), await IncidentAsync());
        ProgramState[] programs = [await ProgramAsync(), await ProgramAsync()];
        var exposure = Guid.CreateVersion7();
        Sample Sample(int many) => New(many)
            .With("IncidentState.Code", "INC-9001").With("IncidentState.Status", IncidentStatus.Merged)
            .With("IncidentState.MergedIntoId", survivor.Id)
            .WithEach("Cycle.Number", Next(1, 2)).With("BreachInputs.ContextAdjustment", 2)
            .WithEach("ProgramInvolvement.ProgramId", Next(programs[0].Id, programs[1].Id)).With("Exposure.DatasetId", dataset.Id)
            .WithEach("Exposure.Id", Next(exposure, Guid.CreateVersion7()));
        // The history is append-only: it is not part of the insert.
        var saved = Sample(1).With("IncidentState.SevChanges", Array.Empty<SevChange>())
            .With("IncidentState.Assessments", Array.Empty<SeverityAssessment>())
            .With("IncidentState.SetAside", Array.Empty<SetAsideLink>()).With("IncidentState.AdviceHistory", Array.Empty<AdviceRecord>())
            .With("IncidentState.People", new[] { Holder(IncidentRole.Communications, "owner") }).Of<IncidentState>();
        var next = Sample(2)
            .With("IncidentState.People", new[] { Holder(IncidentRole.Named, "deputy"), Holder(IncidentRole.Scribe, "privacy") })
            .Of<IncidentState>();
        next = next with
        {
            Id = saved.Id,
            Code = saved.Code,
            Cycles =
            [
                next.Cycles[0] with { PolicyVersion = saved.Cycles[0].PolicyVersion, Reason = saved.Cycles[0].Reason }, next.Cycles[1],
            ],
            Exposures = [next.Exposures[0] with { DatasetName = saved.Exposures[0].DatasetName }, next.Exposures[1]],
            Involvements = [next.Involvements[0] with { ProgramCode = saved.Involvements[0].ProgramCode }, next.Involvements[1]],
        };
        AssertStated(next);
        var (due, updated, dueNext) = (At(1), At(2), At(3));
        var flag = Guid.CreateVersion7();
        await WriteAsync(tx => IncidentStore.InsertAsync(tx, saved, 700, flag, due, TestHub.Actor("responder")));
        var loaded = await ReadAsync(sql => IncidentStore.LoadAsync(sql, saved.Id));
        AssertSame(saved, loaded?.State);
        Assert.Equal((saved.Sev, flag, due), (loaded!.DeclaredSev, loaded.FlagId, loaded.UpdateDueAt));
        await WriteAsync(async tx => Assert.True(
            await IncidentStore.SaveAsync(tx, saved, next, updated, dueNext, TestHub.Actor("privacy"), "everything")));
        loaded = await ReadAsync(sql => IncidentStore.LoadVisibleAsync(sql, TestHub.Actor("privacy"), saved.Code));
        AssertSame(next, loaded?.State);
        Assert.Equal((updated, dueNext, "everything"), (loaded!.LastUpdateAt, loaded.UpdateDueAt, loaded.LastChange.What));
        AssertStated(loaded);
    }

    [Fact]
    public async Task Flag()
    {
        var program = await ProgramAsync();
        var saved = New().With("FlagState.Code", "F-900").With("FlagState.ProgramId", program.Id).With("FlagState.RaisedById", Owner)
            .Of<FlagState>();
        var next = New().Of<FlagState>() with
        {
            Id = saved.Id,
            Code = saved.Code,
            Report = saved.Report,
            FlaggedAt = saved.FlaggedAt,
            RaisedById = saved.RaisedById,
            ProgramId = saved.ProgramId,
        };
        AssertStated(saved, next);
        await WriteAsync(tx => FlagStore.InsertAsync(tx, saved, 900, null));
        AssertSame(saved, (await ReadAsync(sql => FlagStore.LoadAsync(sql, saved.Id)))?.State);
        await WriteAsync(async tx => Assert.True(await FlagStore.UpdateAsync(tx, saved, next, "Somebody", "everything")));
        AssertSame(next, (await ReadAsync(sql => FlagStore.LoadAsync(sql, saved.Code)))?.State);

        var message = New().With("FlagMessage.AuthorId", Owner).Of<FlagMessage>();
        await WriteAsync(tx => FlagStore.AddMessageAsync(tx, saved.Id, message));
        var loaded = Assert.Single(await ReadAsync(sql => FlagStore.MessagesAsync(sql, saved.Id)));
        Assert.Equal((message.Side, message.Body, message.At), (loaded.Side, loaded.Body, loaded.WrittenAt));
        AssertStated(loaded);
    }

    [Fact]
    public async Task Work_task()
    {
        var incident = await IncidentAsync();
        var saved = New().With("TaskState.IncidentIds", new[] { incident.Id }).With("TaskState.Kind", TaskKind.Disposal).Of<TaskState>();
        var next = New().Of<TaskState>() with
        {
            Id = saved.Id,
            Kind = saved.Kind,
            IncidentIds = saved.IncidentIds,
            ProgramId = saved.ProgramId,
            DecisionId = saved.DecisionId,
            DecisionCode = saved.DecisionCode,
            DatasetId = saved.DatasetId,
            CreatedAt = saved.CreatedAt,
        };
        AssertStated(saved, next);
        TaskRecord added = null!;
        await WriteAsync(async tx => added = await TaskStore.InsertAsync(tx, saved, TestHub.Actor("owner"), "created"));
        AssertSame(saved, (await ReadAsync(sql => TaskStore.LoadAsync(sql, TestHub.Actor("privacy"), added.Code)))?.State);
        await WriteAsync(async tx => Assert.True(
            await TaskStore.UpdateAsync(tx, added, next, TestHub.Actor("owner"), "everything")));
        var loaded = await ReadAsync(sql => TaskStore.LoadAsync(sql, TestHub.Actor("privacy"), added.Code));
        AssertSame(next, loaded?.State);
        Assert.Equal("everything", loaded!.LastChange.What);
    }

    [Fact]
    public async Task Legal_hold()
    {
        var incident = await IncidentAsync();
        var hold = New().With("HoldState.IncidentId", incident.Id).Of<HoldState>();
        AssertStated(hold);
        await WriteAsync(tx => LegalHoldStore.InsertAsync(tx, hold, TestHub.Actor("counsel")));
        AssertSame(hold with { Released = null }, (await ReadAsync(sql => LegalHoldStore.LoadAsync(sql, incident.Id, hold.Id)))?.State);
        await WriteAsync(async tx => Assert.True(
            await LegalHoldStore.ReleaseAsync(tx, hold, hold.Released!, TestHub.Actor("privacy"))));
        AssertSame(hold, (await ReadAsync(sql => LegalHoldStore.LoadAsync(sql, incident.Id, hold.Id)))?.State);
        AssertStated(Assert.Single(await ReadAsync(sql => LegalHoldStore.OfIncidentAsync(sql, incident.Id))));
    }

    [Fact]
    public async Task SEV_policy()
    {
        var policy = New().WithEach("SevLevel.Sev", Next(Sev.Critical, Sev.Minor)).WithEach("Term.Count", Next(1, 2, 3, 4, 5, 6, 7, 8))
            .Of<SevPolicy>();
        AssertStated(policy);
        var newest = (await ReadAsync(SevPolicyStore.LoadAsync)).State;
        policy = policy with { Version = newest.Version + 1 };
        await WriteAsync(async tx => Assert.True(await SevPolicyStore.InsertAsync(tx, newest, policy, "Administrator")));
        AssertSame(policy, await ReadAsync(sql => SevPolicyStore.FindAsync(sql, policy.Version)));
        AssertStated((await ReadAsync(SevPolicyStore.VersionsAsync))[0]);
    }

    private static RoleHolder Holder(IncidentRole role, string account) => new(role, IdOf(account), DemoAccounts.Find(account).DisplayName);
}
