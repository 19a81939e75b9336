using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Programs;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Domain.Programs.ProgramSamples;

namespace IncidentHub.Tests.Domain.Programs;

public sealed class ProgramRulesTests
{
    [Theory]
    [InlineData("MCI"), InlineData("A1"), InlineData("ABC-2-X"), InlineData("ABCDEFGHIJKLMNOPQRSTUVWX")]
    public void A_code_is_2_to_24_capitals_digits_and_inner_dashes(string code) => Assert.True(ProgramRules.IsCode(code));

    [Theory]
    [InlineData(""), InlineData("M"), InlineData("M CI"), InlineData("-MCI"), InlineData("MCI-"), InlineData("MC\nI"),
        InlineData("MÇI"), InlineData("ABCDEFGHIJKLMNOPQRSTUVWXY"), InlineData("M';DROP")]
    public void Anything_else_is_no_code(string code)
    {
        Assert.False(ProgramRules.IsCode(code));
        Assert.Contains("code", Refused(ProgramRules.Decide(null, new RegisterProgram(Owner, code, Details), Now, Limits)).Errors!.Keys);
    }

    [Theory]
    [InlineData("mci"), InlineData(" Mci\n")]
    public void A_code_may_be_typed_in_any_case(string code) =>
        Assert.Equal("MCI", ProgramRules.Decide(null, new RegisterProgram(Owner, code, Details), Now, Limits).Value.Next.Code);

    [Fact]
    public void A_program_starts_as_a_draft() => Assert.Equal(ProgramLifecycle.Draft, Draft().Lifecycle);

