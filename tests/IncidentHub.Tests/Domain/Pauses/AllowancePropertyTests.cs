using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Pauses;

public sealed class AllowancePropertyTests
{
    private static readonly string[] Categories = ["keystrokes", "mouse-movements", "clicks", "screen-snapshots"];
    private static readonly string[] Regions = ["US", "US-CA", "DE", "EU"];
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3_000);

    private sealed record World(PauseState[] Pauses, string? Region, int Bucket);

    [Fact]
    public void A_program_may_collect_exactly_what_no_pause_covers() => Check.One(Thorough, Prop.ForAll(Worlds(), w =>
    {
        var allowed = Allowance.Categories(Categories, w.Region, w.Pauses, w.Bucket);
        return Categories.All(c => allowed.Contains(c) == !w.Pauses.Any(p => Forbids(p, c, w)));
    }));

    [Fact]
    public void One_more_pause_never_allows_more() => Check.One(Thorough, Prop.ForAll(Worlds(), w =>
        Allowance.Categories(Categories, w.Region, w.Pauses, w.Bucket)
            .All(c => Allowance.Categories(Categories, w.Region, w.Pauses.Skip(1), w.Bucket).Contains(c))));

    [Fact]
    public void The_order_of_pauses_does_not_matter() => Check.One(Thorough, Prop.ForAll(Worlds(), w =>
        Allowance.Categories(Categories, w.Region, w.Pauses, w.Bucket)
            .SequenceEqual(Allowance.Categories(Categories, w.Region, w.Pauses.Reverse(), w.Bucket))));

    [Fact]
    public void A_collector_without_a_region_may_collect_no_more_than_any_other() => Check.One(Thorough, Prop.ForAll(Worlds(), w =>
        Allowance.Categories(Categories, null, w.Pauses, w.Bucket)
            .All(c => Allowance.Categories(Categories, w.Region, w.Pauses, w.Bucket).Contains(c))));

    [Fact]
    public void Lifting_one_pause_allows_only_what_no_other_covers() => Check.One(Thorough, Prop.ForAll(Worlds(), w =>
    {
        if (w.Pauses is not [{ Status: PauseStatus.Active, IsDrill: false } first, .. var rest]) return true;
        var lifted = Accepted(PauseRules.Decide(first, Lift, Actor.System, T0.AddHours(1)));
        return Allowance.Categories(Categories, w.Region, [lifted, .. rest], w.Bucket)
            .SequenceEqual(Allowance.Categories(Categories, w.Region, rest, w.Bucket));
    }));

    [Fact]
    public void The_derived_state_says_collecting_only_where_nothing_is_forbidden_and_paused_only_where_nothing_is_allowed() =>
        Check.One(Thorough, Prop.ForAll(Worlds(), w =>
    {
        var pauses = w.Pauses.Select(p => p with { ReleasedShare = 0 }).ToArray();
        var allowed = Allowance.Allowed(Categories, Regions, pauses).Values.Sum(c => c.Count);
        return ProgramCollection.Derive(ProgramLifecycle.Live, Categories, Regions, pauses, held: false) switch
        {
            CollectionStatus.Collecting or CollectionStatus.PauseProposed => allowed == Categories.Length * Regions.Length,
            CollectionStatus.Paused => allowed == 0,
            CollectionStatus.PartlyPaused => allowed > 0,
            CollectionStatus.Drill => pauses.Where(p => p.Status == PauseStatus.Active).All(p => p.IsDrill),
            _ => false,
        };
    }));

    [Fact]
    public void A_held_program_says_held_exactly_where_its_pauses_alone_would_let_it_collect() =>
        Check.One(Thorough, Prop.ForAll(Worlds(), w =>
    {
        CollectionStatus Of(ProgramLifecycle lifecycle, bool held) =>
            ProgramCollection.Derive(lifecycle, Categories, Regions, w.Pauses, held);
        var without = Of(ProgramLifecycle.Live, held: false);
        var stopped = without is CollectionStatus.Paused or CollectionStatus.Drill;
        return Of(ProgramLifecycle.Live, held: true) == (stopped ? without : CollectionStatus.Held)
            && Of(ProgramLifecycle.Draft, held: true) == CollectionStatus.NotLive
            && Of(ProgramLifecycle.Terminated, held: true) == CollectionStatus.Terminated;
    }));

    // The rule again, in its simplest form.
    private static bool Forbids(PauseState p, string category, World w)
    {
        if (p.Status != PauseStatus.Active || w.Bucket < p.ReleasedShare * 100) return false;
        var categoryHit = p.Scope.Categories.Count == 0 || p.Scope.Categories.Contains(category);
        var regionHit = p.Scope.Regions.Count == 0 || w.Region is null || p.Scope.Regions.Any(r =>
            r == w.Region || (r, w.Region) is ("US", "US-CA") or ("US-CA", "US") or ("EU", "DE") or ("DE", "EU"));
        return categoryHit && regionHit;
    }

    private static Arbitrary<World> Worlds()
    {
        var scopes = Gen.SubListOf(Categories).Zip(Gen.SubListOf(Regions), (c, r) =>
            PauseScope.Of(c.Count == Categories.Length ? [] : c, r.Take(2)));
        var pauses = from scope in scopes
                     from kind in Gen.Choose(0, 4)
                     from share in Gen.Elements(0, 0, 5, 25)
                     select kind switch
                     {
                         0 => Drill(scope),
                         1 => Proposed() with { Scope = scope },
                         2 => Lifted() with { Scope = scope },
                         _ => Active(scope) with { ReleasedShare = share },
                     };
        return (from count in Gen.Choose(0, 4)
                from many in Gen.ArrayOf(pauses, count)
                from region in Gen.Elements("US", "US-CA", "DE", "EU", null)
                from bucket in Gen.Choose(0, 9_999)
                select new World(many, region, bucket)).ToArbitrary();
    }
}
