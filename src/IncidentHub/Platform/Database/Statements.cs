using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace IncidentHub.Platform.Database;

/// <summary>
/// The SQL of all features, by name: one file <c>queries.sql</c> a feature. A statement begins with <c>-- name: Name</c>; where the
/// engines differ there are two, <c>-- name: Name (sqlite)</c> and <c>-- name: Name (sqlserver)</c>. <c>{{name}}</c> includes
/// <c>Fragment_name</c>. A line that ends in <c>--?Option</c> is kept only when that
/// option is requested, one that ends in <c>--?!Option</c> only when it is not: the way to filter without concatenating.
/// </summary>
internal sealed partial class Statements
{
    private const string FragmentPrefix = "Fragment_";
    private const string RowsPrefix = "Rows_", TextsPrefix = "Texts_", WritesPrefix = "-- writes: ";
    private readonly Dictionary<string, Line[]> _statements = [];
    private readonly Dictionary<string, IReadOnlyList<WrittenKey>> _writes = [];
    private readonly ConcurrentDictionary<(string Name, string Options), string> _rendered = new();

    private readonly record struct Line(string Text, string? Option, bool Unless);

    /// <summary>
    /// Resolves every statement for the engine. Throws <see cref="InvalidOperationException"/> with a list of the statements that lack a
    /// variant for one engine.
    /// </summary>
    public Statements(Engine engine)
    {
        var files = ReadFiles();
        var suffix = engine == Engine.Sqlite ? ".sqlite" : ".sqlserver";
        var names = files.Keys.Select(BaseName).Distinct().ToList();
        var missing = names.Where(n => !files.ContainsKey(n) && (!files.ContainsKey(n + ".sqlite") || !files.ContainsKey(n + ".sqlserver")))
            .ToList();
        if (missing.Count > 0) throw new InvalidOperationException($"Statements that lack one engine: {string.Join(", ", missing)}.");

        string Text(string name) => files.TryGetValue(name, out var portable) ? portable
            : files.TryGetValue(name + suffix, out var half) ? half
            : throw new InvalidOperationException($"There is no statement {name}.");
        string Expand(string text)
        {
            var start = text.IndexOf("{{", StringComparison.Ordinal);
            if (start < 0) return text;
            var end = text.IndexOf("}}", start, StringComparison.Ordinal);
            var fragment = Text(FragmentPrefix + text[(start + 2)..end]).Trim();
            // An option applies to its line: a fragment on such a line is included only with the option.
            var line = text.IndexOf('\n', end);
            var rest = text[end..(line < 0 ? text.Length : line)];
            if (rest.Contains("--?", StringComparison.Ordinal)) fragment = fragment.Replace('\n', ' ');
            return Expand(text[..start] + fragment + text[(end + 2)..]);
        }

        foreach (var name in names.Where(n => !n.StartsWith(FragmentPrefix, StringComparison.Ordinal)))
        {
            var lines = Expand(Text(name)).Split('\n').ToLookup(l => l.StartsWith(WritesPrefix, StringComparison.Ordinal));
            _statements[name] = lines[false].Select(Parse).ToArray();
            if (lines[true].Any())
                _writes[name] = [.. lines[true].SelectMany(l => l[WritesPrefix.Length..].Split(", ")).Select(WrittenKey.Parse)];
        }
        AuditedTables = TablesOf(RowsPrefix);
        TextTables = TablesOf(TextsPrefix);
    }

    /// <summary>The tables whose rows the audit log has digests of: each has a statement <c>Rows_Table</c> that reads them.</summary>
    public IReadOnlyList<string> AuditedTables { get; }

    /// <summary>The tables with texts that can be redacted: see <see cref="Journal.StoredTexts"/>.</summary>
    public IReadOnlyList<string> TextTables { get; }

    /// <summary>Which rows of audited tables the statement writes; from its line <c>-- writes: Table @Parameter</c>.</summary>
    public IReadOnlyList<WrittenKey> WritesOf(string name) => _writes.GetValueOrDefault(name, []);

