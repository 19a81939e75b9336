using System.Text.Json;
using IncidentHub.Decisions;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Switch.Collectors;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch;

public sealed class SwitchRoundTripTests(RoundTripHub shared) : RoundTripTest(shared)
{
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
    public async Task API_key()
    {
        var key = New().With("ApiKeyRow.Scopes", "read evaluate").With("ApiKeyRow.Enrolled", 1).Of<ApiKeyRow>();
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
                key.Networks,
                key.MaxCollectors,
            });
            await tx.ExecuteAsync("ApiKey_Used", new { key.Id, Now = key.LastUsedAt, Before = key.LastUsedAt });
            await tx.ExecuteAsync("ApiKey_Enrol", new { key.Id });
            await tx.ExecuteAsync("ApiKey_Rotate",
                new { key.Id, KeyHash = "hash of its next secret", key.OldKeyUntil, Now = key.RotatedAt, key.ExpiresAt });
            await tx.ExecuteAsync("ApiKey_Revoke", new { key.Id, Now = key.RevokedAt, ByName = "Somebody" });
        });
        AssertSame(key with { IsOldSecret = false }, await ReadAsync(sql =>
            sql.FirstOrDefaultAsync<ApiKeyRow>("ApiKey_ById", new { key.Id })));
        var next = "hash of its next secret";
        AssertSame(key with { IsOldSecret = false },
            await ReadAsync(sql => sql.FirstOrDefaultAsync<ApiKeyRow>("ApiKey_ByHash", new { KeyHash = next })));
        AssertSame(key with { IsOldSecret = true },
            await ReadAsync(sql => sql.FirstOrDefaultAsync<ApiKeyRow>("ApiKey_ByHash", new { KeyHash = "hash of a key" })));
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
                Networks = (string?)null,
                MaxCollectors = 10,
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
}
