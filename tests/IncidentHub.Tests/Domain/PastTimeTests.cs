using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Timeline;
using IncidentHub.Tests.Domain.Incidents;

namespace IncidentHub.Tests.Domain;

/// <summary>Every command with the time of a past event follows one rule.</summary>
public class PastTimeTests
{
    private const int Minute = 30;
    private static readonly DateTimeOffset Now = An.Min(Minute);
    private const IncidentState? New = null;

    /// <summary>The field, the command's refusal at a time, and the time that it records.</summary>
    private sealed record Command(string Field, Func<DateTimeOffset, (Refusal? Refusal, DateTimeOffset? Recorded)> Send);

    private static readonly Command[] Commands =
    [
        new("happenedAt", at => Of(NoteRules.Decide(null, new NoteCommand.Write(An.Id(1), NoteKind.Note, "Seen.", at), An.Responder, Now),
            n => n.HappenedAt)),
        new("exposureStarted", at => Of(New.Try(An.Declaration() with { ExposureStarted = at }, Minute), i =>
            i.Timestamps.ExposureStarted)),
        new("detected", at => Of(New.Try(An.Declaration() with { Detected = at }, Minute), i => i.Timestamps.Detected)),
        new("exposures[0].from", at => Of(New.Try(An.Declaration() with { Exposures = [An.Exposure(1) with { From = at }] }, Minute),
            i => i.Exposures[0].From)),
        new("exposures[0].until", at => Of(New.Try(An.Declaration() with { Exposures = [An.Exposure(1) with { Until = at }] }, Minute),
            i => i.Exposures[0].Until)),
        new("from", at => Of(An.Declared().Try(new IncidentCommand.AddExposure(An.Exposure(1) with { From = at }), Minute),
            i => i.Exposures[^1].From)),
        new("until", at => Of(An.Declared().Try(new IncidentCommand.AddExposure(An.Exposure(1) with { Until = at }), Minute),
            i => i.Exposures[^1].Until)),
        new("from", at => Of(Changed(at), i => i.Exposures[^1].From)),
        new("at", at => Of(An.Declared().Try(new IncidentCommand.Contain(at, ""), Minute), i => i.Current.Contained)),
        new("at", at => Of(An.That(IncidentStatus.Contained).Try(new IncidentCommand.Resolve(at, ""), Minute), i =>
            i.Current.Resolved)),
        new("at", at => Of(An.That(IncidentStatus.Contained).Try(
            new IncidentCommand.CorrectTimestamp(TimestampKind.Contained, null, at, "Log."), Minute), i => i.Current.Contained)),
    ];

    public static readonly TheoryData<int> All = [.. Enumerable.Range(0, Commands.Length)];

    [Theory, MemberData(nameof(All))]
    public void A_time_in_the_future_is_refused_at_its_field(int command) =>
        Assert.Contains(Commands[command].Field, Commands[command].Send(Now + PastTime.ClockDifference.Add(TimeSpan.FromTicks(1))).Refusal!
            .Errors!.Keys);

    [Theory, MemberData(nameof(All))]
    public void A_time_ahead_by_no_more_than_clocks_differ_counts_as_now(int command) =>
        Assert.Equal((null, Now), Commands[command].Send(Now + PastTime.ClockDifference));

    [Theory, MemberData(nameof(All))]
    public void A_year_before_1970_is_refused_at_its_field(int command) =>
        Assert.Equal("Must not be before 1970.",
            Assert.Single(Commands[command].Send(PastTime.Earliest.AddTicks(-1)).Refusal!.Errors![Commands[command].Field]));

    private static Result<Accepted<IncidentState>> Changed(DateTimeOffset at)
    {
        var state = An.Declared().Try(new IncidentCommand.AddExposure(An.Exposure(1)), Minute).Value.Next;
        return state.Try(new IncidentCommand.ChangeExposure(state.Exposures[^1] with { From = at }), Minute);
    }

    private static (Refusal?, DateTimeOffset?) Of<T>(Result<Accepted<T>> result, Func<T, DateTimeOffset?> recorded) =>
        (result.Refusal, result.IsOk ? recorded(result.Value.Next) : null);
}
