using IncidentHub.Platform.Database;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>A statement in one of the forms that the hub sends.</summary>
/// <param name="Option">The one option of this form; null: none.</param>
internal sealed record StatementVariant(string Name, string? Option, string Text)
{
    public override string ToString() => Option is null ? Name : $"{Name} with {Option}";
}

internal static class StatementVariants
{
    /// <summary>Each statement with no option, with each option alone, and with all.</summary>
    public static IEnumerable<StatementVariant> Of(Statements statements)
    {
        foreach (var name in statements.Names.Order())
        {
            foreach (var variant in Single(statements, name)) yield return variant;
            var options = statements.OptionsOf(name);
            if (options.Count > 1) yield return new(name, "all", statements.Get(name, options.ToArray()));
        }
    }

    /// <summary>The statement with no option and with each option alone.</summary>
    public static IEnumerable<StatementVariant> Single(Statements statements, string name) =>
        statements.OptionsOf(name).Select(o => new StatementVariant(name, o, statements.Get(name, o)))
            .Prepend(new(name, null, statements.Get(name)));
}
