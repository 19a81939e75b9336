using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Architecture;

public class FormatTests
{
    private const int Longest = 140;

    [Fact]
    public void No_line_of_the_product_is_longer_than_140_characters() =>
        Assert.Empty(Longer("src", "*.cs").Concat(Longer("src", "*.razor")).Concat(Longer("src", "*.sql")).Select(l => l.Where));

    [Fact]
    public void No_line_of_a_test_is_longer_but_for_data() =>
        Assert.Empty(Longer("tests", "*.cs").Where(l => l.Text.Split('"').All(part => part.Length < 50) && !l.Text.Contains("async Task ")).Select(l => l.Where));

    private static IEnumerable<(string Where, string Text)> Longer(string folder, string pattern) =>
        from file in SourceTree.Files(folder, pattern)
        from line in File.ReadLines(file).Select((text, at) => (Text: text, At: at + 1))
        where line.Text.Length > Longest
        select ($"{Path.GetRelativePath(SourceTree.Root, file)}:{line.At}", line.Text);
}
