using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

public sealed class SuggestedLinksTests
{
    private static readonly ReachedDataset[] Reached =
        [new(An.Id(8), "dataset-8", 1, ["dataset-7"]), new(An.Id(9), "dataset-9", 2, ["dataset-8"])];

    private static readonly DatasetFeed[] Feeds =
        [Feed(7, 1), Feed(8, 1), Feed(8, 2), Feed(9, 2), Feed(99, 3)];

    private static readonly IncidentState Exposed = An.Declared().Do(new IncidentCommand.AddExposure(An.Exposure()), 1);

    private static DatasetFeed Feed(int dataset, int program) =>
        new(An.Id(dataset), An.Program(program).ProgramId, An.Program(program).ProgramCode);

    private static string[] Of(IncidentState state) =>
        [.. SuggestedLinks.Of(state, Reached, Feeds).Select(s => $"{s.Name} {s.Kind} {s.Step} {string.Join('+', s.Through)}")];

    private static SuggestedLink Named(string name, IncidentState? state = null) =>
        SuggestedLinks.Of(state ?? Exposed, Reached, Feeds).Single(s => s.Name == name);

    [Fact]
    public void Programs_that_feed_the_exposed_data_are_sources_and_those_that_feed_what_is_derived_are_downstream() => Assert.Equal(
        ["P1 Source 0 dataset-7", "P2 Downstream 1 dataset-8", "dataset-8  1 dataset-7", "dataset-9  2 dataset-8"], Of(Exposed));

    [Fact]
    public void What_is_linked_is_not_suggested_and_is_again_once_it_is_withdrawn()
    {
        var linked = Exposed.Do(new IncidentCommand.AddInvolvement(An.Program(1, Involvement.Downstream)), 2)
            .Do(new IncidentCommand.AddExposure(An.Exposure(8)), 3);
        // dataset-8 is exposed by now: whoever feeds it is a source.
        Assert.Equal(["P2 Source 0 dataset-8", "dataset-9  2 dataset-8"], Of(linked));
        Assert.Contains("P1 Source 0 dataset-7+dataset-8",
            Of(linked.Do(new IncidentCommand.WithdrawInvolvement(An.Program(1).ProgramId, "Not it."), 4)));
    }

    [Fact]
    public void Several_are_confirmed_at_once_and_each_has_its_event()
    {
        var confirm = new IncidentCommand.ConfirmLinks(
            [An.Exposure(8), An.Exposure(9)], [An.Program(1), An.Program(2, Involvement.Downstream)]);
        Assert.Equal([typeof(ExposureAdded), typeof(ExposureAdded), typeof(InvolvementAdded), typeof(InvolvementAdded)],
            Exposed.Events(confirm, 2).Select(e => e.GetType()));
        var after = Exposed.Do(confirm, 2);
        Assert.Empty(Of(after));
        Assert.Equal(Exposed.Version + 1, after.Version);
    }

    [Fact]
    public void One_that_cannot_be_confirmed_refuses_all_of_them() => Assert.Equal(["dataset"],
        Exposed.Refused(new IncidentCommand.ConfirmLinks([An.Exposure(8), An.Exposure(7)], [An.Program(1)]), 2).Errors!.Keys);

    [Fact]
    public void What_is_set_aside_is_not_suggested_again_and_the_reason_is_kept()
    {
        var after = Exposed.Do(new IncidentCommand.SetLinksAside([Named("P2"), Named("dataset-9")], " A copy of 2024. "), 2);
        Assert.Equal(["P1 Source 0 dataset-7", "dataset-8  1 dataset-7"], Of(after));
        Assert.Equal([("P2", "A copy of 2024.", "Responder"), ("dataset-9", "A copy of 2024.", "Responder")],
            after.SetAside.Select(s => (s.Name, s.Reason, s.By)));
        // Again: nothing changes.
        Assert.Equal(after, after.Do(new IncidentCommand.SetLinksAside([Named("P2")], "Again."), 3));
    }

    [Fact]
    public void A_program_that_was_set_aside_as_downstream_is_suggested_again_once_it_is_a_source()
    {
        var aside = Exposed.Do(new IncidentCommand.SetLinksAside([Named("P2")], "It only reads."), 2);
        var worse = aside.Do(new IncidentCommand.AddExposure(An.Exposure(8)), 3);
        Assert.Equal(Involvement.Source, Named("P2", worse).Kind);
        Assert.DoesNotContain("P2", string.Join(' ', Of(worse.Do(new IncidentCommand.SetLinksAside([Named("P2", worse)], "Checked."), 4))));
    }

    [Fact]
    public void Setting_aside_needs_a_reason_a_choice_an_open_incident_and_what_is_not_linked()
    {
        IReadOnlyList<SuggestedLink> chosen = [Named("P2")];
        Assert.Equal(["reason"], Exposed.Refused(new IncidentCommand.SetLinksAside(chosen, " "), 2).Errors!.Keys);
        Assert.Equal(["links"], Exposed.Refused(new IncidentCommand.SetLinksAside([], "None."), 2).Errors!.Keys);
        Assert.Equal(["links"], Exposed.Refused(new IncidentCommand.ConfirmLinks([], []), 2).Errors!.Keys);
        Assert.Equal(["links"], Exposed.Do(new IncidentCommand.AddInvolvement(An.Program(2)), 2)
            .Refused(new IncidentCommand.SetLinksAside(chosen, "Late."), 3).Errors!.Keys);
        Assert.Equal("not_open", An.That(IncidentStatus.Closed).Refused(new IncidentCommand.SetLinksAside(chosen, "Late."), 40).Code);
    }
}
