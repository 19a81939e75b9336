using IncidentHub.Access.Identity;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Tests.Support;

/// <summary>
/// Each aggregate is saved with a value in every property and loaded again, so that a property that is missing in an insert, in an update
/// or in the mapping fails here. Immutable properties are copied explicitly: nothing else may be lost.
/// </summary>
public abstract class RoundTripTest(RoundTripHub shared) : IClassFixture<RoundTripHub>
{
    private static int _seed;

    private protected static readonly Guid Owner = IdOf("owner"), Deputy = IdOf("deputy"), Second = IdOf("owner-2");

    private protected static Sample New(int many = 2) => new(Interlocked.Increment(ref _seed)) { Many = many };

    private protected static Sample ProgramSample() => New()
        .WithEach("ProgramState.Code", () => $"P{Interlocked.Increment(ref _seed)}").With("ProgramDetails.OwnerId", Owner)
        .With("ProgramDetails.DeputyIds", new[] { Deputy, Second });

    private protected static Sample DatasetSample() => New().With("DatasetDetails.OwnerId", Owner);

    private protected async Task<ProgramState> ProgramAsync()
    {
        var state = ProgramSample().Of<ProgramState>();
        await WriteAsync(tx => ProgramStore.InsertAsync(tx, state, TestHub.Actor("owner")));
        return state;
    }

    private protected async Task<DatasetState> DatasetAsync()
    {
        var state = DatasetSample().Of<DatasetState>();
        await WriteAsync(tx => DatasetStore.InsertAsync(tx, state, TestHub.Actor("owner")));
        return state;
    }

    private protected async Task<IncidentState> IncidentAsync()
    {
        var code = $"INC-{Interlocked.Increment(ref _seed)}";
        var declare = new IncidentCommand.Declare(Guid.CreateVersion7(), code, "Readable by all", Sev.Major, 1);
        var state = IncidentRules.Decide(null, declare, TestHub.Actor("responder"), At(0)).Value.Next;
        await WriteAsync(tx => IncidentStore.InsertAsync(tx, state, _seed, null, null, TestHub.Actor("responder")));
        return state;
    }

    private protected async Task WriteAsync(Func<UnitOfWork, Task> write)
    {
        var written = await shared.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await write(tx);
            return default(Done);
        });
        Assert.True(written.IsOk, written.Refusal?.Message);
    }

    private protected Task<T> ReadAsync<T>(Func<ISql, Task<T>> read) => shared.Hub.Db.ReadAsync(read);

    private protected static Guid IdOf(string account) => DemoAccounts.Find(account).Id;

    private protected static DateTimeOffset At(int hours) => new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hours);

    /// <summary>One value after the other, then the last one repeatedly.</summary>
    private protected static Func<object?> Next<T>(params T[] values)
    {
        var at = 0;
        return () => values[Math.Min(at++, values.Length - 1)];
    }

    private protected static void AssertSame(object expected, object? actual)
    {
        var differences = EveryProperty.Differences(expected, actual);
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>Every property has a distinct value in one of these.</summary>
    private protected static void AssertStated(params object[] samples) => Assert.Empty(
        samples.Select(s => EveryProperty.Unstated(s).AsEnumerable()).Aggregate((a, b) => a.Intersect(b)));
}

/// <summary>One database per class.</summary>
public sealed class RoundTripHub : IAsyncDisposable
{
    internal TestHub Hub { get; } = new();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
