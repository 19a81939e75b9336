using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Gate;

namespace IncidentHub.Tests.Domain.Gate;

/// <summary>
/// Random interleavings of pause, renewal, acknowledgement, expiry, upload, stage, resume and end, with drifting clocks and delayed
/// messages. On a failure FsCheck prints the seed and the shortest run that it found.
/// </summary>
public sealed class GateInterleavingTests
{
    private const int Runs = 1_000, StepsInARun = 80;
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(Runs);

    [Fact]
    public void No_batch_that_touches_a_time_at_which_it_was_not_allowed_is_admitted() =>
        Holds(a => a.Verdict.Class is not null || a.WhollyAllowed);

    [Fact]
    public void No_batch_that_touches_a_time_after_its_collectors_proven_stop_is_admitted() =>
        Holds(a => a.Verdict.Class is not null || !a.AfterProvenStop);

    [Fact]
    public void No_batch_collected_wholly_while_it_was_allowed_is_reported_as_a_violation() =>
        Holds(a => a.Verdict.Class != BatchClass.C || !a.WhollyAllowed);

    [Fact]
    public void No_honest_collector_is_reported_as_violating_or_refused() =>
        Holds(a => !a.Honest || a.Verdict.Class is null or BatchClass.A or BatchClass.B);

    [Fact]
    public void What_was_clearly_allowed_all_the_time_is_admitted() => Holds(a => !a.ClearlyAllowed || a.Verdict.Class is null);

    [Fact]
    public void The_samples_reach_every_verdict_often()
    {
        var answers = Gen.Sample(Scripts().Generator, Runs).SelectMany(run => new GateWorld().Play(run).Answers).ToList();
        var reached = answers.GroupBy(a => (a.Honest, Class: a.Verdict.Class?.ToString() ?? "admitted"))
            .ToDictionary(g => g.Key, g => g.Count());
        foreach (var kind in new[] { (true, "admitted"), (true, "A"), (true, "B"), (false, "admitted"), (false, "A"), (false, "B"),
            (false, "C"), (false, "D") })
        {
            Assert.True(reached.GetValueOrDefault(kind) >= 50, $"{kind}: {reached.GetValueOrDefault(kind)} of {answers.Count}");
        }
        Assert.True(answers.Count(a => a.AfterProvenStop) >= 50);
    }

    private static void Holds(Func<GateWorld.Judged, bool> rule) =>
        Check.One(Thorough, Prop.ForAll(Scripts(), run => new GateWorld().Play(run).Answers.All(rule)));

    private static Arbitrary<GateWorld.Step[]> Scripts()
    {
        var numbers = Gen.Choose(0, 1_000_000);
        var steps = from kind in Gen.Choose(0, 19)
                    from a in numbers
                    from b in numbers
                    from c in numbers
                    from d in numbers
                    from e in numbers
                    select new GateWorld.Step(kind, a, b, c, d, e);
        return Arb.From(Gen.ArrayOf(steps, StepsInARun), run => run.Length == 0 ? [] : Enumerable.Range(0, run.Length)
            .Select(i => run.Where((_, at) => at != i).ToArray()));
    }
}
