using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

public class IncidentMergeTests
{
    private static IncidentState Survivor() => An.Declared() with { Id = An.Id(101), Code = "INC-2" };

    private static IncidentState Absorbed(IncidentState survivor, IncidentState merged) =>
        survivor.Do(new IncidentCommand.Absorb(merged), 9);

    [Fact]
    public void Nothing_is_merged_into_itself() =>
        Assert.Contains("into", An.Declared().Refused(new IncidentCommand.MergeInto(An.Declared(), "x"), 5).Errors!.Keys);

    [Theory]
    [InlineData(IncidentStatus.Closed)]
    [InlineData(IncidentStatus.Merged)]
    public void An_incident_can_only_be_merged_into_an_open_one(IncidentStatus status) =>
        Assert.Contains(
            "into", An.Declared().Refused(new IncidentCommand.MergeInto(An.That(status) with { Id = An.Id(101) }, "x"), 40).Errors!.Keys);

    [Fact]
    public void A_restricted_incident_is_not_revealed_by_merging_it()
    {
        var restricted = An.Declared() with { Confidentiality = Confidentiality.Restricted };
        Assert.Equal("would_reveal", restricted.Refused(new IncidentCommand.MergeInto(Survivor(), "x"), 5).Code);
        Assert.Equal(
            IncidentStatus.Merged,
            restricted.Do(new IncidentCommand.MergeInto(Survivor() with { Confidentiality = Confidentiality.Restricted }, "x"), 5).Status);
    }

    [Fact]
    public void The_survivor_takes_over_the_links_that_it_does_not_have()
    {
        var merged = An.Declared() with
        {
            Exposures = [An.Exposure(7), An.Exposure(8)],
            Involvements = [An.Program(3), An.Program(4, Involvement.Suspected)]
        };
        var survivor = Absorbed(Survivor() with { Exposures = [An.Exposure(7)], Involvements = [An.Program(4, Involvement.Source)] },
            merged);
        Assert.Equal([An.Id(7), An.Id(8)], survivor.Exposures.Select(e => e.DatasetId));
        Assert.Equal([("P4", Involvement.Source), ("P3", Involvement.Source)], survivor.Involvements.Select(i => (i.ProgramCode, i.Kind)));
    }

    [Fact]
    public void A_source_in_either_is_a_source_in_the_survivor()
    {
        var survivor = Absorbed(Survivor() with { Involvements = [An.Program(3, Involvement.Downstream)] },
            An.Declared() with { Involvements = [An.Program(3)] });
        Assert.Equal(Involvement.Source, Assert.Single(survivor.Involvements).Kind);
    }

    [Fact]
    public void A_withdrawn_link_is_not_taken_over()
    {
        var merged = An.Declared() with
        {
            Involvements = [An.Program() with { WithdrawnReason = "Not it." }],
            Exposures = [An.Exposure() with { WithdrawnReason = "Not it." }]
        };
        var survivor = Absorbed(Survivor(), merged);
        Assert.Empty(survivor.Involvements);
        Assert.Empty(survivor.Exposures);
    }

    [Theory]
    [InlineData(Sev.Critical, Sev.Major, Sev.Critical)]
    [InlineData(Sev.Minor, Sev.Major, Sev.Major)]
    public void The_more_severe_level_applies(Sev merged, Sev survivor, Sev expected)
    {
        var after = Absorbed(Survivor() with { Sev = survivor }, An.Declared() with { Sev = merged });
        Assert.Equal(expected, after.Sev);
        Assert.Equal(expected == survivor ? 0 : 1, after.SevChanges.Count);
    }
}
