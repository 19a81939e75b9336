using System.Globalization;
using System.Text;

namespace IncidentHub.Tests.Support;

/// <summary>Generated access logs: a plain table in which members of an audience read all the time, and others at known rows.</summary>
internal static class AccessLogs
{
    public const int Members = 500;

    public static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Between two rows.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>The promised audience, as somebody pastes it.</summary>
    public static string Audience => string.Join('\n', Enumerable.Range(0, Members).Select(Member));

    public static string Member(int number) => $"member{number}@example.com";

    /// <param name="planted">Accounts outside of the audience by the row, from 1, at which they read.</param>
    public static void Write(Stream to, int rows, IReadOnlyDictionary<int, string> planted)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(false), 1 << 20, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("time,account,object,action");
        var random = new Random(1);
        for (var row = 1; row <= rows; row++)
        {
            var account = planted.GetValueOrDefault(row) ?? Member(random.Next(Members));
            writer.Write((Start + ((row - 1) * Step)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.Write(',');
            writer.Write(account);
            writer.Write(",calls/2026/part-");
            writer.Write(random.Next(100_000));
            writer.WriteLine(".parquet,GetObject");
        }
    }
}
