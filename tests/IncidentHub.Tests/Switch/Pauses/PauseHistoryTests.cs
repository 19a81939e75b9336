using IncidentHub.Catalog.Programs;
using IncidentHub.Domain;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Switch.Pauses;

public sealed class PauseHistoryTests
{
    internal static readonly ProgramFacts Program = new()
    {
        Id = ProgramId,
        Code = "MCI",
        Name = "Model Capability Initiative",
        OwnerId = Owner.Id,
        OwnerName = Owner.Name,
        DeputyIds = [],
        Lifecycle = ProgramLifecycle.Live,
        Categories = ["clicks"],
        Regions = [],
        Ttl = TimeSpan.FromSeconds(30),
        GracePeriod = TimeSpan.FromSeconds(2),
        Renewal = TimeSpan.FromSeconds(10),
        Version = 1,
    };

    private static readonly Dictionary<DomainEvent, PauseState> Events = new()
    {
        [new PauseProposed(ProgramId, T0)] = Proposed(),
        [new PauseBecameActive(ProgramId, 7, T0)] = Active(),
        [new PauseDeclined(ProgramId, "No")] = Declined(),
        [new PauseReasserted(ProgramId, 2)] = Active(cause: Cause(2)),
        [new BuffersSealed(ProgramId, 8)] = Active(),
        [new ShareReleased(ProgramId, new ReleaseShare(Decision, 5, 1, 3, TimeSpan.FromHours(1)), 9)] = Active(),
        [new ShareRevoked(ProgramId, 5, Decision.Id)] = Active(),
        [new PauseLifted(ProgramId, Decision, 10)] = Lifted(),
        [new DrillEnded(ProgramId, 11)] = Drill(),
    };

    [Fact]
    public void Every_event_of_a_pause_leaves_an_audit_record_and_an_entry_on_the_activity_of_its_program()
    {
        Assert.Equal(SampleEvents.Of("Pauses").Select(e => e.GetType().Name).Order(), Events.Keys.Select(e => e.GetType().Name).Order());
        foreach (var (happened, pause) in Events)
        {
            var entry = PauseHistory.Of(Program, pause, happened);
            Assert.StartsWith("pause.", entry.Action);
            Assert.Equal("program MCI", entry.Subject);
            Assert.NotNull(entry.Detail);
            Assert.Contains(entry.Timeline, e => e.ProgramId == ProgramId);
            Assert.NotEmpty(PauseHistory.Summary([happened]));
        }
    }

    [Fact]
    public void An_event_of_another_aggregate_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        PauseHistory.Of(Program, Active(), new SampleEvents.Unknown()));

    [Fact]
    public void The_reason_of_a_pause_is_shown_on_the_activity_to_readers_who_may_see_its_incident()
    {
        var entry = PauseHistory.Of(Program, Active(cause: Cause()), new PauseBecameActive(ProgramId, 7, T0));
        Assert.Equal([Incident, null], entry.Timeline.Select(e => e.IncidentId));
        Assert.Equal([null, Incident], entry.Timeline.Select(e => e.About.Cast<Guid?>().SingleOrDefault()));
        Assert.All(entry.Timeline, e => Assert.Equal("Data readable by everyone", e.Body));
        // That the program is paused is told to every page; that there is an incident, to those of its readers.
        Assert.Contains("programs", entry.Topics);
        Assert.Equal(["programs", "incidents"], TopicsFor(entry, Incident));
    }

    [Fact]
    public void A_proposed_pause_notifies_readers_of_its_incident_and_those_who_answer_it()
    {
        var entry = PauseHistory.Of(Program, Active(cause: Cause()), new PauseProposed(ProgramId, T0));
        Assert.Equal(((Guid[])[Program.OwnerId, .. Program.DeputyIds]).Select(LiveFeed.SightOf), entry.Topics);
        Assert.Equal(["programs", "incidents"], TopicsFor(entry, Incident));
        Assert.Null(Assert.Single(entry.Timeline, e => e.ProgramId is not null).PublicTitle);
    }

    private static IReadOnlyList<string> TopicsFor(JournalEntry entry, Guid incident)
    {
        var (subjects, topics) = Assert.Single(entry.SubjectTopics);
        Assert.Equal([incident], subjects);
        return topics;
    }

    [Fact]
    public void The_full_stop_is_shown_to_every_reader()
    {
        var entry = StopHistory.Proven(Program, Active(cause: Cause()), StopCounts.None(ProgramId), T0, null);
        Assert.All(entry.Timeline, e => Assert.Empty(e.About));
        Assert.Equal(["stopped", "stopped"], entry.Timeline.Select(e => e.Kind));
    }

    [Fact]
    public void An_active_pause_raises_an_event_for_the_upper_layers_and_a_drill_does_not()
    {
        Assert.IsType<PauseActivated>(Assert.Single(Raised(Active(), new PauseBecameActive(ProgramId, 7, T0))));
        Assert.Empty(Raised(Drill(), new PauseBecameActive(ProgramId, 7, T0)));
        Assert.Equal(new StagedResumeStopped(ProgramId, Decision.Id),
            Assert.Single(Raised(Active() with { Id = ProgramId }, new ShareRevoked(ProgramId, 5, Decision.Id))));
    }

    private static IReadOnlyList<ILayerEvent> Raised(PauseState pause, DomainEvent happened) =>
        PauseHistory.Of(Program, pause, happened).Events;
}
