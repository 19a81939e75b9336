using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Docs;

/// <summary>The decision records follow one template, and the index lists them all.</summary>
public sealed partial class DecisionRecordTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "docs", "decisions");

    public static TheoryData<string> Records => new(Directory.EnumerateFiles(Folder, "0*.md").Select(f => Path.GetFileName(f)).Order());

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_has_a_title_a_status_a_date_and_the_three_sections(string record)
    {
        var text = File.ReadAllText(Path.Combine(Folder, record));
        Assert.StartsWith($"# {int.Parse(record[..4], null)}. ", text, StringComparison.Ordinal);
        Assert.Matches(Head(), text);
        Assert.Equal(["Context", "Decision", "Consequences"], Section().Matches(text).Select(m => m.Groups[1].Value));
        Assert.DoesNotMatch(EmptySection(), text);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void The_index_lists_a_record_with_its_title(string record)
    {
        var title = File.ReadLines(Path.Combine(Folder, record)).First().Split(". ", 2)[1];
        var index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.Contains($"| [{int.Parse(record[..4], null)}]({record}) | {title}", index, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_records_have_the_same_number() =>
        Assert.DoesNotContain(Directory.EnumerateFiles(Folder, "0*.md").GroupBy(f => Path.GetFileName(f)[..4]), g => g.Count() > 1);

    [Fact]
    public void Every_link_to_a_record_resolves_to_a_file()
    {
        var documents = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(SourceTree.Root, "*.md")).Append(Path.Combine(SourceTree.Root, "db", "README.md"));
        var broken =
            from document in documents
            from Match link in Link().Matches(File.ReadAllText(document))
            where !File.Exists(Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value))
            select $"{Path.GetFileName(document)}: {link.Groups[1].Value}";
        Assert.Empty(broken);
    }

    [GeneratedRegex(
        @"\A# \d+\. [^\n]*[^.\n]\n\n- Status: (Accepted|Superseded by \[decision \d+\])[^\n]*\n(  [^\n]+\n)*- Date: \d{4}-\d\d-\d\d\n\n## ")]
    private static partial Regex Head();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^## [^\n]*\n\s*(^## |\z)", RegexOptions.Multiline)]
    private static partial Regex EmptySection();

    [GeneratedRegex(@"\]\(([^)#]*\d{4}-[a-z0-9-]+\.md)\)")]
    private static partial Regex Link();
}
