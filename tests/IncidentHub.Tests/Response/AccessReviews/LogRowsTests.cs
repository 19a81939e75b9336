using System.IO.Compression;
using System.Text;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Response.AccessReviews;

namespace IncidentHub.Tests.Response.AccessReviews;

public sealed class LogRowsTests : IDisposable
{
    private const string CloudTrail = """
        {"Records":[
          {"eventTime":"2026-11-14T19:16:30Z","eventName":"GetObject","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::1:user/ann"},
           "requestParameters":{"bucketName":"calls","key":"2026/a {1}.parquet"},"sourceIPAddress":"10.0.0.1"},
          {"eventTime":"2026-11-14T19:17:30Z","eventName":"GetObject","userIdentity":{"type":"AWSService","invokedBy":"macie.amazonaws.com"},
           "requestParameters":{"bucketName":"calls","key":"2026/b \"x\\.parquet"}}
        ]}
        """;

    private const string BigQuery = """
        {"timestamp":"2026-11-14T19:16:30.5Z","protoPayload":{"methodName":"google.cloud.bigquery.v2.JobService.InsertJob","authenticationInfo":{"principalEmail":"ann@example.com"},"resourceName":"projects/p/datasets/calls/tables/t","metadata":{"tableDataRead":{"reason":"JOB"}}}}
        {"timestamp":"2026-11-14T19:17:30Z","protoPayload":{"authenticationInfo":{"principalEmail":"etl@p.iam.gserviceaccount.com"},"resourceName":"projects/p/datasets/calls/tables/u","metadata":{"tableDataRead":{"reason":"JOB"}}}}
        """;

