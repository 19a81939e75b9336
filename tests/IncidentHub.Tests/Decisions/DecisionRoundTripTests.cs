using IncidentHub.Decisions;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Decisions;

public sealed class DecisionRoundTripTests(RoundTripHub shared) : RoundTripTest(shared)
{
    [Fact]
    public async Task Decision()
    {
        var program = await ProgramAsync();
        Sample Sample() => New().With("DecisionState.ProgramId", program.Id).WithEach("ResumeStage.Share", Next(30, 60))
            .WithEach("Criterion.Kind", Next(CriterionKind.AccessLimited, CriterionKind.PeopleInformed))
            .WithEach("Approval.As", Next(Approver.Privacy, Approver.Executive));
        // A decided one cannot be changed any more.
        var saved = Sample().With("DecisionState.Status", DecisionStatus.Proposed).With("DecisionState.DecidedAt", null)
            .Of<DecisionState>() with
        { Opinions = [], OpinionRequests = [] };
        var next = Sample().With("DecisionState.Status", DecisionStatus.Decided).Of<DecisionState>() with
        {
            Id = saved.Id,
            OpenedAt = saved.OpenedAt,
            DueAgainAt = saved.DueAgainAt,
            PredecessorId = saved.PredecessorId,
        };
        AssertStated(next);
        // They are numbered together, and what is recorded stays.
        var (o, r) = (next.Opinions[0], next.OpinionRequests[0]);
        saved = saved with { OpinionRequests = [r with { Number = 1 }], Opinions = [o with { Number = 2 }] };
        next = next with
        {
            OpinionRequests = [.. saved.OpinionRequests, r with { Number = 3, DueAt = null, People = [], Audience = null }],
            Opinions = [.. saved.Opinions, o with { Id = Guid.CreateVersion7(), Number = 4, Document = null }],
        };
        Decision added = null!;
        await WriteAsync(async tx => added = await DecisionStore.AddAsync(tx, saved, program.Code));
        var loaded = await ReadAsync(sql => DecisionStore.FindOpenAsync(sql, program.Id, saved.Audience));
        // Written by the store, from the state.
        AssertSame(added with { RecordedDigest = loaded?.RecordedDigest }, loaded);
        await WriteAsync(tx => DecisionStore.SaveAsync(tx, loaded!, next));
        AssertSame(next, (await ReadAsync(sql => DecisionStore.FindAsync(sql, saved.Id)))?.State);
    }
}
