using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Programs;
using static IncidentHub.Tests.Domain.Programs.ProgramSamples;

namespace IncidentHub.Tests.Domain.Programs;

public sealed class SafeguardRulesTests
{
    private static readonly Guid Incident = Guid.Parse("00000000-0000-7000-8000-0000000000ff");

    private static SafeguardState Added() =>
        Accepted(
        SafeguardRules.Decide(null, new AddSafeguard(Owner, Owner, " Access locked down ", "launch memo", new DateOnly(2026, 4, 1)), Now));

    private static SafeguardState Step(SafeguardState state, SafeguardCommand command, DateTimeOffset? at = null) =>
        Accepted(SafeguardRules.Decide(state, command, at ?? Now));

    [Fact]
    public void A_safeguard_is_unverified_until_it_is_verified()
    {
        Assert.Equal("Access locked down", Added().Text);
        Assert.Equal(EffectiveSafeguardStatus.Unverified, Added().StatusAt(Now + TimeSpan.FromDays(1000)));
    }

    [Fact]
    public void A_verification_of_a_safeguard_expires()
    {
        var holding = Step(Added(), new VerifySafeguard(true, "Grants listed: research group only.", Owner));
        Assert.Equal(EffectiveSafeguardStatus.Verified, holding.StatusAt(Now + SafeguardRules.Freshness - TimeSpan.FromTicks(1)));
        Assert.Equal(EffectiveSafeguardStatus.Expired, holding.StatusAt(Now + SafeguardRules.Freshness));
    }

    [Theory]
    [InlineData(null, 90, 14)]
    [InlineData(30, 30, 7.5)]
    [InlineData(365, 365, 14)]
    public void Each_safeguard_has_its_period_and_the_owner_is_reminded_before_it_ends(int? set, double days, double notice)
    {
        var added = Accepted(SafeguardRules.Decide(null, new AddSafeguard(Owner, Owner, "x", "y", null, set), Now));
        var verified = Step(added, new VerifySafeguard(true, "Looked.", Owner));
        var (end, tick) = (Now.AddDays(days), TimeSpan.FromTicks(1));
        Assert.Equal((end, end.AddDays(-notice)), (verified.FreshUntil, verified.RemindFrom));
        Assert.False(verified.IsDueSoon(end.AddDays(-notice) - tick));
        Assert.True(verified.IsDueSoon(end.AddDays(-notice)));
        Assert.True(verified.IsDueSoon(end - tick));
        Assert.False(verified.IsDueSoon(end));
        Assert.Equal(EffectiveSafeguardStatus.Expired, verified.StatusAt(end));
    }

    [Fact]
    public void Another_period_counts_from_the_last_verification_and_only_certain_ones_may_be_set()
    {
        var verified = Step(Added(), new VerifySafeguard(true, "Looked.", Owner));
        var monthly = Step(verified, new SetVerificationPeriod(30));
        Assert.Equal(EffectiveSafeguardStatus.Expired, monthly.StatusAt(Now.AddDays(31)));
        Assert.Equal((verified.CheckedAt, verified.Version + 1), (monthly.CheckedAt, monthly.Version));
        Assert.Empty(Events(SafeguardRules.Decide(monthly, new SetVerificationPeriod(30), Now)));
        Assert.Empty(Events(SafeguardRules.Decide(verified, new SetVerificationPeriod(90), Now)));
        foreach (var days in new[] { 0, -30, 45, 366 })
            Assert.Equal(["verifyEveryDays"], Refused(SafeguardRules.Decide(verified, new SetVerificationPeriod(days), Now)).Errors!.Keys);
    }

    [Fact]
    public void A_verification_needs_evidence() =>
        Assert.Contains("evidence", Refused(SafeguardRules.Decide(Added(), new VerifySafeguard(true, "  ", Owner), Now)).Errors!.Keys);

    [Fact]
    public void An_incident_breaks_a_safeguard_until_it_is_verified_again()
    {
        var broken = Step(Step(Added(), new VerifySafeguard(true, "Looked.", Owner)), new BreakSafeguard(Incident, "INC-1", Owner));
        Assert.Equal(EffectiveSafeguardStatus.Broken, broken.StatusAt(Now));
        Assert.Equal(Incident, broken.BrokenByIncidentId);
        var again = Step(broken, new VerifySafeguard(true, "Grants listed again.", Deputy));
        Assert.Equal(EffectiveSafeguardStatus.Verified, again.StatusAt(Now));
        Assert.Null(again.BrokenByIncidentId);
        Assert.Equal(Deputy, again.CheckedById);
    }

    [Fact]
    public void The_first_incident_that_broke_it_is_kept()
    {
        var broken = Step(Added(), new BreakSafeguard(Incident, "INC-1", Owner));
        var second = SafeguardRules.Decide(broken, new BreakSafeguard(Owner, "INC-2", Owner), Now);
        Assert.Empty(Events(second));
        Assert.Equal(Incident, Accepted(second).BrokenByIncidentId);
    }

    [Fact]
    public void A_verification_may_find_a_safeguard_broken_without_an_incident() =>
        Assert.Equal(EffectiveSafeguardStatus.Broken, Step(Added(), new VerifySafeguard(false, "Everyone can read it.", Owner))
            .StatusAt(Now));

    [Fact]
    public void A_safeguard_cannot_be_dated_in_the_future() =>
        Assert.Equal(
            ["committedOn"],
            Refused(SafeguardRules.Decide(null, new AddSafeguard(Owner, Owner, "x", "y", new DateOnly(2027, 1, 1)), Now)).Errors!.Keys);

    [Fact]
    public void A_safeguard_needs_a_text_and_a_source() =>
        Assert.Equal(
            ["source", "text"],
            Refused(SafeguardRules.Decide(null, new AddSafeguard(Owner, Owner, "", " ", null), Now)).Errors!.Keys.Order());

    [Fact]
    public void No_order_of_commands_shows_a_safeguard_without_evidence_as_verified()
    {
        var commands = Gen.Elements<SafeguardCommand>(new VerifySafeguard(true, "Looked.", Owner), new VerifySafeguard(true, "", Owner),
            new VerifySafeguard(false, "Open.", Owner), new BreakSafeguard(Incident, "INC-1", Owner));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(commands.ListOf().ToArbitrary(), steps =>
        {
            var state = Added();
            var lastWasEvidence = false;
            foreach (var step in steps)
            {
                if (SafeguardRules.Decide(state, step, Now) is not { IsOk: true, Value: var accepted }) continue;
                if (accepted.Events.Count > 0) lastWasEvidence = step is VerifySafeguard { Holds: true };
                state = accepted.Next;
                Assert.Equal(lastWasEvidence, state.StatusAt(Now) == EffectiveSafeguardStatus.Verified);
                Assert.False(state.Status != SafeguardStatus.Unverified && state.Evidence is null);
            }
        }));
    }
}
