namespace IncidentHub.Catalog.Programs;

/// <summary>Field names as people read them.</summary>
internal static class FieldNames
{
    /// <summary><c>lawfulBasis</c> → «lawful basis».</summary>
    public static string Words(string field) =>
        string.Concat(field.Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
