using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Architecture;

public class ArchitectureDocTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/architecture.md"));

    [Fact]
    public void Every_event_that_an_upper_layer_handles_is_listed()
    {
        var events =
            from type in typeof(Program).Assembly.GetTypes()
            from handled in type.GetInterfaces()
            where type.IsClass && handled.IsGenericType && handled.GetGenericTypeDefinition() == typeof(IEventHandler<>)
            select handled.GetGenericArguments()[0].Name;
        Assert.NotEmpty(events);
        Assert.DoesNotContain(events, e => !Text.Contains($"| `{e}` |", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_interface_that_an_upper_layer_implements_is_listed()
    {
        var interfaces =
            from type in typeof(Program).Assembly.GetTypes()
            where type.IsInterface && !type.IsGenericType && Layers.Of(type.Namespace) is not (null or "Platform" or "Ui")
            select type.Name;
        Assert.NotEmpty(interfaces);
        Assert.DoesNotContain(interfaces, i => !Text.Contains($"| `{i}` |", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_folder_of_a_layer_is_listed()
    {
        var folders = new[] { "Access", "Catalog", "Switch", "Response", "Insight" }
            .SelectMany(layer => Directory.GetDirectories(Path.Combine(SourceTree.Root, "src/IncidentHub", layer)))
            .Select(Path.GetFileName);
        Assert.DoesNotContain(
            folders, f => !Text.Contains($"| {f}", StringComparison.Ordinal) && !Text.Contains($", {f} |", StringComparison.Ordinal));
    }
}
