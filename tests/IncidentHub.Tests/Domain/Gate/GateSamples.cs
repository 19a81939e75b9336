using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Tests.Domain.Gate;

/// <summary>A program of three categories, its history in seconds from <see cref="T0"/>, and batches of one collector.</summary>
internal static class GateSamples
{
    public static readonly DateTimeOffset T0 = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(60);
    public static readonly string[] All = ["keystrokes", "clicks", "mouse-movements"];
    public static readonly Guid Pause = new("00000000-0000-7000-8000-0000000000a1");

    public static DateTimeOffset At(double seconds) => T0.AddSeconds(seconds);

    public static EpochTerms Epoch(long epoch, double at, params ActivePause[] pauses) =>
        new(epoch, At(at), ProgramLifecycle.Live, All, pauses);

    public static ActivePause Active(long epoch, PauseScope? scope = null, int released = 0, bool drill = false, Guid? id = null) =>
        new(id ?? Pause, epoch, scope ?? PauseScope.Whole, released, drill);

    public static PauseScope Of(string[]? categories = null, string[]? regions = null) => PauseScope.Of(categories, regions);

    public static GatePermit Permit(double iat = 0, long epoch = 1, string? region = "US", string[]? categories = null,
        string jti = "p1") => new(jti, At(iat), Ttl, epoch, categories ?? All, region);

    public static CollectedSpan Span(double start, double end, GatePermit? permit = null, params string[] categories) =>
        new(permit ?? Permit(), TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end),
            categories.Length == 0 ? ["keystrokes"] : categories);

    public static AcknowledgedStop Ack(long epoch, double stoppedAt, double receivedAt, string jti = "p1", double iat = 0) =>
        new(epoch, jti, At(iat), TimeSpan.FromSeconds(stoppedAt), At(receivedAt));

    public static GateVerdict Judge(EpochTerms[] history, double now, CollectedSpan[] spans, int bucket = 9_999,
        params AcknowledgedStop[] acks) =>
        GateRules.Judge(new GateBatch(bucket, spans), new AllowanceHistory(history), acks, GracePeriod, At(now));

    public static GateVerdict Judge(EpochTerms[] history, double now, CollectedSpan span, params AcknowledgedStop[] acks) =>
        Judge(history, now, [span], 9_999, acks);
}
