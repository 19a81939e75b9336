using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Response.Flags;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>Two years of closed incidents, with response times that improve over time.</summary>
internal sealed class DemoHistory(FlagCommands flags, ProgramReader programs, DatasetReader datasets)
{
    public const int Closed = 240;

    /// <summary>Flags in these two years; <see cref="DemoPresent"/> adds one more, so that the waiting flag is F-88.</summary>
    private const int Flags = 86, Dismissed = 17;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(5);
    private const int Days = 728, LastDaysAgo = 13;
    private static readonly Sev[] Mix = Spread((Sev.Catastrophic, 2), (Sev.Critical, 9), (Sev.Major, 36), (Sev.Moderate, 76),
        (Sev.Minor, 79), (Sev.Notice, 28));

    public void Write(DemoScript script, DateTimeOffset now)
    {
        var random = new Random(20260421);
        var count = Closed - DemoPauses.All.Count;
        var sevs = Enumerable.Range(0, count).Select(i => Mix[i % Mix.Length]).ToArray();
        random.Shuffle(sevs);
        for (var i = 0; i < count; i++)
        {
            var at = now.AddDays(-Days + ((Days - LastDaysAgo) * (i + random.NextDouble()) / count));
            var flagged = (i + 1) * (Flags - Dismissed) / count > i * (Flags - Dismissed) / count;
            WriteCase(script, now, at, i / (double)count, sevs[i], flagged, random);
        }
        for (var i = 0; i < Dismissed; i++) WriteDismissed(script, now.AddDays(-Days + 20 + ((Days - 40) * i / (double)Dismissed)), random);
    }

    // progress: 0 two years ago, 1 at present.
    private void WriteCase(DemoScript script, DateTimeOffset now, DateTimeOffset declared, double progress, Sev sev,
        bool flagged, Random random)
    {
        var alive = DemoPrograms.All.Where(p => !p.Draft && Live(p, now) < declared.AddDays(-5) && (
            p.EndedDaysAgo is not { } ended || now.AddDays(-ended) > declared.AddDays(1))).ToArray();
        var program = alive[random.Next(alive.Length)];
        var fed = DemoDatasets.All.Where(d => d.Program == program.Code).ToArray();
        var dataset = fed[random.Next(fed.Length)];
        var policy = SevPolicy.Default[sev];
        var actor = random.Next(3) == 0 ? SecondResponder : Responder;
        var title = DemoWords.Title(sev, random, program.Details.Name, dataset.Name);
        var demo = new DemoCase(flags);

        var acknowledged = declared - TimeSpan.FromMinutes(4 + random.Next(50));
        if (flagged)
        {
            var filed = acknowledged - (Shorter(policy.Acknowledge.Nominal, LongestWait) * Spread(random, 0.3) * (1.3 - (0.9 * progress)));
            WriteFlag(script, demo, filed, acknowledged, random.Next(4) == 0 ? null : Employee.Id, $"{program.Code} · {dataset.Name}",
                DemoWords.Concern(random, dataset.Name), sev, actor, random);
        }
        var detected = declared - (flagged ? TimeSpan.FromHours(2 + random.Next(60))
            + policy.Acknowledge.Nominal * 3 : TimeSpan.FromMinutes(10 + random.Next(300)));
        var started = random.Next(7) == 0
            ? (DateTimeOffset?)null : detected - (TimeSpan.FromHours(9 + random.Next(500)) * (1.2 - (0.7 * progress)));
        var isSource = sev != Sev.Moderate || random.Next(2) == 0;
        var cause = DemoWords.Cause(random);
        var hasExposure = sev <= Sev.Moderate || random.Next(3) == 0;
        var evidence = random.Next(10) == 0 ? EvidenceOfAccess.Found : EvidenceOfAccess.CannotBeDetermined;
        script.At(declared, async tx =>
            await demo.DeclareAsync(tx, new IncidentCommand.Declare(
            Guid.Empty, "", title, sev, 1, Summary: cause, ExposureStarted: started, Detected: detected)
            {
                People = [new(IncidentRole.Commander, actor.Id, actor.Name)],
                Involvements = [await InvolvementAsync(tx, program.Code, isSource ? Involvement.Source : Involvement.Downstream)],
                Exposures = hasExposure ? [await ExposureAsync(tx, dataset.Name, started, sev, evidence)] : [],
            }, actor));

        var end = declared;
        if (sev <= Sev.Major && isSource) end = WriteStop(script, demo, program.Code, declared, progress, random);
        end = WriteCycle(script, demo, Later(end, declared), sev, progress, actor, random);
        if (random.Next(15) == 0)
        {
            var again = end + TimeSpan.FromHours(9 + random.Next(60));
            var why = DemoWords.ReopenReason(random);
            script.At(again, tx => demo.StepAsync(tx, new IncidentCommand.Reopen(why, 1), actor));
            end = WriteCycle(script, demo, again, sev, progress, actor, random);
        }
        var closed = end + TimeSpan.FromHours(18 + random.Next(72));
        var last = now.AddHours(-20 - random.Next(40));
        script.At(closed < last ? closed : last, tx =>
            demo.StepAsync(tx, new IncidentCommand.Close("Lessons documented; nothing is left to do."), actor));
    }

