using IncidentHub.Domain;
using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Tests.Domain.Gate;

/// <summary>
/// A hub, a program and some collectors, in plain arithmetic on true time (milliseconds of the hub's clock). Every collector has its own
/// clock, slightly fast or slow, and every message is delayed. Some collectors go on after their stop; what they report is true.
/// </summary>
internal sealed class GateWorld
{
    public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(20), GracePeriod = TimeSpan.FromSeconds(2);
    public static readonly string[] Categories = ["keystrokes", "clicks", "mouse-movements"];
    private static readonly DateTimeOffset Zero = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);
    private readonly List<EpochTerms> _epochs = [];
    private readonly List<Pending> _uploads = [];
    private readonly List<PauseLife> _pauses = [];
    private double _now;
    private long _epoch = 1;
    private double _endedAt = double.PositiveInfinity;

    public sealed record Step(int Kind, int A, int B, int C, int D, int E);

    /// <summary>One pause: its scope, and the released share over time.</summary>
    private sealed record PauseLife(Guid Id, long Epoch, double From, string[] Categories, string[] Regions, bool Drill)
    {
        public double Until { get; set; } = double.PositiveInfinity;
        public List<(double At, int Share)> Shares { get; } = [(double.NegativeInfinity, 0)];
    }

    public sealed record HeldPermit(GatePermit Permit, double SentAt, double ArrivedAt);

    public sealed class Collector(string? region, int bucket, double rate, bool goesOn)
    {
        public string? Region => region;
        public int Bucket => bucket;
        public bool GoesOn => goesOn;
        public List<HeldPermit> Permits { get; } = [];
        public List<AcknowledgedStop> Acks { get; } = [];

        /// <summary>
        /// When it learned of which epoch, by a stop or a newer permit: from then on an honest collector collects nothing under older
        /// permits.
        /// </summary>
        public List<(double At, long Epoch)> Heard { get; } = [];

        public double ClosedAt(HeldPermit permit) => Heard.Where(h => h.Epoch > permit.Permit.Epoch).Select(h => h.At)
            .DefaultIfEmpty(double.PositiveInfinity).Min();

        /// <summary>Its offset for a true time.</summary>
        public double Offset(HeldPermit permit, double at) => (at - permit.SentAt) * rate;

        public double TimeOf(HeldPermit permit, double offset) => permit.SentAt + offset / rate;
    }

    private sealed record TrueSpan(double From, double To, string[] Categories, HeldPermit Under);

    private sealed record Pending(double At, Collector By, List<CollectedSpan> Reported, List<TrueSpan> True);

    /// <summary>A check at the gate, with the true facts.</summary>
    public sealed record Judged(GateVerdict Verdict, bool Honest, bool WhollyAllowed, bool AfterProvenStop, bool ClearlyAllowed);

    public List<Collector> Collectors { get; } = [];
    public List<Judged> Answers { get; } = [];

    public GateWorld()
    {
        Record();
        string?[] regions = ["US", "DE", null, "US", "DE", "US"];
        for (var i = 0; i < regions.Length; i++)
            Collectors.Add(new(regions[i], i * 1_999 % 10_000, 1 + (i - 3) * 0.000_15, goesOn: i >= 3));
    }

    public GateWorld Play(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            // Each change of the switch is its own transaction: no two have the same time.
            Advance(1 + (step.A % 100 < 85 ? step.A % 4_000 : step.A % 60_000));
            Do(step);
        }
        Advance(200_000);
        return this;
    }

    private void Do(Step s)
    {
        var c = Collectors[s.B % Collectors.Count];
        switch (s.Kind % 20)
        {
            case < 7: Renew(c, s); break;
            case < 14: Collect(c, s); break;
            case 14 or 15: Order(s); break;
            case 16: Lift(s); break;
            case 17: Stage(s); break;
            case 18: Acknowledge(c, s); break;
            default: if (s.C % 40 == 0 && double.IsPositiveInfinity(_endedAt)) { _endedAt = _now; Raise(); } break;
        }
    }

    private void Advance(double by)
    {
        var until = _now + by;
        foreach (var upload in _uploads.Where(u => u.At <= until).OrderBy(u => u.At).ToList())
        {
            _uploads.Remove(upload);
            _now = upload.At;
            Check(upload);
        }
        _now = until;
    }

    private void Order(Step s)
    {
        string[] categories = s.C % 3 == 0 ? [] : [Categories[s.C % 2]];
        string[] regions = s.D % 3 == 0 ? ["DE"] : [];
        _pauses.Add(new(OrderedId.Next(At(_now)), _epoch + 1, _now, categories, regions, s.E % 4 == 0));
        Raise();
    }

    private void Lift(Step s)
    {
        if (ActivePauses() is not { Count: > 0 } standing) return;
        standing[s.C % standing.Count].Until = _now;
        Raise();
    }

    private void Stage(Step s)
    {
        if (ActivePauses() is not { Count: > 0 } standing) return;
        var pause = standing[s.C % standing.Count];
        pause.Shares.Add((_now, pause.Shares[^1].Share == 0 || s.D % 2 == 0 ? 25 + s.D % 50 : 0));
        Raise();
    }

    private void Raise()
    {
        _epoch++;
        Record();
    }

    // The history as the hub stores it: the rule of each epoch.
    private void Record() =>
        _epochs.Add(
        new(_epoch, At(_now), double.IsPositiveInfinity(_endedAt) ? ProgramLifecycle.Live : ProgramLifecycle.Terminated, Categories,
        [.. ActivePauses()
            .Select(p => new ActivePause(p.Id, p.Epoch, PauseScope.Of(p.Categories, p.Regions), p.Shares[^1].Share, p.Drill))]));

    private List<PauseLife> ActivePauses() => [.. _pauses.Where(p => p.From <= _now && _now < p.Until)];

    private void Renew(Collector c, Step s)
    {
        var there = s.C % 10 == 0 ? s.C % 15_000 : s.C % 400;
        var back = s.D % 10 == 0 ? s.D % 3_000 : s.D % 300;
        var (sent, arrives) = (_now - there, _now + back);
        var allowed = Categories.Where(k => Allowed(k, c, _now)).ToArray();
        c.Heard.Add((arrives, _epoch));
        if (allowed.Length == 0 || arrives - sent >= Ttl.TotalMilliseconds) return;
        // Whole seconds, rounded down.
        var iat = Math.Floor(_now / 1_000) * 1_000;
        c.Permits.Add(new(new GatePermit($"p{_now}-{c.Bucket}", At(iat), Ttl, _epoch, allowed, c.Region), sent, arrives));
    }

    private void Acknowledge(Collector c, Step s)
    {
        // It learned of the current epoch by a response that it has just received.
        if (Categories.All(k => Allowed(k, c, _now)) || c.Acks.Any(a => a.Epoch == _epoch)) return;
        var heard = _now - s.C % 300;
        if (heard <= _epochs[^1].At.Subtract(Zero).TotalMilliseconds || c.Permits.LastOrDefault(p =>
            p.ArrivedAt < heard && p.Permit.Epoch < _epoch) is not { } last) return;
        c.Heard.Add((heard, _epoch));
        var stopped = Math.Min(c.Offset(last, heard), Ttl.TotalMilliseconds);
        c.Acks.Add(new(_epoch, last.Permit.Jti, last.Permit.Iat, TimeSpan.FromMilliseconds(Math.Floor(stopped)), At(_now + s.D % 500)));
    }

    private void Collect(Collector c, Step s)
    {
        // Under one permit, or over a renewal.
        var held = c.Permits.Where(p => p.ArrivedAt < _now).ToList();
        if (held.Count == 0) return;
        var under = s.C % 5 == 0 && held.Count > 1 ? held.TakeLast(2).ToList() : s.C % 7 == 0 ? [held[s.D % held.Count]] : [held[^1]];
        var (reported, real) = (new List<CollectedSpan>(), new List<TrueSpan>());
        foreach (var permit in under)
        {
            var deadline = c.TimeOf(permit, Ttl.TotalMilliseconds);
            var end = c.GoesOn ? _now : Math.Min(_now, Math.Min(deadline, c.ClosedAt(permit)));
            var from = permit.ArrivedAt + (end - permit.ArrivedAt) * (s.D % 100 / 100.0);
            var to = from + (end - from) * (s.E % 100 / 99.0);
            if (end <= permit.ArrivedAt) continue;
            string[] categories = c.GoesOn && s.E % 4 == 0
                ? Categories : [.. permit.Permit.Categories.Take(1 + s.E % permit.Permit.Categories.Count)];
            real.Add(new(from, to, categories, permit));
            reported.Add(new(permit.Permit, Whole(c.Offset(permit, from)), Whole(c.Offset(permit, to)), categories));
        }
        if (real.Count > 0)
            _uploads.Add(new(Math.Max(_now, real.Max(r => r.To)) + (s.A % 4 == 0 ? s.B % 90_000 : s.B % 900), c, reported, real));
    }

    private void Check(Pending upload)
    {
        var (c, now) = (upload.By, At(_now));
        var verdict = GateRules.Judge(
            new GateBatch(c.Bucket, upload.Reported), new AllowanceHistory(_epochs),
                [.. c.Acks.Where(a => a.ReceivedAt <= now)], GracePeriod,
                now);
        Answers.Add(new(
            verdict, !c.GoesOn, upload.True.All(t => t.Categories.All(k => AllowedAllThrough(k, c, t.From, t.To))),
                upload.True.Any(t => AfterProvenStop(c, t)), upload.True.All(t => Clearly(c, t))));
    }

    /// <summary>The truth: is this category allowed for this device at that time?</summary>
    private bool Allowed(string category, Collector c, double at) => at < _endedAt && !_pauses.Exists(p =>
        p.From <= at && at < p.Until && Covers(p, category, c) && c.Bucket >= p.Shares.Last(x => x.At <= at).Share * 100);

    private static bool Covers(PauseLife p, string category, Collector c) =>
        (p.Categories.Length == 0 || p.Categories.Contains(category))
            && (p.Regions.Length == 0 || c.Region is null || p.Regions.Contains(c.Region));

    private bool AllowedAllThrough(string category, Collector c, double from, double to) =>
        Allowed(category, c, from) && Allowed(category, c, to) && Changes().Where(t => t > from && t < to)
            .All(t => Allowed(category, c, t));

    private IEnumerable<double> Changes() => _pauses.SelectMany(p => p.Shares.Skip(1).Select(x => x.At).Append(p.From).Append(p.Until))
        .Append(_endedAt);

    // By the report: the receipt of the acknowledgement, or the end of the last permit before the pause, plus the grace period and a
    // second.
    private bool AfterProvenStop(Collector c, TrueSpan t) => _pauses.Exists(p =>
    {
        if (t.Under.Permit.Epoch >= p.Epoch || !t.Categories.Any(k => Covers(p, k, c))) return false;
        var expiry = c.Permits.Where(x => x.Permit.Epoch < p.Epoch).Max(x => (x.Permit.Iat - Zero).TotalMilliseconds)
            + (Ttl + GracePeriod).TotalMilliseconds + 1_000;
        var acked = c.Acks.Where(a => a.Epoch >= p.Epoch && a.Epoch > t.Under.Permit.Epoch)
            .Select(a => (a.ReceivedAt - Zero).TotalMilliseconds).DefaultIfEmpty(double.PositiveInfinity).Min();
        return t.To > Math.Min(expiry, acked) && !ReleasedSince(p, c, t);
    });

    // A permit of a stage is newer than the pause; a stage does not revalidate an older one.
    private static bool ReleasedSince(PauseLife p, Collector c, TrueSpan t) => p.From > t.To;

    // Nothing was forbidden from when its permit was issued until well after its end: there is no uncertainty.
    private bool Clearly(Collector c, TrueSpan t) =>
        c.Offset(t.Under, t.To) <= Ttl.TotalMilliseconds && t.Categories.All(k =>
            t.Under.Permit.Categories.Contains(k) && AllowedAllThrough(k, c, t.From - 20_000, _now));

    private static TimeSpan Whole(double ms) => TimeSpan.FromMilliseconds(Math.Floor(ms));

    private static DateTimeOffset At(double ms) => Zero.AddTicks((long)(ms * TimeSpan.TicksPerMillisecond));
}
