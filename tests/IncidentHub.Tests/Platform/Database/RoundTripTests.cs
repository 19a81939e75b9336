using System.Text.Json;
using IncidentHub.Access.Identity;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Decisions;
using IncidentHub.Domain;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.LegalHolds;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Response.Tasks;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Switch.Collectors;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>
/// Each aggregate is saved with a value in every property and loaded again, so that a property that is missing in an insert, in an update
/// or in the mapping fails here. Immutable properties are copied explicitly: nothing else may be lost.
/// </summary>
public sealed class RoundTripTests(RoundTripHub shared) : IClassFixture<RoundTripHub>
{
    private static int _seed;

    private static readonly Guid Owner = IdOf("owner"), Deputy = IdOf("deputy"), Second = IdOf("owner-2");

    [Fact]
    public async Task Program()
    {
        var saved = ProgramSample().Of<ProgramState>();
        var next = ProgramSample().Of<ProgramState>() with { Id = saved.Id, Code = saved.Code, RegisteredAt = saved.RegisteredAt };
        AssertStated(saved, next);
        await WriteAsync(tx => ProgramStore.InsertAsync(tx, saved, TestHub.Actor("owner")));
        AssertSame(saved, (await ReadAsync(sql => ProgramStore.LoadAsync(sql, saved.Id)))?.State);
        await WriteAsync(async tx => Assert.True(await ProgramStore.UpdateAsync(tx, saved, next, TestHub.Actor("owner"), "edited")));
        AssertSame(next, (await ReadAsync(sql => ProgramStore.LoadAsync(sql, saved.Code)))?.State);
    }

    [Fact]
    public async Task Safeguard()
    {
        var program = await ProgramAsync();
        var sample = New().With("SafeguardState.ProgramId", program.Id).With("SafeguardState.CheckedById", Owner);
        var saved = sample.Of<SafeguardState>();
        var next = New().With("SafeguardState.CheckedById", Deputy).Of<SafeguardState>() with
        {
            Id = saved.Id,
            ProgramId = saved.ProgramId,
            Text = saved.Text,
            Source = saved.Source,
            CommittedOn = saved.CommittedOn,
        };
        AssertStated(saved, next);
        await WriteAsync(tx => SafeguardStore.InsertAsync(tx, saved, 1));
        AssertSame(saved, Assert.Single(await ReadAsync(sql => SafeguardStore.OfProgramAsync(sql, program.Id))).State);
        await WriteAsync(async tx => Assert.True(await SafeguardStore.UpdateAsync(tx, saved, next)));
        AssertSame(next, Assert.Single(await ReadAsync(sql => SafeguardStore.OfProgramAsync(sql, program.Id))).State);
    }

