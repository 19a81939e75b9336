using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

public class IncidentLifeCycleTests
{
    /// <summary>Every status and every command: the next status, or null where it is refused.</summary>
    public static TheoryData<IncidentStatus, string, IncidentStatus?> Moves()
    {
        const IncidentStatus i = IncidentStatus.Investigating, c = IncidentStatus.Contained, r = IncidentStatus.Resolved,
            x = IncidentStatus.Closed, m = IncidentStatus.Merged;
        var data = new TheoryData<IncidentStatus, string, IncidentStatus?>();
        void Row(IncidentStatus from, IncidentStatus? contain, IncidentStatus? resolve, IncidentStatus? close, IncidentStatus? reopen,
            IncidentStatus? merge)
        {
            data.Add(from, "contain", contain);
            data.Add(from, "resolve", resolve);
            data.Add(from, "close", close);
            data.Add(from, "reopen", reopen);
            data.Add(from, "merge", merge);
        }
        Row(i, c, null, null, null, m);
        Row(c, null, r, null, i, m);
        Row(r, null, null, x, i, m);
        Row(x, null, null, null, i, null);
        Row(m, null, null, null, null, null);
        return data;
    }

    private static IncidentCommand Command(string name) => name switch
    {
        "contain" => new IncidentCommand.Contain(null, ""),
        "resolve" => new IncidentCommand.Resolve(null, ""),
        "close" => new IncidentCommand.Close(""),
        "reopen" => new IncidentCommand.Reopen("The fix did not stick.", 2),
        "merge" => new IncidentCommand.MergeInto(An.Declared() with { Id = An.Id(101), Code = "INC-2" }, "Same hole."),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public void Each_command_leads_to_the_status_in_the_table(IncidentStatus from, string act, IncidentStatus? to)
    {
        var outcome = An.That(from).Try(Command(act), 60);
        if (to is { } expected) Assert.Equal(expected, outcome.Value.Next.Status);
        else Assert.Equal(RefusalKind.Conflict, Assert.IsType<Refusal>(outcome.Refusal).Kind);
    }

    [Fact]
    public void Title_sev_and_nothing_else_is_enough_to_declare()
    {
        var state = An.Declared();
        Assert.Equal(IncidentStatus.Investigating, state.Status);
        Assert.Equal(An.T0, state.Timestamps.Declared);
        Assert.Equal(An.T0, state.Current.Opened);
        Assert.Equal(1, state.Version);
    }

    [Fact]
    public void Declared_without_a_flag_it_is_acknowledged_when_declared()
    {
        Assert.Equal(An.T0, An.Declared().Timestamps.Acknowledged);
        Assert.Null(An.Declared().Timestamps.Flagged);
    }

    [Fact]
    public void Declared_from_a_flag_it_keeps_the_flags_timestamps()
    {
        var state = ((IncidentState?)null).Do(An.Declaration() with { Flagged = An.Min(-12), Acknowledged = An.Min(-6) }, 0);
        Assert.Equal(TimeSpan.FromMinutes(6), Measures.ToAcknowledge(state.Timestamps));
    }

    [Fact]
    public void What_the_declaration_leaves_out_stays_unknown()
    {
        var state = An.Declared();
        Assert.Null(state.Timestamps.ExposureStarted);
        Assert.Null(state.Timestamps.Detected);
        Assert.Null(state.Current.PauseOrdered);
    }

    [Fact]
    public void An_incident_is_declared_once() => Assert.Equal("already_declared", An.Declared().Refused(An.Declaration(), 5).Code);

    public static TheoryData<string, IncidentCommand.Declare> BadDeclarations() => new()
    {
        { "title", An.Declaration() with { Title = "  " } },
        { "title", An.Declaration() with { Title = new string('x', 201) } },
        { "title", An.Declaration() with { Title = "a\0b" } },
        { "summary", An.Declaration() with { Summary = new string('x', 4001) } },
        { "sev", An.Declaration((Sev)6) },
        { "detected", An.Declaration() with { Detected = An.Min(1.1) } },
        { "exposureStarted", An.Declaration() with { ExposureStarted = An.Min(1.1) } },
        { "detected", An.Declaration() with { ExposureStarted = An.Min(-5), Detected = An.Min(-10) } },
        { "exposures", An.Declaration() with { Exposures = [An.Exposure(), An.Exposure() with { Id = An.Id(1) }] } },
        { "programs", An.Declaration() with { Involvements = [An.Program(), An.Program()] } },
        { "exposures[0].records", An.Declaration() with { Exposures = [An.Exposure() with { Records = -1 }] } },
    };

    [Theory]
    [MemberData(nameof(BadDeclarations))]
    public void A_bad_declaration_is_refused_at_its_field(string field, IncidentCommand.Declare declaration) =>
        Assert.Contains(field, ((IncidentState?)null).Refused(declaration, 0).Errors!.Keys);

    [Fact]
    public void A_reopening_opens_a_cycle_with_the_current_policy_and_keeps_the_first_cycle()
    {
        var before = An.That(IncidentStatus.Contained);
        var after = before.Do(new IncidentCommand.Reopen("The fix did not stick.", 4), 49);
        Assert.Equal(before.Cycles[0], after.Cycles[0]);
        Assert.Equal(2, after.Current.Number);
        Assert.Equal(4, after.Current.PolicyVersion);
        Assert.Equal(1, after.Cycles[0].PolicyVersion);
        Assert.Equal(An.Min(49), after.Current.Opened);
        Assert.Null(after.Current.Contained);
    }

    [Fact]
    public void A_reopening_needs_a_reason() =>
        Assert.Contains("reason", An.That(IncidentStatus.Contained).Refused(new IncidentCommand.Reopen("", 1), 40).Errors!.Keys);

    [Fact]
    public void Reopened_after_closing_it_is_closed_once_and_later()
    {
        var state = An.That(IncidentStatus.Closed).Do(new IncidentCommand.Reopen("It leaked again.", 1), 40);
        Assert.Null(state.Timestamps.Closed);
        state = state.Do(new IncidentCommand.Contain(null, ""), 50).Do(new IncidentCommand.Resolve(null, ""), 60)
            .Do(new IncidentCommand.Close(""), 70);
        Assert.Equal(An.Min(70), state.Timestamps.Closed);
        Assert.Equal(An.Min(20), state.Cycles[0].Resolved);
        Assert.Equal(An.Min(60), state.Cycles[1].Resolved);
    }

    [Fact]
    public void Contained_in_the_past_is_kept_as_the_time_at_which_it_happened()
    {
        var state = An.Declared().Do(new IncidentCommand.Contain(An.Min(4), "Revoked."), 10);
        Assert.Equal(An.Min(4), state.Current.Contained);
        Assert.Equal(
            An.Min(4), ((IncidentContained)An.Declared().Events(new IncidentCommand.Contain(An.Min(4), "Revoked."), 10)[0]).HappenedAt);
    }

    [Theory]
    [InlineData(-31)]
    [InlineData(11.1)]
    public void Contained_before_the_exposure_started_or_in_the_future_is_refused(double minute) =>
        Assert.Contains("at", ((IncidentState?)null).Do(An.Declaration() with { ExposureStarted = An.Min(-30) }, 0)
            .Refused(new IncidentCommand.Contain(An.Min(minute), ""), 10).Errors!.Keys);

    [Fact]
    public void A_change_of_sev_needs_a_reason_and_is_kept()
    {
        Assert.Contains("reason", An.Declared().Refused(new IncidentCommand.ChangeSev(Sev.Critical, ""), 5).Errors!.Keys);
        var state = An.Declared().Do(new IncidentCommand.ChangeSev(Sev.Critical, "Improper access confirmed."), 5)
            .Do(new IncidentCommand.ChangeSev(Sev.Moderate, "Was a false trail."), 9);
        Assert.Equal([(Sev.Major, Sev.Critical), (Sev.Critical, Sev.Moderate)], state.SevChanges.Select(c => (c.From, c.To)));
        Assert.Equal(Sev.Moderate, state.Sev);
    }

    [Theory]
    [InlineData(IncidentStatus.Closed)]
    [InlineData(IncidentStatus.Merged)]
    public void What_is_over_changes_neither_sev_nor_links(IncidentStatus status)
    {
        var state = An.That(status);
        IncidentCommand[] commands = [new IncidentCommand.ChangeSev(Sev.Critical, "x"), new IncidentCommand.AddExposure(An.Exposure()),
            new IncidentCommand.AddInvolvement(An.Program())];
        foreach (var command in commands) Assert.Equal(RefusalKind.Conflict, state.Refused(command, 60).Kind);
    }

    [Fact]
    public void A_command_that_changes_nothing_makes_no_version()
    {
        var state = An.Declared();
        Assert.Equal(state.Version, state.Do(new IncidentCommand.ChangeDetails(state.Title, null), 5).Version);
        Assert.Equal(state.Version + 1, state.Do(new IncidentCommand.ChangeDetails("Another title", null), 5).Version);
    }

    [Fact]
    public void There_is_one_commander_and_the_next_takes_over()
    {
        var state = An.Declared().Do(new IncidentCommand.AssignRole(IncidentRole.Commander, An.Id(1), "Responder"), 1);
        state = state.Do(new IncidentCommand.AssignRole(IncidentRole.Commander, An.Id(2), "Privacy"), 2);
        Assert.Equal(An.Id(2), Assert.Single(state.People).PersonId);
        state = state.Do(new IncidentCommand.AssignRole(IncidentRole.Named, An.Id(3), "Counsel"), 3)
            .Do(new IncidentCommand.AssignRole(IncidentRole.Named, An.Id(4), "Executive"), 4);
        Assert.Equal(3, state.People.Count);
        Assert.DoesNotContain(state.Do(new IncidentCommand.ReleaseRole(IncidentRole.Named, An.Id(3)), 5).People, p =>
            p.PersonId == An.Id(3));
        Assert.Contains("person", state.Refused(new IncidentCommand.ReleaseRole(IncidentRole.Scribe, An.Id(3)), 5).Errors!.Keys);
    }

    [Fact]
    public void A_restriction_keeps_the_code()
    {
        var state = An.Declared().Do(new IncidentCommand.SetConfidentiality(Confidentiality.Restricted, "Names people."), 5);
        Assert.Equal("INC-1", state.Code);
        Assert.Equal(Confidentiality.Restricted, state.Confidentiality);
        Assert.Contains(
            "confidentiality", state.Refused(new IncidentCommand.SetConfidentiality(Confidentiality.Restricted, "x"), 6).Errors!.Keys);
    }
}
