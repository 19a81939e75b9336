using System.Reflection;
using System.Text.RegularExpressions;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Architecture;

public partial class LayerTests
{
    [Fact]
    public void The_domain_depends_on_nothing_but_the_runtime()
    {
        var references = typeof(IncidentHub.Domain.Refusal).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        Assert.DoesNotContain(references, r => !r.StartsWith("System", StringComparison.Ordinal) && r != "netstandard");
    }

    [Fact]
    public void The_collector_library_references_nothing_of_the_hub()
    {
        var project = File.ReadAllText(Path.Combine(SourceTree.Root, "src/IncidentHub.Collector/IncidentHub.Collector.csproj"));
        Assert.DoesNotContain("ProjectReference", project);
    }

    [Fact]
    public void Calls_go_down_the_layers_and_the_features_of_one_layer_form_no_cycle()
    {
        Assembly[] assemblies = [typeof(Program).Assembly, typeof(IncidentHub.Domain.Refusal).Assembly];
        var dependencies =
            from assembly in assemblies
            from pair in TypeDependencies.Of(assembly)
            let owner = TypeDependencies.NamespaceOf(pair.From)
            // The program composes the layers.
            where owner is not ("" or "IncidentHub")
            let place = Layers.Of(owner)
            let to = Layers.Of(TypeDependencies.NamespaceOf(pair.To))
            where place is not null && to is not null
            select (place, to, $"{pair.From.FullName} names {pair.To.Name}");
        AssertNone(Layers.Faults(dependencies.ToList()));
    }

    [Fact]
    public void Statements_read_no_table_of_an_upper_layer()
    {
        var statements =
            SourceTree.Files("src/IncidentHub", "queries.sql")
                .SelectMany(f => Statements.Split(File.ReadAllText(f)), (f, s) =>
                    (Place: PlaceOf(f), s.Name, Text: Comment().Replace(s.Text, "")))
                .ToList();
        var owners = (
            from s in statements
            from Match match in Insert().Matches(s.Text)
            select (Table: match.Groups["table"].Value, s.Place)).Distinct().ToDictionary(o => o.Table, o => o.Place);
        var dependencies =
            from s in statements
            from Match match in Named().Matches(s.Text)
            where owners.ContainsKey(match.Groups["table"].Value)
            select (s.Place, owners[match.Groups["table"].Value], $"{s.Name} names {match.Groups["table"].Value}");
        Assert.True(owners.Count > 40);
        AssertNone(Layers.Faults(dependencies.ToList()));
    }

    [Theory]
    [InlineData("Catalog/Programs", "Switch/Pauses", "stands above it")]
    [InlineData("Response/Incidents", "Decisions", "stands above it")]
    [InlineData("Platform", "Access/Audit", "stands above it")]
    public void An_upward_dependency_is_reported(string from, string to, string said) =>
        Assert.Contains(said, Assert.Single(Layers.Faults([(from, to, "X names Y")])));

    [Fact]
    public void A_cycle_within_a_layer_is_reported_and_a_chain_is_not()
    {
        (string, string, string)[] line = [("Switch/Gate", "Switch/Pauses", ""), ("Switch/Pauses", "Switch/Collectors", "")];
        Assert.Empty(Layers.Faults(line));
        Assert.Equal(3, Layers.Faults([.. line, ("Switch/Collectors", "Switch/Gate", "")]).Count);
    }

    [Fact]
    public void Features_reach_each_other_only_through_published_classes()
    {
        // Other features may use readers, writers, modules, events and components; not stores and the internals of handlers.
        // The demo story is in the past, which commands cannot write: it alone writes through other features' stores.
        var faults =
            from pair in TypeDependencies.Of(typeof(Program).Assembly)
            where pair.To.Name.EndsWith("Store", StringComparison.Ordinal) && pair.To.DeclaringType is null
            let user = Layers.Of(TypeDependencies.NamespaceOf(pair.From))
            let to = Layers.Of(TypeDependencies.NamespaceOf(pair.To))
            where user is not null && to is not null && user != to && user != "Demo" && to != "Platform"
            select $"{pair.From.FullName} uses {pair.To.Name}";
        AssertNone([.. faults.Distinct()]);
    }