    private void WriteFlag(DemoScript script, DemoCase demo, DateTimeOffset filed, DateTimeOffset acknowledged, Guid? by, string about,
        string text, Sev sev, Actor actor, Random random)
    {
        var report = new FlagReport(text, about, sev >= Sev.Notice ? DataAnswer.Question : sev <= Sev.Major
            ? DataAnswer.Sensitive : DataAnswer.Ordinary, Audience(sev),
            random.Next(2) == 0 ? StillOpenAnswer.Yes : StillOpenAnswer.NotSure);
        var (id, receipt) = (Bytes(random, 16), by is null ? FlagReceipt.Write(Bytes(random, 10)) : null);
        script.At(filed, async tx => demo.FlagCode = Must(await flags.FileAsync(tx, new Guid(id), report, by, receipt)).Code);
        script.At(acknowledged, async tx => Must(await flags.RunAsync(tx, demo.FlagCode!, new AcknowledgeFlag(actor.Id), null, actor)));
    }

    private void WriteDismissed(DemoScript script, DateTimeOffset filed, Random random)
    {
        var demo = new DemoCase(flags);
        WriteFlag(script, demo, filed, filed.AddMinutes(20 + random.Next(200)), random.Next(3) == 0 ? null : Employee.Id, "",
            DemoWords.Concern(random, "a folder"), Sev.Minor, Responder, random);
        var reason = DemoWords.Dismissal(random);
        script.At(filed.AddHours(5 + random.Next(30)), async tx =>
            Must(await flags.RunAsync(tx, demo.FlagCode!, new DismissFlag(reason, Responder.Id), null, Responder)));
    }

    // Two years ago pauses were requested by mail and rolled out over hours; now the policy places them and permits expire.
    private static DateTimeOffset WriteStop(DemoScript script, DemoCase demo, string program, DateTimeOffset declared,
        double progress, Random random)
    {
        var ordered = declared
            + (progress < 0.55 ? TimeSpan.FromMinutes(6 + random.Next((int)(140 * (1 - progress)))) : TimeSpan.FromSeconds(random.Next(3)));
        var stopped = ordered
            + (progress < 0.55 ? TimeSpan.FromMinutes(25 + random.Next((int)(900 * (1 - progress)))) : TimeSpan.FromSeconds(
                44 + random.Next(20)));
        var collectors = 40 + random.Next(4000);
        script.At(ordered, tx => demo.RecordTimestampAsync(tx, TimestampKind.PauseOrdered, $"{program} paused: whole program", null));
        script.At(stopped, tx =>
            demo.RecordTimestampAsync(tx, TimestampKind.CollectionStopped, $"{program}: collection stopped, proven",
                $"{collectors:N0} collectors."));
        return stopped;
    }

    private static DateTimeOffset WriteCycle(DemoScript script, DemoCase demo, DateTimeOffset from, Sev sev, double progress,
        Actor actor, Random random)
    {
        var pace = 1.35 - (0.8 * progress);
        var hours = sev switch { <= Sev.Critical => 5, Sev.Major => 9, Sev.Moderate => 20, Sev.Minor => 40, _ => 30 };
        var contained = from + (TimeSpan.FromHours(hours) * Spread(random, 0.5) * pace);
        var resolved = contained + (TimeSpan.FromHours(hours * 4) * Spread(random, 0.5) * pace);
        var (fix, cause) = (DemoWords.Fix(random), DemoWords.Cause(random));
        script.At(contained, tx => demo.StepAsync(tx, new IncidentCommand.Contain(null, fix), actor));
        script.At(contained + ((resolved - contained) / 2), tx => demo.NoteAsync(tx, cause, actor));
        script.At(resolved, tx =>
            demo.StepAsync(tx, new IncidentCommand.Resolve(null, "Verified by a second person; audience as promised."), actor));
        return resolved;
    }

    private async Task<ProgramInvolvement> InvolvementAsync(ISql sql, string code, Involvement kind) =>
        new() { ProgramId = (await programs.FindByCodeAsync(sql, code))!.Id, ProgramCode = code, Kind = kind };

    private async Task<Exposure> ExposureAsync(UnitOfWork tx, string name, DateTimeOffset? from, Sev sev, EvidenceOfAccess evidence)
    {
        var d = (await datasets.FindByNameAsync(tx, name))!;
        var wide = sev <= Sev.Critical ? AudienceScope.Public : sev == Sev.Major ? AudienceScope.WholeCompany : AudienceScope.Organisation;
        return new()
        {
            Id = OrderedId.Next(tx.Now),
            DatasetId = d.Id,
            DatasetName = d.Name,
            Categories = d.Categories,
            Promised = d.Promised,
            Actual = new Audience(wide),
            From = from,
            Encrypted = d.Encryption == EncryptionAtRest.Yes ? Known.Yes : Known.No,
            Records = d.Records / 40,
            Subjects = d.Subjects / 25,
            RecipientsKnown = Known.No,
            Evidence = evidence,
        };
    }

    private static DateTimeOffset Live(DemoProgram p, DateTimeOffset now) => p.Code == "MCI"
        ? DemoCatalogue.Launch(now) : now.AddDays(-p.LiveDaysAgo);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static AudienceAnswer Audience(Sev sev) => sev switch
    {
        <= Sev.Critical => AudienceAnswer.OutsideCompany,
        Sev.Major =>
        AudienceAnswer.WholeCompany,
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
}
