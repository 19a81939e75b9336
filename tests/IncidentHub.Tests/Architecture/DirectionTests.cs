using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Architecture;

public partial class DirectionTests
{
    [Fact]
    public void The_domain_stands_on_nothing_but_the_runtime()
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
    public void The_platform_names_no_feature()
    {
        var faults = SourceTree.Files("src/IncidentHub/Platform", "*.cs").Where(f => File.ReadAllText(f).Contains("IncidentHub.Features", StringComparison.Ordinal));
        Assert.Empty(faults);
    }

    [Fact]
    public void Features_reach_each_other_only_through_published_classes()
    {
        // A reader, a writer, a module, a message or a component may be used by others; a store and a handler's inside may not.
        var stores = typeof(Program).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("IncidentHub.Features.", StringComparison.Ordinal) == true && t.Name.EndsWith("Store", StringComparison.Ordinal)).ToList();
        var faults =
            from file in SourceTree.Files("src/IncidentHub/Features", "*.cs")
            let text = File.ReadAllText(file)
            from store in stores
            let feature = store.Namespace!.Split('.')[2]
            where !file.Contains(Folder(feature)) && !file.Contains(Folder("Demo")) && Regex.IsMatch(text, $@"\b{store.Name}\b")
            select $"{Path.GetFileName(file)} uses {store.Name}";
        Assert.Empty(faults);
    }

    // The demo story lies in the past, where no act can put it: it alone writes through other features' stores.
    private static string Folder(string feature) => $"{Path.DirectorySeparatorChar}Features{Path.DirectorySeparatorChar}{feature}{Path.DirectorySeparatorChar}";

    [Fact]
    public void SQL_that_changes_a_table_stands_in_the_feature_that_owns_it()
    {
        // The owner of a table is the feature that inserts into it; nobody else changes it.
        var changes =
            from file in SourceTree.Files("src/IncidentHub", "*.sql")
            let owner = Path.GetDirectoryName(Path.GetDirectoryName(file))!
            from Match match in Change().Matches(File.ReadAllText(file))
            select (Table: match.Groups["table"].Value, Owner: Path.GetFileName(owner));
        var shared = changes.Distinct().GroupBy(c => c.Table).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(c => c.Owner))}");
        Assert.Empty(shared);
    }

    [Fact]
    public void Only_components_and_what_they_take_are_public()
    {
        // Razor makes components public, and so the types of their parameters; the kit is made of both.
        var exported = typeof(Program).Assembly.GetExportedTypes().Where(t => t.Namespace?.StartsWith("IncidentHub.", StringComparison.Ordinal) == true).ToList();
        var components = exported.Where(t => typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(t)).ToList();
        var taken = new HashSet<Type>();
        foreach (var component in components) Take(component);
        Assert.Empty(exported.Except(components).Where(t => !taken.Contains(t) && t.Name != "_Imports" && t.Namespace?.StartsWith("IncidentHub.Ui", StringComparison.Ordinal) != true).Select(t => t.FullName));

        void Take(Type type)
        {
            foreach (var property in type.GetProperties()) Reach(property.PropertyType);
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
}