    [Fact]
    public void A_code_is_never_used_twice() =>
        Assert.Equal(
            "code_taken", Refused(ProgramRules.Decide(Terminated(), new RegisterProgram(Owner, "MCI", Details), Now, Limits)).Code);

    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var wrong = new ProgramDetails
        {
            Name = new string('x', 121),
            Purpose = " ",
            Unit = "\u0000",
            People = -1,
            Participation = (Participation)9,
            Regions = ["Utopia"],
            Categories = ["x"],
            LaunchDate = new DateOnly(1900, 1, 1),
            LawfulBasis = new string('x', 401),
            Switch = new SwitchSettings(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(9)),
        };
        var why = Refused(ProgramRules.Decide(null, new RegisterProgram(Owner, "MCI", wrong), Now, Limits));
        Assert.Equal(
            ["categories", "gracePeriodSeconds", "launchDate", "lawfulBasis", "name", "owner", "participation", "people", "purpose",
                "regions", "renewalSeconds", "ttlSeconds", "unit"],
            why.Errors!.Keys.Order());
    }

    [Fact]
    public void A_permit_must_live_for_at_least_two_renewals()
    {
        var settings = new SwitchSettings(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));
        Assert.Equal(
            ["renewalSeconds"],
            Refused(ProgramRules.Decide(Draft(), new EditProgram(Details with { Switch = settings }), Now, Limits)).Errors!.Keys);
        Assert.Null(Limits.Check(new Validation(), settings with { Renewal = TimeSpan.FromSeconds(5) }).ToRefusal());
        Assert.Null(Limits.Check(new Validation(), SwitchSettings.Default).ToRefusal());
        Assert.Null(Limits.Check(new Validation(), SwitchSettings.HighRisk).ToRefusal());
    }

    [Fact]
    public void Permits_are_counted_in_whole_seconds() =>
        Assert.Contains(
            "ttlSeconds",
            Refused(ProgramRules.Decide(
            Draft(), new EditProgram(Details with { Switch = SwitchSettings.Default with { Ttl = TimeSpan.FromSeconds(60.5) } }), Now,
            Limits)).Errors!.Keys);

    [Fact]
    public void Lists_are_normalised_and_the_owner_is_no_deputy()
    {
        var edited =
            Accepted(
            ProgramRules.Decide(
            Draft(),
            new EditProgram(Details with
            {
                Categories = [" Screen snapshots", "screen-snapshots"],
                Regions = ["us", "United States"],
                DeputyIds = [Owner, Deputy, Deputy],
                Surfaces = ["Browser ", "browser"]
            }), Now, Limits)).Details;
        Assert.Equal(["screen-snapshots"], edited.Categories);
        Assert.Equal(["US"], edited.Regions);
        Assert.Equal([Deputy], edited.DeputyIds);
        Assert.Equal(["Browser"], edited.Surfaces);
    }

    [Fact]
    public void A_program_goes_live_only_with_data_regions_and_lawful_basis_stated()
    {
        var empty =
            Accepted(
            ProgramRules.Decide(Draft(), new EditProgram(Details with { Categories = [], Regions = [], LawfulBasis = null }), Now, Limits));
        var why = Refused(ProgramRules.Decide(empty, new LaunchProgram(), Now, Limits));
        Assert.Equal("not_ready", why.Code);
        Assert.Equal(["categories", "lawfulBasis", "regions"], why.Errors!.Keys.Order());
    }

    [Fact]
    public void Required_fields_of_a_live_program_cannot_be_removed() =>
        Assert.Equal(
            ["categories"],
            Refused(ProgramRules.Decide(Live(), new EditProgram(Details with { Categories = [] }), Now, Limits)).Errors!.Keys);

    [Fact]
    public void Launching_sets_the_date_where_none_was_planned()
    {
        Assert.Equal(new DateOnly(2026, 6, 18), Live().Details.LaunchDate);
        Assert.Equal("already_live", Refused(ProgramRules.Decide(Live(), new LaunchProgram(), Now, Limits)).Code);
    }

    [Theory]
    [MemberData(nameof(AllCommands))]
    public void A_terminated_program_never_changes_again(ProgramCommand command) =>
        Assert.Equal("program_terminated", Refused(ProgramRules.Decide(Terminated(), command, Now, Limits)).Code);

    [Theory]
    [MemberData(nameof(AllCommands))]
    public void An_unknown_program_is_not_found(ProgramCommand command) =>
        Assert.Equal(RefusalKind.NotFound, Refused(ProgramRules.Decide(null, command, Now, Limits)).Kind);

    public static TheoryData<ProgramCommand> AllCommands() => [new EditProgram(Details), new LaunchProgram(), new TerminateProgram("x")];

    [Fact]
    public void Termination_needs_a_reason() =>
        Assert.Contains("reason", Refused(ProgramRules.Decide(Live(), new TerminateProgram(" "), Now, Limits)).Errors!.Keys);

    [Fact]
    public void An_edit_that_changes_nothing_is_no_event()
    {
        var outcome =
            ProgramRules.Decide(Live(), new EditProgram(Live().Details with { Name = " Model Capability Initiative ", Regions = ["US"] }),
            Now, Limits);
        Assert.Empty(Events(outcome));
        Assert.Equal(Live().Version, Accepted(outcome).Version);
    }

    [Fact]
    public void An_edit_says_what_changed_and_whether_what_may_be_collected_did()
    {
        var narrow = Assert.IsType<ProgramEdited>(
            Assert.Single(
                Events(ProgramRules.Decide(Live(), new EditProgram(Live().Details with { Categories = ["clicks"] }), Now, Limits))));
        Assert.True(narrow.ScopeChanged);
        Assert.Equal(new FieldChange("categories", "clicks, keystrokes", "clicks"), Assert.Single(narrow.Changes));
        var renamed = Assert.IsType<ProgramEdited>(
            Assert.Single(Events(ProgramRules.Decide(Live(), new EditProgram(Live().Details with { Name = "Other" }), Now, Limits))));
        Assert.False(renamed.ScopeChanged);
    }

    [Fact]
    public void Every_stated_field_is_compared()
    {
        // A property that is missing in the comparison would change without a trace.
        var changed = new Sample(1).Of<ProgramDetails>();
        const int settingsInSwitch = 3;
        Assert.Equal(Sample.Stated(typeof(ProgramDetails)).Count() - 1 + settingsInSwitch,
            ProgramDiff.Between(new ProgramDetails(), changed).Count);
    }

    [Fact]
    public void No_order_of_commands_leaves_the_life_cycle()
    {
        var commands = Gen.Elements<ProgramCommand>(new EditProgram(Details), new EditProgram(Details with { Regions = ["GB"] }),
            new EditProgram(Details with { LawfulBasis = null }), new LaunchProgram(), new TerminateProgram("Decided."),
            new RegisterProgram(Owner, "MCI", Details));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(commands.ListOf().ToArbitrary(), steps =>
        {
            ProgramState? state = null;
            foreach (var step in steps)
            {
                var before = state;
                if (ProgramRules.Decide(state, step, Now, Limits) is not { IsOk: true, Value: var accepted }) continue;
                state = accepted.Next;
                Assert.True(before is null || state.Lifecycle >= before.Lifecycle, "It never goes back.");
                Assert.NotEqual(ProgramLifecycle.Terminated, before?.Lifecycle);
                Assert.Equal(state.Lifecycle == ProgramLifecycle.Terminated, state.TerminatedAt is not null);
                Assert.True(state.Lifecycle != ProgramLifecycle.Live || (
                    state.LaunchedAt is not null && state.Details is { LawfulBasis: not null, Categories.Count: > 0, Regions.Count: > 0 }));
                Assert.Equal((before?.Version ?? 0) + (accepted.Events.Count > 0 ? 1 : 0), state.Version);
            }
        }));
    }
}
