using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Ui;

public sealed partial class AddressTests
{
    // What a page refers to is relative to its base address, so that the hub can have a path of its own behind a proxy. Routes are not.
    [Fact]
    public void No_page_refers_to_an_address_from_the_root()
    {
        var files = SourceTree.Files("src/IncidentHub", "*.razor")
            .Concat(SourceTree.Files("src/IncidentHub/Pages", "*.cs"))
            .Concat(SourceTree.Files("src/IncidentHub/Insight/Home", "*.cs"))
            .Concat(SourceTree.Files("src/IncidentHub", "*.cs").Where(f => f.Contains("/Parts/", StringComparison.Ordinal)));
        var faults = from file in files.Distinct()
                     where Path.GetFileName(file) != "PagesModule.cs"
                     from line in File.ReadAllLines(file).Select((text, at) => (Text: text, At: at + 1))
                     where !Route().IsMatch(line.Text) && FromTheRoot().IsMatch(line.Text)
                     select $"{Path.GetFileName(file)}:{line.At} {line.Text.Trim()}";
        Assert.Empty(faults);
    }

    [Fact]
    public void No_redirect_leads_to_an_address_from_the_root()
    {
        var faults = from file in SourceTree.Files("src/IncidentHub", "*.cs")
                     from line in File.ReadAllLines(file).Select((text, at) => (Text: text, At: at + 1))
                     where Redirect().IsMatch(line.Text)
                     select $"{Path.GetFileName(file)}:{line.At} {line.Text.Trim()}";
        Assert.Empty(faults);
    }

    [GeneratedRegex("""^@page|\.Map(Get|Post)\(""")]
    private static partial Regex Route();

    [GeneratedRegex("""(Redirect|Created)\(\$?"/""")]
    private static partial Regex Redirect();

    // A literal that begins with a slash and a name, or an attribute that is one slash.
    [GeneratedRegex("""(?<![<\w])"/[a-z]|(?i:href|src|action)="/""")]
    private static partial Regex FromTheRoot();
}
