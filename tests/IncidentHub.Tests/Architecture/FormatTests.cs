using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Architecture;

public class FormatTests
{
    private const int Longest = 140;

    [Fact]
    public void No_line_of_the_product_is_longer_than_140_characters() =>
        Assert.Empty(new[] { "*.cs", "*.razor", "*.sql" }.SelectMany(pattern => Longer("src", pattern)).Select(l => l.Where));

    [Fact]
    public void No_line_of_a_test_is_longer_except_for_data_and_its_name() =>
        Assert.Empty(Longer("tests", "*.cs").Where(l => !l.Text.Contains('"') && !l.Text.Contains(" async Task ")).Select(l => l.Where));

    private static IEnumerable<(string Where, string Text)> Longer(string folder, string pattern)
    {
        foreach (var file in SourceTree.Files(folder, pattern))
        {
            var (raw, number) = (false, 0);
            foreach (var line in File.ReadLines(file))
            {
                number++;
                // The content of a raw string is text in another language.
                var within = raw;
                if (line.Split("\"\"\"").Length % 2 == 0) raw = !raw;
                if (line.Length > Longest && !within) yield return ($"{Path.GetRelativePath(SourceTree.Root, file)}:{number}", line);
            }
        }
    }
}