    [Fact]
    public void SQL_that_changes_a_table_is_in_the_feature_that_owns_it()
    {
        // The owner of a table is the feature that inserts into it; nobody else changes it.
        var changes =
            from file in SourceTree.Files("src/IncidentHub", "queries.sql")
            from Match match in Change().Matches(File.ReadAllText(file))
            select (Table: match.Groups["table"].Value, Owner: PlaceOf(file));
        var shared = changes.Distinct().GroupBy(c => c.Table).Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(c => c.Owner))}");
        Assert.Empty(shared);
    }

    [Fact]
    public void A_table_of_the_baseline_is_in_the_script_of_its_layer()
    {
        var layers = (
            from file in SourceTree.Files("src/IncidentHub", "queries.sql")
            from Match match in Insert().Matches(File.ReadAllText(file))
            select (Table: match.Groups["table"].Value, Layer: Layers.LayerOf(PlaceOf(file)).ToLowerInvariant()))
            .Distinct().ToDictionary(o => o.Table, o => o.Layer);
        var made = (
            from script in Migrator.Scripts(Engine.Sqlite).Take(7)
            from Match match in Create().Matches(script.Text)
            where layers.ContainsKey(match.Groups["table"].Value)
            select (Table: match.Groups["table"].Value, Layer: script.Name)).ToList();
        Assert.True(made.Count > 40);
        Assert.All(made, m => Assert.Equal(layers[m.Table], m.Layer));
    }

    [Fact]
    public void Only_components_and_their_parameter_types_are_public()
    {
        // Razor makes components public, and so the types of their parameters; the kit consists of both.
        var exported = typeof(Program).Assembly.GetExportedTypes()
            .Where(t => t.Namespace?.StartsWith("IncidentHub.", StringComparison.Ordinal) == true).ToList();
        var components = exported.Where(t => typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(t)).ToList();
        var taken = new HashSet<Type>();
        foreach (var component in components) Take(component);
        Assert.Empty(
            exported.Except(components)
            .Where(t => !taken.Contains(t) && t.Name != "_Imports" && t.Namespace?.StartsWith(
                "IncidentHub.Ui", StringComparison.Ordinal) != true).Select(t => t.FullName));

        void Take(Type type)
        {
            foreach (var property in type.GetProperties()) Reach(property.PropertyType);
            foreach (var given in type.GetConstructors().Concat<MethodBase>(type.IsInterface ? type.GetMethods() : [])
                .SelectMany(m => m.GetParameters())) Reach(given.ParameterType);
            if (!type.IsInterface) return;
            foreach (var method in type.GetMethods()) Reach(method.ReturnType);
        }

        void Reach(Type type)
        {
            foreach (var argument in type.GetGenericArguments()) Reach(argument);
            if (type.HasElementType) Reach(type.GetElementType()!);
            if (type.Assembly == typeof(Program).Assembly && taken.Add(type)) Take(type);
        }
    }

    [GeneratedRegex(@"\b(INSERT\s+INTO|UPDATE(\s+TOP\s*\(@\w+\))?|DELETE\s+FROM)\s+(?<table>[A-Z]\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Change();

    [GeneratedRegex(@"\bINSERT\s+INTO\s+(?<table>[A-Z]\w+)")]
    private static partial Regex Insert();

    [GeneratedRegex(@"^CREATE TABLE (?<table>\w+)", RegexOptions.Multiline)]
    private static partial Regex Create();

    [GeneratedRegex(@"\b(FROM|JOIN|UPDATE|INTO)\s+(?<table>[A-Z]\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"--(?!\?).*")]
    private static partial Regex Comment();

    private static void AssertNone(IReadOnlyList<string> faults) =>
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));

    /// <summary>The folder determines the feature: <c>src/IncidentHub/Switch/Pauses/queries.sql</c> is <c>Switch/Pauses</c>.</summary>
    private static string PlaceOf(string file)
    {
        var folder = Path.GetRelativePath(Path.Combine(SourceTree.Root, "src"), Path.GetDirectoryName(file)!);
        return Layers.Of(folder.Replace(Path.DirectorySeparatorChar, '.'))
            ?? throw new InvalidOperationException($"{file} belongs to no layer.");
    }
}
