using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Docs;

public sealed partial class SecurityDocTests
{
    [Fact]
    public void Every_test_that_the_document_names_exists()
    {
        var classes = SourceTree.Files("tests", "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)).ToHashSet();
        var named = Named().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "security.md")))
            .Select(m => m.Groups[1].Value).ToHashSet();
        Assert.DoesNotContain(named, n => !classes.Contains(n));
        Assert.InRange(named.Count, 30, 200);
    }

    [GeneratedRegex("`([A-Za-z]+Tests)`")]
    private static partial Regex Named();
}
