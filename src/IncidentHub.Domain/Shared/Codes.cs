namespace IncidentHub.Domain;

/// <summary>
/// How typed codes, names from a list and members of enumerations are read, wherever they are taken: blanks around them and their case do
/// not matter. Data categories and regions have keys of their own: <see cref="Programs.DataCategories"/>, <see cref="Programs.Regions"/>.
/// </summary>
public static class Codes
{
    /// <summary>The stored form of the codes of programs, incidents, flags, tasks and decisions.</summary>
    public static string Upper(string? typed) => typed?.Clean().ToUpperInvariant() ?? "";

    /// <summary>The stored form of names of datasets, of accounts and of scopes.</summary>
    public static string Lower(string? typed) => typed?.Clean().ToLowerInvariant() ?? "";

    // Pages stand at these words beside the names of programs and datasets: /programs/new.
    private static readonly HashSet<string> Reserved = ["new", "edit", "import", "export", "search"];

    /// <summary>Whether an address of the hub stands where the page of something with this name would be.</summary>
    public static bool IsReserved(string? name) => Reserved.Contains(Lower(name));

    /// <summary>The refusal of such a name.</summary>
    public static string ReservedText(string name) => $"«{name}» is a word of the hub's own addresses, so its page could not be opened. "
        + "Choose another name.";

    /// <summary>Reads the name of a member; numbers are not names.</summary>
    public static bool TryRead<T>(string? typed, out T value) where T : struct, Enum
    {
        var name = typed?.Clean() ?? "";
        foreach (var member in Enum.GetValues<T>())
        {
            if (!string.Equals(member.ToString(), name, StringComparison.OrdinalIgnoreCase)) continue;
            value = member;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>«One of Open, Restricted.»: for the refusal of anything else.</summary>
    public static string Allowed(Type enumeration) => $"One of {string.Join(", ", Enum.GetNames(enumeration))}.";
}