    [Fact]
    public async Task Dataset()
    {
        var saved = DatasetSample().Of<DatasetState>();
        var next = DatasetSample().Of<DatasetState>() with { Id = saved.Id, Name = saved.Name, RegisteredAt = saved.RegisteredAt };
        AssertStated(saved, next);
        await WriteAsync(tx => DatasetStore.InsertAsync(tx, saved, TestHub.Actor("owner")));
        AssertSame(saved, (await ReadAsync(sql => DatasetStore.LoadAsync(sql, saved.Id)))?.State);
        await WriteAsync(async tx => Assert.True(await DatasetStore.UpdateAsync(tx, saved, next, TestHub.Actor("owner"), "edited")));
        AssertSame(next, (await ReadAsync(sql => DatasetStore.LoadAsync(sql, saved.Name)))?.State);
    }

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
        var saved = New().With("TaskState.IncidentIds", new[] { incident.Id }).Of<TaskState>();
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
            await LegalHoldStore.ReleaseAsync(tx, hold.Id, hold.Released!, TestHub.Actor("privacy"))));
        AssertSame(hold, (await ReadAsync(sql => LegalHoldStore.LoadAsync(sql, incident.Id, hold.Id)))?.State);
        AssertStated(Assert.Single(await ReadAsync(sql => LegalHoldStore.OfIncidentAsync(sql, incident.Id))));
    }

    [Fact]
    public async Task Decision()
    {
        var program = await ProgramAsync();
        Sample Sample() => New().With("DecisionState.ProgramId", program.Id).WithEach("ResumeStage.Share", Next(30, 60))
            .WithEach("Criterion.Kind", Next(CriterionKind.AccessLimited, CriterionKind.PeopleInformed))
            .WithEach("Approval.As", Next(Approver.Privacy, Approver.Executive));
        // A decided one cannot be changed any more.
        var saved = Sample().With("DecisionState.Status", DecisionStatus.Proposed).With("DecisionState.DecidedAt", null)
            .Of<DecisionState>();
        var next = Sample().With("DecisionState.Status", DecisionStatus.Decided).Of<DecisionState>() with
        {
            Id = saved.Id,
            OpenedAt = saved.OpenedAt,
            DueAgainAt = saved.DueAgainAt,
            PredecessorId = saved.PredecessorId,
        };
        AssertStated(next);
        Decision added = null!;
        await WriteAsync(async tx => added = await DecisionStore.AddAsync(tx, saved, program.Code));
        var loaded = await ReadAsync(sql => DecisionStore.FindOpenAsync(sql, program.Id));
        AssertSame(added, loaded);
        await WriteAsync(tx => DecisionStore.SaveAsync(tx, loaded!, next));
        AssertSame(next, (await ReadAsync(sql => DecisionStore.FindAsync(sql, saved.Id)))?.State);
    }

    [Fact]
    public async Task Pause()
    {
        var (program, incident) = (await ProgramAsync(), await IncidentAsync());
        Sample Sample() => New().With("PauseState.ProgramId", program.Id).With("PauseCause.IncidentId", incident.Id)
            .WithEach("PauseState.ReleasedShare", Next(30, 60)).With("PauseState.Status", PauseStatus.Lifted)
            .WithEach("PauseScope", () => PauseScope.Of(["clicks", "keystrokes"], ["DE", "US"]));
        // Buffers of a drill are never sealed.
        var saved = Sample().With("PauseState.DrillEndsAt", null).Of<PauseState>();
        var drill = Sample().With("PauseState.Buffers", BufferPolicy.Hold).Of<PauseState>();
        var next = Sample().Of<PauseState>();
        next = next with
        {
            Id = saved.Id,
            Scope = saved.Scope,
            Origin = saved.Origin,
            Reason = saved.Reason,
            Placed = saved.Placed,
            Deadline = saved.Deadline,
            DrillEndsAt = null,
            Status = PauseStatus.Declined,
        };
        AssertStated(saved, drill);
        var change = ChangeNote.Of(At(4), "Somebody", "everything");
        await WriteAsync(tx => PauseStore.InsertAsync(tx, new(saved, TimeSpan.FromSeconds(63), null, null, change)));
        await WriteAsync(tx => PauseStore.InsertAsync(tx, new(drill, TimeSpan.FromSeconds(18), null, null, change)));
        var loaded = await ReadAsync(sql => PauseStore.FindAsync(sql, saved.Id));
        AssertSame(saved, loaded?.State);
        AssertSame(drill, (await ReadAsync(sql => PauseStore.FindAsync(sql, drill.Id)))?.State);
        await WriteAsync(async tx => Assert.True(
            await PauseStore.UpdateAsync(tx, loaded!.State, new(next, TimeSpan.FromSeconds(33), null, null, change))));
        loaded = await ReadAsync(sql => PauseStore.FindAsync(sql, saved.Id));
        AssertSame(next, loaded?.State);
        Assert.Equal((TimeSpan.FromSeconds(33), change), (loaded!.GracePeriod!.Value, loaded.LastChange));

        await StagesAsync(saved, program);
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

    [Fact]
    public async Task API_key()
    {
        var key = New().With("ApiKeyRow.Scopes", "read evaluate").Of<ApiKeyRow>();
        AssertStated(key);
        await WriteAsync(async tx =>
        {
            // The insert creates a key that is neither used nor revoked.
            await tx.ExecuteAsync("ApiKey_Insert", new
            {
                key.Id,
                key.Name,
                KeyHash = "hash of a key",
                key.Scopes,
                key.Region,
                key.Categories,
                key.CreatedAt,
                key.CreatedById,
                key.CreatedByName,
                key.ExpiresAt,
            });
            await tx.ExecuteAsync("ApiKey_Used", new { key.Id, Now = key.LastUsedAt });
            await tx.ExecuteAsync("ApiKey_Revoke", new { key.Id, Now = key.RevokedAt, ByName = "Somebody" });
        });
        AssertSame(key, await ReadAsync(sql => sql.FirstOrDefaultAsync<ApiKeyRow>("ApiKey_ById", new { key.Id })));
        AssertSame(key, await ReadAsync(sql => sql.FirstOrDefaultAsync<ApiKeyRow>("ApiKey_ByHash", new { KeyHash = "hash of a key" })));
    }

    [Fact]
    public async Task Collector()
    {
        var program = await ProgramAsync();
        var collector = New().Of<CollectorRow>();
        AssertStated(collector);
        await WriteAsync(async tx =>
        {
            await tx.ExecuteAsync("Collector_Insert", new
            {
                collector.Id,
                Thumbprint = "thumbprint",
                PublicX = "x",
                PublicY = "y",
                SecretHash = "hash of a secret",
                collector.InstanceName,
                collector.HostPseudonym,
                collector.AppVersion,
                Bucket = 12,
                Now = collector.RegisteredAt,
            });
            await tx.ExecuteAsync("ApiKey_Insert", new
            {
                Id = collector.Id,
                Name = "Enrols",
                KeyHash = "hash of another key",
                Scopes = "enrol",
                Region = "DE",
                Categories = "",
                CreatedAt = At(0),
                CreatedById = Owner,
                CreatedByName = "Owner",
                ExpiresAt = At(9),
            });
            await tx.ExecuteAsync("CollectorProgram_Insert", new
            {
                CollectorId = collector.Id,
                ProgramId = program.Id,
                EnrolmentKeyId = collector.Id,
                collector.Region,
                collector.Categories,
            });
            await tx.ExecuteAsync("CollectorProgram_Renew", new
            {
                Now = collector.HeardAt,
                Rows = JsonSerializer.Serialize(new[]
                {
                    new
                    {
                        c = collector.Id,
                        p = program.Id,
                        jti = "jti",
                        iat = DapperSetup.TimeText(At(0)),
                        exp = DapperSetup.TimeText(collector.PermitExp!.Value),
                        epoch = collector.PermitEpoch,
                        permitted = collector.PermitCategories,
                        seen = 1,
                        seq = 1,
                    },
                }),
            });
            await tx.ExecuteAsync("Collector_Revoke", new { collector.Id, Now = collector.RevokedAt, ByName = "Somebody" });
        });
        AssertSame(collector, Assert.Single((await ReadAsync(sql => CollectorQueries.NewestAsync(sql, program.Id, 10))).Items));
    }

    [Fact]
    public void A_property_that_is_lost_or_never_set_is_found()
    {
        var state = New().Of<TaskState>();
        Assert.Contains("OwnerName", Assert.Single(EveryProperty.Differences(state, state with { OwnerName = null })));
        Assert.Equal(["DueAt"], EveryProperty.Unstated(state with { DueAt = null }));
        var incident = New().With("BreachInputs.ContextAdjustment", 1).Of<IncidentState>();
        var other = incident with { Timestamps = incident.Timestamps with { Detected = null }, Exposures = [incident.Exposures[0]] };
        Assert.Equal(["Exposures", "Timestamps.Detected"], EveryProperty.Differences(incident, other).Select(d => d.Split(':')[0]).Order());
        Assert.Equal(["Timestamps.Detected"], EveryProperty.Unstated(other));
    }

    private async Task StagesAsync(PauseState pause, ProgramState program)
    {
        var decision = New().With("DecisionState.ProgramId", program.Id).With("ResumeStage.Share", 30)
            .WithEach("Criterion.Kind", Next(CriterionKind.AccessLimited, CriterionKind.PeopleInformed))
            .WithEach("Approval.As", Next(Approver.Privacy, Approver.Executive)).With("DecisionState.Status", DecisionStatus.Decided)
            .Of<DecisionState>();
        // Valid ones: not stopped, and none begun when they are added.
        var stages = Enumerable.Range(1, 2).Select(n => New()
            .With("PauseStage.PauseId", pause.Id).With("PauseStage.DecisionId", decision.Id).With("PauseStage.Ordinal", n)
            .With("PauseStage.Share", n * 30).With("PauseStage.StartedAt", null)
            .With("PauseStage.StoppedAt", null).Of<PauseStage>()).ToList();
        DateTimeOffset now = default;
        await WriteAsync(async tx =>
        {
            await DecisionStore.AddAsync(tx, decision, program.Code);
            await StageStore.AddAsync(tx, stages);
        });
        AssertSame(stages, (await ReadAsync(sql => StageStore.OfPausesAsync(sql, [pause.Id])))[pause.Id].ToList());
        await WriteAsync(async tx =>
        {
            now = tx.Now;
            Assert.True(await StageStore.StartAsync(tx, stages[0]));
        });
        stages = [stages[0] with { StartedAt = now }, stages[1] with { DueAt = now.AddSeconds(stages[0].SoakSeconds) }];
        AssertSame(stages, (await ReadAsync(sql => StageStore.OfPausesAsync(sql, [pause.Id])))[pause.Id].ToList());
    }

    private static Sample New(int many = 2) => new(Interlocked.Increment(ref _seed)) { Many = many };

    private static Sample ProgramSample() => New()
        .WithEach("ProgramState.Code", () => $"P{Interlocked.Increment(ref _seed)}").With("ProgramDetails.OwnerId", Owner)
        .With("ProgramDetails.DeputyIds", new[] { Deputy, Second });

    private static Sample DatasetSample() => New().With("DatasetDetails.OwnerId", Owner);

    private async Task<ProgramState> ProgramAsync()
    {
        var state = ProgramSample().Of<ProgramState>();
        await WriteAsync(tx => ProgramStore.InsertAsync(tx, state, TestHub.Actor("owner")));
        return state;
    }

    private async Task<DatasetState> DatasetAsync()
    {
        var state = DatasetSample().Of<DatasetState>();
        await WriteAsync(tx => DatasetStore.InsertAsync(tx, state, TestHub.Actor("owner")));
        return state;
    }

    private async Task<IncidentState> IncidentAsync()
    {
        var code = $"INC-{Interlocked.Increment(ref _seed)}";
        var declare = new IncidentCommand.Declare(Guid.CreateVersion7(), code, "Readable by all", Sev.Major, 1);
        var state = IncidentRules.Decide(null, declare, TestHub.Actor("responder"), At(0)).Value.Next;
        await WriteAsync(tx => IncidentStore.InsertAsync(tx, state, _seed, null, null, TestHub.Actor("responder")));
        return state;
    }

    private async Task WriteAsync(Func<UnitOfWork, Task> write)
    {
        var written = await shared.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await write(tx);
            return default(Done);
        });
        Assert.True(written.IsOk, written.Refusal?.Message);
    }

    private Task<T> ReadAsync<T>(Func<ISql, Task<T>> read) => shared.Hub.Db.ReadAsync(read);

    private static RoleHolder Holder(IncidentRole role, string account) => new(role, IdOf(account), DemoAccounts.Find(account).DisplayName);

    private static Guid IdOf(string account) => DemoAccounts.Find(account).Id;

    private static DateTimeOffset At(int hours) => new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hours);

    /// <summary>One value after the other, then the last one repeatedly.</summary>
    private static Func<object?> Next<T>(params T[] values)
    {
        var at = 0;
        return () => values[Math.Min(at++, values.Length - 1)];
    }

    private static void AssertSame(object expected, object? actual)
    {
        var differences = EveryProperty.Differences(expected, actual);
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>Every property has a distinct value in one of these.</summary>
    private static void AssertStated(params object[] samples) => Assert.Empty(
        samples.Select(s => EveryProperty.Unstated(s).AsEnumerable()).Aggregate((a, b) => a.Intersect(b)));

}

/// <summary>One database per class.</summary>
public sealed class RoundTripHub : IAsyncDisposable
{
    internal TestHub Hub { get; } = new();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
