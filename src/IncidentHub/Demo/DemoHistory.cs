using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>
/// Two years of closed incidents, with response times that improve over time. Where the SEV policy pauses a program, the pause is proven
/// and lifted before the incident is resolved.
/// </summary>
internal sealed class DemoHistory(
    FlagCommands flags, IncidentCommands incidents, NoteCommands notes, ProgramReader programs, DemoResume resume, DemoPastPermits permits,
    DemoReviews reviews)
{
    public const int Closed = 240;

    /// <summary>Flags in these two years; <see cref="DemoPresent"/> adds one more, so that the waiting flag is F-88.</summary>
    private const int Flags = 86, Dismissed = 17;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(5);

    /// <summary>A stop is proven by then, counted from the end of the last permit.</summary>
    private static readonly TimeSpan Proven = TimeSpan.FromSeconds(66);
    private const int Days = 728, LastDaysAgo = 13;
    private static readonly Sev[] Mix = Spread((Sev.Catastrophic, 2), (Sev.Critical, 9), (Sev.Major, 36), (Sev.Moderate, 76),
        (Sev.Minor, 79), (Sev.Notice, 28));

    public void Write(DemoScript script, DateTimeOffset now)
    {
        var random = new Random(20260421);
        List<(string Program, DateTimeOffset From, DateTimeOffset To)> paused =
            [.. DemoPauses.Spans(now), .. DemoDrills.Spans(now), (DemoPresent.Paused, DemoPresent.PausedAt(now), now)];
        var count = Closed - DemoPauses.All.Count;
        var sevs = Enumerable.Range(0, count).Select(i => Mix[i % Mix.Length]).ToArray();
        random.Shuffle(sevs);
        for (var i = 0; i < count; i++)
        {
            var at = now.AddDays(-Days + ((Days - LastDaysAgo) * (i + random.NextDouble()) / count));
            var flagged = (i + 1) * (Flags - Dismissed) / count > i * (Flags - Dismissed) / count;
            WriteIncident(script, now, at, i / (double)count, sevs[i], flagged, paused, random);
        }
        for (var i = 0; i < Dismissed; i++) WriteDismissed(script, now.AddDays(-Days + 20 + ((Days - 40) * i / (double)Dismissed)), random);
    }

    /// <param name="progress">0 two years ago, 1 at present.</param>
    /// <param name="paused">When programs are paused. Two pauses of one program never overlap in the story.</param>
    private void WriteIncident(DemoScript script, DateTimeOffset now, DateTimeOffset declared, double progress, Sev sev, bool flagged,
        List<(string Program, DateTimeOffset From, DateTimeOffset To)> paused, Random random)
    {
        var cycles = Cycles(now, declared, progress, sev, random);
        var end = cycles[^1].Resolved;
        var alive = DemoPrograms.All.Where(p => !p.Draft && Live(p, now) < declared.AddDays(-5)
            && (p.EndedDaysAgo is not { } ended || now.AddDays(-ended) > end.AddDays(1))).ToArray();
        // MCI is collecting, and its collectors are the sample ones.
        var free = alive.Where(p => p.Code != "MCI"
            && !paused.Any(s => s.Program == p.Code && s.From < end.AddHours(1) && s.To > declared.AddHours(-1))).ToArray();
        var pauses = sev <= Sev.Major && free.Length > 0;
        var program = pauses ? free[random.Next(free.Length)] : alive[random.Next(alive.Length)];
        if (pauses) paused.Add((program.Code, declared, end));
        var fed = DemoDatasets.All.Where(d => d.Program == program.Code).ToArray();
        var dataset = fed[random.Next(fed.Length)];
        var actor = random.Next(3) == 0 ? SecondResponder : Responder;
        var title = DemoWords.Title(sev, random, program.Details.Name, dataset.Name);
        var incident = new StoryIncident();

        var policy = SevPolicy.Default[sev];
        if (flagged)
        {
            var acknowledged = declared - TimeSpan.FromMinutes(4 + random.Next(50));
            var filed = acknowledged - (Shorter(policy.Acknowledge.Nominal, LongestWait) * Spread(random, 0.3) * (1.3 - (0.9 * progress)));
            WriteFlag(script, incident, filed, acknowledged, random.Next(4) == 0 ? null : Employee.Id, $"{program.Code} · {dataset.Name}",
                DemoWords.Concern(random, dataset.Name), sev, actor, random);
        }
        var detected = declared - (flagged ? TimeSpan.FromHours(2 + random.Next(60))
            + policy.Acknowledge.Nominal * 3 : TimeSpan.FromMinutes(10 + random.Next(300)));
        var started = random.Next(7) == 0
            ? (DateTimeOffset?)null : detected - (TimeSpan.FromHours(9 + random.Next(500)) * (1.2 - (0.7 * progress)));
        // The policy proposes a pause of a moderate incident's source, and pauses that of a worse one.
        var kind = pauses || sev >= Sev.Minor ? Involvement.Source : Involvement.Downstream;
        // Two years ago it took longer to find which program a dataset came from.
        var found = pauses && progress < 0.55 ? declared.AddMinutes(6 + random.Next((int)(140 * (1 - progress)))) : declared;
        var hasExposure = sev <= Sev.Moderate || random.Next(3) == 0;
        var declare = new DeclareIncident
        {
            Title = title,
            Sev = (int)sev,
            Summary = DemoWords.Cause(random),
            ExposureStarted = started,
            Detected = detected,
            Programs = found == declared ? [new ProgramLinkBody(program.Code, kind, null, null, null)] : [],
            Exposures = hasExposure ? [Exposure(dataset, started, sev, random)] : [],
        };
        script.At(declared, async tx =>
            incident.Code = Must(await incidents.DeclareAsync(tx, declare with { Flag = incident.FlagCode }, actor)).Label);
        if (found > declared)
        {
            script.At(found, async tx => await StepAsync(tx, incident, new IncidentCommand.AddInvolvement(new()
            {
                ProgramId = (await programs.FindByCodeAsync(tx, program.Code))!.Id,
                ProgramCode = program.Code,
                Kind = kind,
            }), actor));
        }
        foreach (var (cycle, n) in cycles.Select((c, n) => (c, n)))
        {
            var why = DemoWords.ReopenReason(random);
            if (n > 0) script.At(cycle.Opened, tx => StepAsync(tx, incident, new IncidentCommand.Reopen(why, 1), actor));
            if (pauses) WritePause(script, program.Code, sev, n == 0 ? found : cycle.Opened, cycle, progress, actor, random);
            WriteCycle(script, incident, cycle, actor, random);
        }
        var closed = end + TimeSpan.FromHours(18 + random.Next(72));
        var last = now.AddHours(-20 - random.Next(40));
        script.At(closed < last ? closed : last, tx =>
            StepAsync(tx, incident, new IncidentCommand.Close("Lessons documented; nothing is left to do."), actor));
        if (policy.ReviewWithin is not null) reviews.Write(script, now, closed < last ? closed : last, () => incident.Code, actor);
    }

    // All of it is over three days ago.
    private static List<StoryCycle> Cycles(DateTimeOffset now, DateTimeOffset declared, double progress, Sev sev, Random random)
    {
        var latest = now.AddDays(-3);
        var cycles = new List<StoryCycle> { Cycle(declared, latest, progress, sev, random) };
        var again = cycles[0].Resolved + TimeSpan.FromHours(9 + random.Next(60));
        if (random.Next(15) == 0 && again < latest.AddDays(-5)) cycles.Add(Cycle(again, latest, progress, sev, random));
        return cycles;
    }

    private static StoryCycle Cycle(DateTimeOffset opened, DateTimeOffset latest, double progress, Sev sev, Random random)
    {
        var pace = 1.35 - (0.8 * progress);
        var hours = sev switch { <= Sev.Critical => 5, Sev.Major => 9, Sev.Moderate => 20, Sev.Minor => 40, _ => 30 };
        // Containing follows the stop, which took up to 20 hours two years ago.
        var stopped = opened + (sev <= Sev.Major ? TimeSpan.FromMinutes(3) + LongestStop(progress) : TimeSpan.Zero);
        var contained = stopped + (TimeSpan.FromHours(hours) * Spread(random, 0.5) * pace);
        var resolved = contained + (TimeSpan.FromHours(hours * 4) * Spread(random, 0.5) * pace);
        return resolved <= latest ? new(opened, contained, resolved)
            : new(opened, opened + ((latest - opened) * 0.3), latest);
    }

    private static TimeSpan LongestStop(double progress) =>
        progress < 0.55 ? TimeSpan.FromMinutes(146 + 25 + (900 * (1 - progress))) : TimeSpan.Zero;

    private void WriteFlag(DemoScript script, StoryIncident incident, DateTimeOffset filed, DateTimeOffset acknowledged, Guid? by,
        string about, string text, Sev sev, Actor actor, Random random)
    {
        var report = new FlagReport(text, about, sev >= Sev.Notice ? DataAnswer.Question : sev <= Sev.Major
            ? DataAnswer.Sensitive : DataAnswer.Ordinary, Audience(sev),
            random.Next(2) == 0 ? StillOpenAnswer.Yes : StillOpenAnswer.NotSure);
        var (id, receipt) = (Bytes(random, 16), by is null ? FlagReceipt.Write(Bytes(random, 10)) : null);
        script.At(filed, async tx => incident.FlagCode = Must(await flags.FileAsync(tx, new Guid(id), report, by, receipt)).Code);
        script.At(acknowledged, async tx => Must(await flags.RunAsync(tx, incident.FlagCode!, new AcknowledgeFlag(actor.Id), null, actor)));
    }

    private void WriteDismissed(DemoScript script, DateTimeOffset filed, Random random)
    {
        var incident = new StoryIncident();
        WriteFlag(script, incident, filed, filed.AddMinutes(20 + random.Next(200)), random.Next(3) == 0 ? null : Employee.Id, "",
            DemoWords.Concern(random, "a folder"), Sev.Minor, Responder, random);
        var reason = DemoWords.Dismissal(random);
        script.At(filed.AddHours(5 + random.Next(30)), async tx =>
            Must(await flags.RunAsync(tx, incident.FlagCode!, new DismissFlag(reason, Responder.Id), null, Responder)));
    }

    // Two years ago permits were valid for hours: that long it took until a stop was proven.
    private void WritePause(DemoScript script, string program, Sev sev, DateTimeOffset ordered, StoryCycle cycle, double progress,
        Actor actor, Random random)
    {
        TimeSpan? lifetime = progress < 0.55 ? TimeSpan.FromMinutes(25 + random.Next((int)(900 * (1 - progress)))) : null;
        script.At(ordered.AddSeconds(-2 - random.Next(12)), tx => permits.RenewAsync(tx, program, lifetime));
        script.At(ordered + (lifetime ?? TimeSpan.Zero) + Proven, tx => permits.ProveAsync(tx, program));
        var work = cycle.Resolved - cycle.Contained;
        resume.Write(script, program, sev, actor == Responder ? SecondResponder : Responder, cycle.Contained + (work * 0.4),
            cycle.Contained + (work * 0.9));
    }

    private void WriteCycle(DemoScript script, StoryIncident incident, StoryCycle cycle, Actor actor, Random random)
    {
        var (fix, cause) = (DemoWords.Fix(random), DemoWords.Cause(random));
        script.At(cycle.Contained, tx => StepAsync(tx, incident, new IncidentCommand.Contain(null, fix), actor));
        script.At(cycle.Contained + ((cycle.Resolved - cycle.Contained) / 2), async tx =>
            Must(await notes.WriteAsync(tx, incident.Code, new(NoteKind.Note, cause), actor)));
        script.At(cycle.Resolved, tx =>
            StepAsync(tx, incident, new IncidentCommand.Resolve(null, "Verified by a second person; audience as promised."), actor));
    }

    private async Task StepAsync(UnitOfWork tx, StoryIncident incident, IncidentCommand command, Actor actor) =>
        Must(await incidents.RunAsync(tx, incident.Code, command, null, actor));

    private static ExposureBody Exposure(DemoDataset dataset, DateTimeOffset? from, Sev sev, Random random)
    {
        var wide = sev <= Sev.Critical ? AudienceScope.Public : sev == Sev.Major ? AudienceScope.WholeCompany : AudienceScope.Organisation;
        return new()
        {
            Dataset = dataset.Name,
            ActualAudience = new(wide, null),
            From = from,
            Records = dataset.Details.Records / 40,
            Subjects = dataset.Details.Subjects / 25,
            RecipientsKnown = Known.No,
            Evidence = random.Next(10) == 0 ? EvidenceOfAccess.Found : EvidenceOfAccess.CannotBeDetermined,
        };
    }

    private static DateTimeOffset Live(DemoProgram p, DateTimeOffset now) => p.Code == "MCI"
        ? DemoCatalogue.Launch(now) : now.AddDays(-p.LiveDaysAgo);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static AudienceAnswer Audience(Sev sev) => sev switch
    {
        <= Sev.Critical => AudienceAnswer.OutsideCompany,
        Sev.Major => AudienceAnswer.WholeCompany,
        Sev.Moderate => AudienceAnswer.Team,
        _ => AudienceAnswer.Nobody
    };

    // A factor around one with a long tail, as in the distribution of work durations.
    private static double Spread(Random random, double width) =>
        Math.Exp(width * ((random.NextDouble() * 2) - 1 + (random.NextDouble() * 2) - 1));

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static Sev[] Spread(params (Sev Sev, int Count)[] mix) => [.. mix.SelectMany(m => Enumerable.Repeat(m.Sev, m.Count))];

    /// <summary>The codes that the commands gave.</summary>
    private sealed class StoryIncident
    {
        public string Code { get; set; } = "";
        public string? FlagCode { get; set; }
    }

    private sealed record StoryCycle(DateTimeOffset Opened, DateTimeOffset Contained, DateTimeOffset Resolved);
}