    public IEnumerable<string> Names => _statements.Keys;

    /// <summary>The options of a statement.</summary>
    public IReadOnlyList<string> OptionsOf(string name) => _statements[name].Where(l => l.Option is not null).Select(l => l.Option!)
        .Distinct().ToList();

    /// <summary>
    /// The statement's text with the given options. Throws <see cref="KeyNotFoundException"/> for an unknown name or option.
    /// </summary>
    public string Get(string name, params ReadOnlySpan<string> options)
    {
        var key = (name, options.Length == 0 ? "" : string.Join(',', options!));
        if (_rendered.TryGetValue(key, out var text)) return text;
        if (!_statements.TryGetValue(name, out var lines)) throw new KeyNotFoundException($"There is no statement {name}.");
        var chosen = options.ToArray();
        var unknown = chosen.Except(OptionsOf(name)).ToList();
        if (unknown.Count > 0) throw new KeyNotFoundException($"{name} has no option {string.Join(", ", unknown)}.");
        var rendered = new StringBuilder();
        foreach (var line in lines.Where(l => l.Option is null || chosen.Contains(l.Option) != l.Unless)) rendered.AppendLine(line.Text);
        return _rendered[key] = rendered.ToString();
    }

    private string[] TablesOf(string prefix) => [.. _statements.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
        .Select(n => n[prefix.Length..]).Order(StringComparer.Ordinal)];

    private static Line Parse(string line)
    {
        var at = line.LastIndexOf("--?", StringComparison.Ordinal);
        if (at < 0) return new Line(line, null, false);
        var option = line[(at + 3)..].Trim();
        return option.StartsWith('!') ? new Line(line[..at], option[1..], true) : new Line(line[..at], option, false);
    }

    private static string BaseName(string file) =>
        file.EndsWith(".sqlite", StringComparison.Ordinal) ? file[..^7] : file.EndsWith(".sqlserver", StringComparison.Ordinal)
            ? file[..^10] : file;

    private static Dictionary<string, string> ReadFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var statements = new Dictionary<string, string>();
        foreach (var file in assembly.GetManifestResourceNames().Where(n => n.StartsWith("sql/", StringComparison.Ordinal)))
        {
            foreach (var (name, text) in Split(Read(assembly, file)))
            {
                if (!statements.TryAdd(name, text)) throw new InvalidOperationException($"There are two statements {name}.");
            }
        }
        return statements;
    }

    /// <summary>The statements of a file: <c>Counter_Next.sqlite</c> for the variant of one engine.</summary>
    internal static IEnumerable<(string Name, string Text)> Split(string file)
    {
        var headings = Heading().Matches(file);
        var before = headings.Count == 0 ? file : file[..headings[0].Index];
        if (before.Trim().Length > 0) throw new InvalidOperationException($"Text before the first statement: {before.Trim()}");
        for (var i = 0; i < headings.Count; i++)
        {
            var (heading, engine) = (headings[i], headings[i].Groups[2]);
            var end = i + 1 < headings.Count ? headings[i + 1].Index : file.Length;
            var name = engine.Success ? $"{heading.Groups[1].Value}.{engine.Value}" : heading.Groups[1].Value;
            yield return (name, file[(heading.Index + heading.Length)..end].Trim());
        }
    }

    [GeneratedRegex(@"^-- name: (\w+)(?: \((sqlite|sqlserver)\))?$\n", RegexOptions.Multiline)]
    private static partial Regex Heading();

    internal static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

/// <summary>Rows of a table, by the parameter that has their key.</summary>
internal readonly record struct WrittenKey(string Table, string Parameter)
{
    public static WrittenKey Parse(string text) => text.Split(" @") is [var table, var parameter]
        ? new(table, parameter) : throw new InvalidOperationException($"«{text}» is not «Table @Parameter».");
}
