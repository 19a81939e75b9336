using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

public class IncidentLinksTests
{
    [Fact]
    public void A_dataset_is_linked_once_at_a_time()
    {
        var state = An.Declared().Do(new IncidentCommand.AddExposure(An.Exposure()), 1);
        Assert.Contains("dataset", state.Refused(new IncidentCommand.AddExposure(An.Exposure() with { Id = An.Id(1) }), 2).Errors!.Keys);
        state = state.Do(new IncidentCommand.WithdrawExposure(An.Exposure().Id, "Wrong table."), 3);
        Assert.Equal(2, state.Do(new IncidentCommand.AddExposure(An.Exposure() with { Id = An.Id(1) }), 4).Exposures.Count);
    }

    [Fact]
    public void A_withdrawn_exposure_stays_with_its_reason_and_cannot_be_changed()
    {
        var state = An.Declared().Do(new IncidentCommand.AddExposure(An.Exposure()), 1)
            .Do(new IncidentCommand.WithdrawExposure(An.Exposure().Id, "Wrong table."), 2);
        Assert.Equal("Wrong table.", Assert.Single(state.Exposures).WithdrawnReason);
        Assert.Equal(RefusalKind.NotFound, state.Refused(new IncidentCommand.ChangeExposure(An.Exposure()), 3).Kind);
        Assert.Equal(RefusalKind.NotFound, state.Refused(new IncidentCommand.WithdrawExposure(An.Exposure().Id, "x"), 3).Kind);
    }

    [Fact]
    public void A_changed_exposure_keeps_its_dataset()
    {
        var state = An.Declared().Do(new IncidentCommand.AddExposure(An.Exposure()), 1);
        var changed =
            state.Do(new IncidentCommand.ChangeExposure(An.Exposure() with { DatasetId = An.Id(9), DatasetName = "another", Records = 12 }),
            2).Exposures[0];
        Assert.Equal(An.Exposure().DatasetId, changed.DatasetId);
        Assert.Equal("dataset-7", changed.DatasetName);
        Assert.Equal(12, changed.Records);
    }

    [Fact]
    public void An_exposure_changed_to_what_it_is_changes_nothing()
    {
        var exposure = An.Exposure() with { Categories = ["prompts"], Records = 3 };
        var state = An.Declared().Do(new IncidentCommand.AddExposure(exposure), 1);
        Assert.Empty(state.Events(new IncidentCommand.ChangeExposure(exposure with { Categories = ["prompts"] }), 2));
        Assert.Single(state.Events(new IncidentCommand.ChangeExposure(exposure with { Categories = ["prompts", "clicks"] }), 2));
    }

    [Fact]
    public void None_found_cannot_be_entered()
    {
        var exposure = An.Exposure() with { Evidence = EvidenceOfAccess.NoneFound };
        Assert.Contains("evidence", An.Declared().Refused(new IncidentCommand.AddExposure(exposure), 1).Errors!.Keys);
        var state = An.Declared().Do(new IncidentCommand.AddExposure(An.Exposure()), 1);
        Assert.Contains("evidence", state.Refused(new IncidentCommand.ChangeExposure(exposure), 2).Errors!.Keys);
    }

    public static TheoryData<string, Exposure> BadExposures() => new()
    {
        { "from", An.Exposure() with { From = An.Min(60) } },
        { "until", An.Exposure() with { Until = An.Min(60) } },
        { "until", An.Exposure() with { From = An.Min(-5), Until = An.Min(-6) } },
        { "records", An.Exposure() with { Records = -1 } },
        { "subjects", An.Exposure() with { Subjects = -1 } },
        { "encrypted", An.Exposure() with { Encrypted = (Known)9 } },
        { "note", An.Exposure() with { Note = new string('x', 2001) } },
    };

    [Theory]
    [MemberData(nameof(BadExposures))]
    public void A_bad_exposure_is_refused_at_its_field(string field, Exposure exposure) =>
        Assert.Contains(field, An.Declared().Refused(new IncidentCommand.AddExposure(exposure), 1).Errors!.Keys);

    [Fact]
    public void A_program_is_linked_once_and_changes_kind_with_a_reason()
    {
        var state = An.Declared().Do(new IncidentCommand.AddInvolvement(An.Program(kind: Involvement.Suspected)), 1);
        Assert.Contains("program", state.Refused(new IncidentCommand.AddInvolvement(An.Program()), 2).Errors!.Keys);
        Assert.Contains(
            "reason", state.Refused(new IncidentCommand.ChangeInvolvement(An.Program().ProgramId, Involvement.Source, " "),
            2).Errors!.Keys);
        state = state.Do(new IncidentCommand.ChangeInvolvement(An.Program().ProgramId, Involvement.Source, "Its export job did it."), 2);
        Assert.Equal(Involvement.Source, Assert.Single(state.Involvements).Kind);
    }

    [Fact]
    public void A_withdrawn_program_may_be_linked_again()
    {
        var state = An.Declared().Do(new IncidentCommand.AddInvolvement(An.Program()), 1)
            .Do(new IncidentCommand.WithdrawInvolvement(An.Program().ProgramId, "Not it."), 2);
        Assert.False(Assert.Single(state.Involvements).IsActive);
        Assert.True(Assert.Single(state.Do(new IncidentCommand.AddInvolvement(An.Program()), 3).Involvements).IsActive);
    }
}
