using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Catalog;

public sealed class CatalogRoundTripTests(RoundTripHub shared) : RoundTripTest(shared)
{
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
        var sample = New().With("SafeguardState.ProgramId", program.Id).With("SafeguardState.CheckedById", Owner)
            .With("SafeguardState.VerifyEveryDays", 90);
        var saved = sample.Of<SafeguardState>();
        var next = New().With("SafeguardState.CheckedById", Deputy).With("SafeguardState.VerifyEveryDays", 30).Of<SafeguardState>() with
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
}
