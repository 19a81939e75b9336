using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Tests.Support;

namespace IncidentHub.Benchmarks.AccessReviews;

/// <summary>
/// A log of ten million rows, read by an access review, its accesses and its state stored as the job stores them; against reading the same
/// file through the CSV library alone, row by row and with every field as a text. The planted accesses are found, and nothing else.
/// </summary>
internal static class AccessReviewBenchmark
{
    private const int Rows = 10_000_000, Rounds = 3, Between = 1 << 18;

    public static Task RunAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"incidenthub-log-{Environment.ProcessId}.csv");
        try
        {
            var planted = Enumerable.Range(1, 1_000).ToDictionary(i => (i * 9_973) + 1, i => $"outsider{i % 7}@example.com");
            using (var to = File.Create(file)) AccessLogs.Write(to, Rows, planted);
            Run(file, planted);
        }
        finally
        {
            File.Delete(file);
        }
        return Task.CompletedTask;
    }

    private static void Run(string file, Dictionary<int, string> planted)
    {
        var (alone, texts, review) = (0.0, 0.0, 0.0);
        var found = new List<StoredAccess>();
        for (var round = 0; round < Rounds; round++)
        {
            alone = Math.Max(alone, Rate(() => Read(file, withTexts: false)));
            texts = Math.Max(texts, Rate(() => Read(file, withTexts: true)));
            review = Math.Max(review, Rate(() => found = Review(file)));
        }
        var expected = planted.OrderBy(p => p.Key).Select(p => (Row: (long)p.Key, At: AccessLogs.Start + ((p.Key - 1) * AccessLogs.Step)));
        if (!found.Select(a => (a.Row, a.At)).SequenceEqual(expected)) throw new InvalidOperationException("Other accesses were found.");
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"   review {review:N0} rows a second of processor time; the library alone {alone:N0}, every field as a text {texts:N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"   ratio to reading every field as a text {review / texts:0.00} (goal: at least 0.50), to bytes alone {review / alone:0.00}; "
                + $"{found.Count} of {planted.Count} planted accesses found; peak memory {process.PeakWorkingSet64 / 1_000_000} MB"));
    }

    // By processor time: other processes use the machine, and would count for the slower side more often.
    private static double Rate(Action act)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        act();
        process.Refresh();
        return Rows / (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static void Read(string file, bool withTexts)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using var csv = CsvReader.Create(stream, new CsvReaderOptions(), leaveOpen: true);
        var length = 0L;
        while (csv.Read())
        {
            for (var i = 0; i < 4; i++) length += withTexts ? csv.GetString(i).Length : csv.GetSpan(i).Length;
        }
        if (length == 0) throw new InvalidOperationException("Nothing was read.");
    }

    private static List<StoredAccess> Review(string file)
    {
        var mapping = LogMapping.Of(LogPreset.Plain, null, null)!;
        var members = new AudienceList([.. Enumerable.Range(0, AccessLogs.Members)
            .Select(i => new AudienceMember(AccessLogs.Member(i), null, null))]);
        var settings = new ReviewSettings(LogPreset.Plain, mapping, ["calls/*"], [], 60, AccessLogs.Start,
            AccessLogs.Start + (Rows * AccessLogs.Step), members.Digest, AccessLogs.Members);
        var scan = new LogScan(settings, members, null);
        var found = new List<StoredAccess>();
        using var source = new LogSource(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1));
        using var rows = (CsvRows)LogRows.Open(source, mapping, null);
        while (rows.Read())
        {
            if ((scan.Rows & (Between - 1)) == 0) Take(scan, rows, found);
            scan.Add(rows);
        }
        Take(scan, null, found);
        if (scan.Result("").GapCount > 0) throw new InvalidOperationException("A gap was found.");
        return found;
    }

    private static void Take(LogScan scan, LogRows? rows, List<StoredAccess> found)
    {
        if (scan.TakeChunk() is { } chunk) found.AddRange(AccessChunk.Read(chunk.Data, chunk.Accesses));
        if (rows is not null) _ = System.Text.Json.JsonSerializer.Serialize(scan.State(rows.Place()));
    }
}