    private const string Snowflake = """"
        QUERY_ID,QUERY_START_TIME,USER_NAME,DIRECT_OBJECTS_ACCESSED,BASE_OBJECTS_ACCESSED
        01a,2026-11-14 19:16:30.123 +0000,ANN,"[{""objectName"":""DB.S.CALLS"",""objectDomain"":""Table""},{""objectName"":""DB.S.V""}]",[]
        01b,2026-11-14 19:17:30.123 -0800,BEN,[],"[{""objectName"":""DB.S.BASE""}]"
        """";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(LogPreset.CloudTrail, CloudTrail,
        "2026-11-14T19:16:30Z|arn:aws:iam::1:user/ann|calls/2026/a {1}.parquet|GetObject",
        "2026-11-14T19:17:30Z|macie.amazonaws.com|calls/2026/b \"x\\.parquet|GetObject")]
    [InlineData(LogPreset.BigQuery, BigQuery,
        "2026-11-14T19:16:30.5Z|ann@example.com|projects/p/datasets/calls/tables/t|google.cloud.bigquery.v2.JobService.InsertJob",
        "2026-11-14T19:17:30Z|etl@p.iam.gserviceaccount.com|projects/p/datasets/calls/tables/u|JOB")]
    [InlineData(LogPreset.Snowflake, Snowflake,
        "2026-11-14 19:16:30.123 +0000|ANN|DB.S.CALLS, DB.S.V|01a", "2026-11-14 19:17:30.123 -0800|BEN|DB.S.BASE|01b")]
    [InlineData(LogPreset.Plain, "time;account;object;action\n1;a;\"x;\"\"y\"\"\";GET\n\n2;b;;\n", "1|a|x;\"y\"|GET", "2|b||")]
    public void Each_preset_reads_a_file_of_its_product_plain_and_compressed(LogPreset preset, string log, params string[] rows)
    {
        foreach (var isCompressed in new[] { false, true })
        {
            Write(log, isCompressed);
            Assert.Equal(rows, Read(LogMapping.Of(preset, null, null)!, null).Select(r => r.Text));
        }
    }

    [Fact]
    public void An_array_of_objects_and_arrays_one_after_the_other_are_read()
    {
        var mapping = LogMapping.Of(LogPreset.Plain, LogFormat.Json, null)!;
        Write("[{\"time\":\"1\",\"account\":\"a\"},{\"time\":\"2\",\"account\":\"b\"}]", false);
        Assert.Equal(["1|a||", "2|b||"], Read(mapping, null).Select(r => r.Text));
        Write("""{"Records":[{"time":"1","account":"a"}]}""" + "\n" + """{"Records": [ {"time":"2","account":"b"} ] }""" + "\n", false);
        Assert.Equal(["1|a||", "2|b||"], Read(mapping, null).Select(r => r.Text));
    }

    [Fact]
    public void Damaged_rows_are_refused_with_their_line_and_the_others_are_read()
    {
        var mapping = LogMapping.Of(LogPreset.Plain, LogFormat.Json, null)!;
        Write("{\"time\":\"1\",\"account\":\"a\"}\nnot json\n{\"time\":\"2\",\"account\":\"b\"}\n\"text\"\n{\"time\":\"\\uD800\"}\n", false);
        Assert.Equal([(1, RefusedReason.None), (2, RefusedReason.Unreadable), (3, RefusedReason.None), (4, RefusedReason.Unreadable),
            (5, RefusedReason.Unreadable)], Read(mapping, null).Select(r => (r.Line, r.Fault)));
        Write("time,account,object,action\n1,a,o,x\n2,\"b\"c,o,x\n3,d,\"two\nlines\",x\n4,e,o,x\n", false);
        Assert.Equal([(2, RefusedReason.None), (3, RefusedReason.Unreadable), (4, RefusedReason.None), (6, RefusedReason.None)],
            Read(LogMapping.Of(LogPreset.Plain, null, null)!, null).Select(r => (r.Line, r.Fault)));
    }

    [Theory]
    [InlineData(LogFormat.Json, "{\"Records\":[{\"time\":\"1\",\"account\":\"a\"},")]
    [InlineData(LogFormat.Json, "{\"Records\":[{\"time\":\"1\",\"account\":\"a")]
    [InlineData(LogFormat.Json, "{\"Records\":[{\"time\":\"1\",\"account\":\"a\"}, 7]}")]
    [InlineData(LogFormat.Csv, "when,who\n1,a\n")]
    public void What_cannot_be_told_apart_or_has_no_such_column_ends_the_reading(LogFormat format, string log)
    {
        Write(log, false);
        Assert.Throws<LogException>(() => Read(LogMapping.Of(LogPreset.Plain, format, null)!, null).ToList());
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_ends_the_reading_and_not_the_memory()
    {
        Write("time,account,object,action\n1,\"a,o,x\n" + string.Concat(Enumerable.Repeat("2,b,object,x\n", 400_000)), false);
        var failed = Assert.ThrowsAny<Exception>(() => Read(LogMapping.Of(LogPreset.Plain, null, null)!, null).ToList());
        Assert.Contains("quotation", CsvRows.Explain(failed)!.Message);
    }

    [Fact]
    public void Reading_goes_on_from_any_row()
    {
        var logs = new (LogPreset Preset, LogFormat? Format, string Log)[]
        {
            (LogPreset.CloudTrail, null, CloudTrail), (LogPreset.BigQuery, null, BigQuery), (LogPreset.Snowflake, null, Snowflake),
            (LogPreset.Plain, null, "\uFEFFtime;account;object;action\r\n1;a;\"x\r\ny\";ü\r\n\r\n2;b;;\r\n3;c;z;\r\n4;d;\"e\";f"),
            (LogPreset.Plain, LogFormat.Json, "\uFEFF[{\"time\":\"1\",\"account\":\"ä\"}\n,\n{\"time\":\"2\",\"account\":\"b\"}]"),
        };
        foreach (var (preset, format, log) in logs)
            foreach (var isCompressed in new[] { false, true })
            {
                Write(log, isCompressed);
                var mapping = LogMapping.Of(preset, format, null)!;
                var whole = Read(mapping, null).ToList();
                Assert.NotEmpty(whole);
                for (var i = 0; i < whole.Count; i++)
                {
                    Assert.Equal(whole.Skip(i).Select(r => (r.Text, r.Line)), Read(mapping, whole[i].Place).Select(r => (r.Text, r.Line)));
                }
            }
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("calls/*", "CALLS/2026", true)]
    [InlineData("calls/*", "call", false)]
    [InlineData("*.gserviceaccount.com", "etl@p.iam.gserviceaccount.com", true)]
    [InlineData("a*b*c", "a--b--c", true)]
    [InlineData("a*b*c", "a--c--b", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("ünit*", "ünits", true)]
    [InlineData("exact", "exact ", false)]
    public void Patterns_match_the_whole_text(string pattern, string text, bool matches) =>
        Assert.Equal(matches, new Pattern(pattern).Matches(Encoding.UTF8.GetBytes(text)));

    private void Write(string log, bool isCompressed)
    {
        using var file = File.Create(_file);
        using Stream to = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        to.Write(Encoding.UTF8.GetBytes(log));
    }

    private IEnumerable<(string Text, long Line, RefusedReason Fault, LogPlace Place)> Read(LogMapping mapping, LogPlace? place)
    {
        using var source = new LogSource(new FileStream(_file, FileMode.Open, FileAccess.Read));
        using var rows = LogRows.Open(source, mapping, place);
        while (rows.Read())
        {
            var text = $"{Utf8(rows.Time)}|{Utf8(rows.Account)}|{Utf8(rows.Object)}|{Utf8(rows.Action)}";
            yield return (text, rows.Line, rows.Fault, rows.Place());
        }
    }

    private static string Utf8(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);
}
